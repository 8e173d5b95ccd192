"""deploy/postgres: the script that makes roles and databases, run on a real, empty PostgreSQL."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from runtime.ports import LOCAL, free_port
from store.database import Database
from store.migrate import at_head, migrate
from tests.databases import postgres_programs
from tests.deploy.stack import DEPLOY, SECRETS

pytestmark = pytest.mark.slow

ACCESS = "local all postgres trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
CASELINE = SECRETS["DATABASE_PASSWORD"]
TEMPORAL = SECRETS["TEMPORAL_DATABASE_PASSWORD"]


def as_postgres(*command: str | Path) -> None:
    """Runs a program of the server, which refuses to run as root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a server on which the script ran as the container's first start runs it."""
    programs = postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed here (apt install postgresql)")
    folder, port = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp")), free_port()
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    data = folder / "data"
    as_postgres(programs / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
    (data / "pg_hba.conf").write_text(ACCESS)
    settings = f"-c listen_addresses={LOCAL} -c port={port} -c unix_socket_directories={folder} -c fsync=off"
    as_postgres(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings, "start")
    try:
        env = os.environ | SECRETS | {"POSTGRES_USER": "postgres", "PGHOST": str(folder), "PGPORT": str(port)}
        # Run, not handed to a shell: the image sources what it cannot run, and would keep the script's `set -u`.
        subprocess.run([DEPLOY / "postgres" / "databases.sh"], env=env, check=True, capture_output=True)
        yield port
    finally:
        as_postgres(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def connected(port: int, role: str, password: str, database: str) -> psycopg.Connection:
    """A connection as a container would make it."""
    return psycopg.connect(host=LOCAL, port=port, user=role, password=password, dbname=database)


async def test_caseline_can_migrate_its_database(port: int) -> None:
    """With the address of compose.yaml, but for the host, the tables can be made."""
    database = Database(f"postgresql://caseline:{CASELINE}@{LOCAL}:{port}/caseline")
    try:
        await database.write(migrate)
        assert await database.read(at_head)
    finally:
        await database.close()


@pytest.mark.parametrize("database", ["temporal", "temporal_visibility"])
def test_temporal_can_make_its_tables(port: int, database: str) -> None:
    """It owns its databases, and may add the extension that visibility needs."""
    with connected(port, "temporal", TEMPORAL, database) as connection:
        connection.execute("CREATE EXTENSION btree_gin; CREATE TABLE probe (id INT)")


@pytest.mark.parametrize(
    ("role", "password", "database"),
    [
        ("caseline", CASELINE, "temporal"),
        ("caseline", CASELINE, "temporal_visibility"),
        ("temporal", TEMPORAL, "caseline"),
    ],
)
def test_neither_can_open_the_other_s_database(port: int, role: str, password: str, database: str) -> None:
    """Buyers' data is closed to Temporal, histories to Caseline."""
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        connected(port, role, password, database)


def test_the_passwords_are_those_of_the_environment(port: int) -> None:
    """Another one is refused."""
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        connected(port, "caseline", TEMPORAL, "caseline")
