"""Interceptions as they are looked up: by order, and all of a shop's (S1-31)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, literal, select, tuple_

from domain.case.ids import CaseKind
from domain.intercept.state import InterceptStage, InterceptState
from store.database import Row
from store.pages import Page, page_of, read_cursor
from store.tables import CASES
from store.types import UtcTime


@dataclass(frozen=True, slots=True)
class InterceptFilter:
    """Which interceptions of a shop; None leaves a question open. Asked for from `since` on, before `until`."""

    carrier: str | None = None
    stage: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def list_intercepts(
    tx: Connection, merchant: str, only: InterceptFilter, limit: int = 50, cursor: str | None = None
) -> Page[InterceptState]:
    """A page of a shop's interceptions, the latest asked for first. Raises BadCursor."""
    place = (CASES.c.opened_at, CASES.c.case_id)
    query = select(CASES).where(*intercepts_of(merchant, only))
    if cursor:
        at, case_id = read_cursor(cursor, datetime, str)
        query = query.where(tuple_(*place) < tuple_(literal(at, UtcTime), literal(case_id)))
    query = query.order_by(*(column.desc() for column in place)).limit(limit + 1)
    rows = tx.execute(query).all()
    return page_of(rows, limit, _intercept, lambda row: (row.opened_at, row.case_id))


def being_stopped(tx: Connection, order_case_id: str) -> set[str]:
    """The parcels of an order (`zto/ZT1`) that are being intercepted, or were with success."""
    carrier, tracking_no = (CASES.c.state[name].as_string() for name in ("carrier", "tracking_no"))
    query = select(CASES.c.kind, CASES.c.open, CASES.c.stage, carrier.label("carrier"), tracking_no.label("number"))
    rows = tx.execute(query.where(CASES.c.order_case_id == order_case_id)).all()
    found = [row for row in rows if row.kind == CaseKind.PARCEL_INTERCEPT]
    return {f"{one.carrier}/{one.number}" for one in found if one.open or one.stage != InterceptStage.FAILED}


def intercepts_of(merchant: str, only: InterceptFilter) -> list[ColumnElement[bool]]:
    """What holds for the interceptions that a filter lets through; the kind is written out for the partial index."""
    conditions = [CASES.c.kind == literal(str(CaseKind.PARCEL_INTERCEPT), literal_execute=True)]
    conditions.append(CASES.c.merchant == merchant)
    if only.carrier is not None:
        conditions.append(CASES.c.state["carrier"].as_string() == only.carrier)
    if only.stage is not None:
        conditions.append(CASES.c.stage == only.stage)
    if only.since is not None:
        conditions.append(CASES.c.opened_at >= only.since)
    if only.until is not None:
        conditions.append(CASES.c.opened_at < only.until)
    return conditions


def _intercept(row: Row) -> InterceptState:
    return InterceptState.model_validate(row.state)
