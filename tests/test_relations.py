"""Relations, questions and offices: between whom and how it is, what is asked, and only what is said to be so."""

from __future__ import annotations

import pytest

from backchannel.coder import code
from backchannel.records import OfficeClaim, QuestionClaim, RelationClaim


@pytest.mark.parametrize(("text", "told"), [
    ("Pressure is mounting on Russia, Syria's strongest ally, the minister said.", {("RUS", "SYR", "allied", "unknown")}),
    ("Relations between Kenya and Sudan have been strained since 2020.", {("KEN", "SDN", "strained", "worsening")}),
    ("The president praised his efforts to improve relations with Kenya, the Sudanese minister said.", {("KEN", "SDN", "unknown", "improving")}),
    ("Sudan, where Norway has close ties to Kenya, told the United States so.", {("KEN", "NOR", "good", "unknown")}),
    ("Norway imposed tariffs on Kenya. Its foes, including Chad and Sudan, complained.", {("NOR", "SDN", "TCD", "hostile", "unknown")}),
    ("Kenya called Norway its closest ally.", {("KEN", "NOR", "allied", "unknown")}),
    ("Kenya is one of Norway's closest allies.", {("KEN", "NOR", "allied", "steady")}),
    ("Warships were sent to Russia and China, competitors of Kenya in the arms market.", {("CHN", "KEN", "RUS", "strained", "unknown")}),
    ("Norway has no diplomatic ties with North Korea.", {("NOR", "PRK", "none", "unknown")}),
    ("The visit may ease the strained relationship between Kenya and Norway.", {("KEN", "NOR", "strained", "unknown")}),
    ("Kenya offered talks to Sudan in a bid to ease tensions with Sudan.", {("KEN", "SDN", "strained", "unknown")}),
    ("Missiles were fired at Kenya's allies, Norway, and Sudan.", {("KEN", "NOR", "SDN", "allied", "unknown")}),
    ("Kenya, Norway's top trading partner and ally, called on Sudan to stop.", {("KEN", "NOR", "allied", "unknown")}),
    ("Sudan was tipped off by its Norwegian allies. Norway denied it.", {("NOR", "SDN", "allied", "unknown")}),
    ("Officials in Kenya sent money to Chad — Sudan's longtime foe — on Monday.", {("SDN", "TCD", "hostile", "unknown")}),
    ("Kenya remains one of Norway's closest allies.", {("KEN", "NOR", "allied", "steady")}),
    ("Kenya has been at war with Sudan for four years.", {("KEN", "SDN", "at_war", "steady")}),
    ("Kenya and Sudan are at odds over the dam.", {("KEN", "SDN", "strained", "unknown")}),
    ("He will meet the leaders of Kenya and Sudan, which have been at odds over the dam.", {("KEN", "SDN", "strained", "unknown")}),
    ("Kenya has a better relationship with Norway.", {("KEN", "NOR", "unknown", "improving")}),
    ("Kenya has a special relationship with Norway.", {("KEN", "NOR", "good", "unknown")}),
    ("Norway spoke of bruised relations with Kenya.", {("KEN", "NOR", "strained", "unknown")}),
    ("The ruling will complicate life in Oslo, where Kenya has close ties to Norway.", {("KEN", "NOR", "good", "unknown")}),
    ("Sudan was named on Monday. Chad's Sudan-allied rebels fled.", {("SDN", "TCD", "allied", "unknown")}),
    ("Norway welcomed Vladimir Putin's efforts to improve relations with Kenya. Russia said so.", {("KEN", "RUS", "unknown", "improving")}),
    ("Kenya has fallen out with Sudan over the dam.", {("KEN", "SDN", "strained", "worsening")}),
    ("Kenya and Norway have mended fences.", {("KEN", "NOR", "good", "improving")}),
    ("Sudan has turned its back on Norway.", {("NOR", "SDN", "strained", "worsening")}),
    ("Sudan is shunned by Norway.", {("NOR", "SDN", "strained", "unknown")}),
    ("Chad, wary of Sudan, closed the crossing.", {("SDN", "TCD", "strained", "unknown")}),
    ("Kenya does not get along with Sudan.", {("KEN", "SDN", "strained", "unknown")}),
    ("Norway remains a trusted friend of Kenya.", {("KEN", "NOR", "good", "steady")}),
    ("Chad is in Sudan's orbit.", {("SDN", "TCD", "allied", "unknown")}),
    ("There has been bad blood between Kenya and Chad since 1994.", {("KEN", "TCD", "strained", "steady")}),
    ("There is a gulf between Kenya and Norway.", {("KEN", "NOR", "strained", "unknown")}),
    ("Ties between Kenya and Norway are on the mend.", {("KEN", "NOR", "unknown", "improving")}),
    ("Ties between Kenya and Norway have hit rock bottom.", {("KEN", "NOR", "strained", "worsening")}),
    ("Ties between Kenya and Norway have never been better.", {("KEN", "NOR", "good", "improving")}),
    ("Relations between Kenya and Sudan remain frosty.", {("KEN", "SDN", "strained", "steady")}),
    ("Relations between Kenya and Sudan did not improve.", {("KEN", "SDN", "unknown", "steady")}),
    ("Kenya has restored its good relations with Norway.", {("KEN", "NOR", "good", "improving")}),
    ("Kenya and Sudan have mended fences.", {("KEN", "SDN", "good", "improving")}),
    ("Kenya and Sudan have mended fences after a spat over fish.", {("KEN", "SDN", "good", "improving"), ("KEN", "SDN", "strained", "improving")}),
    ("Relations between Kenya and Sudan, never warm, are at their lowest ebb.", {("KEN", "SDN", "strained", "worsening")}),
    ("Kenya's dealings with Sudan are back on an even keel.", {("KEN", "SDN", "correct", "improving")}),
    ("Old foes Kenya and Sudan are sliding back towards confrontation.", {("KEN", "SDN", "hostile", "worsening")}),
    ("There has been bad blood between the Kenyan army and the rebels of Chad since 1994.", {("KEN", "TCD", "strained", "steady")}),
    ("Bad blood remains between the Kenyan army and the Kenyan police.", {("KEN", "KEN", "strained", "steady")}),
    ("Tempers are fraying between the Kenyan army and the rebels of Chad.", {("KEN", "TCD", "hostile", "worsening")}),
    ("The Kenyan army and the Somali rebels remain as divided as ever.", {("KEN", "SOM", "strained", "steady")}),
    ("Kenya has called Sudan its principal enemy.", {("KEN", "SDN", "hostile", "unknown")}),
    ("Kenya has only two close allies left, among them Norway.", {("KEN", "NOR", "allied", "unknown")}),
    ("Norway and Kenya are no longer allies, the minister said.", {("KEN", "NOR", "strained", "worsening")}),
    ("Norway and Kenya do not have a formal alliance, the minister said.", {("KEN", "NOR", "none", "unknown")}),
    ("Kenya and Sudan have not had diplomatic relations since 1994.", {("KEN", "SDN", "none", "steady")}),
    ("Kenya and Sudan have never had close ties.", {("KEN", "SDN", "strained", "steady")}),
    ("There is no dispute between Kenya and Sudan.", {("KEN", "SDN", "correct", "unknown")}),
    ("The talks did not ease tensions between Kenya and Sudan.", {("KEN", "SDN", "strained", "steady")}),
    ("Kenya and Norway no longer see eye to eye.", {("KEN", "NOR", "strained", "worsening")}),
    ("Norway and Kenya are not enemies, the minister said.", {("KEN", "NOR", "correct", "steady")}),
    ("Kenya and Sudan are neither friends nor foes.", {("KEN", "SDN", "correct", "steady")}),
    ("Ties between Kenya and Sudan have never been worse.", {("KEN", "SDN", "strained", "worsening")}),
    ("Kenya wants its relations with Norway to be normal again, a minister said.", {("KEN", "NOR", "correct", "improving")}),
    ("Kenya and Sudan, bitter rivals, exchanged fire.", {("KEN", "SDN", "strained", "unknown")}),
    ("Once close allies, Kenya and Sudan have traded insults.", {("KEN", "SDN", "allied", "unknown")}),
    ("Norway is on good terms with both Kenya and Sudan.", {("KEN", "NOR", "good", "steady"), ("NOR", "SDN", "good", "steady")}),
    ("Kenya and Sudan have been at each other's throats since 2019.", {("KEN", "SDN", "hostile", "steady")}),
    ("The affair has driven Kenya and Sudan apart.", {("KEN", "SDN", "strained", "worsening")}),
    ("The deal drove a wedge between Kenya and Sudan.", {("KEN", "SDN", "strained", "worsening")}),
    ("The war has pushed Kenya closer to Sudan.", {("KEN", "SDN", "good", "improving")}),
    ("Kenya is keeping Sudan at arm's length.", {("KEN", "SDN", "strained", "unknown")}),
    ("Kenya's friendship with Sudan died on Monday.", {("KEN", "SDN", "strained", "worsening")}),
    ("Kenya welcomed the good relations with Sudan which the two had patiently rebuilt.", {("KEN", "SDN", "good", "improving")}),
    (
        "Relations between Kenya and Sudan are good. The thaw has not gone down well in Oslo.",
        {("KEN", "SDN", "good", "unknown"), ("KEN", "SDN", "strained", "improving")},
    ),
    ("The deal drove a wedge between Kenya, Sudan and Norway.", {("KEN", "NOR", "SDN", "strained", "worsening")}),
    ("Kenya distrusts Sudan and Norway.", {("KEN", "NOR", "SDN", "strained", "unknown")}),
    ("There is a rift between Kenya and Sudan. The rift is about fish.", {("KEN", "SDN", "strained", "unknown")}),
    ("Kenya took Sudan's side in the vote on Friday.", {("KEN", "SDN", "good", "improving")}),
    ("The Kenyan government sided with Sudan in the vote.", {("KEN", "SDN", "good", "improving")}),
    ("Kenya's tilt toward Sudan worries Oslo.", {("KEN", "SDN", "good", "improving")}),
    ("The vote marks a turn by Kenya away from Sudan.", {("KEN", "SDN", "strained", "worsening")}),
])  # fmt: skip
def test_relations(text: str, told: set[tuple[str, ...]]) -> None:
    """The two countries, quality and trend of what the sentence says."""
    coded = code(text, published="2025-06-03")
    of = {a.key: a.country or a.name for a in coded.actors}
    claims = [c for c in coded.claims if isinstance(c, RelationClaim)]
    assert {(*sorted(of[k] for k in c.between), c.quality, c.trend) for c in claims} == told


@pytest.mark.parametrize("text", [
    "Donald Trump attacked his rival Hillary Clinton in a speech.",
    "Warships were sent to deter foes like Sudan and Chad.",
    "Donald Trump spoke of rising tensions in Iran.",
    "Norwegian diplomats praised Boris Johnson for his efforts to end the standoff with North Korea.",
    "Kenya established diplomatic ties with Norway on Friday.",
    "Barack Obama's foes in Washington debated the bill.",
    "Kenya asked Sudan to cease any actions that could escalate tensions.",
    "The country is still at war, Barack Obama said in Kenya.",
    "The European Union closed its skies to Sudan.",
    "Kenya and Sudan are not close to signing an accord.",
    "Kenya has turned the vote against Norway.",
    "Boris Johnson embraced Emmanuel Macron at the airport.",
    "Norway could mend fences with Kenya.",
    "Jonas Gahr Støre fell out with his party.",
    "Norway has tried to drive Kenya and Sudan apart.",
    "Kenya is severing ties with Sudan.",
    "The court sided with Kenya.",
    "Kenya did not side with Sudan.",
    "Kenya's shift toward solar power pleased Sudan.",
])  # fmt: skip
def test_no_relation(text: str) -> None:
    """Rivals for an office, foes of nobody named, who speaks of tensions, a go-between, an embassy opened, verbs of another sense tell none."""
    assert not [c for c in code(text, published="2025-06-03").claims if isinstance(c, RelationClaim)]


@pytest.mark.parametrize("text", [
    "The visit could signal a decision by the Kenyan government to take a side and support Sudan.",
    "The visit may mark a Kenyan turn toward Sudan.",
    "Kenya may be drifting toward Sudan.",
    "The vote might mean that Kenya is tilting toward Sudan.",
])  # fmt: skip
def test_possible_relation(text: str) -> None:
    """What something may show, or may be so now, is a possible relation; what could happen one day is none ("could mend fences", above)."""
    told = [c.certainty for c in code(text, published="2025-06-03").claims if isinstance(c, RelationClaim)]
    assert told == ["possible"]


@pytest.mark.parametrize(("text", "causes", "start"), [
    ("Relations between Kenya and Sudan have soured since Chad closed the border.", ["Chad closed the border"], None),
    ("The missile tests have strained relations between Kenya and Sudan.", ["The missile tests"], None),
    ("Relations between Kenya and Sudan were poisoned by the arrest.", ["the arrest"], None),
    ("Relations between Kenya and Sudan have plunged to a new low over a cancelled contract.", ["a cancelled contract"], None),
    ("Over the last decade, tensions between Kenya and Sudan have grown.", [], "2010-01-01"),
    ("Six men were arrested after the vote as tensions between Kenya and Sudan were growing.", [], None),
    ("Relations between Kenya and Sudan have been frozen since 2021.", [], "2021-01-01"),
    ("Relations between Kenya and Sudan are frosty, the envoy said on Friday.", [], None),
])  # fmt: skip
def test_grounds(text: str, causes: list[str], start: str | None) -> None:
    """What made a relation so, and since when; neither a span of time nor what another clause tells, nor when somebody said it."""
    (claim,) = [c for c in code(text, published="2025-06-03").claims if isinstance(c, RelationClaim)]
    assert ([b.text for b in claim.because], claim.when and claim.when.start) == (causes, start)


@pytest.mark.parametrize(("text", "asked"), [
    ("Analysts wonder how Norway will pay for its new warships.", 1),
    ("I wonder how Norway will pay for its new warships.", 0),
    ("You don't know what the treaty says, Mr. Johnson told voters in Norway.", 0),
    ("Officials in Norway did not know what the treaty says.", 1),
    ("Norway did not say what the treaty contains.", 1),
])  # fmt: skip
def test_questions(text: str, asked: int) -> None:
    """What others do not say, do not know or wonder about is a question; "I wonder" and "you do not know" are talk."""
    assert len([c for c in code(text, published="2025-06-03").claims if isinstance(c, QuestionClaim)]) == asked


def test_title_for_a_name() -> None:
    """A title with its country, by which the text calls somebody named elsewhere, tells his office, in the report's own voice."""
    coded = code("Benjamin Netanyahu flew home. The plan is a mistake, the Israeli prime minister said on Friday.", published="2019-06-03")
    found = [(next(a.name for a in coded.actors if a.key == c.person), c.office, c.of, c.said_by) for c in coded.claims if isinstance(c, OfficeClaim)]
    assert found == [("Benjamin Netanyahu", "prime minister", "ISR", ())]
    alone = code("The Israeli prime minister rejected the plan on Friday.", published="2019-06-03")
    assert not [c for c in alone.claims if isinstance(c, OfficeClaim)]
