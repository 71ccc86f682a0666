"""The user's own actor files, and what Wikidata had: kept beside the default ledger, read with every register, never mixed into the shipped tables.

The folder is ``$BACKCHANNEL_ACTORS``, else ``actors`` in the user's data folder. A file there is one import; taking it out undoes it.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache, reduce
from pathlib import Path

import msgspec

from backchannel.errors import UsageError
from backchannel.register.additions import NOTHING, Additions
from backchannel.register.custom import read_custom

REFRESHED = "wikidata.json"  # what ``actors refresh`` had, by country


def folder() -> Path:
    """Where imported files are kept; it need not exist."""
    given = os.environ.get("BACKCHANNEL_ACTORS")
    if given:
        return Path(given).expanduser()
    from platformdirs import user_data_path

    return user_data_path("backchannel", appauthor=False) / "actors"


def files() -> tuple[Path, ...]:
    """The files kept, by name."""
    return tuple(sorted(folder().glob("*.csv")))


def keep(path: Path) -> tuple[Path, Additions]:
    """Checks a file and keeps a copy of it; one of the same name is replaced.

    Raises:
        UsageError: it cannot be used, or the folder cannot be written to.

    """
    made = read_custom(path)
    name = re.sub(r"[^\w.-]+", "-", path.stem).strip("-.") or "actors"
    target = folder() / f"{name}.csv"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        part.write_bytes(path.read_bytes())
        part.replace(target)
    except OSError as error:
        raise UsageError(f"{target} cannot be written ({error.strerror})", "a folder that may be written to", "BACKCHANNEL_ACTORS=FOLDER") from None
    return target, made


def forget(name: str) -> Path:
    """Takes an imported file out again, by its name with or without ``.csv``.

    Raises:
        UsageError: there is none of that name.

    """
    for path in files():
        if name in (path.name, path.stem):
            path.unlink()
            return path
    raise UsageError(f"no imported file {name!r}", f"one of {', '.join(p.stem for p in files()) or 'none'}", "backchannel actors import FILE.csv")


def imported() -> Additions:
    """What all imported files say; read again when one of them has changed."""
    refreshed = folder() / REFRESHED
    return _read(tuple((str(p), p.stat().st_mtime_ns) for p in (*files(), *([refreshed] if refreshed.is_file() else []))))


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
