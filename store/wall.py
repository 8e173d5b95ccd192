"""A campaign day at a glance: what comes in, what is about to be late, what waits, each counted as it stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Select, func, select

from domain.at_risk import AT_RISK
from domain.case.deadline import DeadlineState
from domain.case.ids import CaseKind
from domain.case.parcel import ParcelStatus
from domain.hold.state import HoldStage
from domain.order.state import OrderStage
from store.reports.sql import china_hour, china_minute
from store.tables import CASES, DEADLINES, PARCELS

MINUTES, HOURS = 30, 6
"""How far it looks back on orders, and ahead to deadlines."""


@dataclass(frozen=True, slots=True)
class Wall:
    """What a wall shows of a shop.

    Attributes:
        last_minute: orders opened within the last sixty seconds.
        per_minute: orders by the minute of the China clock in which they were opened, `2026-11-11 00:01`; minutes
            without any are left out.
        at_risk: deadlines that the shop has to keep, by the hour in which they fall due and their kind.
        holds_waiting: holds that the ERP has not answered; `waiting_since`: when the oldest of them was asked for.
        to_ship: orders whose goods have not left; `to_pick_up`: parcels of theirs that no carrier has scanned.
    """

    last_minute: int
    per_minute: dict[str, int]
    at_risk: list[tuple[str, str, int]]
    holds_waiting: int
    waiting_since: datetime | None
    to_ship: int
    to_pick_up: int


def wall(tx: Connection, merchant: str, now: datetime) -> Wall:
    """Counts everything at once; each count walks an index that holds little but what it counts."""
    holds, since = tx.execute(_holds(merchant)).one()
    return Wall(
        last_minute=_opened_since(tx, merchant, now - timedelta(minutes=1)),
        per_minute=_per_minute(tx, merchant, now - timedelta(minutes=MINUTES)),
        at_risk=_at_risk(tx, merchant, now + timedelta(hours=HOURS)),
        holds_waiting=holds,
        waiting_since=since,
        to_ship=_to_ship(tx, merchant),
        to_pick_up=_to_pick_up(tx, merchant),
    )


def _opened_since(tx: Connection, merchant: str, since: datetime) -> int:
    return tx.execute(select(func.count()).where(*_orders_since(merchant, since))).scalar_one()


def _per_minute(tx: Connection, merchant: str, since: datetime) -> dict[str, int]:
    minute = china_minute(CASES.c.opened_at)
    counted = select(minute.label("minute"), func.count().label("orders")).where(*_orders_since(merchant, since))
    return {row.minute: row.orders for row in tx.execute(counted.group_by(minute))}


def _orders_since(merchant: str, since: datetime) -> tuple[ColumnElement[bool], ...]:
    """The index is of updates, and what was opened since was written since."""
    touched = CASES.c.updated_at >= since
    return CASES.c.merchant == merchant, CASES.c.kind == CaseKind.ORDER, touched, CASES.c.opened_at >= since


def _at_risk(tx: Connection, merchant: str, until: datetime) -> list[tuple[str, str, int]]:
    hour = china_hour(DEADLINES.c.due_at)
    query = (
        select(hour.label("hour"), DEADLINES.c.kind, func.count().label("deadlines"))
        .join(CASES, CASES.c.case_id == DEADLINES.c.case_id)
        .where(
            CASES.c.merchant == merchant,
            DEADLINES.c.state == DeadlineState.RUNNING,
            DEADLINES.c.due_at < until,
            DEADLINES.c.kind.in_(AT_RISK),
        )
        .group_by(hour, DEADLINES.c.kind)
        .order_by(hour, DEADLINES.c.kind)
    )
    return [(row.hour, row.kind, row.deadlines) for row in tx.execute(query)]


def _holds(merchant: str) -> Select[int, datetime | None]:
    return select(func.count(), func.min(CASES.c.opened_at)).where(
        CASES.c.merchant == merchant, CASES.c.kind == CaseKind.SHIP_HOLD, CASES.c.stage == HoldStage.LOCKING
    )


def _to_ship(tx: Connection, merchant: str) -> int:
    parcel = select(1).where(PARCELS.c.case_id == CASES.c.case_id).exists()
    return tx.execute(select(func.count()).where(*_unshipped(merchant), ~parcel)).scalar_one()


def _to_pick_up(tx: Connection, merchant: str) -> int:
    status = func.coalesce(PARCELS.c.status, ParcelStatus.CONSIGNED)
    query = (
        select(func.count())
        .select_from(CASES)
        .join(PARCELS, PARCELS.c.case_id == CASES.c.case_id)
        .where(*_unshipped(merchant), status == ParcelStatus.CONSIGNED)
    )
    return tx.execute(query).scalar_one()


def _unshipped(merchant: str) -> tuple[ColumnElement[bool], ...]:
    return (
        CASES.c.merchant == merchant,
        CASES.c.kind == CaseKind.ORDER,
        CASES.c.stage == OrderStage.AWAITING_SHIPMENT,
    )
