"""What the routes work with, and how they get it."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request
from temporalio.client import Client

from api.delivery import Delivery
from runtime.clock import Clock
from runtime.settings import Settings
from store.database import Database


@dataclass(frozen=True, slots=True)
class Context:
    """The parts of one API process."""

    settings: Settings
    db: Database
    temporal: Client
    clock: Clock
    delivery: Delivery


def _context(request: Request) -> Context:
    return cast(Context, request.app.state.context)


Here = Annotated[Context, Depends(_context)]
