"""What a case hands to the store (its whole state, and the rows that changed since the last write) and asks of it."""

from datetime import datetime
from functools import cached_property

from pydantic import BaseModel, TypeAdapter

from domain.case.deadline import Deadline
from domain.case.errand import StartCase
from domain.case.ledger import LedgerEntry
from domain.case.marks import mark_of
from domain.case.parcel import Parcel
from domain.case.state import CaseState, TimelineLine
from domain.case.work import WorkItem
from domain.roles import Actor
from domain.times import Instant

WITHIN = {"story", "errands", "mark"}
"""What of a state concerns the workflow alone; of the errands, others see those whose answer the case waits for."""
_PARCELS = TypeAdapter(list[Parcel])


class RecordCase(BaseModel):
    """One write of the read model: carries a case from `since` (not included) to `version`.

    Attributes:
        state: the case's state as JSON, what is still to be written or done left out, with the mark of this write.
        after: the mark of the write before it, as far as the case's history knows of one.
        story, deadlines, ledger, work_items: the rows changed after version `since`.
        opens: children whose rows are to stand with this version.
        rebuilds: whether it replaces all rows; of the timeline those after version `told_since`, which its run told.
    """

    case_id: str
    since: int
    version: int
    state: dict[str, object]
    story: list[TimelineLine]
    deadlines: list[Deadline]
    ledger: list[LedgerEntry]
    work_items: list[WorkItem]
    opens: list[StartCase] = []
    after: str = ""
    rebuilds: bool = False
    told_since: int = 0

    @cached_property
    def common(self) -> CaseState:
        """What every kind of case has in common, out of the state."""
        return CaseState.model_validate(self.state)

    @cached_property
    def parcels(self) -> list[Parcel]:
        """The parcels that the case knows, out of the state."""
        return _PARCELS.validate_python(self.state.get("parcels", []))

    @property
    def mark(self) -> str:
        """What the case has come to with it."""
        return str(self.state["mark"])

    @property
    def changed_at(self) -> datetime:
        """When the case came to its version: by Temporal's clock, so that of two attempts the later one is known."""
        return datetime.fromisoformat(str(self.state["updated_at"]))


class AskLastScan(BaseModel):
    """Asks for a parcel's last scan; none after `known` makes the next one wake the case."""

    case_id: str
    carrier: str
    tracking_no: str
    known: Instant


class TakeUp(BaseModel):
    """Asks how a case stands that is taken up again after its end."""

    case_id: str


class TakenUp(BaseModel):
    """The state of that case as its row has it."""

    state: dict[str, object]


class MemoToStamp(BaseModel):
    """The shop's own hold memo for an order's case; `memo_id` makes it one, however often it is asked."""

    memo_id: str
    merchant: str
    case_id: str
    lines: str
    released: bool
    at: Instant


class MemoToWrite(BaseModel):
    """A memo for an order's case; `memo_id` makes it one, however often it is asked."""

    memo_id: str
    merchant: str
    case_id: str
    text: str
    by: Actor
    tracking_no: str | None = None
    at: Instant


class MessagesToSeeTo(BaseModel):
    """The platform's messages of a matter: tried again from `at` on, or set aside for good."""

    case_id: str
    again: bool
    at: Instant


class CaseEnded(BaseModel):
    """How a case ended."""

    outcome: str | None
    version: int


def record(state: CaseState, since: int) -> RecordCase:
    """The write that brings the store from version `since` to the state's own."""
    return RecordCase(
        case_id=state.case_id,
        since=since,
        version=state.version,
        state=state.model_dump(mode="json", exclude=WITHIN) | {"errands": _awaited(state), "mark": mark_of(state)},
        after=state.mark,
        story=[line for line in state.story if line.version > since],
        deadlines=[deadline for deadline in state.deadlines if deadline.version > since],
        ledger=[entry for entry in state.ledger if entry.version > since],
        work_items=[item for item in state.work_items if item.version > since],
        opens=[
            pending.errand
            for pending in state.errands
            if pending.version > since and isinstance(pending.errand, StartCase)
        ],
    )


def _awaited(state: CaseState) -> list[object]:
    return [pending.model_dump(mode="json") for pending in state.errands if pending.answered]
