"""Reading -> statements and claims: who says what, and what is said to be."""

from backchannel.coder.pairs import Pair, classify_pair
from backchannel.coder.pipeline import code, code_many

__all__ = ["Pair", "classify_pair", "code", "code_many"]
