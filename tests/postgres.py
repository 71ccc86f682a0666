"""A PostgreSQL server of the tests' own: found or installed (Debian's package), started on a socket in a temporary folder, stopped at the end.

$BACKCHANNEL_TEST_POSTGRESQL names a server to use instead, or "no" to go without.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from functools import cache
from itertools import count
from pathlib import Path

import pytest

_NUMBERS = count()
missing: list[str] = []  # why there is none, for the notice at the end of the run


@cache
def server() -> str | None:
    """The URL of a server on which databases may be made, without a database; null when there can be none."""
    given = os.environ.get("BACKCHANNEL_TEST_POSTGRESQL")
    if given:
        return None if given == "no" and not missing.append("BACKCHANNEL_TEST_POSTGRESQL=no") else given
    try:
        import psycopg  # noqa: F401

        return _start(_binaries())
    except (ImportError, OSError, subprocess.SubprocessError, LookupError) as error:
        missing.append(" ".join(str(error).split())[:200])
        return None


def database() -> str:
    """The URL of a new database; skips the test where there is no server."""
    at = server()
    if at is None:
        pytest.skip(f"no PostgreSQL: {missing[0]}")
    import psycopg

    name = f"backchannel_{os.getpid()}_{next(_NUMBERS)}"
    base, _, options = at.partition("?")
    with psycopg.connect(f"{base}postgres?{options}", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{base}{name}?{options}"


def _binaries() -> Path:
    """Where initdb and pg_ctl are; Debian's package is installed when they are nowhere and we may."""
    for _ in range(2):
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3])) if Path("/usr/lib/postgresql").exists() else []
        if found:
            return found[-1].parent
        if there := shutil.which("initdb"):
            return Path(there).resolve().parent
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            break
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "install", "-y", "-q", "postgresql"], check=True, env=environment, capture_output=True, timeout=600)
    raise LookupError("it is not installed, and only root may install Debian's package")


def _start(binaries: Path) -> str:
    """Starts a server that listens on a socket only, as user postgres when we are root (it refuses root)."""
    home = Path(tempfile.mkdtemp(prefix="bc-pg-"))
    home.chmod(0o755)
    run = [shutil.which("runuser") or "runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if run:
        shutil.chown(home, "postgres")
    data, quiet = str(home / "data"), {"check": True, "capture_output": True, "timeout": 120, "cwd": home}
    subprocess.run([*run, str(binaries / "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], **quiet)  # type: ignore[call-overload]
    options = f"-k {home} -c listen_addresses= -c fsync=off"
    control = [*run, str(binaries / "pg_ctl"), "-D", data, "-w", "-l", str(home / "log")]
    subprocess.run([*control, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120, cwd=home)

    def stop() -> None:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
        shutil.rmtree(home, ignore_errors=True)

    atexit.register(stop)
    return f"postgresql:///?host={home}&user=postgres"
