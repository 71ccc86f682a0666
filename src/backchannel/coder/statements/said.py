"""A statement in the making: whose words, announced by which."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Said:
    """A statement in the making, in words."""

    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    content: tuple[int, int]
    score: float
    why: list[str] = field(default_factory=list)
    outer: tuple[int, int] | None = None  # cue of who cites the speaker for these words
    whose: str | None = None  # key of the speaker, where the words of the source do not tell
    spoken: bool = False  # are they the speaker's own words without quotation marks?
