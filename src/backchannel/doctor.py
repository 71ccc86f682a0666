"""What is installed, which model, which ledger, and whether the whole line works: rows of (what, found, good)."""

from __future__ import annotations

import importlib.metadata
import platform
import time
from collections.abc import Iterator
from typing import NamedTuple

from backchannel.errors import BackchannelError

PARTS = ("sqlalchemy", "alembic", "msgspec", "onnxruntime", "tokenizers", "numpy", "click", "rich")
EXTRAS = {"trafilatura": "web-pages", "pyarrow": "arrow", "psycopg": "postgresql", "icalendar": "calendar", "spacy": "spacy"}
TEXT = (
    "Israeli Prime Minister Benjamin Netanyahu spoke by phone with Russian President Vladimir Putin on Sunday, Kremlin spokesman Dmitry Peskov said. "
    "U.S. President Donald Trump threatened to impose sanctions on Russia if it did not agree to a ceasefire before Friday."
)


class Check(NamedTuple):
    """One thing looked at."""

    what: str
    found: str
    good: bool = True


def checks(ledger_url: str | None) -> Iterator[Check]:
    """Everything worth knowing when something does not work."""
    yield Check(
        "backchannel",
        f"{_version('backchannel') or 'not installed as a package'}, Python {platform.python_version()} on {platform.system()} {platform.machine()}",
    )
    missing = [p for p in PARTS if _version(p) is None]
    yield Check(
        "parts",
        ", ".join(f"{p} {_version(p)}" for p in PARTS if p not in missing) + (f"; missing: {', '.join(missing)}" if missing else ""),
        not missing,
    )
    yield Check("extras", ", ".join(f"{p} {_version(p) or 'not installed'} ({extra})" for p, extra in EXTRAS.items()))
    yield _model()
    yield _ledger(ledger_url)
    yield _self_test()


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _model() -> Check:
    try:
        from backchannel.reader import describe

        return Check("model", ", ".join(f"{k} {v}" for k, v in describe().items()))
    except (BackchannelError, ImportError, OSError, ValueError) as error:
        return Check("model", str(error), good=False)


def _ledger(url: str | None) -> Check:
    from backchannel.ledger import Ledger
    from backchannel.ledger.opening import ledger_url

    try:
        where = ledger_url(url)
        if where.get_backend_name() == "sqlite":
            from pathlib import Path

            if where.database and not Path(where.database).exists():
                return Check("ledger", f"{where.database} (not made yet: the first brief or add makes it)")
        with Ledger(url, create=False) as ledger:
            return Check("ledger", f"{ledger.name}: " + ", ".join(f"{n} {name}" for name, n in ledger.counts().items()))
    except BackchannelError as error:
        return Check("ledger", str(error), good=False)


def _self_test() -> Check:
    """A text of ours through the whole line, into a ledger in memory."""
    try:
        from backchannel.coder import code
        from backchannel.views.affairs import Ledger

        start = time.perf_counter()
        with Ledger("sqlite://") as ledger:
            ledger.add(code(TEXT, published="2025-08-05"))
            views = (ledger.claims(), ledger.statements(), ledger.contacts(), ledger.offices())
            found = {view.name: len(view) for view in views}
        took = time.perf_counter() - start
        told = ", ".join(f"{n} {name}" for name, n in found.items())
        return Check("self-test", f"{told} from two sentences in {took:.1f} s", found["claims"] > 0 and took < 5)
    except (BackchannelError, ImportError, OSError, ValueError) as error:
        return Check("self-test", f"{type(error).__name__}: {error}", good=False)
