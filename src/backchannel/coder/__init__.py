"""Reading -> statements and claims: who says what, and what is said to be."""

from backchannel.coder.pipeline import code, code_many

__all__ = ["code", "code_many"]
