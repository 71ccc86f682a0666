"""Makes the helpers beside the tests importable, properties patient (test machines are shared), and keeps the actors, types and ledger of the user out."""

import os
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
os.environ["BACKCHANNEL_ACTORS"] = tempfile.mkdtemp(prefix="backchannel-actors-")
os.environ["BACKCHANNEL_LEDGER"] = str(Path(tempfile.mkdtemp(prefix="backchannel-ledger-")) / "default.db")
os.environ["BACKCHANNEL_TYPES"] = tempfile.mkdtemp(prefix="backchannel-types-")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new, empty ledger: every test that takes it runs on each store."""
    import postgres

    return str(tmp_path / "l.db") if request.param == "sqlite" else postgres.database()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says, where nobody can overlook it, that the shared store was not tested."""
    import postgres

    if postgres.missing:
        terminalreporter.section("PostgreSQL was NOT tested")
        terminalreporter.line(f"no server: {postgres.missing[0]}")
