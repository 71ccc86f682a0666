"""The user's own actor files, and what Wikidata had: kept as ``kept.py`` keeps files ("actors"), read with every register."""

from __future__ import annotations

from functools import lru_cache, reduce
from pathlib import Path

import msgspec

from backchannel import kept
from backchannel.errors import UsageError
from backchannel.register.additions import NOTHING, Additions
from backchannel.register.custom import read_custom

KIND, SUFFIX = "actors", ".csv"
REFRESHED = "wikidata.json"  # what ``actors refresh`` had, by country


def folder() -> Path:
    """Where imported actors are kept; it need not exist."""
    return kept.folder(KIND)


def keep(path: Path) -> tuple[Path, Additions]:
    """Checks a file and keeps a copy of it; one of the same name is replaced.

    Raises:
        UsageError: it cannot be used, or the folder cannot be written to.

    """
    made = read_custom(path)
    return kept.keep(KIND, path), made


def imported() -> Additions:
    """What all imported files say; read again when one of them has changed."""
    refreshed = folder() / REFRESHED
    return _read(kept.stamped((*kept.files(KIND, SUFFIX), *([refreshed] if refreshed.is_file() else []))))


@lru_cache(maxsize=4)
def _read(stamped: tuple[tuple[str, int], ...]) -> Additions:
    made = NOTHING
    for path, _ in stamped:
        made += _refreshed(Path(path)) if path.endswith(REFRESHED) else read_custom(Path(path))
    return made


def _refreshed(path: Path) -> Additions:
    try:
        had = msgspec.json.decode(path.read_bytes(), type=dict[str, Additions])
    except msgspec.DecodeError:
        raise UsageError(f"{path} cannot be read", "what backchannel actors refresh wrote", "deleting it, and refreshing again") from None
    return reduce(Additions.__add__, had.values(), NOTHING)
