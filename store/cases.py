"""Reading cases: one, a list, a state."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from domain.case.ids import CaseKind
from store.database import Database
from store.pages import BadCursor, Page, page_of, read_cursor
from store.parcels import ParcelRecord, shown_parcels
from store.tables import BuyerRow, CaseRow
from store.types import UtcTime


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A case as the store has it; version 0 while its workflow has not written yet, `revision` what clients see."""

    case_id: str
    kind: CaseKind
    merchant: str
    platform: str
    order_id: str
    order_case_id: str
    policy: str
    campaign: str | None
    stage: str
    outcome: str | None
    open: bool
    version: int
    revision: int
    opened_at: datetime
    updated_at: datetime
    next_due_at: datetime | None
    state: dict[str, Any]
    parcels: tuple[ParcelRecord, ...]


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases of a shop; None leaves a question open. `due_before`: a running deadline passes before that."""

    kind: str | None = None
    stage: str | None = None
    platform: str | None = None
    outcome: str | None = None
    open: bool | None = None
    order_id: str | None = None
    due_before: datetime | None = None
    buyer: str | None = None


class CaseSort(StrEnum):
    """`due`: what passes next comes first, cases without a running deadline last; `-updated`: the latest first."""

    DUE = "due"
    UPDATED = "-updated"


@dataclass(frozen=True, slots=True)
class StoredState:
    """A case's state as JSON, and the version that it has in the store."""

    case_id: str
    kind: CaseKind
    version: int
    open: bool
    state: dict[str, Any]


async def get_case(db: Database, case_id: str, merchant: str) -> CaseRecord | None:
    """One case of a shop; None for another shop's too."""
    async with db.read() as session:
        row = await session.scalar(select(CaseRow).where(CaseRow.case_id == case_id, CaseRow.merchant == merchant))
        return (await _records(session, [row]))[0] if row else None


async def states_of(db: Database, merchant: str, case_ids: Collection[str]) -> list[StoredState]:
    """The states of those of a shop's cases that there are."""
    query = select(CaseRow).where(CaseRow.merchant == merchant, CaseRow.case_id.in_(case_ids))
    async with db.read() as session:
        rows = (await session.scalars(query)).all()
        return [StoredState(row.case_id, CaseKind(row.kind), row.version, row.open, row.state) for row in rows]


async def list_cases(
    db: Database,
    merchant: str,
    only: CaseFilter | None = None,
    sort: CaseSort = CaseSort.UPDATED,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[CaseRecord]:
    """A page of a shop's cases. Raises BadCursor."""
    query = select(CaseRow).where(*_conditions(merchant, only or CaseFilter()))
    async with db.read() as session:
        if sort is CaseSort.DUE:
            rows = await _by_due(session, query, limit + 1, cursor)
        else:
            rows = await _by_update(session, query, limit + 1, cursor)
        records = await _records(session, rows)
    return page_of(records, limit, lambda record: record, lambda record: (sort, *_place(record, sort)))


async def open_case_ids(db: Database, after: str = "", limit: int = 500) -> list[str]:
    """The ids of open cases of all shops, in order, those after one id."""
    query = select(CaseRow.case_id).where(CaseRow.open.is_(True), CaseRow.case_id > after)
    async with db.read() as session:
        return list((await session.scalars(query.order_by(CaseRow.case_id).limit(limit))).all())


async def case_state(db: Database, case_id: str) -> StoredState | None:
    """The state of one case, whoever's it is."""
    query = select(CaseRow.case_id, CaseRow.kind, CaseRow.version, CaseRow.open, CaseRow.state)
    async with db.read() as session:
        row = (await session.execute(query.where(CaseRow.case_id == case_id))).one_or_none()
    return StoredState(row.case_id, CaseKind(row.kind), row.version, row.open, row.state) if row else None


def _conditions(merchant: str, only: CaseFilter) -> list[ColumnElement[bool]]:
    conditions = [CaseRow.merchant == merchant]
    for column, wanted in (
        (CaseRow.kind, only.kind),
        (CaseRow.stage, only.stage),
        (CaseRow.platform, only.platform),
        (CaseRow.outcome, only.outcome),
        (CaseRow.order_id, only.order_id),
    ):
        if wanted is not None:
            conditions.append(column == wanted)
    if only.open is not None:
        conditions.append(CaseRow.open.is_(only.open))
    if only.due_before is not None:
        conditions.append(CaseRow.next_due_at < only.due_before)
    if only.buyer is not None:
        bought = select(BuyerRow.case_id).where(BuyerRow.buyer_id == only.buyer)
        conditions.append(CaseRow.order_case_id.in_(bought))
    return conditions


def _place(record: CaseRecord, sort: CaseSort) -> tuple[datetime | None, str]:
    return (record.next_due_at if sort is CaseSort.DUE else record.updated_at), record.case_id


def _after(cursor: str | None, sort: CaseSort) -> tuple[datetime | None, str] | None:
    if cursor is None:
        return None
    made_for, at, case_id = read_cursor(cursor, str, datetime, str)
    if made_for != sort or case_id is None:
        raise BadCursor("The cursor belongs to a list that is sorted otherwise.")
    return at, case_id


async def _by_update(session: AsyncSession, query: Select[CaseRow], count: int, cursor: str | None) -> list[CaseRow]:
    if after := _after(cursor, CaseSort.UPDATED):
        query = query.where(tuple_(CaseRow.updated_at, CaseRow.case_id) < _literal(*after))
    query = query.order_by(CaseRow.updated_at.desc(), CaseRow.case_id.desc())
    return list((await session.scalars(query.limit(count))).all())


async def _by_due(session: AsyncSession, query: Select[CaseRow], count: int, cursor: str | None) -> list[CaseRow]:
    """Two queries, because the databases put NULL at different ends and one index should serve both."""
    query = query.order_by(CaseRow.next_due_at, CaseRow.case_id)
    after = _after(cursor, CaseSort.DUE)
    rows: list[CaseRow] = []
    if after is None or after[0] is not None:
        due = query.where(CaseRow.next_due_at.is_not(None))
        if after:
            due = due.where(tuple_(CaseRow.next_due_at, CaseRow.case_id) > _literal(*after))
        rows += (await session.scalars(due.limit(count))).all()
    if len(rows) < count:
        idle = query.where(CaseRow.next_due_at.is_(None))
        if after and after[0] is None:
            idle = idle.where(CaseRow.case_id > after[1])
        rows += (await session.scalars(idle.limit(count - len(rows)))).all()
    return rows


def _literal(at: datetime | None, case_id: str) -> Any:
    return tuple_(literal(at, UtcTime), literal(case_id))


async def _records(session: AsyncSession, rows: list[CaseRow]) -> list[CaseRecord]:
    parcels = await shown_parcels(session, [row.case_id for row in rows])
    return [
        CaseRecord(
            case_id=row.case_id,
            kind=CaseKind(row.kind),
            merchant=row.merchant,
            platform=row.platform,
            order_id=row.order_id,
            order_case_id=row.order_case_id,
            policy=row.policy,
            campaign=row.campaign,
            stage=row.stage,
            outcome=row.outcome,
            open=row.open,
            version=row.version,
            revision=row.revision,
            opened_at=row.opened_at,
            updated_at=row.updated_at,
            next_due_at=row.next_due_at,
            state=row.state,
            parcels=tuple(parcels.get(row.case_id, ())),
        )
        for row in rows
    ]


async def at_risk_since(db: Database, merchant: str, since: datetime) -> int:
    """How many cash-on-delivery orders of buyers without credit or trades a shop has taken since then (S2-17)."""
    query = select(func.count()).where(
        CaseRow.merchant == merchant,
        CaseRow.updated_at >= since,  # which its index knows; what was opened since was changed since
        CaseRow.opened_at >= since,
        CaseRow.kind == CaseKind.ORDER,
        CaseRow.opening["at_risk"].as_boolean(),
    )
    async with db.read() as session:
        return await session.scalar(query) or 0
