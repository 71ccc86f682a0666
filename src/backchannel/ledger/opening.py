"""A ledger's address -> an engine whose tables are there and up to date; and the database's complaints -> one clear line.

An address is a URL, a path, ``$BACKCHANNEL_LEDGER``, or (when nothing is given) a SQLite file in the user's data folder. SQLite runs in WAL mode
with synchronous=NORMAL: a killed process loses nothing it committed, and a power cut can lose the last reports whole, never half of one.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from backchannel.errors import LedgerError
from backchannel.ledger.schema import REVISION, metadata

ADDRESSES = "sqlite:///PATH, postgresql://HOST/NAME or a path"
MIGRATING = 0x6261636B  # the advisory lock that PostgreSQL holds for us while tables are made
CHECKPOINT = 16_000  # pages (of 4 kB) written before SQLite moves them into the file; at its own 1,000 nearly every hundred reports had that work done
CACHE_KB = 32_768  # SQLite's own 2 MB do not hold the indexes of a ledger of some ten thousand reports
BUSY_MS = 30_000  # how long one writer waits for another before giving up
UNANSWERED = ("a PostgreSQL server that does not answer", "the address (postgresql://USER@HOST/NAME), and whether the server runs")
COMPLAINTS = {  # what the database says -> (what it means, what to try); the first that fits
    "disk is full": ("no space left for the ledger", "freeing disk space; what was filed before is safe"),
    "readonly": ("a ledger that cannot be written to", "a ledger in a folder you may write to (--ledger PATH)"),
    "not a database": ("a file that is not a ledger", "another path with --ledger"),
    "malformed": ("a damaged ledger file", "restoring it from a copy, or a new ledger with --ledger and adding the reports again"),
    "disk i/o": ("a disk error while using the ledger", "checking the disk, or another path with --ledger"),
    "locked": ("a ledger that another program keeps busy", "again when the other program is done"),
    "no space left": ("no space left for the ledger", "freeing disk space; what was filed before is safe"),
    "could not extend": ("no space left for the ledger", "freeing disk space; what was filed before is safe"),
    "read-only transaction": ("a ledger that cannot be written to", "a ledger that you may write to (--ledger URL)"),
    "permission denied": ("a ledger that cannot be written to", "a ledger that you may write to (--ledger URL)"),
    "password authentication": ("a PostgreSQL server that refuses the password", "the right user and password in the address or in PGPASSWORD"),
    "no password supplied": ("a PostgreSQL server that asks for a password", "the right user and password in the address or in PGPASSWORD"),
    'role "': ("a PostgreSQL server that does not know the user", "the right user in the address (postgresql://USER@HOST/NAME)"),
    "does not exist": ("a database that is not there", "making it (createdb NAME), or another address with --ledger"),
    "connection failed": UNANSWERED,
    "connection is bad": UNANSWERED,
    "resolve host": UNANSWERED,
    "unable to open": ("a ledger that cannot be opened", "a path in a folder that exists and that you may write to"),
}


def ledger_url(given: str | Path | None = None) -> URL:
    """The URL of the ledger that is meant."""
    address = str(given or os.environ.get("BACKCHANNEL_LEDGER") or _default_path())
    if "://" not in address:
        return URL.create("sqlite", database=str(Path(address).expanduser().absolute()))
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise LedgerError(f"a ledger address that is no URL: {address!r}", ADDRESSES) from None
    if url.get_backend_name() not in ("sqlite", "postgresql", "postgres"):
        raise LedgerError(f"a ledger address of another kind: {url.get_backend_name()}", ADDRESSES)
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def _default_path() -> Path:
    from platformdirs import user_data_path

    return user_data_path("backchannel", appauthor=False) / "ledger.db"


def open_engine(url: URL, *, create: bool = True, read_only: bool = False) -> Engine:
    """An engine on a ledger with up-to-date tables.

    Raises:
        LedgerError: there is no ledger and none may be made, it is no ledger, or it is newer than this program.

    """
    path = Path(url.database) if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:") else None
    if path is not None:
        read_only = _check_file(path, create and not read_only) or read_only
    name = str(path or url)
    with complaints(name):
        engine = _engine(url, path, read_only)
        with engine.connect() as connection:
            revision = _revision(connection, name)
        if revision is None and not create:
            raise LedgerError(f"no ledger at {name}", "a ledger with reports in it", "backchannel add PATH... first, or --ledger PATH")
        if revision != REVISION:
            if read_only:
                raise LedgerError(
                    f"a ledger of revision {revision or 'none'} in {path or url}", f"revision {REVISION}", "opening it once where it may be written"
                )
            migrate(engine)
    return engine


def _check_file(path: Path, create: bool) -> bool:
    """Whether the file can only be read; makes its folder when it is new."""
    if path.is_dir():
        raise LedgerError(f"a folder at {path}", "a ledger file", f"{path / 'ledger.db'}")
    if path.exists():
        return not os.access(path, os.W_OK)
    if not create:
        raise LedgerError(f"no ledger at {path}", "a ledger with reports in it", "backchannel add PATH... first, or --ledger PATH")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerError(f"a folder that cannot be made: {path.parent} ({error.strerror})", "a folder you may write to", "--ledger PATH") from None
    return False


def _engine(url: URL, path: Path | None, read_only: bool) -> Engine:
    if url.get_backend_name() != "sqlite":
        try:
            engine = create_engine(url, connect_args={"options": "-c default_transaction_read_only=on"} if read_only else {})
            with engine.connect():
                return engine
        except (ModuleNotFoundError, NoSuchModuleError) as error:
            raise LedgerError(f"no driver for {url.drivername} ({error})", "an installed driver", "pip install 'backchannel[postgresql]'") from None
    if path is not None and read_only:
        url = URL.create("sqlite", database=f"file:{path}", query={"mode": "ro", "uri": "true"} | ({} if _has_wal(path) else {"immutable": "1"}))
    engine = create_engine(url, connect_args={"timeout": BUSY_MS / 1000})
    event.listen(engine, "connect", _on_read_only_connect if read_only else _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _has_wal(path: Path) -> bool:
    return path.with_name(path.name + "-wal").exists()


def _on_connect(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say (_on_begin), not where the driver guesses
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", f"wal_autocheckpoint = {CHECKPOINT}", f"cache_size = -{CACHE_KB}"):
        connection.execute(f"PRAGMA {pragma}")


def _on_read_only_connect(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None


def _on_begin(connection: Connection) -> None:
    # a writer takes the lock at once, so two writers wait for each other instead of failing halfway
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")


def _revision(connection: Connection, name: str) -> str | None:
    """The revision of the tables that are there; null for an empty database."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return None
    if not {"alembic_version", "reports", "claims"} <= tables:
        raise LedgerError(f"a database without a ledger's tables: {name}", "a Backchannel ledger", "another path with --ledger")
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision is not None and str(revision) > REVISION:
        raise LedgerError(f"a ledger of revision {revision} in {name}", f"at most {REVISION}", "a newer Backchannel")
    return None if revision is None else str(revision)


def migrate(engine: Engine) -> None:
    """Brings the tables to ``REVISION``; all of it in one transaction. An empty database gets them as declared: Alembic is slow to load."""
    with engine.execution_options(writing=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})  # one program at a time makes the tables
        revision = _revision(connection, str(engine.url))
        if revision is None:
            metadata.create_all(connection)
            connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY)"))
            connection.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": REVISION})
        elif revision != REVISION:
            upgrade(connection)


def upgrade(connection: Connection) -> None:
    """Runs the migrations that lead to ``REVISION``."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, REVISION)


@contextmanager
def complaints(name: str) -> Iterator[None]:
    """Turns the database's errors into a LedgerError that says what was found and what to try."""
    try:
        yield
    except LedgerError:
        raise
    except (DBAPIError, sqlite3.Error) as error:
        said = str(getattr(error, "orig", error)).strip().splitlines()[0]
        for sign, (found, hint) in COMPLAINTS.items():
            if sign in said.lower():
                raise LedgerError(f"{found}: {name}", "a ledger that can be used", hint) from error
        raise LedgerError(f"a database error in {name}: {said}", "a ledger that can be used", "backchannel doctor") from error
    except msgspec.MsgspecError as error:
        raise LedgerError(f"a record that does not read back ({error}): {name}", "a ledger that can be used", "backchannel ledger check") from error
    except SQLAlchemyError as error:
        raise LedgerError(f"a database error in {name}: {str(error).splitlines()[0]}", "a ledger that can be used", "backchannel doctor") from error
