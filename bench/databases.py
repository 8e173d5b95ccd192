"""The database that a benchmark stands on: a SQLite file, or PostgreSQL as it is installed, with durable commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, make_url

from runtime.errors import StartupError
from tests.databases import TEMPLATE, postgres_programs, postgres_url, running_postgres

CONNECTIONS = ("-c", "max_connections=100")


class Kind(StrEnum):
    """Which of the two."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


class NoPostgres(StartupError):
    """There is no server to measure."""


@contextmanager
def running_database(kind: Kind, folder: Path) -> Iterator[str]:
    """An empty database while it is entered; answers its address. Raises NoPostgres."""
    if kind is Kind.SQLITE:
        yield f"sqlite:///{folder}/caseline.db"
        return
    programs = postgres_programs()
    if programs is None:
        raise NoPostgres("PostgreSQL is not installed here (apt install postgresql)")
    with running_postgres(programs, CONNECTIONS) as socket_folder:
        yield postgres_url(socket_folder, TEMPLATE)


def plain_engine(url: str) -> Engine:
    """How a program of few lines gets at the same database; on SQLite as durable as the product is there."""
    address = make_url(url)
    if address.get_backend_name() == Kind.POSTGRESQL:
        return create_engine(address.set(drivername="postgresql+psycopg"))
    engine = create_engine(address, connect_args={"timeout": 30})
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=NORMAL"))
    return engine
