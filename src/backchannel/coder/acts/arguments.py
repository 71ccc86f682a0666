"""Act -> its sides where the tree is plainer than the networks of ``sides.py``: who acts by the word "by", with whom one is at war, what is joined takes one
side, whose subject suffers what its object names ("faced criticism"), and whom a clause tells of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from backchannel.coder.acts.expulsions import is_diplomat
from backchannel.coder.acts.roles import Links
from backchannel.coder.acts.sides import MUTUAL, Rated, Rating
from backchannel.coder.parties.cast import OFFICIAL, Cast
from backchannel.coder.syntax.clauses import is_infinitive
from backchannel.coder.syntax.dependents import behind, joined, joined_parties, meant_by, nearest_subject, with_whom
from backchannel.coder.syntax.negation import NOT
from backchannel.coder.syntax.offers import OFFERS, OWNING, answered, invited, owners
from backchannel.coder.syntax.preventing import FOILING
from backchannel.reader import Reading

SURE = 0.9  # what the tree tells
# Verbs whose subject has done to it what the object names, of acts with two sides.
SUFFERING = frozenset("face suffer endure undergo withstand resist tolerate draw attract incur".split())
TWO_SIDED = frozenset("ACCUSE ASSAULT COERCE PROTEST REJECT REQUEST SANCTION THREATEN".split())
FORCEFUL = frozenset(("ASSAULT", "THREATEN", "RETREAT", "MOBILIZE"))  # types that nobody directs at his own forces, nor they at him
FORCES = frozenset(("military", "armed_group"))
INWARD = frozenset(("ACCUSE", "REQUEST"))  # types that officials direct at their own state; of 32 others five were, by the annotation
INWARD_FROM = 0.63  # likeliness from which they do: two of ten annotated below it, seven of ten from it on
DRIVING = frozenset(("ASSAULT", "COERCE"))
DISPERSING = frozenset("disperse clear break scatter drive push".split())  # of seven told with what for, seven are done to those dispersed
ANSWERS = frozenset(("AGREE", "REJECT", "SUPPORT"))  # types of accepting, rejecting and welcoming an offer: annotated towards whoever makes it
OUTWARD = frozenset(("SANCTION", "REJECT", "RETREAT"))  # types that nobody directs at whom he calls his own: 0 of 17 annotated, 14 of them recalled envoys
PROMISING = frozenset(("AGREE", "AID"))  # types of acts by which somebody offers or gives what may come from others
ASKED_FOR = OFFERS | frozenset("request appeal plea call demand application".split())  # things from whom they are is answered
FAVOURS = frozenset(("AGREE", "AID", "CONCEDE"))  # types of what one is promised, given or granted
GIVING = frozenset(("AID", "COOPERATE"))  # types of acts by which somebody is given something
THINGS = frozenset(("military", "other"))  # kinds of what may be given: "patrol boats"; people are rather who is helped
ASKED = frozenset(("who", "which", "whoever"))
FIGHTS = frozenset("war warfare conflict fight fighting battle combat clash skirmish firefight hostility confrontation".split())  # what both sides wage
BESIDE = frozenset(("for", "alongside"))  # what comes before whom one does not fight against
JUDGEMENTS = frozenset("condemnation criticism denunciation denial account version report investigation inquiry probe praise".split())  # of another's act
JUDGING = frozenset("oppose veto reject dismiss criticize criticise condemn denounce deplore decry slam blast welcome praise hail protest object speak".split())
AGAINST = {"protest": "against", "object": "to", "speak": "against"}  # verbs of judging whose matter stands behind a preposition
YIELDING = frozenset(("CONCEDE", "RETREAT"))  # types of acts that whoever rejects them may be asked for ("rejected a ceasefire")
TRADING = frozenset(("trade", "exchange", "swap"))  # verbs whose object both sides do to each other ("traded insults")
ARGUMENTS = ("nsubj", "obj", "iobj", "obl", "nmod")


def put_right(reading: Reading, cast: Cast, links: Links, rating: Rating) -> tuple[Rated, Rated]:
    """Actors and recipients as the tree has them where it is plain, else as rated; the next for recipients that cannot be any."""
    actors, recipients, rest = rating
    head = links.head
    acting, alone = _acting(reading, cast, links)
    suffering, told = _suffering(reading, cast, links)
    if alone or (acting and not dict(actors).keys() & set(acting)) or _is_asked_of(reading, head):
        actors = []
    recipients = [] if told else recipients
    acting += _fellows(reading, cast, links)
    given, getting = (_parties(reading, cast, words) for words in _given(reading, links))
    given = [k for k in given if cast.get(k).kind in THINGS]
    recipients, rest = ([(k, s) for k, s in side if k not in given] for side in (recipients, rest))
    idle = _doing_other(reading, cast, head).difference(acting).union(_aside(reading, cast, links))
    actors = [(k, s) for k, s in actors if k not in idle]
    actors, recipients = _moved(actors, recipients, acting)
    if suffering and reading.lemmas[head].lower() == "have":
        recipients = []
    recipients, actors = _moved(recipients, actors, suffering)
    recipients, actors = _moved(recipients, actors, getting if given or reading.upos[head] == "NOUN" else ())
    for together in _together(reading, cast, head):
        actors, recipients = _as_one(actors, recipients, together)
    own = _no_recipients(reading, cast, links, Rating(actors, recipients, rest), suffering)
    left = [x for x in recipients if x[0] not in own]
    return actors, left if left or not recipients else [x for x in rest if x[0] not in own | dict(actors).keys()][:1]


def _acting(reading: Reading, cast: Cast, links: Links) -> tuple[list[str], bool]:
    """Who acts by the tree, and whether nobody else can: "by" whom it is done, who comes with it, among whom "it was agreed"."""
    head, found = links.head, list[str]()
    if (verb := _impersonal(reading, head)) is not None:
        return _parties(reading, cast, _among(reading, verb)), True
    if links.anchor.type != "ACCUSE":  # whose words may tell what it is about: "an attack sponsored by X"
        found += _parties(reading, cast, behind(reading, head, "by"))
    if links.anchor.type in TWO_SIDED:
        found += _parties(reading, cast, _brought(reading, head)[0])
    return found, False


def _suffering(reading: Reading, cast: Cast, links: Links) -> tuple[list[str], bool]:
    """To whom it is done by the tree, and whether to nobody else."""
    head, kind, found, alone = links.head, links.anchor.type, list[str](), False
    if kind in TWO_SIDED:
        asked = [] if (word := invited(reading, head)) is None else [word]
        done_to = (*_sufferers(reading, head), *_whom(reading, head), *_against(reading, head), *_brought(reading, head)[1], *asked)
        found = _parties(reading, cast, done_to)
    if kind in FAVOURS:
        found = _parties(reading, cast, _favoured(reading, head))
    if kind in DRIVING and (driven := _driven(reading, cast, head)):
        found, alone = list(driven), True
    if kind in ANSWERS and (offer := answered(reading, head)) is not None:
        found = _parties(reading, cast, owners(reading, offer))
        alone = alone or bool(found)
    return found, alone


def _aside(reading: Reading, cast: Cast, links: Links) -> list[str]:
    """Who stands by an act without doing it: who foils it, where it is, who loses by it, whose word on it is told."""
    head = links.head
    return _parties(reading, cast, (*_foilers(reading, head), *_scenes(reading, head), *_losers(reading, links), *_judges(reading, links)))


def _no_recipients(reading: Reading, cast: Cast, links: Links, rating: Rating, suffering: Sequence[str]) -> set[str]:
    """To whom it cannot be done: whose side the actors are on, who owns what it is done to, over what and against whose foes it is."""
    actors, recipients, rest = rating
    head, kind = links.head, links.anchor.type
    inward = kind in INWARD
    theirs = [(k, s) for k, s in recipients + rest if not inward or s < INWARD_FROM]
    acting_for = [(k, s) for k, s in actors if not inward or cast.get(k).kind != "people"]
    own = _own_states(cast, acting_for, theirs).difference(suffering)
    if kind == "SUPPORT":
        own -= {k for w in _owners(reading, head) for k in cast.at.get(w, ())}
    own |= _owning(reading, cast, links, actors).union(_owning(reading, cast, links, recipients)).difference(suffering)
    if kind in PROMISING:
        own |= _sources(reading, cast, head)
    if kind in OUTWARD:
        own |= _owned(reading, cast, links, actors)
    if recipients and kind in FORCEFUL:
        own |= _one_side(reading, cast, head, actors, recipients + rest)
    spared = (*_causes(reading, links), *(_victims(reading, cast, head) if kind in ("ACCUSE", "REJECT") else ()))
    return own | set(_parties(reading, cast, spared)).difference(suffering)


def _parties(reading: Reading, cast: Cast, words: Iterable[int]) -> list[str]:
    """The parties at words, with those joined to them."""
    return [k for w in words for k in joined_parties(reading, cast, w)]


def _is_asked_of(reading: Reading, act: int) -> bool:
    """Is it asked who does it ("it is unclear who requested the talks")?"""
    subjects = (c for c in reading.children[act] if reading.rels[c] == "nsubj" and not reading.rels[act].startswith("acl"))
    return any(reading.words[i].lower() in ASKED for c in subjects for i in (c, *reading.children[c]) if reading.rels[i] in ("nsubj", "det"))


def _impersonal(reading: Reading, act: int) -> int | None:
    """The verb of what is done by nobody in particular ("it was agreed that", "it was decided to *close* the border")."""
    own = any(reading.rels[c].startswith("nsubj") for c in reading.children[act])
    verb = reading.heads[act] if reading.rels[act] == "xcomp" and not own else act
    below = reading.children[verb]
    it = next((c for c in below if reading.rels[c] in ("nsubj:pass", "expl") and reading.words[c].lower() == "it"), None)
    says = any(c > verb and (reading.rels[c] in ("ccomp", "xcomp", "csubj") or reading.words[c].lower() == "that") for c in below)
    return verb if it is not None and says and any(reading.rels[c] == "aux:pass" for c in below) else None


def _among(reading: Reading, verb: int) -> list[int]:
    """By whom, or between whom, something is agreed or decided."""
    return [c for c in reading.children[verb] if reading.rels[c].startswith("obl") and reading.case_of(c) in ("by", "between", "with", "among")]


def _doing_other(reading: Reading, cast: Cast, act: int) -> set[str]:
    """Who does only what the act's verb is joined to, having another subject ("France froze its aid and *the bank halted* its own")."""
    own, above = ([c for c in reading.children[w] if reading.rels[c] == "nsubj"] for w in (act, reading.heads[act]))
    if reading.rels[act] != "conj" or not any(reading.upos[c] in ("NOUN", "PROPN") for c in own):
        return set()
    return set(_parties(reading, cast, above)).difference(_parties(reading, cast, own))


def _sources(reading: Reading, cast: Cast, act: int) -> set[str]:
    """Who is named below the act only as where something is from that is offered or given ("to lead a team from *the African Union*"): of 40 so annotated two
    are recipients.
    """
    inside = set(reading.subtree(act))
    below = [(w, keys) for lo, hi, keys in cast.beside(reading, act) if (w := reading.head_of(lo, hi)) in inside]
    coming = {w for w, _ in below if reading.case_of(w) == "from" and reading.lemmas[reading.heads[w]].lower() not in ASKED_FOR}
    return {k for w, keys in below if w in coming for k in keys} - {k for w, keys in below if w not in coming for k in keys}


def _given(reading: Reading, links: Links) -> tuple[list[int], list[int]]:
    """What is given to somebody, which may be named like a party ("donated two cutters to Palau"), and to whom."""
    below = reading.children[links.head] if links.anchor.type in GIVING else []
    to = [c for c in below if reading.rels[c].split(":")[0] in ("obl", "nmod") and reading.case_of(c) == "to"]
    things = ("obj", "nmod") if reading.upos[links.head] == "NOUN" else ("obj",)  # "the supply of drones to Russia"
    return [c for c in below if to and reading.rels[c] in things and c not in to], to


def _foilers(reading: Reading, act: int) -> list[int]:
    """Who keeps the act from being done ("the police foiled plans for an attack")."""
    if reading.rels[act] == "nmod" and reading.upos[reading.heads[act]] == "NOUN":
        act = reading.heads[act]
    verb, own = reading.heads[act], any(reading.rels[c] == "nmod:poss" and reading.upos[c] == "PRON" for c in reading.children[act])
    foiled = reading.rels[act] in ("obj", "nsubj:pass") and reading.lemmas[verb].lower() in FOILING and not own
    return [c for c in reading.children[verb] if c != act and reading.rels[c] in ("nsubj", "obl:agent")] if foiled else []


def _scenes(reading: Reading, act: int) -> list[int]:
    """Where a clause with "where" says the act was done ("Niger, where three workers were kidnapped")."""
    where = next((c for c in reading.children[act] if reading.words[c].lower() == "where" and reading.rels[c] == "advmod"), 0)
    before = where - 1 - (reading.words[where - 1] == ",")
    return [before] if where and before >= reading.bounds[reading.sentence_of[act]][0] and reading.rels[act].startswith(("acl", "advcl")) else []


def _judges(reading: Reading, links: Links) -> list[int]:
    """Whose word on the act it is ("France's condemnation of *the strikes*", "Spain opposed *the strikes*"), and not of his own: of nine annotated, none did
    what he opposed or condemned.
    """
    act, kind = links.head, links.anchor.type
    thing = reading.heads[act] if reading.rels[act] == "nmod" and reading.upos[reading.heads[act]] == "NOUN" else act  # "a package of aid"
    above = reading.heads[act]
    if reading.rels[act] == "nmod" and reading.lemmas[above].lower() in JUDGEMENTS:
        return [c for c in reading.children[above] if reading.rels[c] == "nmod:poss"]
    verb = reading.heads[thing]
    lemma, matter = reading.lemmas[verb].lower(), AGAINST.get(reading.lemmas[verb].lower())
    judged = reading.rels[thing] in ("obj", "nsubj:pass") or (matter and reading.case_of(thing) == matter)
    own = any(reading.rels[c] == "nmod:poss" and reading.upos[c] == "PRON" for w in {act, thing} for c in reading.children[w])
    shared = kind in MUTUAL and any(reading.case_of(c) in ("with", "between") for c in reading.children[act])
    if not judged or own or shared or kind in YIELDING or lemma not in JUDGING or thing == verb or (matter and reading.rels[thing] == "obj"):
        return []
    if reading.rels[thing] == "nsubj:pass":
        return [*behind(reading, verb, "by")]
    while nearest_subject(reading, verb) is None and reading.rels[verb] in ("conj", "xcomp"):  # "met X and condemned", "declined to condemn"
        verb = reading.heads[verb]
    subject = nearest_subject(reading, verb)
    return [] if subject is None else [meant_by(reading, verb, subject)]


def _victims(reading: Reading, cast: Cast, act: int) -> list[int]:
    """To whom was done what somebody condemns or opposes ("condemned the attack *on Kyiv*", "objected to the sanctions *on Mali*")."""
    cases = ("of", AGAINST.get(reading.lemmas[act].lower()))
    done = (c for c in reading.children[act] if c not in cast.at and (reading.rels[c] == "obj" or reading.case_of(c) in cases))
    return [v for c in done for v in behind(reading, c, "on", "against")]


def _losers(reading: Reading, links: Links) -> list[int]:
    """Who "lost 2,000 soldiers"."""
    children = reading.children[links.head] if links.anchor.type == "ASSAULT" and reading.lemmas[links.head].lower() == "lose" else []
    return [c for c in children if reading.rels[c] == "nsubj"] if any(reading.rels[c] == "obj" for c in children) else []


def _causes(reading: Reading, links: Links) -> list[int]:
    """For whom, or by whose side, somebody fights."""
    fights = links.anchor.type == "ASSAULT" and reading.upos[links.head] == "VERB" and reading.lemmas[links.head].lower() in FIGHTS
    return [c for c in reading.children[links.head] if fights and reading.rels[c].startswith("obl") and reading.case_of(c) in BESIDE]


def _own_states(cast: Cast, actors: Rated, recipients: Rated) -> set[str]:
    """The states among the recipients whose officials or forces act."""
    acting = [cast.get(k) for k, _ in actors]
    served = {a.country for a in acting if a.country and a.kind != "state" and OFFICIAL & set(a.sector)}
    return {k for k, _ in recipients if cast.get(k).kind == "state" and cast.get(k).country in served}


def _one_side(reading: Reading, cast: Cast, head: int, actors: Rated, recipients: Rated) -> set[str]:
    """The recipients who are the actors' own forces, or whose forces the actors are ("he vowed that his fighters would respond", "the minister warned that the
    army would stay").
    """
    here = [(reading.head_of(lo, hi), keys) for lo, hi, keys in cast.beside(reading, head)]
    owning = [(k, c) for top, keys in here for c in reading.children[top] if reading.rels[c] == "nmod:poss" for k in keys if cast.get(k).kind in FORCES]
    owner = {(k, o) for k, c in owning for o in cast.at.get(c, ()) if o != k}
    acting = dict(actors).keys()
    served = {a.country for k in acting if (a := cast.get(k)).country and a.kind not in FORCES and OFFICIAL & set(a.sector)}
    served_by = {k for k, _ in recipients if cast.get(k).kind == "military" and cast.get(k).country in served}
    return served_by | {k for k, _ in recipients if any((k, a) in owner or (a, k) in owner for a in acting)}


def _owning(reading: Reading, cast: Cast, links: Links, actors: Rated) -> set[str]:
    """Who is named in the act's sentence only as whose somebody acts ("Norland's rebels refused")."""
    here = [(reading.head_of(a, b), keys) for a, b, keys in cast.beside(reading, links.head)]
    acting = {top for top, keys in here if not dict(actors).keys().isdisjoint(keys)}
    owning = {k for top, keys in here for k in keys if reading.rels[top] == "nmod:poss" and reading.heads[top] in acting}
    return owning - {k for top, keys in here for k in keys if reading.rels[top] != "nmod:poss" or reading.heads[top] not in acting}


def _owned(reading: Reading, cast: Cast, links: Links, actors: Rated) -> set[str]:
    """Whom the act's sentence calls the actors' own ("recalled *its envoy*", "postponed a visit by *its navy chief*"); a party may expel a lawmaker of its."""
    acting, any_of_them = dict(actors).keys(), links.anchor.type != "SANCTION"
    beside = ((reading.head_of(lo, hi), keys) for lo, hi, keys in cast.beside(reading, links.head))
    here = ((top, keys) for top, keys in beside if any_of_them or is_diplomat(reading, top))
    owners = ((keys, cast.at.get(c, ())) for top, keys in here for c in reading.children[top] if reading.rels[c] == "nmod:poss")
    return {k for keys, whose in owners if not acting.isdisjoint(whose) for k in keys}


def _moved(to: Rated, away: Rated, keys: Sequence[str]) -> tuple[Rated, Rated]:
    """Both sides with ``keys`` on the first."""
    new = [(k, SURE) for k in dict.fromkeys(keys) if k not in dict(to)]
    return to + new, [x for x in away if x[0] not in keys]


def _fellows(reading: Reading, cast: Cast, links: Links) -> list[str]:
    """With whom one fights, or trades what the act's word names: all of them act."""
    head = links.head
    told = (head, *(c for c in reading.children[head] if reading.rels[c] == "obj"))  # "waging war"
    fights = [w for w in told if links.anchor.type == "ASSAULT" and reading.lemmas[w].lower() in FIGHTS]
    verb = reading.heads[head] if reading.rels[head] == "obj" else head
    trades = [head] if links.anchor.type in TWO_SIDED and reading.lemmas[verb].lower() in TRADING else []
    return [k for w in fights + trades for k in with_whom(reading, cast, w)]


def _sufferers(reading: Reading, head: int) -> Iterator[int]:
    """Who "faces criticism", "suffered attacks", also of a verb that has its subject above ("began an exercise, drawing threats")."""
    verb = reading.heads[head]
    if reading.lemmas[head].lower() == "have":  # "has until Friday to leave"
        yield from [c for c in reading.children[head] if c < head and reading.rels[c] == "nsubj"][-1:]
    if reading.rels[head] != "obj" or reading.lemmas[verb].lower() not in SUFFERING:
        return
    subjects = [c for c in reading.children[verb] if reading.rels[c] == "nsubj"]
    if not subjects and reading.rels[verb] in ("advcl", "conj", "xcomp"):
        subjects = [c for c in reading.children[reading.heads[verb]] if reading.rels[c] == "nsubj"]
    yield from subjects


def _favoured(reading: Reading, head: int) -> Iterator[int]:
    """Who "was promised an exemption", "is to be given arms"."""
    below = reading.children[head]
    if any(reading.rels[c] == "obj" and c > head for c in below):
        yield from (c for c in below if reading.rels[c] == "nsubj:pass")


def _whom(reading: Reading, head: int) -> Iterator[int]:
    """Of whom a clause tells: "the two, whom Israel barred", not "whom Kinshasa accuses Rwanda of backing"."""
    objects = [reading.words[c].lower() for c in reading.children[head] if reading.rels[c] == "obj"]
    if reading.rels[head] == "acl:relcl" and objects == ["whom"]:
        yield reading.heads[head]


def _against(reading: Reading, head: int) -> Iterator[int]:
    """Against whom an act told by a noun is ("violence against protesters")."""
    behind = (c for c in reading.children[head] if c > head and reading.rels[c] == "nmod")
    return (c for c in behind if reading.upos[head] == "NOUN" and reading.case_of(c) == "against")


def _brought(reading: Reading, head: int) -> tuple[list[int], list[int]]:
    """Who comes with an act that a noun tells, and to whom: "A turned to B with a request", "B was hit with sanctions"; not where it is another's."""
    verb, own = reading.heads[head], any(reading.rels[c] == "nmod:poss" or reading.case_of(c) in ("by", "from", "against") for c in reading.children[head])
    if own or reading.rels[head] != "obl" or reading.case_of(head) != "with" or reading.upos[head] != "NOUN" or reading.upos[verb] != "VERB":
        return [], []
    below = [c for c in reading.children[verb] if c != head and reading.upos[c] != "PRON"]
    to = [c for c in below if reading.rels[c] in ("obj", "nsubj:pass") or (reading.rels[c] == "obl" and reading.case_of(c) == "to")]
    return [c for c in below if to and reading.rels[c] == "nsubj"], to


def _driven(reading: Reading, cast: Cast, head: int) -> tuple[str, ...]:
    """Whom force is used to drive away ("used tear gas to disperse *them*", "to break up a *PEGIDA* rally")."""
    used = (head, *([reading.heads[head]] if reading.rels[head] in ("obj", "obl", "nsubj:pass") else []))
    verbs = (c for w in used for c in reading.children[w] if reading.rels[c] in ("advcl", "xcomp") and is_infinitive(reading, c))
    crowds = (c for v in verbs if reading.lemmas[v].lower() in DISPERSING for c in reading.children[v] if reading.rels[c] == "obj")
    named = (k for c in crowds for w in (c, *(d for d in reading.children[c] if reading.rels[d] in OWNING)) for k in joined_parties(reading, cast, w))
    return tuple(dict.fromkeys(named))


def _owners(reading: Reading, head: int) -> Iterator[int]:
    """Whose something is supported ("defended Norland's record"): of ten such states that officials serve eight are recipients, by the annotation."""
    objects = (c for c in reading.children[head] if reading.rels[c] == "obj")
    return (c for o in objects for c in reading.children[o] if reading.rels[c] == "nmod:poss")


def _together(reading: Reading, cast: Cast, head: int) -> Iterator[tuple[str, ...]]:
    """The parties of each argument that joins some, of the act's word or the verb it is the object of."""
    verb = reading.heads[head] if reading.rels[head] == "obj" else head
    subjects = (c for c in reading.children[verb] if verb != head and reading.rels[c].startswith("nsubj"))
    for word in (*reading.children[head], *subjects):
        if reading.rels[word].split(":")[0] in ARGUMENTS and word in cast.at:
            others = [c for c in reading.children[word] if reading.rels[c] == "conj"]
            if others and not any(reading.words[i].lower() in NOT for c in others for i in reading.children[c]):
                yield joined_parties(reading, cast, word)
            states = [c for c in reading.children[word] if reading.rels[c] in ("amod", "compound") and c in cast.at and len(joined(reading, c)) > 1]
            yield from (tuple(dict.fromkeys((*joined_parties(reading, cast, c), *cast.at[word]))) for c in states)  # "Thai and Cambodian soldiers"


def _as_one(actors: Rated, recipients: Rated, together: tuple[str, ...]) -> tuple[Rated, Rated]:
    """Both sides with those who are joined on the side where one of them is likeliest, if on any."""
    own = [[s for k, s in side if k in together] for side in (actors, recipients)]
    if not any(own):
        return actors, recipients
    best = max(map(max, filter(None, own)))
    if own[0] and max(own[0]) == best:
        return _moved(actors, recipients, together)
    recipients, actors = _moved(recipients, actors, together)
    return actors, recipients
