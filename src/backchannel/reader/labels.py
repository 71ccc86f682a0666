"""What the reader's heads can say: fixed label sets, in the order of the model's outputs. Sets learnt from data (features, relations) are in
``model/labels.json``; these here are the codebooks' own.
"""

from __future__ import annotations

from backchannel import plover

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
NAMES = "PER ORG LOC MISC".split()  # MISC: nationalities, events, works

EVENTS = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT RELATION QUESTION"
).split()  # PLOVER 2, and the anchors of relation and question claims
MODES = (
    "- visit third-party multilateral phone withdraw release disarm ceasefire access resign assist change yield meet disapprove investigate allege restrict "
    "arrest relations expel territory violence demo riot strike hunger boycott obstruct vandalize convict discontinue troops weapons police militia seize "
    "censor curfew martial-law deport withhold misinformation cyber abduct beat torture sexual targeted destroy primitive firearms explosives "
    "suicide-attack aerial drone heavy-weapons crowd-control unconventional"
).split()
CONTEXTS = list(plover.contexts())
STATUSES = "happened ongoing planned expected attempted threatened offered demanded proposed possible hypothetical did_not_happen ended".split()
POLARITIES = "+ -".split()
CERTAINTIES = "certain probable possible unknown".split()
CHANNELS = "unknown in_person phone video letter public_statement social_media back_channel".split()
DISCLOSURES = "unknown public undisclosed contents_undisclosed".split()
QUALITIES = "unknown allied good correct strained hostile at_war none".split()
TRENDS = "unknown improving worsening steady".split()
STANCES = "asserts confirms denies declines_to_comment accuses threatens promises demands predicts questions speculates".split()
KINDS = "person state government ministry office military armed_group igo ngo company media party people place other".split()
SECTORS = "GOV MIL REB OPP PTY LEG JUD COP SPY IGO NGO MED EDU BUS LAB REL CRM CVL REF ELI".split()

# Links from a predicate word (cue, anchor, verb) to the words of its arguments.
ROLES = (
    "source content actor recipient mediator third_party between topic demand trigger condition purpose quantity instrument where when deadline alternative "
    "ARG0 ARG1 ARG2 ARGM-TMP ARGM-LOC"
).split()


def bio(kinds: list[str]) -> list[str]:
    """O, then B-kind and I-kind of each kind."""
    return ["O"] + [f"{b}-{k}" for k in kinds for b in "BI"]


# Tag heads: one label a word, in the order in which their scores stand side by side in the model's ``tags`` output.
# Sets that depend on the training data are filled from labels.json ("features", "relations").
TAGS: dict[str, list[str]] = {
    "upos": UPOS,
    "name": bio(NAMES),
    "source": ["O", "B", "I"],  # statements as the annotation guide has them: words said, the cue a bare verb
    "cue": ["O", "B", "I"],
    "content": ["O", "B", "I"],
    "stance": STANCES,
    "polnear_source": ["O", "B", "I"],  # attribution as PolNeAR has it: thoughts and wishes too, the cue a whole verb group
    "polnear_cue": ["O", "B", "I"],
    "polnear_content": ["O", "B", "I"],
    "party": ["O", "B", "I"],
    "kind": KINDS,
    "sector": SECTORS,
    "event": ["O", *EVENTS],
    "root": EVENTS[:16],
    "mode": MODES,
    "status": STATUSES,
    "polarity": POLARITIES,
    "certainty": CERTAINTIES,
    "channel": CHANNELS,
    "disclosure": DISCLOSURES,
    "quality": QUALITIES,
    "trend": TRENDS,
    "factuality": ["score"],
    "contexts": CONTEXTS,  # any number of them: each label has a probability of its own
}
