"""Reading cases: one, a list, a state."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, literal, select, tuple_

from domain.case.ids import CaseKind
from store.database import Query, Row
from store.pages import BadCursor, Page, page_of, read_cursor
from store.parcels import ParcelRecord, shown_parcels
from store.tables import BUYERS, CASES
from store.types import UtcTime

_OF_SHOP = select(CASES).where(
    CASES.c.case_id.in_(bindparam("case_ids", expanding=True)), CASES.c.merchant == bindparam("merchant")
)


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A case as the store has it; `version` is what its workflow knows of, `revision` what clients see."""

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
    updated_after: datetime | None = None
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


def get_case(tx: Connection, case_id: str, merchant: str) -> CaseRecord | None:
    """One case of a shop; None for another shop's too."""
    row = tx.execute(_OF_SHOP, {"case_ids": [case_id], "merchant": merchant}).one_or_none()
    return (_records(tx, [row]))[0] if row else None


def states_of(tx: Connection, merchant: str, case_ids: Collection[str]) -> list[StoredState]:
    """The states of those of a shop's cases that there are."""
    rows = tx.execute(_OF_SHOP, {"case_ids": list(case_ids), "merchant": merchant}).all()
    return [StoredState(row.case_id, CaseKind(row.kind), row.version, row.open, row.state) for row in rows]


def list_cases(
    tx: Connection,
    merchant: str,
    only: CaseFilter | None = None,
    sort: CaseSort = CaseSort.UPDATED,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[CaseRecord]:
    """A page of a shop's cases. Raises BadCursor."""
    query = select(CASES).where(*_conditions(merchant, only or CaseFilter()))
    find = _by_due if sort is CaseSort.DUE else _by_update
    rows = find(tx, query, limit + 1, cursor)
    records = _records(tx, rows)
    return page_of(records, limit, lambda record: record, lambda record: (sort, *_place(record, sort)))


def open_case_ids(tx: Connection, after: str = "", limit: int = 500) -> list[str]:
    """The ids of open cases of all shops, in order, those after one id."""
    query = select(CASES.c.case_id).where(CASES.c.open.is_(True), CASES.c.case_id > after)
    return list(tx.scalars(query.order_by(CASES.c.case_id).limit(limit)).all())


def case_state(tx: Connection, case_id: str) -> StoredState | None:
    """The state of one case, whoever's it is."""
    query = select(CASES.c.case_id, CASES.c.kind, CASES.c.version, CASES.c.open, CASES.c.state)
    row = tx.execute(query.where(CASES.c.case_id == case_id)).one_or_none()
    return StoredState(row.case_id, CaseKind(row.kind), row.version, row.open, row.state) if row else None


def _conditions(merchant: str, only: CaseFilter) -> list[ColumnElement[bool]]:
    conditions = [CASES.c.merchant == merchant]
    for column, wanted in (
        (CASES.c.kind, only.kind),
        (CASES.c.stage, only.stage),
        (CASES.c.platform, only.platform),
        (CASES.c.outcome, only.outcome),
        (CASES.c.order_id, only.order_id),
    ):
        if wanted is not None:
            conditions.append(column == wanted)
    if only.open is not None:
        conditions.append(CASES.c.open.is_(only.open))
    if only.due_before is not None:
        conditions.append(CASES.c.next_due_at < only.due_before)
    if only.updated_after is not None:
        conditions.append(CASES.c.updated_at > only.updated_after)
    if only.buyer is not None:
        bought = select(BUYERS.c.case_id).where(BUYERS.c.buyer_id == only.buyer)
        conditions.append(CASES.c.order_case_id.in_(bought))
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


def _by_update(tx: Connection, query: Query, count: int, cursor: str | None) -> list[Row]:
    if after := _after(cursor, CaseSort.UPDATED):
        query = query.where(tuple_(CASES.c.updated_at, CASES.c.case_id) < _literal(*after))
    query = query.order_by(CASES.c.updated_at.desc(), CASES.c.case_id.desc())
    return list(tx.execute(query.limit(count)).all())


def _by_due(tx: Connection, query: Query, count: int, cursor: str | None) -> list[Row]:
    """Two queries, because the databases put NULL at different ends and one index should serve both."""
    query = query.order_by(CASES.c.next_due_at, CASES.c.case_id)
    after = _after(cursor, CaseSort.DUE)
    rows: list[Row] = []
    if after is None or after[0] is not None:
        due = query.where(CASES.c.next_due_at.is_not(None))
        if after:
            due = due.where(tuple_(CASES.c.next_due_at, CASES.c.case_id) > _literal(*after))
        rows += tx.execute(due.limit(count)).all()
    if len(rows) < count:
        idle = query.where(CASES.c.next_due_at.is_(None))
        if after and after[0] is None:
            idle = idle.where(CASES.c.case_id > after[1])
        rows += tx.execute(idle.limit(count - len(rows))).all()
    return rows


def _literal(at: datetime | None, case_id: str) -> Any:
    return tuple_(literal(at, UtcTime), literal(case_id))


def _records(tx: Connection, rows: list[Row]) -> list[CaseRecord]:
    parcels = shown_parcels(tx, [row.case_id for row in rows])
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


def at_risk_since(tx: Connection, merchant: str, since: datetime) -> int:
    """How many cash-on-delivery orders of buyers without credit or trades a shop has taken since then (S2-17)."""
    query = select(func.count()).where(
        CASES.c.merchant == merchant,
        CASES.c.updated_at >= since,  # which its index knows; what was opened since was changed since
        CASES.c.opened_at >= since,
        CASES.c.kind == CaseKind.ORDER,
        CASES.c.opening["at_risk"].as_boolean(),
    )
    return tx.scalar(query) or 0
