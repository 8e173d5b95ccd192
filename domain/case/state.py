"""What every case carries, whatever its kind; kinds add their own fields."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from domain.case.cause import Evidence
from domain.case.deadline import Deadline
from domain.case.errand import Lane, PendingErrand, StartCase
from domain.case.ids import CaseKind
from domain.case.ledger import LedgerEntry
from domain.case.rules import FIRST
from domain.case.waited import Awaited
from domain.case.work import WorkItem, WorkState
from domain.roles import Actor
from domain.shop.hours import WorkingHours
from domain.times import Instant


class TimelineLine(BaseModel):
    """One line of a case's timeline: what, when it happened, when we learnt it, who."""

    model_config = ConfigDict(frozen=True)

    seq: int
    at: Instant
    recorded_at: Instant
    type: str
    actor: Actor
    summary: str
    data: dict[str, Any] = {}
    version: int = 0


class Child(BaseModel):
    """A case that this one waits for, as far as it has told.

    Attributes:
        version: the child's own that told so.
        waits_for: whom it waits for in turn; None: nobody, its time alone runs.
        since: when this one learnt of that.
    """

    case_id: str
    kind: CaseKind
    stage: str
    open: bool = True
    version: int = 0
    waits_for: Awaited | None = None
    since: Instant | None = None


class Taken(BaseModel):
    """A step that was taken, and its result."""

    model_config = ConfigDict(frozen=True)

    action_id: str
    result: dict[str, Any]


class StatedTime(BaseModel):
    """Until when a deadline runs, as its marketplace set it; `by`: the fact that said so, at `stated_at`."""

    model_config = ConfigDict(frozen=True)

    until: Instant
    stated_at: Instant
    by: Evidence


class CaseState(BaseModel):
    """The whole state of a case: serialisable, set up before any handler runs, carried through continue-as-new.

    Attributes:
        rules: the version of the rules it lives by, from its opening on (`domain/case/rules.py`).
        stage_since: since when it stands where it stands.
        version: grows by one with every fact, action or passed deadline; rows of the read model carry it.
        seen: keys of the events taken in, so that a doubled one changes nothing.
        taken: the steps taken, for the same reason: Temporal forgets the ids of updates with each run.
        reopened: how often it was taken up again after its end.
        hours: the shop's working hours as they were when the case was opened.
        story: the timeline lines not yet written; `line_count` counts all of them, `line_sum` sums up their types.
        mark: of the last write that the case knows of (`domain/case/marks.py`).
        stated: until when deadlines run that the marketplace set itself, by their kind.
        errands: what is still to be done outside the case; `errand_count` counts all of them.
    """

    case_id: str
    kind: CaseKind
    merchant: str
    platform: str
    policy: str
    rules: int = FIRST
    order_id: str
    order_case_id: str = ""
    stage: str
    outcome: str | None = None
    open: bool = True
    reopened: int = 0
    opened_at: Instant
    updated_at: Instant
    stage_since: Instant | None = None
    version: int = 0
    deadlines: list[Deadline] = []
    ledger: list[LedgerEntry] = []
    work_items: list[WorkItem] = []
    stated: dict[str, StatedTime] = {}
    hours: WorkingHours = WorkingHours()
    children: list[Child] = []
    seen: list[str] = []
    taken: list[Taken] = []
    line_count: int = 0
    line_sum: int = 0
    mark: str = ""
    story: list[TimelineLine] = []
    errands: list[PendingErrand] = []
    errand_count: int = 0

    @property
    def order_case(self) -> str:
        """The order that this case belongs to, or is."""
        return self.order_case_id or self.case_id

    def running_deadlines(self) -> list[Deadline]:
        """The clocks that run, the earliest first."""
        return sorted((d for d in self.deadlines if d.running), key=lambda d: d.due_at)

    def next_due(self) -> Deadline | None:
        """The clock that passes next."""
        return next(iter(self.running_deadlines()), None)

    def open_work(self) -> list[WorkItem]:
        """The tasks that nobody has done yet."""
        return [item for item in self.work_items if item.state is WorkState.OPEN]

    def task(self, item_id: str) -> WorkItem | None:
        """The task of that id."""
        return next((item for item in self.work_items if item.item_id == item_id), None)

    def child(self, case_id: str) -> Child | None:
        """The child of that id."""
        return next((child for child in self.children if child.case_id == case_id), None)

    def note_child(self, told: Child) -> bool:
        """A child tells where it stands; False if there is none, or it has told of a newer version already."""
        child = self.child(told.case_id)
        if child is None or child.version > told.version:
            return False
        since = child.since if child.waits_for == told.waits_for else told.since
        self.children[self.children.index(child)] = told.model_copy(update={"since": since})
        return True

    def has_open_child(self) -> bool:
        """Whether a child still runs; its parent stays open as long."""
        return any(child.open for child in self.children)

    def next_errand(self, lane: Lane) -> PendingErrand | None:
        """The errand of a lane that is run next."""
        return next((pending for pending in self.errands if pending.lane is lane), None)

    def not_started(self, version: int) -> list[PendingErrand]:
        """Children that were asked for up to that version and do not run yet."""
        return [
            pending for pending in self.errands if pending.version <= version and isinstance(pending.errand, StartCase)
        ]

    def next_due_at(self) -> datetime | None:
        """When the next clock passes."""
        due = self.next_due()
        return due.due_at if due else None
