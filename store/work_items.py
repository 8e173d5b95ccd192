"""The inboxes of tasks."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import literal, select, tuple_

from domain.case.work import Group, WorkState
from store.database import Database
from store.pages import Page, page_of, read_cursor
from store.tables import WorkItemRow
from store.types import UtcTime


@dataclass(frozen=True, slots=True)
class WorkItemRecord:
    """A task; title, script and outcomes stand in the catalogue under its type."""

    item_id: str
    case_id: str
    type: str
    matter: str
    group: Group
    assignee: str | None
    state: WorkState
    created_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class WorkItemFilter:
    """Which tasks of a shop; None leaves a question open."""

    state: str | None = None
    group: str | None = None
    assignee: str | None = None
    type: str | None = None
    case_id: str | None = None
    due_before: datetime | None = None


async def list_items(
    db: Database, merchant: str, only: WorkItemFilter | None = None, limit: int = 50, cursor: str | None = None
) -> Page[WorkItemRecord]:
    """A page of a shop's tasks, the first due first. Raises BadCursor."""
    only = only or WorkItemFilter()
    query = select(WorkItemRow).where(WorkItemRow.merchant == merchant)
    for column, wanted in (
        (WorkItemRow.state, only.state),
        (WorkItemRow.group, only.group),
        (WorkItemRow.assignee, only.assignee),
        (WorkItemRow.type, only.type),
        (WorkItemRow.case_id, only.case_id),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    if only.due_before is not None:
        query = query.where(WorkItemRow.due_at < only.due_before)
    if cursor:
        due_at, item_id = read_cursor(cursor, datetime, str)
        place = tuple_(literal(due_at, UtcTime), literal(item_id))
        query = query.where(tuple_(WorkItemRow.due_at, WorkItemRow.item_id) > place)
    query = query.order_by(WorkItemRow.due_at, WorkItemRow.item_id).limit(limit + 1)
    async with db.read() as session:
        rows = (await session.scalars(query)).all()
    return page_of(rows, limit, _record, lambda row: (row.due_at, row.item_id))


def _record(row: WorkItemRow) -> WorkItemRecord:
    return WorkItemRecord(
        item_id=row.item_id,
        case_id=row.case_id,
        type=row.type,
        matter=row.matter,
        group=Group(row.group),
        assignee=row.assignee,
        state=WorkState(row.state),
        created_at=row.created_at,
        due_at=row.due_at,
    )
