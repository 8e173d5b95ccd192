"""Every scan is kept; only those that can change something wake the case."""

import asyncio
from datetime import datetime

from sqlalchemy import select

from domain.case.declare import LastScan
from store import leases, parcels
from store.database import Database
from store.intake import Status
from store.leases import Lease
from store.tables import INBOX, PARCEL_SCANS, InboxStatus
from tests.store.looking import rows_of
from tests.store.scenes import HOUR, NOON, consigned, open_order, order, report, scan

T1 = "order:demo:taobao:T1001"


async def _inbox(db: Database, case_id: str = T1) -> list[tuple[str, InboxStatus]]:
    """A case's facts in the order in which it hears them."""
    rows = await db.read(rows_of, select(INBOX).where(INBOX.c.case_id == case_id).order_by(INBOX.c.seq))
    return [(row.event_id, InboxStatus(row.status)) for row in rows]


async def _heard(db: Database, case_id: str = T1) -> list[str]:
    """The facts that a relay would deliver, in order."""
    return [one.fact.id for one in await db.write(leases.take, case_id, Lease(NOON, NOON + HOUR))]


async def _last(db: Database, stalled_since: datetime) -> tuple[datetime, str, str]:
    """The parcel's newest scan: when, what, and by which event."""
    last = await db.write(parcels.last_scan, T1, "zto", "ZT1", stalled_since)
    assert last
    return last.at, last.evidence.type, last.evidence.id


async def test_scans_that_change_nothing_do_not_wake_the_case(database: Database) -> None:
    """Every scan is kept; the first, and those that matter, are delivered, the rest only recorded."""
    await open_order(database, order())
    await report(database, consigned())
    for number, status in enumerate(["scanned", "scanned", "picked_up", "out_for_delivery", "signed"]):
        accepted = await report(database, scan(status, f"s{number}", at=NOON + number * HOUR, location="广州"))
        assert accepted.statuses == [Status.ACCEPTED]
    assert await _inbox(database) == [
        ("ship-1", InboxStatus.PENDING),
        ("s0", InboxStatus.PENDING),
        ("s1", InboxStatus.RECORDED),
        ("s2", InboxStatus.PENDING),
        ("s3", InboxStatus.RECORDED),
        ("s4", InboxStatus.PENDING),
    ]
    rows = await database.read(rows_of, select(PARCEL_SCANS).order_by(PARCEL_SCANS.c.id))
    assert [(row.event_key, row.woke) for row in rows] == [
        ("partner/s0", True),
        ("partner/s1", False),
        ("partner/s2", True),
        ("partner/s3", False),
        ("partner/s4", True),
    ]
    assert {row.location for row in rows} == {"广州"}
    assert (await report(database, scan("scanned", "s1"))).statuses == [Status.DUPLICATE]


async def test_in_one_batch_only_the_first_scan_wakes(database: Database) -> None:
    """An announcement and its scans may come together; of plain scans the first alone is delivered."""
    await open_order(database, order())
    at = NOON + HOUR
    accepted = await report(database, consigned(), scan("scanned", "s1", at=at), scan("scanned", "s2", at=at + HOUR))
    assert accepted.to_deliver == [T1]
    assert await _heard(database) == ["ship-1", "s1"]


async def test_a_scan_made_before_the_first_one_known_wakes(database: Database) -> None:
    """A plain scan reported late moves the hand-over to the carrier: the case must judge lateness anew (S2-84)."""
    await open_order(database, order())
    await report(database, consigned(), scan("scanned", "s1", at=NOON + 80 * HOUR))
    await report(database, scan("scanned", "s2", at=NOON + 70 * HOUR))
    await report(database, scan("scanned", "s3", at=NOON + 75 * HOUR))
    assert await _heard(database) == ["ship-1", "s1", "s2"]


async def test_an_exception_wakes_and_is_no_scan(database: Database) -> None:
    """An exception proves no hand-over: the first real scan after it still wakes the case."""
    await open_order(database, order())
    await report(database, consigned(), scan("exception", "e1", kind="weather"), scan("scanned", "s1", at=NOON + HOUR))
    assert await _heard(database) == ["ship-1", "e1", "s1"]
    assert await _last(database, NOON) == (NOON + HOUR, "parcel.scanned", "s1")


async def test_a_watched_parcel_wakes_at_its_next_scan(database: Database) -> None:
    """Once a parcel stalled, even a plain scan wakes the case; not any more when it moves."""
    await open_order(database, order())
    await report(database, consigned(), scan("picked_up", "s1", at=NOON))
    assert await _last(database, NOON) == (NOON, "parcel.picked_up", "s1")
    await report(database, scan("scanned", "s2", at=NOON + HOUR))
    assert await _last(database, NOON) == (NOON + HOUR, "parcel.scanned", "s2")
    await report(database, scan("scanned", "s3", at=NOON + 2 * HOUR))
    assert await _heard(database) == ["ship-1", "s1", "s2"]
    assert await database.write(parcels.last_scan, T1, "zto", "ZT7", NOON) is None


async def test_a_scan_and_the_look_at_a_stalled_parcel_cannot_miss_each_other(database: Database) -> None:
    """However they race: either the look sees the scan, or the scan wakes the case."""
    await open_order(database, order())
    numbers = range(10)
    for number in numbers:
        await report(
            database, consigned(f"ZT{number}", f"ship-{number}"), scan("picked_up", f"p{number}", f"ZT{number}")
        )
    looks = await asyncio.gather(
        *(database.write(parcels.last_scan, T1, "zto", f"ZT{number}", NOON) for number in numbers),
        *(report(database, scan("scanned", f"s{number}", f"ZT{number}", NOON + HOUR)) for number in numbers),
    )
    heard = await _heard(database)
    for number in numbers:
        look = looks[number]
        assert isinstance(look, LastScan)
        assert (look.at == NOON + HOUR) is not (f"s{number}" in heard)
