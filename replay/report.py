"""The report of a replay: what the orders of a log would have cost under an edition."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import ceil
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from domain.money import ZERO, Yuan
from domain.policy import Platform, Policy
from replay.columns import Columns
from replay.findings import PlayedOrder
from replay.orders import SENTENCES, RowReason, SetAside
from replay.reading import OrderLog

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class LateShipments(_Part):
    """Late shipments, out of the orders that were paid in time; never shipped ones are late too.

    `compensation` goes to the buyers: 5 % of what an order was paid, at most 30, in `taobao-2012` (S2-85).
    """

    owed: int
    late: int
    never_shipped: int
    points: int
    compensation: Yuan


class HoursToPickUp(_Part):
    """Hours from payment to the carrier's pick-up, of orders that were paid in time and picked up."""

    orders: int
    p50: float | None
    p90: float | None
    p99: float | None
    longest: float | None


class WeekdayRow(_Part):
    """How the orders that were paid on a weekday, in the log's zone, fared."""

    day: str
    paid: int
    late: int


class ReasonCount(_Part):
    """How many rows were set aside for a reason."""

    reason: RowReason
    sentence: str
    rows: int


class ReplayReport(_Part):
    """All that a replay found.

    Attributes:
        rows: of the file; each was played or is in `set_aside`.
        closed_unpaid: not paid within the edition's time; `paid_after_closing`: of these, those paid later.
        still_open: cases that no clock ends: the goods never left, or a payment after the closing waits for a person.
        notes: what the numbers cannot say, because the log does not.
        seconds: how long it took.
    """

    file: str
    policy: str
    platform: Platform
    zone: str
    rows: int
    played: int
    set_aside_by_reason: list[ReasonCount]
    late_shipments: LateShipments
    closed_unpaid: int
    paid_after_closing: int
    auto_confirmed: int
    confirmed_unsigned: int
    tracking_stalled: int
    suspected_fake_shipment: int
    still_open: int
    hours_to_pick_up: HoursToPickUp
    weekdays: list[WeekdayRow]
    notes: list[str]
    seconds: float
    set_aside: list[SetAside]
    orders: list[PlayedOrder]


class Played(NamedTuple):
    """What was played, and of which file, by which edition; `seconds`: how long it took."""

    file: str
    log: OrderLog
    shape: Columns
    edition: Policy
    orders: Sequence[PlayedOrder]
    seconds: float


def report(played: Played) -> ReplayReport:
    """Counts and sums."""
    orders, log, shape, edition = played.orders, played.log, played.shape, played.edition
    return ReplayReport(
        file=played.file,
        policy=edition.id,
        platform=shape.constants.platform or edition.platform,
        zone=shape.zone,
        rows=log.rows,
        played=len(orders),
        set_aside_by_reason=_by_reason(log.set_aside),
        late_shipments=_late(orders),
        closed_unpaid=sum(order.closed_unpaid for order in orders),
        paid_after_closing=sum(order.closed_unpaid and order.paid_at is not None for order in orders),
        auto_confirmed=sum(order.auto_confirmed for order in orders),
        confirmed_unsigned=sum(order.confirmed_unsigned for order in orders),
        tracking_stalled=sum(order.tracking_stalled for order in orders),
        suspected_fake_shipment=sum(order.suspected_fake_shipment for order in orders),
        still_open=sum(order.open for order in orders),
        hours_to_pick_up=_hours(orders),
        weekdays=_weekdays(orders, shape),
        notes=_notes(shape, edition),
        seconds=round(played.seconds, 1),
        set_aside=log.set_aside,
        orders=list(orders),
    )


def _by_reason(set_aside: Sequence[SetAside]) -> list[ReasonCount]:
    counts = [(reason, sum(row.reason is reason for row in set_aside)) for reason in RowReason]
    return [ReasonCount(reason=reason, sentence=SENTENCES[reason], rows=rows) for reason, rows in counts if rows]


def _late(orders: Sequence[PlayedOrder]) -> LateShipments:
    return LateShipments(
        owed=sum(order.owed for order in orders),
        late=sum(order.late for order in orders),
        never_shipped=sum(order.never_shipped for order in orders),
        points=sum(order.points for order in orders),
        compensation=sum((order.compensation for order in orders), Decimal(ZERO)),
    )


def _hours(orders: Sequence[PlayedOrder]) -> HoursToPickUp:
    hours = sorted(o.hours_to_pick_up for o in orders if o.owed and o.hours_to_pick_up is not None)
    return HoursToPickUp(
        orders=len(hours),
        p50=percentile(hours, 50),
        p90=percentile(hours, 90),
        p99=percentile(hours, 99),
        longest=percentile(hours, 100),
    )


def percentile(ascending: Sequence[float], percent: int) -> float | None:
    """The smallest value that so many percent of the values do not exceed (nearest rank); None of nothing."""
    return ascending[max(ceil(len(ascending) * percent / 100), 1) - 1] if ascending else None


def _weekdays(orders: Sequence[PlayedOrder], shape: Columns) -> list[WeekdayRow]:
    zone = shape.time_zone()
    owed = [(o.paid_at.astimezone(zone).weekday(), o.late) for o in orders if o.owed and o.paid_at]
    return [
        WeekdayRow(
            day=name,
            paid=sum(day == number for day, _ in owed),
            late=sum(day == number and late for day, late in owed),
        )
        for number, name in enumerate(WEEKDAYS)
    ]


def _notes(shape: Columns, edition: Policy) -> list[str]:
    stall = edition.tracking.stall_after.value.total_seconds() / 3600
    notes = [
        "Amounts are in the log's own currency and are taken as yuan, one for one: the cap of the compensation too.",
        "The log has no confirmations by buyers, so every order that was shipped is confirmed by timeout.",
        f"The log has no scans between pick-up and delivery: stalled means more than {stall:g} hours between.",
    ]
    if shape.columns.consigned_at is None:
        notes.append("The log does not say when the seller reported the shipment, so none can be suspected to be fake.")
    return notes
