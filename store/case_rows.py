"""How a case's values become rows. No SQL is sent here."""

from dataclasses import dataclass
from typing import Any

from domain.case.deadline import Deadline
from domain.case.ids import CaseKind
from domain.case.ledger import LedgerEntry
from domain.case.parcel import Parcel
from domain.case.record import RecordCase
from domain.case.state import TimelineLine
from domain.case.work import WorkItem
from domain.parcels.journey import holds, status_of_parcel


@dataclass(frozen=True, slots=True)
class Owner:
    """What every row of a case repeats of it."""

    case_id: str
    kind: CaseKind
    merchant: str
    order_case_id: str
    policy: str


def case_columns(write: RecordCase) -> dict[str, Any]:
    """The columns of the case's row that change with every version."""
    state, campaign = write.common, write.state.get("campaign")
    return {
        "campaign": campaign["id"] if isinstance(campaign, dict) else None,
        "stage": state.stage,
        "outcome": state.outcome,
        "open": state.open,
        "updated_at": state.updated_at,
        "next_due_at": state.next_due_at(),
        "state": write.state,
    }


def line_row(owner: Owner, line: TimelineLine) -> dict[str, Any]:
    """A line of the timeline."""
    return {
        "case_id": owner.case_id,
        "seq": line.seq,
        "version": line.version,
        "at": line.at,
        "recorded_at": line.recorded_at,
        "type": line.type,
        "role": line.actor.role,
        "account": line.actor.account,
        "summary": line.summary,
        "data": line.data,
    }


def deadline_row(owner: Owner, deadline: Deadline) -> dict[str, Any]:
    """A clock."""
    return {
        "case_id": owner.case_id,
        "kind": deadline.kind,
        "subject": deadline.subject,
        "number": deadline.number,
        "version": deadline.version,
        "state": deadline.state,
        "started_at": deadline.started_at,
        "due_at": deadline.due_at,
        "because": deadline.because.model_dump(mode="json"),
        "changes": [change.model_dump(mode="json") for change in deadline.changes],
    }


def ledger_row(owner: Owner, entry: LedgerEntry) -> dict[str, Any]:
    """A ledger entry; its number is the end of its id."""
    return {
        "entry_id": entry.entry_id,
        "case_id": owner.case_id,
        "order_case_id": owner.order_case_id,
        "number": int(entry.entry_id.rpartition("/")[2]),
        "version": entry.version,
        "at": entry.at,
        "kind": entry.kind,
        "amount": entry.amount,
        "unit": entry.unit,
        "debit": entry.debit,
        "credit": entry.credit,
        "rule": entry.rule,
        "cause": entry.cause,
        "reverses": entry.reverses or "",
    }


def work_item_row(owner: Owner, item: WorkItem) -> dict[str, Any]:
    """A task; nobody has claimed it when it is made."""
    return {
        "item_id": item.item_id,
        "case_id": owner.case_id,
        "merchant": owner.merchant,
        "type": item.type,
        "matter": item.matter,
        "variant": item.variant,
        "work_group": item.group,
        "state": item.state,
        "assignee": None,
        "created_at": item.created_at,
        "not_before": item.not_before,
        "due_at": item.due_at,
        "policy": owner.policy,
        "values": item.values,
        "outcome": item.outcome,
        "data": item.data,
        "done_at": item.done_at,
        "done_by": item.done_by,
        "version": item.version,
    }


def parcel_row(owner: Owner, parcel: Parcel) -> dict[str, Any]:
    """A parcel as the case knows it."""
    status, status_at = status_of_parcel(parcel)
    return {
        "case_id": owner.case_id,
        "carrier": parcel.carrier,
        "tracking_no": parcel.tracking_no,
        "merchant": owner.merchant,
        "announced_at": parcel.consigned_at,
        "watched_since": None,
        "version": parcel.version,
        "status": status,
        "status_at": status_at,
        "units": holds(parcel),
    }
