"""Reading -> the forms of other tools: CoNLL-U lines (Universal Dependencies v2) and a spaCy ``Doc``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from backchannel.errors import UsageError
from backchannel.reader.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc

ENTITIES = {"PER": "PERSON", "ORG": "ORG", "LOC": "GPE", "MISC": "MISC"}  # our name types in OntoNotes' words, where they have one


def conllu(reading: Reading, *, doc_id: str | None = None) -> Iterator[str]:
    """The lines of a reading in CoNLL-U, a blank line after each sentence. MISC holds SpaceAfter=No and character offsets as Stanza writes them."""
    yield f"# newdoc{f' id = {doc_id}' if doc_id else ''}"
    for n, (lo, hi) in enumerate(reading.bounds):
        if reading.paragraph[n]:
            yield "# newpar"
        yield f"# sent_id = {n + 1}"
        yield f"# text = {' '.join(reading.quote(lo, hi).split())}"
        for i in range(lo, hi):
            token, root = reading.tokens[i], reading.heads[i] == i
            follows = reading.tokens[i + 1].start if i + 1 < len(reading.tokens) else -1
            misc = ["SpaceAfter=No"] * (follows == token.end) + [f"start_char={token.start}", f"end_char={token.end}"]
            head, rel = ("0", "root") if root else (str(reading.heads[i] - lo + 1), reading.rels[i])
            columns = (str(i - lo + 1), token.text, reading.lemmas[i], reading.upos[i], "_", reading.feats[i], head, rel, "_", "|".join(misc))
            yield "\t".join(columns)
        yield ""


def spacy_doc(reading: Reading, vocab: Any = None) -> Doc:
    """The reading as a spaCy Doc whose text and character offsets are the report's own: white space beyond one blank becomes SPACE tokens, as in spaCy.

    ``vocab``: the vocabulary of the pipeline it shall go on in; a blank English one without.

    Raises:
        UsageError: spaCy is not installed.

    """
    try:
        import spacy
        from spacy.tokens import Doc, Span
    except ImportError:
        raise UsageError("no spaCy", "the package spacy beside backchannel", "pip install 'backchannel[spacy]'") from None
    words, spaces, at = _words_and_spaces(reading)
    n = len(words)
    heads, deps, pos, lemmas, morphs, starts = list(range(n)), ["dep"] * n, ["SPACE"] * n, list(words), [""] * n, [False] * n
    for k in range(1, n):
        heads[k] = k - 1  # white space hangs on the word before it; words are filled in below
    for i, k in enumerate(at):
        heads[k], deps[k], pos[k], lemmas[k] = at[reading.heads[i]], reading.rels[i], reading.upos[i], reading.lemmas[i]
        morphs[k] = "" if reading.feats[i] == "_" else reading.feats[i]
    for k in range(n):
        if pos[k] == "SPACE" and k == 0 and at:
            heads[k] = at[0]
    for lo, _ in reading.bounds:
        starts[at[lo]] = True
    if starts and at and at[0]:
        starts[0], starts[at[0]] = True, False  # leading white space belongs to the first sentence
    about: dict[str, Any] = {"heads": heads, "deps": deps, "pos": pos, "lemmas": lemmas, "morphs": morphs, "sent_starts": starts}
    doc = Doc(vocab or spacy.blank("en").vocab, words=words, spaces=spaces, **about)
    doc.set_ents([Span(doc, at[lo], at[hi - 1] + 1, label=ENTITIES[kind]) for lo, hi, kind in reading.names])
    return doc


def _words_and_spaces(reading: Reading) -> tuple[list[str], list[bool], list[int]]:
    """(words with white-space tokens, whether a blank follows each, index of every word of the reading among them)."""
    words: list[str] = []
    spaces: list[bool] = []
    at: list[int] = []
    end = 0
    for token in [*reading.tokens, None]:
        gap = reading.text[end : token.start if token else len(reading.text)]
        if gap[:1] == " " and words and not spaces[-1]:
            spaces[-1], gap = True, gap[1:]
        if gap:
            words.append(gap)
            spaces.append(False)
        if token:
            at.append(len(words))
            words.append(token.text)
            spaces.append(False)
            end = token.end
    return words, spaces, at
