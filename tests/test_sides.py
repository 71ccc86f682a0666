"""Who acts and who is acted on, where the tree says it plainly."""

from __future__ import annotations

import pytest

from backchannel.coder import code
from backchannel.records import Coded, EventClaim

PUBLISHED = "2026-11-20"


def sides(coded: Coded, event: str) -> tuple[set[str], set[str]]:
    """Names of the actors and of the recipients of the acts of a type."""
    called = {a.key: a.name for a in coded.actors}
    acts = [c for c in coded.claims if isinstance(c, EventClaim) and c.event == event]
    return {called[k] for c in acts for k in c.actor}, {called[k] for c in acts for k in c.recipient}


@pytest.mark.parametrize(("text", "event", "actors", "recipients"), [
    ("The Philippines filed a protest over the harassment of Filipino fishermen by Chinese coast guard ships.",
     "COERCE", {"Chinese coast guard ships"}, {"Filipino fishermen"}),
    ("The Malian junta suffered heavy attacks by Tuareg rebels near Tinzaouaten.", "ASSAULT", {"Tuareg rebels"}, {"Malian junta"}),
    ("Japan sent Foreign Minister Taro Kono to Tehran on Monday to defuse the crisis.", "CONSULT", {"Taro Kono"}, {"Iran"}),
    ("Marco Rubio is in Moscow this week for a visit with Sergei Lavrov.", "CONSULT", {"Marco Rubio"}, {"Sergei Lavrov"}),
    ("Kim Jong Un invited Xi Jinping to visit Pyongyang.", "CONSULT", {"Xi Jinping"}, {"North Korea"}),
    ("Merkel urged Putin to meet Zelensky in Paris.", "CONSULT", {"Vladimir Putin"}, {"Volodymyr Zelensky"}),
    ("Trump promised Erdogan to visit Ankara.", "CONSULT", {"Donald Trump"}, {"Türkiye"}),
    ("The M23 rebels, whom Kinshasa has condemned, attacked Congolese army positions near Walikale.", "ACCUSE", {"DR Congo"}, {"M23"}),
    ("Saudi Arabia has been at war with the Houthis in Yemen for years.", "ASSAULT", {"Saudi Arabia", "Houthis"}, set()),
    ("The army has fought with the rebels since May.", "ASSAULT", {"army", "rebels"}, set()),
    ("Assad's regime is waging war with rebels in Syria.", "ASSAULT", {"Bashar al-Assad's regime", "rebels in Syria"}, set()),
    ("Donald Trump has traded insults with Kim Jong Un for months.", "ACCUSE", {"Donald Trump", "Kim Jong Un"}, set()),
    ("Japan donated two coast guard cutters to Palau.", "AID", {"Japan"}, {"Palau"}),
    ("Niger, where three Chinese oil workers were kidnapped last month, has closed its border with Burkina Faso.", "ASSAULT",
     set(), {"three Chinese oil workers"}),
    ("North Korea has lost about 2,000 soldiers in the Kursk region.", "ASSAULT", set(), {"about 2,000 soldiers"}),
    ("North Korean soldiers are fighting alongside Russian forces against Ukraine.", "ASSAULT", {"North Korean soldiers"}, {"Ukraine"}),
    ("North Korean soldiers have fought for Russia in the Kursk region.", "ASSAULT", {"North Korean soldiers"}, set()),
    ("Kenyan President William Ruto has offered to lead a peacekeeping force from the African Union.", "AGREE", {"William Ruto"}, set()),
    ("Qatar delivered food from Turkey to Gaza.", "AID", {"Qatar"}, {"Gaza"}),
    ("Iran turned to Russia with a request for aircraft.", "REQUEST", {"Iran"}, {"Russia"}),
    ("The United States reached out to Jordan with a request to hold the prisoners.", "REQUEST", {"United States"}, {"Jordan"}),
    ("Japan came to South Korea with a warning from Washington.", "THREATEN", {"United States"}, {"South Korea"}),
    ("The president recalled France's condemnation of the strikes on Kyiv.", "ASSAULT", set(), {"Ukraine"}),
    ("The United States opposed the strikes on Qatar.", "ASSAULT", set(), {"Qatar"}),
    ("The United States opposed the strikes on Qatar.", "REJECT", {"United States"}, set()),
    ("Merz declined to condemn the strikes on Iran.", "ASSAULT", set(), {"Iran"}),
    ("Hungary objected to the sanctions on Russia.", "SANCTION", set(), {"Russia"}),
    ("Hungary vetoed a package of aid to Ukraine.", "AID", set(), {"Ukraine"}),
    ("Russia criticised its own strikes on Syria.", "ASSAULT", {"Russia"}, {"Syria"}),
    ("India opposed the attack by Pakistan on Kashmir.", "ASSAULT", {"Pakistan"}, {"Kashmir"}),
    ("Jordan condemned the drone attack on Qatar.", "ACCUSE", {"Jordan"}, set()),
    ("Hungary dropped its veto after it was promised an exemption.", "AGREE", set(), {"Hungary"}),
    ("Germany urged China to lift its ban on gallium, or face action at the World Trade Organization.", "SANCTION", {"Germany"}, {"China"}),
    ("Turkey told Syria to withdraw its forces by Friday or face air strikes.", "RETREAT", {"Syria"}, set()),
    ("Thai and Cambodian soldiers exchanged fire on Saturday, hours after a truce brokered by Malaysia.", "ASSAULT",
     {"Thai soldiers", "Cambodian soldiers"}, set()),
    ("Rwandan and Congolese officials met in talks mediated by Qatar. The two sides agreed to exchange prisoners.", "AGREE", {"Rwanda", "DR Congo"}, set()),
    ("Macron phoned Putin before a visit by Zelensky. The two leaders agreed on a truce in Odesa.", "AGREE", {"Emmanuel Macron", "Vladimir Putin"}, set()),
    ("Ministers Ararat Mirzoyan of Armenia and Jeyhun Bayramov of Azerbaijan met in Abu Dhabi on Monday. The ministers agreed on a truce.", "AGREE",
     {"Ararat Mirzoyan", "Jeyhun Bayramov"}, set()),
    ("SEOUL, Oct 30, 2025 (Yonhap) - Presidents Donald Trump and Xi Jinping agreed in Busan on Thursday to a truce in their trade war.", "AGREE",
     {"Donald Trump", "Xi Jinping"}, set()),
    ("Thailand and Cambodia agreed on Friday to halt fighting along their border.", "RETREAT", {"Thailand", "Cambodia"}, set()),
    ("Kim Jong Un ignored an invitation by the United States.", "REQUEST", {"United States"}, {"Kim Jong Un"}),
    ("Macron accepted Modi's invitation to visit New Delhi in February.", "CONSULT", {"Emmanuel Macron"}, {"India"}),
    ("Ethiopia's foreign minister accused Eritrea of arming rebels in a letter to Antonio Guterres. Eritrea's Yemane Gebremeskel dismissed the accusation.",
     "AID", {"Eritrea"}, {"rebels"}),
    ("Macron and Merz praised Zelensky. The two leaders signed a pact.", "SUPPORT",
     {"Emmanuel Macron", "Friedrich Merz"}, {"Volodymyr Zelensky"}),
    ("Egypt has postponed a visit by Foreign Minister Badr Abdelatty to Addis Ababa.", "REJECT", {"Egypt"}, {"Ethiopia"}),
    ("The search produced an avalanche of opposition that often turned to violence against the stamp vendors.", "ASSAULT", set(), {"stamp vendors"}),
])  # fmt: skip
def test_where_the_tree_is_plain(text: str, event: str, actors: set[str], recipients: set[str]) -> None:
    """By whom, who suffers, of whom, where, with whom, from whom something is, for whom one fights, who of a visit is sent and who is at home, who comes with
    what to whom, who is promised something, who is asked and threatened, who has it brokered for him, whom a visit put off was to be to.
    """
    assert sides(code(text, published=PUBLISHED), event) == (actors, recipients)


def test_who_is_joined_takes_one_side() -> None:
    """Both foreign ministers visit, whatever stands between the names and the verb."""
    text = "The Dutch and German foreign ministers, Caspar Veldkamp and Johann Wadephul, visited Kyiv on Monday."
    assert sides(code(text, published=PUBLISHED), "CONSULT") == ({"Caspar Veldkamp", "Johann Wadephul"}, {"Ukraine"})


@pytest.mark.parametrize(("text", "event", "actors", "recipients"), [
    ("Saudi Arabia intercepted two drones on Monday. The Houthis have attacked the kingdom for months.", "ASSAULT", {"Houthis"}, {"Saudi Arabia"}),
    ("Ministers thanked volunteers at the border; smugglers shot at divers.", "SUPPORT", {"Ministers"}, {"volunteers at the border"}),
    ("Police arrested Trump associates in Virginia. Trump denounced the raid.", "COERCE", {"Police"}, {"Trump associates"}),
    ("Russian officials, including Dmitry Peskov, accused Kyiv of sabotage.", "ACCUSE", {"Russian officials", "Dmitry Peskov"}, {"Ukraine"}),
    ("Chris Cox, the executive director of the NRA’s legislative-lobbying arm, cheered the move after Mr. Trump’s address.",
     "SUPPORT", {"Chris Cox"}, {"Donald Trump"}),
    ("Two other Americans, Matthew Miller and Kenneth Bae, continue to be held in North Korea.", "COERCE", {"North Korea"}, {"Matthew Miller", "Kenneth Bae"}),
    ("Police arrested three activists, Joshua Wong, Agnes Chow and Ivan Lam, in Hong Kong.", "COERCE", {"Police"}, {"Joshua Wong", "Agnes Chow", "Ivan Lam"}),
])  # fmt: skip
def test_parties_are_whom_their_words_name(text: str, event: str, actors: set[str], recipients: set[str]) -> None:
    """A country by its description, people the reader is unsure of, somebody's associates, somebody before what he leads, several and one of
    them, several and all of them.
    """
    assert sides(code(text, published=PUBLISHED), event) == (actors, recipients)


def test_whom_ones_own_forces_are_to_strike_is_threatened() -> None:
    """Whom they are to strike is threatened, though the forces stand nearer to the word."""
    text = "Pakistan's army chief warned that Pakistani troops would strike back at India."
    assert sides(code(text, published=PUBLISHED), "THREATEN") == ({"Asim Munir"}, {"India"})


def test_who_is_under_sanctions_does_not_lift_them() -> None:
    """Who lifts them is not told; who wants it is not taken for him."""
    text = "Iran will only sign an agreement if the sanctions are lifted. The United States imposed tough sanctions on Iran on Friday."
    assert sides(code(text, published=PUBLISHED), "RETREAT") == (set(), {"Iran"})


@pytest.mark.parametrize(("text", "actors"), [
    ("The White House wants a new summit. Donald Trump told reporters that a meeting with Xi Jinping was possible in May.", {"Donald Trump", "Xi Jinping"}),
    ("Donald Trump said on Friday that talks with Iran could begin in May.", {"Donald Trump", "Iran"}),
])  # fmt: skip
def test_nobody_meets_alone(text: str, actors: set[str]) -> None:
    """What is done with somebody is his and another's, though it may be taken for what the talks are about."""
    acts = [c for c in code(text, published=PUBLISHED).claims if isinstance(c, EventClaim) and c.anchor.text in ("meeting", "talks")]
    called = {a.key: a.name for a in code(text, published=PUBLISHED).actors}
    assert [{called[k] for k in c.actor} for c in acts] == [actors]


def test_a_son_is_not_his_father() -> None:
    """Unless the register has somebody under both names, who is junior is another than who bears the name without more."""
    coded = code(
        "Donald Trump Jr. met a Russian lawyer in June. President Donald Trump defended the meeting. Trump Jr. called it harmless.", published=PUBLISHED
    )
    mentions = {a.name: [m.text for m in a.mentions] for a in coded.actors}
    assert mentions["Donald Trump Jr."] == ["Donald Trump Jr.", "Trump Jr."] and mentions["Donald Trump"] == ["President Donald Trump"]
    assert {a.name for a in code("Joseph R. Biden Jr. criticised China. Joe Biden met Xi.", published="2022-03-01").actors} == {
        "Joe Biden",
        "China",
        "Xi Jinping",
    }


def test_whose_something_is_supported_may_be_ones_own_state() -> None:
    """Who defends his own state's policy supports the state."""
    text = "Interior Minister Nancy Faeser on Tuesday defended Germany's asylum policy."
    assert sides(code(text, published=PUBLISHED), "SUPPORT") == ({"Nancy Faeser"}, {"Germany"})


@pytest.mark.parametrize(("text", "recipients"), [
    ("Canada imposed sanctions on Friday. Chinese Foreign Minister Wang Yi condemned the step and said Beijing would retaliate.", {"Canada"}),
    ("Sweden closed its airspace. Russian Foreign Minister Sergei Lavrov called the step hostile and said Moscow would answer.", {"Sweden"}),
])  # fmt: skip
def test_an_official_condemns_his_own_state_only_where_it_is_likely(text: str, recipients: set[str]) -> None:
    """What he condemns is what another did, though his own state is named nearer."""
    assert sides(code(text, published=PUBLISHED), "ACCUSE")[1] == recipients


def test_whose_somebody_acts_is_not_acted_on() -> None:
    """ "Lebanon's Hezbollah" does nothing to Lebanon by that."""
    assert sides(code("Lebanon's Hezbollah refused to hand over its weapons."), "REJECT") == ({"Hezbollah"}, set())


def test_a_bare_sentence_tells_all_that_there_is() -> None:
    """Where nothing else is told a less likely recipient is one."""
    bare = "Uganda withdrew its last troops from Congo on Wednesday."
    assert sides(code(bare), "RETREAT")[1] == {"DR Congo"}
    assert not sides(code(f"{bare} It rained in the capital. Shops were closed on Friday."), "RETREAT")[1]


def test_of_whom_it_is_asked_who_acts_nobody_does() -> None:
    """ "Neither has said who requested the talks": none of those named."""
    assert sides(code("Neither Kabul nor Islamabad has said who requested the latest round.", published=PUBLISHED), "REQUEST")[0] == set()


def test_what_is_demanded_is_done_by_whom_it_is_demanded_of() -> None:
    """ "Belgrade demanded their release" is no release by Belgrade."""
    text = "Police in Pristina arrested three Serbs on Friday, and Belgrade demanded their immediate release."
    assert sides(code(text, published=PUBLISHED), "RETREAT")[0] == {"Police in Pristina"}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Hezbollah leader Naim Qassem vowed that his fighters would respond to any new strike.", "vowed"),
        ("Hezbollah leader Naim Qassem vowed that his fighters would respond to any new strike.", "respond"),
        ("Commander Hossein Khanzadi warned on Monday that Iranian forces could shoot down more American drones.", "warned"),
    ],
)
def test_nobody_threatens_his_own_forces(text: str, word: str) -> None:
    """Who sends his forces, or speaks of what they will do, is not their target, nor are they his."""
    coded = code(text)
    own = {a.key for a in coded.actors if a.name in ("Naim Qassem", "Naim Qassem's fighters", "Hossein Khanzadi", "Iranian forces")}
    (claim,) = (c for c in coded.claims if isinstance(c, EventClaim) and c.anchor.text == word)
    assert own & set(claim.actor)
    assert not own & set(claim.recipient)


def test_who_acts_in_one_clause_does_not_act_in_the_next() -> None:
    """Each of two verbs that are joined has its own subject."""
    coded = code("France froze its budget support to the archipelago and the World Bank halted disbursements.", published=PUBLISHED)
    called = {a.key: a.name for a in coded.actors}
    acting = {c.anchor.text: [called[k] for k in c.actor] for c in coded.claims if isinstance(c, EventClaim)}
    assert acting == {"froze": ["France"], "halted disbursements": ["World Bank"]}


def test_each_of_two_who_deny_the_same_speaks_of_himself() -> None:
    """One claim for each source, by whom it would have been done."""
    coded = code("Kenya and Ghana denied having any contact with the junta.", published=PUBLISHED)
    called = {a.key: a.name for a in coded.actors}
    acting = [{called[k] for k in c.actor} & {"Kenya", "Ghana"} for c in coded.claims if isinstance(c, EventClaim)]
    assert acting == [{"Kenya"}, {"Ghana"}]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("The foreign ministers of Kenya and Ethiopia met in Nairobi. It was agreed that the border post at Moyale would reopen.", set()),
        ("At the talks in Doha it was agreed that both sides would release prisoners.", set()),
        ("It was agreed between Sudan and Ethiopia that the border would reopen.", {"Sudan", "Ethiopia"}),
        ("It was agreed by Chad and Sudan to deploy a joint force.", {"Chad", "Sudan"}),
    ],
)
def test_what_is_agreed_by_nobody_in_particular_is_open(text: str, actors: set[str]) -> None:
    """ "It was agreed" has no actor but those whom the clause names."""
    assert sides(code(text, published=PUBLISHED), "AGREE")[0] == actors


@pytest.mark.parametrize(
    ("text", "offerer"),
    [
        (
            "Kenyan President William Ruto could mediate in the conflict, he said on Monday. "
            "Sudan's foreign minister accepted his offer to mediate on Tuesday.",
            {"William Ruto"},
        ),
        ("Qatar proposed a truce. Hamas accepted its proposal on Monday.", {"Qatar"}),
        ("Colombia accepted an offer by Brazil to help with the talks.", {"Brazil"}),
    ],
)
def test_an_offer_is_another_s(text: str, offerer: set[str]) -> None:
    """Who accepts an offer does so to whoever made it."""
    assert sides(code(text, published=PUBLISHED), "AGREE")[1] == offerer


def test_force_is_used_on_those_it_is_to_drive_away() -> None:
    """ "To disperse them" tells on whom, not who was detained."""
    text = (
        "BELGRADE - Thousands marched through the Serbian capital on Saturday. Police used tear gas to disperse them near the parliament, "
        "and 20 people were detained."
    )
    coded = code(text, published=PUBLISHED)
    assert sides(coded, "ASSAULT") == ({"Police"}, {"Thousands"})
    assert sides(coded, "COERCE")[1] == {"20 people"}
