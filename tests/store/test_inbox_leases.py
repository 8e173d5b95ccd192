"""Facts reach their case one after another, from one relay at a time."""

import asyncio
from datetime import timedelta

from sqlalchemy import Connection, update

from domain.events import Reported
from store import gauges, inbox, leases
from store.database import Database
from store.leases import Lease
from store.tables import INBOX
from tests.store.scenes import HOUR, NOON, open_order, order, paid, report

T1 = "order:demo:taobao:T1001"
MINUTE = timedelta(minutes=1)


async def _three_facts(db: Database) -> None:
    await open_order(db, order())
    await report(db, paid("pay-1"), paid("pay-2"), paid("pay-3"))


async def test_what_one_relay_has_no_other_takes(database: Database) -> None:
    """While a lease runs, nobody else gets any of the case's facts, later ones included."""
    await _three_facts(database)
    first = await database.write(leases.take, T1, Lease(NOON, NOON + MINUTE), limit=2)
    assert [one.fact.id for one in first] == ["pay-1", "pay-2"]
    await report(database, paid("pay-4"))
    assert await database.write(leases.take, T1, Lease(NOON, NOON + MINUTE)) == []
    assert await database.read(leases.waiting_cases, NOON) == []
    await database.write(leases.mark_delivered, [one.seq for one in first], NOON)
    rest = await database.write(leases.take, T1, Lease(NOON, NOON + MINUTE))
    assert [one.fact.id for one in rest] == ["pay-3", "pay-4"]


async def test_what_is_accepted_with_a_lease_is_in_hand(database: Database) -> None:
    """One transaction takes a fact in and takes it, and marks what was told before; another relay gets nothing."""
    await open_order(database, order())
    lease = Lease(NOON, NOON + MINUTE)
    first = await database.write(inbox.accept, "demo", [paid("pay-1")], NOON, lease)
    assert [one.fact.id for one in first.taken] == ["pay-1"]
    assert await database.write(leases.take, T1, lease) == []
    told = Lease(NOON, NOON + MINUTE, [one.seq for one in first.taken], NOON)
    second = await database.write(inbox.accept, "demo", [paid("pay-2")], NOON, told)
    assert [one.fact.id for one in second.taken] == ["pay-2"]
    assert await database.read(leases.undelivered) == 1


async def test_what_is_accepted_while_another_relay_has_the_case(database: Database) -> None:
    """It waits behind what that relay has in hand."""
    await _three_facts(database)
    await database.write(leases.take, T1, Lease(NOON, NOON + MINUTE), limit=1)
    accepted = await database.write(inbox.accept, "demo", [paid("pay-4")], NOON, Lease(NOON, NOON + MINUTE))
    assert (accepted.taken, accepted.to_deliver) == ([], [T1])


async def test_facts_of_many_cases_are_left_to_be_taken(database: Database) -> None:
    """A batch for several cases marks what was told, and takes nothing."""
    for order_id in ("T1", "T2"):
        await open_order(database, order(order_id))
    (one,) = (await database.write(inbox.accept, "demo", [_of("T1", 1)], NOON, Lease(NOON, NOON + MINUTE))).taken
    told = Lease(NOON, NOON + MINUTE, [one.seq], NOON)
    accepted = await database.write(inbox.accept, "demo", [_of("T1", 2), _of("T2", 3)], NOON, told)
    assert not accepted.taken
    assert await database.read(leases.undelivered) == 2


def _of(order_id: str, number: int) -> Reported:
    return paid(f"pay-{number}", subject=f"order/taobao/{order_id}")


async def test_a_lease_lapses(database: Database) -> None:
    """What a relay took and never delivered, another takes when the lease is over."""
    await _three_facts(database)
    taken = await database.write(leases.take, T1, Lease(NOON, NOON + MINUTE))
    assert await database.write(leases.take, T1, Lease(NOON + 59 * MINUTE / 60, NOON + 2 * MINUTE)) == []
    assert await database.read(leases.waiting_cases, NOON + MINUTE) == [T1]
    again = await database.write(leases.take, T1, Lease(NOON + MINUTE, NOON + 2 * MINUTE))
    assert [one.seq for one in again] == [one.seq for one in taken]


async def test_what_is_given_back_can_be_taken_at_once(database: Database) -> None:
    """A relay that cannot deliver gives the rest back; what it delivered stays delivered."""
    await _three_facts(database)
    taken = await database.write(leases.take, T1, Lease(NOON, NOON + MINUTE))
    await database.write(leases.mark_delivered, [taken[0].seq], NOON)
    await database.write(leases.give_back, [one.seq for one in taken])
    again = await database.write(leases.take, T1, Lease(NOON, NOON + MINUTE))
    assert [one.fact.id for one in again] == ["pay-2", "pay-3"]


async def test_of_ten_relays_one_takes(database: Database) -> None:
    """Ten relays ask for a case at the same moment: one gets all its facts, the others none."""
    await _three_facts(database)
    taken = await asyncio.gather(*(database.write(leases.take, T1, Lease(NOON, NOON + MINUTE)) for _ in range(10)))
    assert sorted(len(one) for one in taken) == [0] * 9 + [3]


async def test_many_relays_deliver_each_fact_once_and_in_order(database: Database) -> None:
    """Relays that work side by side while facts come in: nothing twice, nothing missing, nothing out of order."""
    await open_order(database, order())
    heard: list[str] = []

    async def relays() -> None:
        for _ in range(60):
            taken = await database.write(leases.take, T1, Lease(NOON, NOON + HOUR), limit=3)
            heard.extend(one.fact.id for one in taken)
            await database.write(leases.mark_delivered, [one.seq for one in taken], NOON)

    async def reports() -> None:
        for number in range(30):
            await report(database, paid(f"pay-{number}"))

    await asyncio.gather(relays(), relays(), relays(), reports())
    heard += [one.fact.id for one in await database.write(leases.take, T1, Lease(NOON, NOON + HOUR))]
    assert heard == [f"pay-{number}" for number in range(30)]


async def test_the_longest_waiting_case_comes_first(database: Database) -> None:
    """Cases are served in the order of their oldest fact, those that are being served left out."""
    for order_id in ("T1", "T2", "T3"):
        await open_order(database, order(order_id))
    for number, order_id in enumerate(["T2", "T1", "T2", "T3"]):
        await report(database, paid(f"pay-{number}", subject=f"order/taobao/{order_id}"))
    waiting = [f"order:demo:taobao:{order_id}" for order_id in ("T2", "T1", "T3")]
    assert await database.read(leases.waiting_cases, NOON) == waiting
    assert await database.read(leases.waiting_cases, NOON, limit=2) == waiting[:2]
    await database.write(leases.take, waiting[0], Lease(NOON, NOON + HOUR), limit=1)
    assert await database.read(leases.waiting_cases, NOON) == waiting[1:]


async def test_undelivered_counts_what_is_on_its_way(database: Database) -> None:
    """Facts taken but not delivered count; parked and delivered ones do not."""
    await _three_facts(database)
    await report(database, paid("pay-9", subject="order/taobao/T9"))
    taken = await database.write(leases.take, T1, Lease(NOON, NOON + HOUR), limit=2)
    await database.write(leases.mark_delivered, [taken[0].seq], NOON)
    assert await database.read(leases.undelivered) == 2
    counts = await database.read(gauges.gauges, NOON)
    assert (counts.undelivered_events, counts.parked_events) == (2, 1)


async def test_a_delivery_tells_when_it_was_received(database: Database) -> None:
    """A relay knows the shop and the time of each fact it has in hand."""
    await open_order(database, order())
    sent = paid()
    await report(database, sent)
    await database.write(Connection.execute, update(INBOX).values(received_at=NOON - HOUR))
    (one,) = await database.write(leases.take, T1, Lease(NOON, NOON + HOUR))
    assert (one.case_id, one.merchant, one.received_at, one.fact) == (T1, "demo", NOON - HOUR, sent.fact)
