"""Asking a platform for what its pushes did not tell: what the workflow and its calls say to each other."""

from pydantic import BaseModel

from domain.times import Instant


class StartPulling(BaseModel):
    """A source to pull for; `marks`: up to when each list is known, by the platform's clock."""

    source_id: str
    since: Instant
    marks: dict[str, Instant] = {}


class Ask(BaseModel):
    """Ask the platform for all that is wanted of a source."""

    source_id: str


class Plan(BaseModel):
    """What is pulled of a source, and how often.

    Attributes:
        over: it is removed, or no longer to be pulled.
        more: more is wanted than was asked for at once.
    """

    over: bool = False
    more: bool = False
    lists: list[str] = []
    every: float = 0.0


class ListChanged(BaseModel):
    """A page of a list, from and to a time of change."""

    source_id: str
    name: str
    since: Instant
    until: Instant
    page: int


class Listed(BaseModel):
    """What a page came to; each thing that changed is wanted now.

    Attributes:
        latest: the time of the last change in it, by the platform's clock.
        refused: the platform does not give the shop this list; whoever sees to that knows of it.
    """

    more: bool = False
    latest: Instant | None = None
    refused: bool = False
