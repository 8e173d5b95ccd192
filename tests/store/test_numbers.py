"""Waybill numbers come back after months: whose parcel a number means, and what of it a new one hears."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select, update

from store import leases
from store.cases import get_case
from store.database import Database
from store.inbox import Accepted, accept
from store.intake import Status
from store.leases import Lease
from store.tables import CASES, INBOX, InboxStatus
from tests.store.looking import values_of
from tests.store.scenes import DAY, HOUR, NOON, consigned, open_order, order, report, scan

T1, T2 = "order:demo:taobao:T1001", "order:demo:taobao:T1002"
LATER = NOON + 90 * DAY


async def _heard(db: Database, case_id: str) -> list[str]:
    """The facts that wait for a case, in order; they are then done with."""
    taken = await db.write(leases.take, case_id, Lease(NOON, NOON + 900 * DAY))
    await db.write(leases.mark_delivered, [one.seq for one in taken], NOON)
    return [one.fact.id for one in taken]


async def _end(db: Database, case_id: str, at: datetime) -> None:
    await db.write(
        Connection.execute, update(CASES).where(CASES.c.case_id == case_id).values(open=False, updated_at=at)
    )


async def _first_order(db: Database) -> None:
    """An order of a parcel that was delivered after a day."""
    await open_order(db, order())
    await report(db, consigned(), scan("picked_up", "s1", at=NOON + HOUR), scan("signed", "s2", at=NOON + DAY))
    await _heard(db, T1)


async def test_an_ended_orders_scans_are_not_the_new_orders(database: Database) -> None:
    """The number comes again 90 days later: the new order hears what is said from then on, the old one nothing."""
    await _first_order(database)
    await _end(database, T1, NOON + 9 * DAY)
    await open_order(database, order("T1002", at=LATER))
    await report(database, consigned(id_="ship-2", order_id="T1002", at=LATER + HOUR))
    assert await _heard(database, T2) == ["ship-2"]
    accepted = await report(database, scan("picked_up", "s3", at=LATER + 2 * HOUR))
    assert accepted == Accepted([Status.ACCEPTED], [T2])


async def test_scanned_before_the_seller_says_so(database: Database) -> None:
    """The carrier is first: what it says of a number that an old order had is kept for whoever announces it."""
    await _first_order(database)
    await _end(database, T1, NOON + 9 * DAY)
    await open_order(database, order("T1002", at=LATER))
    now = LATER + HOUR
    assert (await database.write(accept, "demo", [scan("picked_up", "s3", at=now)], now)).statuses == [Status.PARKED]
    await database.write(accept, "demo", [consigned(id_="ship-2", order_id="T1002", at=now)], now + HOUR)
    assert await _heard(database, T2) == ["ship-2", "s3"]
    assert await _heard(database, T1) == []


async def test_an_order_that_ended_lately_hears_what_is_late(database: Database) -> None:
    """What was so before its end, or soon after, is still its own."""
    await _first_order(database)
    await _end(database, T1, NOON + 9 * DAY)
    accepted = await report(database, scan("refused", "s3", at=NOON + 20 * DAY))
    assert accepted == Accepted([Status.ACCEPTED], [T1])


async def test_what_is_older_than_the_order(database: Database) -> None:
    """Parked before anybody announced the number: what was so before the order was placed stays where it is."""
    await report(database, scan("picked_up", "s1", at=NOON - DAY), scan("scanned", "s2", at=NOON + HOUR))
    await open_order(database, order())
    await report(database, consigned(at=NOON + 2 * HOUR))
    assert await _heard(database, T1) == ["ship-1", "s2"]
    assert (await report(database, scan("signed", "s3", at=NOON - HOUR))).statuses == [Status.PARKED]


@pytest.mark.parametrize(("after", "hears"), [(30 * DAY, True), (31 * DAY, False)])
async def test_parked_for_too_long(database: Database, after: timedelta, *, hears: bool) -> None:
    """By the edition (`tracking.parked_for`), though the order was placed before."""
    await open_order(database, order())
    await report(database, scan("picked_up", "s1", at=NOON + HOUR))
    now = NOON + after
    await database.write(accept, "demo", [consigned(at=now)], now)
    assert await _heard(database, T1) == (["ship-1", "s1"] if hears else ["ship-1"])
    parked = await database.read(values_of, select(INBOX.c.event_id).where(INBOX.c.status == InboxStatus.PARKED))
    assert list(parked) == ([] if hears else ["s1"])


async def test_one_parcel_of_two_open_orders(database: Database) -> None:
    """Both hear each scan, as long as they were sent at about the same time."""
    for order_id in ("T1001", "T1002"):
        await open_order(database, order(order_id))
    await report(database, consigned(), consigned(id_="ship-2", order_id="T1002", at=NOON + DAY))
    assert (await report(database, scan("picked_up", "s1", at=NOON + HOUR))).to_deliver == [T1, T2]


async def test_an_order_that_is_still_open_after_months(database: Database) -> None:
    """It had the number long ago: what is said now is of the parcel that left last."""
    await _first_order(database)
    await open_order(database, order("T1002", at=LATER))
    await report(database, consigned(id_="ship-2", order_id="T1002", at=LATER + HOUR))
    assert (await report(database, scan("picked_up", "s3", at=LATER + 2 * HOUR))).to_deliver == [T2]
    assert (await report(database, scan("refused", "s4", at=NOON + 2 * DAY))).to_deliver == [T1]


async def test_what_clients_see_has_a_counter(database: Database) -> None:
    """A plain scan moves the row's counter and time and not its version; a repeated one moves nothing."""
    await open_order(database, order())
    await report(database, consigned(), scan("picked_up", "s1", at=NOON))
    before = await database.read(get_case, T1, "demo")
    now = NOON + 2 * HOUR
    for _ in range(2):
        await database.write(accept, "demo", [scan("scanned", "s2", at=NOON + HOUR)], now)
    after = await database.read(get_case, T1, "demo")
    assert before
    assert after
    assert (after.version, after.revision, after.updated_at) == (before.version, before.revision + 1, now)
