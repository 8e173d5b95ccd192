"""Work items: a person's task in a case. Its words, group, times and outcomes stand in the edition's catalogue."""

from enum import StrEnum
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pydantic import BaseModel, ConfigDict

from domain.roles import Actor, Group
from domain.times import Instant


class WorkState(StrEnum):
    """`superseded`: the matter settled itself (the order was paid, the parcel moved)."""

    OPEN = "open"
    DONE = "done"
    SUPERSEDED = "superseded"


class ProposedStep(BaseModel):
    """A step beyond the authority of who wanted it, to be taken by one approval (S4-66)."""

    model_config = ConfigDict(frozen=True)

    action: str
    input: dict[str, Any]
    by: Actor


class WorkItem(BaseModel):
    """One task of one case, an entry of its edition's catalogue.

    Attributes:
        matter: what it is about, so that no matter makes two items.
        variant: which form of the catalogue's entry it takes (`lost` of `parcel_exception`); empty for the usual one.
        group: whose inbox it is in.
        not_before: from when it can be done (a call, in its window); None: from the making on.
        escalates: whether somebody above hears of it when it is past due.
        values: what of the case its script names; never personal data. `worded`: they came with it, from the request
            that it outlives.
        proposal: the step that doing it takes.
        outcome, data: what the person who did it said; `done_by`: their account.
    """

    item_id: str
    type: str
    matter: str
    variant: str = ""
    group: Group
    state: WorkState = WorkState.OPEN
    created_at: Instant
    not_before: Instant | None = None
    due_at: Instant
    escalates: bool = False
    values: dict[str, str] = {}
    worded: bool = False
    proposal: ProposedStep | None = None
    outcome: str | None = None
    data: dict[str, Any] = {}
    done_at: Instant | None = None
    done_by: str | None = None
    version: int = 0


def work_item_id(case_id: str, type_: str, matter: str) -> str:
    """The same id for the same matter, however often it comes up."""
    return f"wi-{uuid5(NAMESPACE_URL, f'{case_id}/{type_}/{matter}').hex}"
