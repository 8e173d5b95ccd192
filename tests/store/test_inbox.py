"""What outside systems report is taken in once, and finds its case."""

import asyncio
from collections import Counter
from uuid import uuid4

from sqlalchemy import select

from domain.events import Reported
from domain.privacy import KeptText
from store import inbox, leases, memos
from store.database import Database
from store.intake import Status
from store.leases import Lease
from store.tables import INBOX, PARCELS, InboxStatus
from tests.store.looking import rows_of, values_of
from tests.store.scenes import (
    DAY,
    HOUR,
    NOON,
    begin,
    consigned,
    fact,
    open_order,
    order,
    paid,
    report,
    scan,
    started_order,
    statements,
)

T1 = "order:demo:taobao:T1001"
T2 = "order:demo:taobao:T1002"


async def _inbox(db: Database, case_id: str = T1) -> list[tuple[str, InboxStatus]]:
    """A case's facts in the order in which it hears them."""
    rows = await db.read(rows_of, select(INBOX).where(INBOX.c.case_id == case_id).order_by(INBOX.c.seq))
    return [(row.event_id, InboxStatus(row.status)) for row in rows]


async def _heard(db: Database, case_id: str = T1) -> list[str]:
    """The facts that a relay would deliver, in order."""
    return [one.fact.id for one in await db.write(leases.take, case_id, Lease(NOON, NOON + HOUR))]


async def test_a_fact_is_accepted_once(database: Database) -> None:
    """The same source and id again is a duplicate: in a later batch, in the same one, and of another order too."""
    await open_order(database, order())
    first = await report(database, paid("pay-1"), paid("pay-2"), paid("pay-1"))
    assert first == inbox.Accepted([Status.ACCEPTED, Status.ACCEPTED, Status.DUPLICATE], [T1])
    again = await report(database, paid("pay-2"), paid("pay-1", subject="order/taobao/T1002"))
    assert again == inbox.Accepted([Status.DUPLICATE, Status.DUPLICATE], [])
    assert await _heard(database) == ["pay-1", "pay-2"]


async def test_another_shop_may_use_the_same_ids(database: Database) -> None:
    """Repetitions are told apart shop by shop."""
    await report(database, paid())
    other = await database.write(inbox.accept, "other", [paid()], NOON)
    assert other.statuses == [Status.PARKED]


async def test_a_fact_for_an_order_that_is_not_open_is_parked(database: Database) -> None:
    """It waits for its case, is known as a duplicate meanwhile, and is heard once the case is open."""
    assert (await report(database, paid())).statuses == [Status.PARKED]
    assert (await report(database, paid())).statuses == [Status.DUPLICATE]
    assert await database.read(leases.undelivered) == 0
    assert not await database.write(inbox.release, T1)
    await open_order(database, order())
    assert await _heard(database) == ["pay-1"]
    assert (await report(database, paid("pay-2"))).statuses == [Status.ACCEPTED]


async def test_facts_are_heard_in_the_order_received(database: Database) -> None:
    """A thousand facts of one batch keep their order."""
    await open_order(database, order())
    ids = [f"pay-{number}" for number in range(1000)]
    await report(database, *(paid(id_) for id_ in ids))
    heard: list[str] = []
    while taken := await database.write(leases.take, T1, Lease(NOON, NOON + HOUR), limit=300):
        heard += [one.fact.id for one in taken]
        await database.write(leases.mark_delivered, [one.seq for one in taken], NOON)
    assert heard == ids


async def test_a_batch_costs_few_statements(database: Database) -> None:
    """A batch of many facts takes no more statements than one of two: no query for each fact."""
    await open_order(database, order())

    def batch(start: int, count: int) -> list[Reported]:
        numbers = range(start, start + count)
        shipped = [consigned(f"ZT{number}", f"ship-{number}") for number in numbers]
        return shipped + [scan("picked_up", f"s-{number}", f"ZT{number}") for number in numbers]

    with statements(database) as for_two:
        await report(database, *batch(0, 1))
    with statements(database) as for_many:
        await report(database, *batch(10, 100))
    assert len(for_many) == len(for_two)


async def test_scans_of_a_parcel_that_nobody_announced_are_parked(database: Database) -> None:
    """They wait for the announcement and are then heard after it, though they were received before it."""
    await open_order(database, order())
    first = scan("picked_up", "s1", at=NOON)
    assert (await report(database, first)).statuses == [Status.PARKED]
    assert (await report(database, scan("scanned", "s2", at=NOON + HOUR))).statuses == [Status.PARKED]
    assert (await report(database, first)).statuses == [Status.DUPLICATE]
    assert (await report(database, consigned())).to_deliver == [T1]
    assert await _inbox(database) == [
        ("ship-1", InboxStatus.PENDING),
        ("s1", InboxStatus.PENDING),
        ("s2", InboxStatus.RECORDED),
    ]
    assert (await report(database, first)).statuses == [Status.DUPLICATE]


async def test_scan_and_announcement_may_stand_in_one_batch_in_any_order(database: Database) -> None:
    """A batch that names the scan first still lets the case hear of the parcel first."""
    await open_order(database, order())
    accepted = await report(database, scan("picked_up", "s1"), scan("picked_up", "x1", "ZT9"), consigned())
    assert accepted.statuses == [Status.PARKED, Status.PARKED, Status.ACCEPTED]
    assert await _heard(database) == ["ship-1", "s1"]


async def test_everything_may_come_before_the_order(database: Database) -> None:
    """Scan, announcement and payment before the opening: all is heard, the announcement before the scan."""
    assert (await report(database, scan("picked_up", "s1"))).statuses == [Status.PARKED]
    assert (await report(database, consigned(), paid())).statuses == [Status.PARKED, Status.PARKED]
    assert (await report(database, scan("signed", "s2", at=NOON + DAY))).statuses == [Status.PARKED]
    assert await database.read(leases.undelivered) == 0
    await open_order(database, order())
    assert await _heard(database) == ["ship-1", "s1", "pay-1", "s2"]


async def test_a_parcel_of_two_orders_is_told_to_both(database: Database) -> None:
    """Orders sent together: each hears every fact of the parcel, also those from before its own announcement."""
    for order_id in ("T1001", "T1002"):
        await open_order(database, order(order_id))
    await report(database, consigned(), scan("picked_up", "s1", at=NOON), scan("exception", "e1", kind="lost"))
    await report(database, scan("scanned", "s2", at=NOON + HOUR), scan("picked_up", "x1", "ZT9"))
    accepted = await report(database, consigned(id_="ship-2", order_id="T1002"))
    assert accepted.to_deliver == [T2]
    assert await _heard(database, T2) == ["ship-2", "s1", "e1", "s2"]
    assert await _heard(database, T1) == ["ship-1", "s1", "e1", "s2"]
    signed = await report(database, scan("signed", "s3", at=NOON + DAY))
    assert signed == inbox.Accepted([Status.ACCEPTED], [T1, T2])
    assert (await report(database, scan("signed", "s3", at=NOON + DAY))).statuses == [Status.DUPLICATE]


async def test_a_parcel_is_announced_once_a_case(database: Database) -> None:
    """Saying twice that a parcel left does not tell its scans twice."""
    await open_order(database, order())
    await report(database, consigned(), scan("picked_up", "s1"))
    assert (await report(database, consigned(id_="ship-2"))).statuses == [Status.ACCEPTED]
    assert await _heard(database) == ["ship-1", "s1", "ship-2"]


async def test_private_texts_stay_in_the_store(database: Database) -> None:
    """A signature's name is kept apart, first with the parcel, then with the case that announces it."""
    await open_order(database, order())
    await report(database, _signed("s1", "陈小姐"))
    await report(database, _signed("s1", "陈小姐"))
    assert [memo.text for memo in (await database.read(memos.memos, "parcel/zto/ZT1")).items] == ["陈小姐"]
    await report(database, consigned(), _signed("s2", "门卫"))
    assert (await database.read(memos.memos, "parcel/zto/ZT1")).items == []
    kept = (await database.read(memos.memos, T1)).items
    assert sorted((memo.purpose, memo.text) for memo in kept) == [("signed_by", "门卫"), ("signed_by", "陈小姐")]
    facts = await database.read(values_of, select(INBOX.c.fact).order_by(INBOX.c.seq))
    assert not any("陈小姐" in str(one) or "门卫" in str(one) for one in facts)
    assert {one["data"].get("signed_by") for one in facts[1:]} == {memo.memo_id for memo in kept}


def _signed(id_: str, name: str) -> Reported:
    """A signature whose name was set apart."""
    kept = KeptText(f"memo:{id_}-{uuid4().hex}", "signed_by", name, 0)
    signed = scan("signed", id_)
    data = {**signed.fact.data, "signed_by": kept.memo_id}
    return Reported(signed.fact.model_copy(update={"data": data}), signed.target, [kept])


async def test_doubled_batches_at_once_are_taken_in_once(database: Database) -> None:
    """Ten copies of a batch in different orders at the same moment: each fact is accepted exactly once."""
    await open_order(database, order())
    batch = [paid(f"pay-{number}") for number in range(5)] + [consigned(), scan("picked_up", "s1")]
    turned = [batch[number % 7 :] + batch[: number % 7] for number in range(10)]
    accepted = await asyncio.gather(*(report(database, *one) for one in turned))
    counts = Counter(status for one in accepted for status in one.statuses)
    assert counts[Status.DUPLICATE] == 9 * 7
    heard = await _heard(database)
    assert sorted(heard) == sorted(one.fact.id for one in batch)
    assert heard.index("ship-1") < heard.index("s1")


async def test_a_scan_and_its_announcement_cannot_miss_each_other(database: Database) -> None:
    """However they race, the scan is heard after the announcement."""
    await open_order(database, order())
    for number in range(10):
        await asyncio.gather(
            report(database, scan("picked_up", f"s{number}", f"ZT{number}")),
            report(database, consigned(f"ZT{number}", f"ship-{number}")),
        )
    heard = await _heard(database)
    assert len(heard) == 20
    assert all(heard.index(f"ship-{number}") < heard.index(f"s{number}") for number in range(10))


async def test_a_fact_for_an_ended_case_is_still_on_its_way(database: Database) -> None:
    """The relay decides what becomes of it; the intake accepts it."""
    life = await started_order(database, at=NOON - 4 * DAY)
    due = life.overdue(NOON)
    assert due
    life.pass_deadline(due, NOON)
    accepted = await report(database, fact("order.erp_read", "read-1"))
    assert accepted == inbox.Accepted([Status.ACCEPTED], [begin(order()).state.case_id])


async def test_nothing_reported_is_nothing_written(database: Database) -> None:
    """An empty batch is answered with nothing."""
    assert await report(database) == inbox.Accepted([], [])
    assert await database.read(values_of, select(PARCELS.c.case_id)) == []
