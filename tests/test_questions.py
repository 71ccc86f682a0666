"""Questions: what a report says is not known or not decided, what about, between which alternatives, who asks, and what answers it."""

from __future__ import annotations

import pytest

import stories
from backchannel import Ledger, code
from backchannel.records import Coded, QuestionClaim
from support import Maker


@pytest.fixture
def ledger() -> Ledger:
    """An empty ledger."""
    return Ledger("sqlite://")


def asked(text: str) -> list[QuestionClaim]:
    """The questions of a text."""
    return [c for c in code(text, published="2024-03-05").claims if isinstance(c, QuestionClaim)]


@pytest.mark.parametrize(("text", "about"), [
    ("It is still unclear who ordered the raid on the Chilean mission.", "who ordered the raid on the Chilean mission"),
    ("Whether Mr. Lula will receive the envoy is not known.", "Mr. Lula will receive the envoy"),
    ("How Norway will answer the Russian note remains to be seen.", "How Norway will answer the Russian note"),
    ("What will become of the embassy in Minsk is anyone's guess.", "What will become of the embassy in Minsk"),
    ("Also uncertain is the visit of the Danish king to Nuuk.", "the visit of the Danish king to Nuuk"),
    ("Peru refused to say on Monday whether its envoy had left Quito.", "its envoy had left Quito"),
    ("Neither side disclosed what the ministers of Chad and Niger had agreed.", "what the ministers of Chad and Niger had agreed"),
    ("No one in Kampala knows when the rebels will come to the talks.", "when the rebels will come to the talks"),
    ("Sweden has yet to decide whether it will send tanks to Ukraine.", "it will send tanks to Ukraine"),
    ("It is too early to tell if the truce in Yemen will hold.", "the truce in Yemen will hold"),
    ("The Greek minister stopped short of saying which sanctions he wants.", "which sanctions he wants"),
    ("The Kremlin refused to say by whom the letter was signed.", "by whom the letter was signed"),
    ("Police in Kenya are trying to establish who fired at the protesters.", "who fired at the protesters"),
    ("There was no word on the fate of the Polish hostages.", "the fate of the Polish hostages"),
    ("No decision has been made on whether Japan will join the mission.", "Japan will join the mission"),
    ("The army of Togo gave no reason for the arrests.", "reason for the arrests"),
    ("The identity of the attackers has not been established by Malian police.", "The identity of the attackers"),
    ("The question now, though, is whether Italy will veto the budget.", "Italy will veto the budget"),
    ("The question is how long the truce in Chad will hold?", "how long the truce in Chad will hold"),
    ("In Oslo the question remains: Will Denmark sign the treaty?", "Will Denmark sign the treaty"),
    ("Will Serbia recognise the court? Nobody in Belgrade would say.", "Will Serbia recognise the court"),
    ("The future of the ceasefire in Sudan is in doubt.", "The future of the ceasefire in Sudan"),
    ("The visit of the Cuban minister to Madrid is up in the air.", "The visit of the Cuban minister to Madrid"),
    ("What is difficult to determine is how many Libyans crossed the border.", "how many Libyans crossed the border"),
    ("Fate of Colombian Hostages Unclear", "Fate of Colombian Hostages"),
    ("The report about an attack on the Thai consulate could not be verified.", "The report about an attack on the Thai consulate"),
    ("Officials in Rabat would not say who had called whom, but Spain praised the talks.", "who had called whom"),
    ("It is unclear whether Egypt will open the crossing, where hundreds of trucks wait.", "Egypt will open the crossing"),
    ("Accounts differ as to which minister placed the call to Lima.", "which minister placed the call to Lima"),
    ("Whether Ghana will sign the treaty hinges on a vote in Accra.", "Ghana will sign the treaty"),
    ("The emir has yet to make up his mind whether to sign the treaty.", "to sign the treaty"),
    ("Diplomats in Rome are in the dark about the motive of the attack.", "the motive of the attack"),
    ("Why Benin left the talks is a matter of conjecture.", "Why Benin left the talks"),
    ("Where the Benin plane took off is the question everybody in Rome is asking.", "Where the Benin plane took off"),
    ("The ministry in Lima would neither confirm nor deny that Peru paid the rebels.", "Peru paid the rebels"),
    ("The rebels kept mum about the fate of the hostages.", "the fate of the hostages"),
    ("Nothing has been heard of Ana Silva since March.", "Ana Silva"),
    ("The coup threw the future of the treaty into doubt.", "the future of the treaty"),
    ("It is still to be settled whether Norway will join.", "Norway will join"),
    ("The plane was seen over Benin in May; where it is now is anyone's guess.", "where it is now"),
    ("Whether Benin will sign the treaty remains to be seen, a Ghanaian minister said.", "Benin will sign the treaty"),
    ("Togo paid for the talks. How much, its ministers declined to say.", "How much"),
    ("Togo thanked Benin in a note on Monday. For what, it did not say.", "For what"),
    ("In Lima the envoy spoke of a deal; who proposed it nobody in the palace would reveal.", "who proposed it"),
    ("Who paid for the plane of the Togolese minister is a secret.", "Who paid for the plane of the Togolese minister"),
    ("How many Ghanaians were arrested is being looked at by the court.", "How many Ghanaians were arrested"),
    ("Whose plane attacked the port of Cotonou no officer cares to discuss.", "Whose plane attacked the port of Cotonou"),
    ("What the two ministers agreed in Lima has never been made public.", "What the two ministers agreed in Lima"),
    ("What Ghana offered the rebels the minister kept to himself.", "What Ghana offered the rebels"),
    ("The jury is still out on whether Ghana will sign the treaty.", "Ghana will sign the treaty"),
    ("The ministry in Lima would not be drawn on who had called the rebels.", "who had called the rebels"),
    ("Mystery surrounds the death of a Ghanaian envoy in Rome.", "the death of a Ghanaian envoy in Rome"),
    ("The talks of Ghana and Benin were shrouded in secrecy.", "The talks of Ghana and Benin"),
])  # fmt: skip
def test_what_is_not_known(text: str, about: str) -> None:
    """A word that says that something is not known, told or decided, in any form, and the clause or phrase of which it says so, and no more."""
    assert [q.about.text if q.about else None for q in asked(text)] == [about]


@pytest.mark.parametrize("text", [
    "Asked whether he would meet the Kurdish leader, Mr. Barzani praised the talks.",
    "There is no question that Iran shelled the port.",
    "Senator Daly questioned the deal with Cuba.",
    "It was not unknown that Syria had paid the militia.",
    "The treaty could not be more clear on the border, the Polish minister said.",
    "Spain did not have to say whether it would pay.",
    "The minister does not know what he is doing, the Greek opposition said.",
    "Bolivia is not known for quick decisions.",
    "A third of voters in Ireland did not know who the finance minister is.",
    "The election unsettled what remained of the Czech government.",
    "The envoy told reporters in Oslo who was in the delegation when he arrived.",
    "The underlying law was clear, and needed a vote, which took time in Athens.",
    "QUESTION: Will the United States send troops to Niger?",
    "Nigerian farmers do not know how.",
    "Whether a shot is fatal depends on the distance, the Thai doctor said.",
    "The ministry kept Swedish parents in the dark about the plan.",
    "Did you call Ghana, or did Benin call you?",
    "When the Ghanaian envoy arrived, officials would not comment.",
    "What Ghana needs is not a treaty.",
    "The minister asked who else had seen it, and who the envoy of Benin told of the classified treaty.",
    "How far Ghana is from Benin can be read on a map.",
    "Who wins the vote in Ghana will name the ministers.",
    "However hard it was, Ghana has not left the talks.",
    "Whoever called the Ghanaian minister, he did not answer.",
])  # fmt: skip
def test_what_only_looks_like_a_question(text: str) -> None:
    """Neither what is certain, asked of somebody or questioned, nor talk, polls and want of skill."""
    assert not asked(text)


@pytest.mark.parametrize(("text", "alternatives"), [
    ("It is unclear whether Chad asked for help or France offered it.", ["Chad asked for help", "France offered it"]),
    ("It is unclear if Ghana will sign the treaty or if Benin will leave the talks.", ["Ghana will sign the treaty", "Benin will leave the talks"]),
    ("It was not known whether the army or the rebels had fired on the bridge.", ["the army", "the rebels"]),
    ("Nobody in Rome could say whether the letter was genuine or forged.", ["genuine", "forged"]),
    ("Diplomats could not tell whether the emir had resigned, had been deposed or was hiding.", ["the emir had resigned", "had been deposed", "was hiding"]),
    ("It is unclear whether Mali will pay and whether Niger will help.", []),
    ("Mrs. Silva declined to say whether she would visit Lima if she wins.", []),
    ("It is not clear whether or not Cyprus will vote.", []),
    ("It was never explained to anyone's satisfaction whether the emir left or was ousted.", ["the emir left", "was ousted"]),
    ("Which side asked for the truce is unknown: the army, the rebels or the church.", ["the army", "the rebels", "the church"]),
    ("Did Ghana call Benin, or did Benin call Ghana?", ["Did Ghana call Benin", "did Benin call Ghana"]),
    ("Did Ghana call Benin, or did Benin call Ghana? Rome professed not to know.", ["Did Ghana call Benin", "did Benin call Ghana"]),
    ("Diplomats disagree on whether Astana offered to host the talks or Moscow demanded it.", ["Astana offered to host the talks", "Moscow demanded it"]),
])  # fmt: skip
def test_alternatives(text: str, alternatives: list[str]) -> None:
    """What "or" joins: clauses, what the subject is, who did it, listed answers, both halves of a direct question; not two joined by "and", nor a condition."""
    assert [[a.text for a in q.alternatives] for q in asked(text)] == [alternatives]


def test_who_asks() -> None:
    """Who wonders is who asks."""
    coded = code("Jens Stoltenberg wondered whether Turkey would block Sweden.", published="2024-03-05")
    (question,) = (c for c in coded.claims if isinstance(c, QuestionClaim))
    assert [a.name for a in coded.actors if a.key == question.asked_by] == ["Jens Stoltenberg"]


def open_question(
    clause: str, word: str, event: str, *, lead: str = "It was unclear whether", publisher: str = "Post", **sides: list[tuple[str, str]]
) -> Coded:
    """A report that does not know whether an act took or takes place."""
    m = Maker(f"{lead} {clause}.", publisher=publisher, published="2025-08-05")
    m.question(lead.split()[-2], about=clause)
    m.event(word, event, status="possible", **{side: [m.actor(n, "state", c) for n, c in who] for side, who in sides.items()})
    return m.coded()


ARLEN, BORDURIA = [("Arlen", "ARL")], [("Borduria", "BOR")]


@pytest.mark.parametrize(("clause", "word", "state"), [
    ("Arlen attacked Borduria", "attacked", "answered"),
    ("Arlen attacked the hospital of Borduria", "attacked", "open"),
    ("Arlen attacked the harbour and a depot near the capital of Borduria", "attacked", "open"),
    ("Arlen would attack Borduria", "attack", "answered"),
])  # fmt: skip
def test_an_answer_speaks_of_what_was_asked(ledger: Ledger, clause: str, word: str, state: str) -> None:
    """The same act of the same sides answers only if it shares what else the question speaks of; the answer is the clause."""
    ledger.add(open_question(clause, word, "ASSAULT", actor=ARLEN, recipient=BORDURIA))
    ledger.add(stories.later_act("attacked", "ASSAULT", None, "Arlen", "Borduria", day=None))
    assert [(q.state, q.answer) for q in ledger.questions()] == [(state, clause if state == "answered" else None)]


@pytest.mark.parametrize(("clause", "word", "state"), [("Arlen would attack Borduria", "attack", "open"), ("Arlen attacked Borduria", "attacked", "answered")])
def test_an_act_of_before_does_not_answer_what_will_be(ledger: Ledger, clause: str, word: str, state: str) -> None:
    """What was done before the question was asked answers whether it was done, not whether it will be."""
    ledger.add(open_question(clause, word, "ASSAULT", actor=ARLEN, recipient=BORDURIA))
    m = Maker("Arlen attacked Borduria in May.", publisher="Mail", published="2025-08-20")
    m.event("attacked", "ASSAULT", actor=[m.actor("Arlen", "state", "ARL")], recipient=[m.actor("Borduria", "state", "BOR")], when_="2025-05-12")
    ledger.add(m.coded())
    assert [q.state for q in ledger.questions()] == [state]


@pytest.mark.parametrize(("other", "n"), [(ARLEN, 1), ([("Caan", "CAA")], 2)])
def test_the_same_question_of_the_same_sides(ledger: Ledger, other: list[tuple[str, str]], n: int) -> None:
    """Function words do not keep two reports' questions apart; other sides do."""
    ledger.add(open_question("to expel two Bordurian diplomats", "expel", "SANCTION", actor=ARLEN))
    ledger.add(open_question("it will expel the two Bordurian diplomats", "expel", "SANCTION", publisher="Mail", actor=other))
    assert len(ledger.questions()) == n


def test_who_of_two_did_it(ledger: Ledger) -> None:
    """Of two parties as alternatives the row tells the act, too, and the one that later is said to have done it is the answer."""
    m = Maker("It was unclear whether Arlen or Caan attacked Borduria.", publisher="Post", published="2025-08-05")
    sides = {"actor": [m.actor("Arlen", "state", "ARL"), m.actor("Caan", "state", "CAA")], "recipient": [m.actor("Borduria", "state", "BOR")]}
    m.question("unclear", alternatives=["Arlen", "Caan"])
    m.event("attacked", "ASSAULT", status="possible", **sides)
    ledger.add(m.coded())
    assert [q.what() for q in ledger.questions()] == ["whether Arlen or Caan attacked Borduria (open)"]
    later = Maker("Caan attacked Borduria on Saturday.", publisher="Mail", published="2025-08-09")
    later.event("attacked", "ASSAULT", actor=[later.actor("Caan", "state", "CAA")], recipient=[later.actor("Borduria", "state", "BOR")])
    ledger.add(later.coded())
    assert [(q.state, q.answer) for q in ledger.questions()] == [("answered", "Caan")]
