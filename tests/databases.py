"""The `database` fixture: a migrated, empty database for each test, on SQLite and on PostgreSQL.

PostgreSQL is started once a session from its installed programs, in a temporary folder, on a Unix socket only.
"""

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from store.database import Database
from store.migrate import migrate
from store.tables import METADATA

TEMPLATE = "caseline_template"
# No statistics come to a table while its queries are looked at: plans stay the same however long a run takes.
FAST = ("-c", "fsync=off", "-c", "max_connections=60", "-c", "autovacuum=off")
"""Settings for a server whose data nobody needs after a crash."""
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)]
_numbers = count(1)


def postgres_programs() -> Path | None:
    """The folder of the newest PostgreSQL server installed here."""
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    return max(folders, key=lambda folder: int(folder.parent.name), default=None)


def postgres_url(socket_folder: Path, name: str) -> str:
    return f"postgresql://postgres@/{name}?host={socket_folder}"


def _as_postgres(*command: str | Path) -> None:
    """Runs a program of the server, which refuses to run as root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/")


def _in_own_loop(url: str) -> None:
    """Migrates from a fixture that is not async, whatever loop the tests use."""

    async def migrated() -> None:
        database = Database(url)
        await database.write(migrate)
        await database.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, migrated()).result()


def _connected(socket_folder: Path, name: str) -> psycopg.Connection:
    return psycopg.connect(host=str(socket_folder), user="postgres", dbname=name, autocommit=True)


def _admin(socket_folder: Path, statement: LiteralString) -> None:
    with _connected(socket_folder, "postgres") as connection:
        connection.execute(statement)


def start_postgres(folder: Path, settings: Sequence[str] = FAST) -> None:
    """Starts the server whose data and socket lie in the folder."""
    place = f"-c listen_addresses='' -c unix_socket_directories={folder}"
    _pg_ctl(folder, "-w", "-l", folder / "log", "-o", " ".join([place, *settings]), "start")


def stop_postgres(folder: Path) -> None:
    """Stops it as a crash would: every connection is cut, nothing is tidied up."""
    _pg_ctl(folder, "-m", "immediate", "stop")


def _pg_ctl(folder: Path, *words: str | Path) -> None:
    programs = postgres_programs()
    assert programs
    _as_postgres(programs / "pg_ctl", "-D", folder / "data", *words)


@contextmanager
def running_postgres(programs: Path, settings: Sequence[str] = FAST) -> Iterator[Path]:
    """A new server with a database of its own, empty; gone afterwards. Answers its socket folder."""
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    _as_postgres(programs / "initdb", "-D", folder / "data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
    start_postgres(folder, settings)
    try:
        _as_postgres(programs / "createdb", "-h", folder, "-U", "postgres", TEMPLATE)
        yield folder
    finally:
        stop_postgres(folder)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """The socket folder of a running server that holds a migrated template database."""
    programs = postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed here (apt install postgresql)")
    with running_postgres(programs) as folder:
        _in_own_loop(postgres_url(folder, TEMPLATE))
        yield folder


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file to copy."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    _in_own_loop(f"sqlite:///{file}")
    return file


@pytest.fixture(params=BOTH)
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A migrated, empty database."""
    if request.param == "sqlite":
        file = shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "caseline.db")
        opening = _opened(f"sqlite:///{file}")
    else:
        opening = _emptied(request.getfixturevalue("postgres"))
    async with opening as database:
        yield database


@pytest.fixture(params=BOTH)
async def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A database without a table."""
    if request.param == "sqlite":
        opening = _opened(f"sqlite:///{tmp_path / 'empty.db'}")
    else:
        opening = _made(request.getfixturevalue("postgres"), "template1")
    async with opening as database:
        yield database


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        await database.close()


_migrated: dict[Path, str] = {}
"""The revision of the migrated database that the tests of this process share, by the server's folder."""
SHARED = "test_shared"
LET_GO = f"""SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = '{SHARED}' AND pid <> pg_backend_pid()"""
NO_ROW = "; ".join(f'DELETE FROM "{table.name}"' for table in reversed(METADATA.sorted_tables))
FROM_ONE = "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"


@asynccontextmanager
async def _emptied(socket_folder: Path) -> AsyncIterator[Database]:
    """The shared PostgreSQL database without a row: making one anew takes a hundred times as long."""
    if socket_folder not in _migrated:
        _admin(socket_folder, f"CREATE DATABASE {SHARED} TEMPLATE {TEMPLATE}")
    with _connected(socket_folder, SHARED) as connection:
        if socket_folder not in _migrated:
            (_migrated[socket_folder],) = connection.execute("SELECT version_num FROM alembic_version").fetchall()[0]
        connection.execute(LET_GO)
        connection.execute(NO_ROW)
        connection.execute(FROM_ONE)
        connection.execute("UPDATE alembic_version SET version_num = %s", [_migrated[socket_folder]])
    async with _opened(postgres_url(socket_folder, SHARED)) as database:
        yield database


@asynccontextmanager
async def _made(socket_folder: Path, template: str) -> AsyncIterator[Database]:
    """A PostgreSQL database of its own, gone afterwards."""
    name = f"test_{next(_numbers)}"
    _admin(socket_folder, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        async with _opened(postgres_url(socket_folder, name)) as database:
            yield database
    finally:
        _admin(socket_folder, f"DROP DATABASE {name} WITH (FORCE)")
