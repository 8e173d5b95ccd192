"""The inboxes of tasks."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, literal, or_, select, true, tuple_, union_all, update

from domain.case.work import WorkState
from domain.roles import Group
from store.database import Query, Row
from store.families import family_of
from store.pages import Page, page_of, read_cursor
from store.tables import WORK_ITEMS
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


_SHOWN = [field.name for field in fields(WorkItemRecord) if field.name != "group"]


@dataclass(frozen=True, slots=True)
class WorkItemFilter:
    """Which tasks of a shop; None leaves a question open, and no group means all of them.

    Attributes:
        family: a case; the tasks of all cases of its order.
    """

    state: str | None = None
    groups: tuple[str, ...] = ()
    assignee: str | None = None
    type: str | None = None
    case_id: str | None = None
    family: str | None = None
    due_before: datetime | None = None


def list_items(
    tx: Connection, merchant: str, only: WorkItemFilter | None = None, limit: int = 50, cursor: str | None = None
) -> Page[WorkItemRecord]:
    """A page of a shop's tasks, the first due first. Raises BadCursor.

    Every index begins with the state, or with state and group: a list of several is put together from the beginnings of
    one of each.
    """
    only = only or WorkItemFilter()
    after = read_cursor(cursor, datetime, str) if cursor else None
    states = [only.state] if only.state else list(WorkState)
    parts = [
        _first(select(WORK_ITEMS).where(*_matching(merchant, only, state, group)), limit, after)
        for state in states
        for group in only.groups or (None,)
    ]
    query = parts[0]
    if len(parts) > 1:
        merged = union_all(*(select(part.subquery()) for part in parts)).subquery()
        query = select(merged).order_by(merged.c.due_at, merged.c.item_id).limit(limit + 1)
    rows = tx.execute(query).all()
    return page_of(rows, limit, _record, lambda row: (row.due_at, row.item_id))


def _first(query: Query, limit: int, after: tuple[Any, ...] | None) -> Query:
    """The tasks of a query that are due first, those after a place in the list."""
    if after:
        due_at, item_id = after
        place = tuple_(literal(due_at, UtcTime), literal(item_id))
        query = query.where(tuple_(WORK_ITEMS.c.due_at, WORK_ITEMS.c.item_id) > place)
    return query.order_by(WORK_ITEMS.c.due_at, WORK_ITEMS.c.item_id).limit(limit + 1)


def _matching(merchant: str, only: WorkItemFilter, state: str, group: str | None) -> Iterator[ColumnElement[bool]]:
    yield WORK_ITEMS.c.merchant == merchant
    for column, wanted in (
        (WORK_ITEMS.c.state, state),
        (WORK_ITEMS.c.work_group, group),
        (WORK_ITEMS.c.assignee, only.assignee),
        (WORK_ITEMS.c.type, only.type),
        (WORK_ITEMS.c.case_id, only.case_id),
    ):
        if wanted is not None:
            yield column == wanted
    if only.family is not None:
        yield WORK_ITEMS.c.case_id.in_(family_of(only.family))
    if only.due_before is not None:
        yield WORK_ITEMS.c.due_at < only.due_before


def get_item(tx: Connection, merchant: str, item_id: str) -> WorkItemRecord | None:
    """One task of a shop; None for another shop's too."""
    row = tx.execute(select(WORK_ITEMS).where(*_is(merchant, item_id))).one_or_none()
    return _record(row) if row else None


def claim(tx: Connection, merchant: str, item_id: str, account: str) -> WorkItemRecord | None:
    """Takes an open task for an account; None if it is settled or somebody else has it. Two never hold one."""
    mine = or_(WORK_ITEMS.c.assignee.is_(None), WORK_ITEMS.c.assignee == account)
    return _assign(tx, merchant, item_id, mine, account)


def release(tx: Connection, merchant: str, item_id: str, account: str | None) -> WorkItemRecord | None:
    """Gives an open task back; `account` None: whoever has it. None if it is settled, another's or nobody's."""
    mine = WORK_ITEMS.c.assignee.is_not(None) if account is None else WORK_ITEMS.c.assignee == account
    return _assign(tx, merchant, item_id, mine, None)


def hand_over(tx: Connection, merchant: str, item_id: str, account: str, holder: str | None) -> bool:
    """Gives an open task to an account; `holder` None: whoever has it. False if it is settled or another's."""
    mine = true() if holder is None else WORK_ITEMS.c.assignee == holder
    return _assign(tx, merchant, item_id, mine, account) is not None


def hand_over_all(tx: Connection, merchant: str, holder: str, account: str | None, group: Group | None = None) -> int:
    """Gives all open tasks of one who is away to another, or with None back to their groups; how many there were."""
    change = update(WORK_ITEMS).where(
        WORK_ITEMS.c.merchant == merchant, WORK_ITEMS.c.state == WorkState.OPEN, WORK_ITEMS.c.assignee == holder
    )
    if group is not None:
        change = change.where(WORK_ITEMS.c.work_group == group)
    moved = tx.scalars(change.values(assignee=account).returning(WORK_ITEMS.c.item_id))
    return len(moved.all())


def _assign(
    tx: Connection, merchant: str, item_id: str, mine: ColumnElement[bool], account: str | None
) -> WorkItemRecord | None:
    """One conditional update, so that of many at once exactly one gets it; answers the task as that left it."""
    change = update(WORK_ITEMS).where(*_is(merchant, item_id), WORK_ITEMS.c.state == WorkState.OPEN, mine)
    assigned = tx.execute(change.values(assignee=account).returning(WORK_ITEMS)).one_or_none()
    return _record(assigned) if assigned else None


def _is(merchant: str, item_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return WORK_ITEMS.c.merchant == merchant, WORK_ITEMS.c.item_id == item_id


def _record(row: Row) -> WorkItemRecord:
    columns = dict(row._mapping)
    kinds = {"group": Group(columns["work_group"]), "state": WorkState(columns["state"])}
    return WorkItemRecord(**{name: columns[name] for name in _SHOWN} | kinds)
