"""Who says what inside what another says, and what is done with the words."""

from __future__ import annotations

import pytest

from backchannel.coder import code
from backchannel.coder.statements.quotations import introduced, spread
from backchannel.coder.statements.said import Said
from backchannel.reader import read
from backchannel.records import Coded, Statement

PUBLISHED = "2026-03-04"
NESTED = [  # text, sources from the outermost to the innermost, stance of the innermost, part of what that one says
    ("Kan News said Prime Minister Benjamin Netanyahu told ministers that Israel would strike Iranian sites.", ["Kan News", "Netanyahu"], None, "strike"),
    ("The newspaper said Orban had confirmed that Putin would come to Budapest.", ["newspaper", "Orban"], "confirms", "come to Budapest"),
    ("The minister said Egypt had urged both sides to stop the fighting.", ["minister", "Egypt"], "demands", "stop the fighting"),
    ("Ukraine's foreign minister dismissed Russia's claim that its troops had captured Pokrovsk.", ["foreign minister", "Russia"], None, "captured"),
    ("Lavrov said the Americans told us that they would not supply the missiles.", ["Lavrov", "Americans"], None, "supply the missiles"),
    ("The spokesman said the Danes had been clear that Greenland was not for sale.", ["spokesman", "Danes"], None, "not for sale"),
    ("Officials cheered Egypt's announcement that the crossing would open.", ["Egypt"], None, "crossing would open"),
    ("The minister shrugged at Hungary's warning that gas would stop.", ["Hungary"], "threatens", "gas would stop"),
    (
        '"We will not sign," the Iranian foreign minister told his Omani counterpart, two diplomats said.',
        ["two diplomats", "foreign minister"],
        None,
        "not sign",
    ),
    ('Robert Gates spoke on Friday. "He said that Russia would leave the treaty," Gates said.', ["Gates", "He"], None, "leave the treaty"),
    ("Al Arabiya, quoting an unnamed diplomat, said the two leaders had agreed to meet in May.", ["Al Arabiya", "unnamed diplomat"], None, "agreed to meet"),
]


def chain(coded: Coded, inner: Statement) -> list[str]:
    """The sources of a statement and of those around it, outermost first."""
    by_key = {s.key: s for s in coded.statements}
    at: Statement | None = inner
    out: list[str] = []
    while at:
        out.insert(0, at.source.text if at.source else "")
        at = by_key[at.within] if at.within else None
    return out


@pytest.mark.parametrize(("text", "sources", "stance", "words"), NESTED)
def test_what_is_said_inside_what_another_says(text: str, sources: list[str], stance: str | None, words: str) -> None:
    """A statement inside another has its own source, and stands within the other."""
    coded = code(text, published=PUBLISHED)
    found = [(s, chain(coded, s)) for s in coded.statements if words in s.content.text]
    fitting = [s for s, names in found if len(names) == len(sources) and all(part in name for part, name in zip(sources, names, strict=True))]
    assert fitting, [names for _, names in found]
    assert stance is None or fitting[0].stance == stance


def test_who_is_cited_stands_between_the_medium_and_the_speaker() -> None:
    """Reuters > two officials > Lavrov."""
    text = (
        "WASHINGTON, March 4 (Reuters) - Russian Foreign Minister Sergei Lavrov told U.S. Secretary of State Marco Rubio that Moscow would not accept "
        "European troops in Ukraine, Reuters reported, citing two officials familiar with the call. The State Department declined to comment."
    )
    coded = code(text, published=PUBLISHED)
    longest = max((chain(coded, s) for s in coded.statements), key=len)
    assert [part in name for part, name in zip(("Reuters", "two officials", "Lavrov"), longest, strict=True)] == [True] * 3


def test_a_speaker_of_his_own_words_is_one() -> None:
    """ "I told them" inside a quotation is no second statement by somebody else."""
    coded = code('"I told them that we want peace," the minister said.', published=PUBLISHED)
    assert len(coded.statements) == 1


def test_a_refusal_is_no_denial() -> None:
    """What somebody will not do is refused; only what is said to be so can be denied."""
    refused = code('"We will not negotiate under threats," Iranian Foreign Minister Abbas Araqchi said on Tuesday.', published=PUBLISHED)
    denied = code("Iran denied that it had negotiated with Washington.", published=PUBLISHED)
    assert [s.stance for s in refused.statements] != ["denies"]
    assert [s.stance for s in denied.statements] == ["denies"]


def test_an_answer_keeps_its_question() -> None:
    """What somebody was asked is the occasion of what he said."""
    coded = code("Asked whether France would send troops to Ukraine, President Emmanuel Macron said nothing should be ruled out.", published=PUBLISHED)
    assert [s.occasion.text for s in coded.statements if s.occasion and "Asked whether" in s.occasion.text]


def test_who_doubts_questions() -> None:
    """ "Doubted that" is no denial."""
    coded = code("Erdogan doubted that Stockholm was serious about the pact.", published=PUBLISHED)
    assert [s.stance for s in coded.statements] == ["questions"]


def test_a_quotation_broken_by_its_cue_is_one_statement() -> None:
    """What the speaker goes on to say in the paragraph belongs to the statement, also in more than one sentence; the next paragraph's quotation does not."""
    reading = read(
        '"The talks were useful," the minister said on Tuesday. "Both brought new ideas. They meet again in April."\n\n"Nobody should give up hope now."'
    )
    said = next(n for n, word in enumerate(reading.words) if word == "said")
    [whole] = spread(reading, [Said((said, said + 1), None, (1, 5), 1.0)])
    assert (reading.words[whole.content[0]], reading.quote(*whole.content)[-6:]) == ("The", "April.")


def test_a_quotation_without_a_cue_is_one_statement() -> None:
    """The sentences of a following paragraph in quotation marks are one statement by the speaker before."""
    coded = code(
        "French President Emmanuel Macron said on Monday that Europe needed its own army.\n\n"
        '"We have waited for thirty years. Nobody will defend us if we do not. This is the hour of Europe."',
        published=PUBLISHED,
    )
    quoted = [s for s in coded.statements if s.cue is None]
    assert [("thirty years" in s.content.text, "hour of Europe" in s.content.text) for s in quoted] == [(True, True)]


def test_a_quotation_of_paragraphs_in_one_line_is_one_statement() -> None:
    """Each of its paragraphs opens with a mark of its own; who speaks in it stands within who is quoted."""
    coded = code(
        'Reuters reports:\n\n"Avakov met ambassadors in Kiev. He then left for Crimea. "At a private residence he gathered his guards together, Interior '
        'Minister Arsen Avakov said. "Some left him, taking weapons with them."\n\nThen he disappeared.',
        published=PUBLISHED,
    )
    outer, inner = coded.statements
    assert (outer.content.text[:6], outer.content.text[-6:], inner.within) == ("Avakov", " them.", outer.key)


def test_nobody_stands_within_himself() -> None:
    """What a speaker adds is not said within what he said before."""
    coded = code('"I told him that we were ready," Petro said, adding that he had heard nothing since. "The door is open."', published=PUBLISHED)
    assert any(s.cue and s.cue.text == "adding" for s in coded.statements)
    assert not any(s.within for s in coded.statements)


def test_a_colon_announces_a_quotation() -> None:
    """What a cue and a colon end is said by the cue's subject, over all of the quotation that follows."""
    reading = read('The correspondent of Radio Tirana adds:\n\n"The mayor says the port will close. The unions deny it. Nobody was asked."')
    said = list(introduced(reading, reading.spans("cue")[:1], []))
    assert [reading.quote(*s.content)[:9] + reading.quote(*s.content)[-6:] for s in said] == ["The mayorasked."]
    assert ["Radio Tirana" in reading.quote(*s.source) for s in said if s.source] == [True]


def test_what_is_just_as_likely_asserted_is() -> None:
    """Where the head hardly decides, the speaker asserts."""
    coded = code("The ambassador said trade would go on as before.", published=PUBLISHED)
    assert [s.stance for s in coded.statements] == ["asserts"]


def test_what_the_next_speaker_says_is_his() -> None:
    """Words beyond the next sentence's "said" are no part of a statement, however alike they are."""
    text = (
        "Hours after the speech, an Israeli drone hit a car near Tyre, killing two people, Lebanon's Health Ministry said. The Israeli military said it had "
        "targeted a Hezbollah operative and denied that civilians were hurt."
    )
    said = {s.content.text: (s.source.text if s.source else "", s.within) for s in code(text).statements}
    assert said["it had targeted a Hezbollah operative"] == ("The Israeli military", None)
    assert not any("Tyre" in words and "operative" in words for words in said)
