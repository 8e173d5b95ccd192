"""The parts of a process that services work with."""

from dataclasses import dataclass
from datetime import timedelta

from temporalio.client import Client

from runtime.clock import Clock
from runtime.settings import Settings
from services.backlog import Backlog
from services.callers import Callers
from services.following import Following
from services.relay import Relay
from store.database import Database
from store.file_store import FileStore


@dataclass(frozen=True, slots=True)
class Context:
    """What a process is told, and what it is connected to.

    Attributes:
        callers: whom tokens stand for.
        relay: brings accepted facts to their cases while `services.background` runs it.
        backlog: slows openings while too many orders wait for a worker.
        files: where evidence is kept; None where no place is set.
        following: the shops whose feeds are followed here.
    """

    settings: Settings
    db: Database
    temporal: Client
    clock: Clock
    callers: Callers
    relay: Relay
    backlog: Backlog
    files: FileStore | None
    following: Following


def process_context(settings: Settings, db: Database, temporal: Client, clock: Clock) -> Context:
    """The parts of this process, with a relay of its own."""
    relay = Relay(db, temporal, clock, timedelta(seconds=settings.fact_lease))
    backlog = Backlog(db, temporal, clock, settings.opening_backlog)
    files = FileStore(settings.files_url) if settings.files_url else None
    return Context(settings, db, temporal, clock, Callers(db), relay, backlog, files, Following(db))
