"""The relay: facts reach their cases in order, whoever accepted them, and one case holds up no other."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from temporalio.service import RPCError, RPCStatusCode

from domain.case.fact import Fact
from services import relay as relays
from services.relay import IN_HAND
from store import inbox, leases
from store.database import Database
from store.leases import Lease
from tests.patience import PATIENCE
from tests.services.relaying import LEASE, Temporal, case_of, running_relay, until_delivered
from tests.store.scenes import NOON, open_order, order, paid, report, started_order

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.mark.usefixtures("no_look")
async def test_a_named_case_hears_its_facts_in_order(database: Database) -> None:
    """A wake-up names the case; what was accepted for it reaches it in the order received."""
    await started_order(database)
    async with running_relay(database, temporal := Temporal()) as relay:
        accepted = await report(database, paid("pay-1"), paid("pay-2"), paid("pay-3"))
        relay.wake(accepted.to_deliver)
        await until_delivered(database)
    assert temporal.heard == {case_of("T1001"): ["pay-1", "pay-2", "pay-3"]}


@pytest.mark.usefixtures("no_look")
async def test_more_facts_than_are_taken_together(database: Database) -> None:
    """One wake-up is enough for any number of facts of one case."""
    await started_order(database)
    facts = [paid(f"pay-{number}") for number in range(2 * IN_HAND + 1)]
    async with running_relay(database, temporal := Temporal()) as relay:
        relay.wake((await report(database, *facts)).to_deliver)
        await until_delivered(database)
    assert temporal.heard[case_of("T1001")] == [one.fact.id for one in facts]


@pytest.mark.usefixtures("no_look")
async def test_facts_that_come_while_their_case_is_served(database: Database) -> None:
    """A case that is named again while it is being served is served again, not at the same time."""
    await started_order(database)
    temporal, first, go_on = Temporal(), asyncio.Event(), asyncio.Event()

    async def hold_the_first(_case_id: str, fact: Fact) -> None:
        if fact.id == "pay-1":
            first.set()
            await go_on.wait()

    temporal.before = hold_the_first
    async with running_relay(database, temporal) as relay:
        relay.wake((await report(database, paid("pay-1"))).to_deliver)
        await first.wait()
        relay.wake((await report(database, paid("pay-2"))).to_deliver)
        await asyncio.sleep(0.1)  # room for a relay that would serve it at the same time
        go_on.set()
        await until_delivered(database)
    assert temporal.heard == {case_of("T1001"): ["pay-1", "pay-2"]}


@pytest.mark.usefixtures("no_look")
async def test_facts_that_follow_each_other_wait_for_no_mark(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case's next fact is delivered although the one before is not marked yet; both are marked together."""
    monkeypatch.setattr(relays, "MARK_WITHIN", 3600.0)
    await started_order(database)
    temporal, heard = Temporal(), asyncio.Event()

    async def hear(_case_id: str, _fact: Fact) -> None:
        heard.set()

    temporal.before = hear
    async with running_relay(database, temporal) as relay:
        for number in range(5):
            heard.clear()
            async with relay.lease() as lease:
                accepted = await database.write(inbox.accept, "demo", [paid(f"pay-{number}")], NOON, lease)
            relay.hand_over(accepted.taken)
            relay.wake(accepted.to_deliver)
            await asyncio.wait_for(heard.wait(), PATIENCE)
    assert temporal.heard == {case_of("T1001"): [f"pay-{number}" for number in range(5)]}
    assert await database.read(leases.undelivered) == 0


@pytest.mark.usefixtures("no_look")
async def test_what_lapsed_in_hand_is_left_to_who_took_it(database: Database) -> None:
    """A fact whose lease ran out before its turn is not told again when another relay has delivered it."""
    await started_order(database)
    past = datetime.now(UTC) - timedelta(minutes=1)
    lapsed = await database.write(inbox.accept, "demo", [paid("pay-1")], NOON, Lease(past - LEASE, past))
    await database.write(leases.mark_delivered, [one.seq for one in lapsed.taken], NOON)
    async with running_relay(database, temporal := Temporal()) as relay:
        relay.hand_over(lapsed.taken)
        relay.wake((await report(database, paid("pay-2"))).to_deliver)
        await until_delivered(database)
    assert temporal.heard == {case_of("T1001"): ["pay-2"]}


async def test_nobody_named_the_case(database: Database) -> None:
    """Facts that another process accepted are found by looking, at once when woken without a name."""
    await started_order(database)
    async with running_relay(database, temporal := Temporal()) as relay:
        await report(database, paid("pay-1"))
        relay.wake()
        await until_delivered(database)
        await report(database, paid("pay-2"))
        await until_delivered(database)
    assert temporal.heard == {case_of("T1001"): ["pay-1", "pay-2"]}


async def test_one_case_holds_up_no_other(database: Database) -> None:
    """While one case cannot be reached, another hears its fact; the first does when it can be reached again."""
    for order_id in ("T1", "T2"):
        await started_order(database, order_id)
    temporal, other_heard = Temporal(), asyncio.Event()

    async def first_is_away(case_id: str, _fact: Fact) -> None:
        if case_id == case_of("T1") and not other_heard.is_set():
            raise RPCError("away", RPCStatusCode.UNAVAILABLE, b"")
        if case_id == case_of("T2"):
            other_heard.set()

    temporal.before = first_is_away
    async with running_relay(database, temporal) as relay:
        facts = [paid("pay-1", subject="order/taobao/T1"), paid("pay-2", subject="order/taobao/T2")]
        relay.wake((await report(database, *facts)).to_deliver)
        await until_delivered(database)
    assert temporal.heard == {case_of("T2"): ["pay-2"], case_of("T1"): ["pay-1"]}


async def test_a_relay_that_stops_gives_back_what_it_has(database: Database) -> None:
    """What was in hand when the process was asked to stop can be taken at once, before any lease lapses."""
    await started_order(database)
    temporal, reached = Temporal(), asyncio.Event()

    async def hold_for_ever(_case_id: str, _fact: Fact) -> None:
        reached.set()
        await asyncio.Event().wait()

    temporal.before = hold_for_ever
    async with running_relay(database, temporal) as relay:
        relay.wake((await report(database, paid("pay-1"))).to_deliver)
        await reached.wait()
    now = datetime.now(UTC)
    (taken,) = await database.write(leases.take, case_of("T1001"), Lease(now, now + timedelta(minutes=1)))
    assert taken.fact.id == "pay-1"


@pytest.mark.usefixtures("no_look")
async def test_a_case_that_may_not_run_yet_is_started_with_its_facts(database: Database) -> None:
    """Nobody waits for recovery to start it, and no clock of it passes between what waited for it."""
    await open_order(database, order())
    await report(database, paid("pay-1"))
    async with running_relay(database, temporal := Temporal()) as relay:
        relay.wake((await report(database, paid("pay-2"))).to_deliver)
        await until_delivered(database)
    assert temporal.heard == {case_of("T1001"): ["started with pay-1, pay-2"]}
