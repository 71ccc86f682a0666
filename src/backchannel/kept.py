"""The user's own files: kept as copies beside the default ledger, read from then on, never mixed into what ships.

A kind of file has a folder: ``$BACKCHANNEL_<KIND>``, else one named after the kind in the user's data folder. A file there is one import; taking it out
undoes it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from backchannel.errors import UsageError


def folder(kind: str) -> Path:
    """Where files of a kind ("actors", "types") are kept; it need not exist."""
    given = os.environ.get(f"BACKCHANNEL_{kind.upper()}")
    if given:
        return Path(given).expanduser()
    from platformdirs import user_data_path

    return user_data_path("backchannel", appauthor=False) / kind


def files(kind: str, suffix: str) -> tuple[Path, ...]:
    """The files kept, by name."""
    return tuple(sorted(folder(kind).glob(f"*{suffix}")))


def keep(kind: str, path: Path) -> Path:
    """Keeps a copy of a checked file; one of the same name is replaced.

    Raises:
        UsageError: the folder cannot be written to.

    """
    name = re.sub(r"[^\w.-]+", "-", path.stem).strip("-.") or kind
    target = folder(kind) / f"{name}{path.suffix.lower()}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        part.write_bytes(path.read_bytes())
        part.replace(target)
    except OSError as error:
        raise UsageError(f"{target} cannot be written ({error.strerror})", "a folder that may be written to", f"BACKCHANNEL_{kind.upper()}=FOLDER") from None
    return target


def forget(kind: str, suffix: str, name: str) -> Path:
    """Takes an imported file out again, by its name with or without the suffix.

    Raises:
        UsageError: there is none of that name.

    """
    there = files(kind, suffix)
    for path in there:
        if name in (path.name, path.stem):
            path.unlink()
            return path
    raise UsageError(f"no imported file {name!r}", f"one of {', '.join(p.stem for p in there) or 'none'}", f"backchannel {kind} import FILE{suffix}")


def stamped(paths: tuple[Path, ...]) -> tuple[tuple[str, int], ...]:
    """Paths with their times of change: what a cache of their contents hangs on."""
    return tuple((str(p), p.stat().st_mtime_ns) for p in paths)
