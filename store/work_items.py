"""The inboxes of tasks."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, literal, or_, select, true, tuple_, union_all, update
from sqlalchemy.orm import aliased

from domain.case.work import WorkState
from domain.roles import Group
from store.database import Database
from store.pages import Page, page_of, read_cursor
from store.tables import WorkItemRow
from store.types import UtcTime


@dataclass(frozen=True, slots=True)
class WorkItemRecord:
    """A task; title, script and outcomes stand in its edition's catalogue under its type."""

    item_id: str
    case_id: str
    merchant: str
    type: str
    matter: str
    variant: str
    group: Group
    assignee: str | None
    state: WorkState
    created_at: datetime
    not_before: datetime | None
    due_at: datetime
    policy: str
    values: dict[str, str]
    outcome: str | None
    data: dict[str, Any]
    done_at: datetime | None
    done_by: str | None


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
    """A page of a shop's tasks, the first due first. Raises BadCursor.

    Every index begins with the state: a list of all states is put together from the beginnings of one of each.
    """
    only = only or WorkItemFilter()
    query = select(WorkItemRow).where(*_matching(merchant, only)).limit(limit + 1)
    if cursor:
        due_at, item_id = read_cursor(cursor, datetime, str)
        place = tuple_(literal(due_at, UtcTime), literal(item_id))
        query = query.where(tuple_(WorkItemRow.due_at, WorkItemRow.item_id) > place)
    query = query.order_by(WorkItemRow.due_at, WorkItemRow.item_id)
    if only.state is None:
        by_state = (query.where(WorkItemRow.state == state).subquery() for state in WorkState)
        any_state = aliased(WorkItemRow, union_all(*(select(each) for each in by_state)).subquery())
        query = select(any_state).order_by(any_state.due_at, any_state.item_id).limit(limit + 1)
    async with db.read() as session:
        rows = (await session.scalars(query)).all()
    return page_of(rows, limit, _record, lambda row: (row.due_at, row.item_id))


def _matching(merchant: str, only: WorkItemFilter) -> Iterator[ColumnElement[bool]]:
    yield WorkItemRow.merchant == merchant
    for column, wanted in (
        (WorkItemRow.state, only.state),
        (WorkItemRow.group, only.group),
        (WorkItemRow.assignee, only.assignee),
        (WorkItemRow.type, only.type),
        (WorkItemRow.case_id, only.case_id),
    ):
        if wanted is not None:
            yield column == wanted
    if only.due_before is not None:
        yield WorkItemRow.due_at < only.due_before


async def get_item(db: Database, merchant: str, item_id: str) -> WorkItemRecord | None:
    """One task of a shop; None for another shop's too."""
    async with db.read() as session:
        row = await session.scalar(select(WorkItemRow).where(*_is(merchant, item_id)))
    return _record(row) if row else None


async def claim(db: Database, merchant: str, item_id: str, account: str) -> WorkItemRecord | None:
    """Takes an open task for an account; None if it is settled or somebody else has it. Two never hold one."""
    mine = or_(WorkItemRow.assignee.is_(None), WorkItemRow.assignee == account)
    return await _assign(db, merchant, item_id, mine, account)


async def release(db: Database, merchant: str, item_id: str, account: str | None) -> WorkItemRecord | None:
    """Gives an open task back; `account` None: whoever has it. None if it is settled, another's or nobody's."""
    mine = WorkItemRow.assignee.is_not(None) if account is None else WorkItemRow.assignee == account
    return await _assign(db, merchant, item_id, mine, None)


async def hand_over(db: Database, merchant: str, item_id: str, account: str, holder: str | None) -> bool:
    """Gives an open task to an account; `holder` None: whoever has it. False if it is settled or another's."""
    mine = true() if holder is None else WorkItemRow.assignee == holder
    return await _assign(db, merchant, item_id, mine, account) is not None


async def hand_over_all(
    db: Database, merchant: str, holder: str, account: str | None, group: Group | None = None
) -> int:
    """Gives all open tasks of one who is away to another, or with None back to their groups; how many there were."""
    change = update(WorkItemRow).where(
        WorkItemRow.merchant == merchant, WorkItemRow.state == WorkState.OPEN, WorkItemRow.assignee == holder
    )
    if group is not None:
        change = change.where(WorkItemRow.group == group)
    async with db.write() as session:
        moved = await session.scalars(
            change.values(assignee=account).returning(WorkItemRow.item_id).execution_options(synchronize_session=False)
        )
        return len(moved.all())


async def _assign(
    db: Database, merchant: str, item_id: str, mine: ColumnElement[bool], account: str | None
) -> WorkItemRecord | None:
    """One conditional update, so that of many at once exactly one gets it; answers the task as that left it."""
    async with db.write() as session:
        assigned = await session.scalar(
            update(WorkItemRow)
            .where(*_is(merchant, item_id), WorkItemRow.state == WorkState.OPEN, mine)
            .values(assignee=account)
            .returning(WorkItemRow)
            .execution_options(synchronize_session=False)
        )
        return _record(assigned) if assigned else None


def _is(merchant: str, item_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return WorkItemRow.merchant == merchant, WorkItemRow.item_id == item_id


def _record(row: WorkItemRow) -> WorkItemRecord:
    shown: dict[str, Any] = {field.name: getattr(row, field.name) for field in fields(WorkItemRecord)}
    return WorkItemRecord(**shown | {"group": Group(row.group), "state": WorkState(row.state)})
