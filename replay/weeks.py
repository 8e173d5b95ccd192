"""Shifts recorded orders by whole weeks, so that all begin in one week: hours and weekdays stay, the span is short.

An order is shifted as a whole: its purchase keeps weekday and wall clock in the log's zone, everything after it keeps
its distance to the purchase in real hours, for these are what a rule of 72 hours counts. So an order that lived
through a change to or from summer time has its later times an hour off on the wall clock, and never a deadline wrong.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from replay.orders import RecordedOrder

WEEK = timedelta(days=7)
AFTER_PLACING = ("paid_at", "consigned_at", "picked_up_at", "signed_at")


def first_week(now: datetime, zone: ZoneInfo) -> datetime:
    """The next Monday, 00:00 in the zone, that is still ahead: the week in which every shifted order is placed."""
    local = now.astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=7 - local.weekday())


def shifted(order: RecordedOrder, monday: datetime) -> RecordedOrder:
    """The order as if it had been placed in the week that begins on that Monday; its times in UTC."""
    recorded = order.placed_at.astimezone(monday.tzinfo)
    days = (monday.date() - recorded.date()).days + recorded.weekday()
    # Arithmetic on a time with a zone is by the wall clock: days later, the same hour.
    placed_at = (recorded + timedelta(days=days)).astimezone(UTC)
    by = placed_at - order.placed_at.astimezone(UTC)
    later = {name: time.astimezone(UTC) + by for name in AFTER_PLACING if (time := getattr(order, name))}
    return order.model_copy(update={"placed_at": placed_at, **later})
