"""Work items: a person's task in a case, with who, by when, a script and the outcomes to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from uuid import NAMESPACE_URL, uuid5

from pydantic import BaseModel

from domain.times import Instant


class WorkState(StrEnum):
    """`superseded`: the matter settled itself (the order was paid, the parcel moved)."""

    OPEN = "open"
    DONE = "done"
    SUPERSEDED = "superseded"


class Group(StrEnum):
    """The groups of people that work items go to."""

    PRESALE = "presale"
    AFTERSALE = "aftersale"
    WAREHOUSE = "warehouse"
    FINANCE = "finance"
    SUPERVISOR = "supervisor"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class WorkType:
    """An entry of the catalogue of work items.

    Attributes:
        within: how long the group has, from the making; None: the case says when it is due.
        script: what to say or do, in a sentence or two.
        outcomes: what the person may answer.
        rules: the rule ids it carries out.
        scripts: what to say or do instead, by the item's matter.
    """

    name: str
    title: str
    group: Group
    outcomes: tuple[str, ...]
    script: str
    rules: tuple[str, ...]
    within: timedelta = timedelta(hours=24)
    scripts: Mapping[str, str] = field(default_factory=dict)

    def script_for(self, matter: str) -> str:
        """What to say or do in this matter."""
        return self.scripts.get(matter, self.script)


class WorkItem(BaseModel):
    """One task of one case. `matter` says what it is about, so that no matter makes two items.

    `outcome` is what the person who did it said.
    """

    item_id: str
    type: str
    matter: str
    state: WorkState = WorkState.OPEN
    outcome: str | None = None
    created_at: Instant
    due_at: Instant
    version: int = 0


def work_item_id(case_id: str, type_: str, matter: str) -> str:
    """The same id for the same matter, however often it comes up."""
    return f"wi-{uuid5(NAMESPACE_URL, f'{case_id}/{type_}/{matter}').hex}"
