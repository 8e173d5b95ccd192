"""The relay where something is away or goes wrong: no fact is lost, none is told twice, and the others go on."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs
from temporalio.service import RPCError, RPCStatusCode

from domain.case.fact import Fact
from services import relay as relays
from store import inbox, leases
from store.database import Database, DatabaseAway
from store.leases import Lease
from tests.services.parts import TROUBLE, failing_first, until
from tests.services.relaying import LEASE, Temporal, case_of, running_relay, until_delivered
from tests.store.scenes import NOON, paid, report, started_order

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

CASE = case_of("T1001")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks all the time, and rests after nothing."""
    monkeypatch.setattr(relays, "LOOK_EVERY", 0.01)
    for pause in ("MARK_WITHIN", "TRY_AGAIN_AFTER"):
        monkeypatch.setattr(relays, pause, 0.0)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("step", ["waiting_cases", "take", "mark_delivered"])
async def test_no_trouble_of_the_database_ends_it(
    database: Database, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Away, then failing in a way of our own, while it looks, takes or marks: the fact is told once, and marked."""
    monkeypatch.setattr(leases, step, failing_first(getattr(leases, step), *TROUBLE))
    await started_order(database)
    await report(database, paid("pay-1"))
    async with running_relay(database, temporal := Temporal()):
        await until_delivered(database)
    assert temporal.heard == {CASE: ["pay-1"]}


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("fault", [RPCError("away", RPCStatusCode.UNAVAILABLE, b""), ZeroDivisionError()])
async def test_a_fact_that_does_not_get_through_comes_again(database: Database, fault: Exception) -> None:
    """With those behind it, which wait for it: in the order received, each once."""
    await started_order(database)
    await report(database, *(paid(f"pay-{number}") for number in range(3)))
    temporal, faults = Temporal(), [fault]

    async def fail_at_the_second(_case_id: str, fact: Fact) -> None:
        if fact.id == "pay-1" and faults:
            raise faults.pop()

    temporal.before = fail_at_the_second
    async with running_relay(database, temporal):
        await until_delivered(database)
    assert temporal.heard == {CASE: ["pay-0", "pay-1", "pay-2"]}


@pytest.mark.usefixtures("no_look")
async def test_a_transaction_that_fails_leaves_what_was_delivered_to_the_next(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An intake marks on the way what was delivered; where it fails, that is still to be marked, and never lost."""
    monkeypatch.setattr(relays, "MARK_WITHIN", 3600.0)
    await started_order(database)
    async with running_relay(database, temporal := Temporal()) as relay:
        relay.wake((await report(database, paid("pay-1"))).to_deliver)
        await until(lambda: relay._told)
        told = dict(relay._told)
        with suppress(ZeroDivisionError):
            async with relay.lease() as lease:
                assert lease.told == list(told)
                raise ZeroDivisionError
        async with relay.lease() as lease:
            assert lease.told == list(told)
            await database.write(leases.mark_delivered, lease.told, NOON)
    assert (temporal.heard, await database.read(leases.undelivered)) == ({CASE: ["pay-1"]}, 0)


@pytest.mark.usefixtures("no_look")
async def test_a_case_that_seemed_in_hand_while_it_was_marked_is_taken_after(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it heard is being marked in a transaction under way, so its next fact is not to be had; then it is."""
    monkeypatch.setattr(relays, "MARK_WITHIN", 3600.0)
    await started_order(database)
    async with running_relay(database, temporal := Temporal()) as relay:
        relay.wake((await report(database, paid("pay-1"))).to_deliver)
        await until(lambda: relay._told)
        async with relay.lease() as lease:
            relay.wake((await report(database, paid("pay-2"))).to_deliver)
            await until(lambda: relay._missed)
            await database.write(leases.mark_delivered, lease.told, NOON)
        await until(lambda: temporal.heard == {CASE: ["pay-1", "pay-2"]})


@pytest.mark.usefixtures("no_look")
async def test_a_case_without_a_workflow_keeps_its_facts(database: Database) -> None:
    """Somebody terminated it: its row is open, and its facts wait for the run that a reset starts; operators hear."""
    await started_order(database)
    temporal = Temporal()

    async def there_is_none(_case_id: str, _fact: Fact) -> None:
        raise RPCError("no such workflow", RPCStatusCode.NOT_FOUND, b"")

    temporal.before = there_is_none
    with capture_logs() as logs:
        async with running_relay(database, temporal) as relay:
            relay.wake((await report(database, paid("pay-1"), paid("pay-2"))).to_deliver)
            await until(lambda: logs)
    (said,) = logs
    assert (said["event"], said["case_id"]) == ("fact_without_workflow", CASE)
    assert temporal.heard == {}
    lapsed = datetime.now(UTC) + LEASE
    for now, taken in ((datetime.now(UTC), 0), (lapsed, 2)):
        assert len(await database.write(leases.take, CASE, Lease(now, now + timedelta(minutes=1)))) == taken


@pytest.mark.usefixtures("no_look")
async def test_what_waits_in_hand_for_its_turn_is_given_back(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One case takes long and a second waits for it; when the process stops, any other may take both at once."""
    monkeypatch.setattr(relays, "AT_ONCE", 1)
    temporal, reached = Temporal(), asyncio.Event()

    async def hold_for_ever(_case_id: str, _fact: Fact) -> None:
        reached.set()
        await asyncio.Event().wait()

    temporal.before = hold_for_ever
    async with running_relay(database, temporal) as relay:
        for order_id in ("T1", "T2"):
            await started_order(database, order_id)
            fact = paid(f"pay-{order_id}", subject=f"order/taobao/{order_id}")
            async with relay.lease() as lease:
                relay.hand_over((await database.write(inbox.accept, "demo", [fact], NOON, lease)).taken)
            await reached.wait()
    now = datetime.now(UTC)
    for order_id in ("T1", "T2"):
        assert await database.write(leases.take, case_of(order_id), Lease(now, now + timedelta(minutes=1)))


@pytest.mark.usefixtures("no_look")
async def test_a_relay_stops_though_the_database_is_away(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it delivered and cannot mark any more, its leases give back by themselves; cases drop what comes twice."""
    monkeypatch.setattr(relays, "MARK_WITHIN", 3600.0)
    await started_order(database)
    async with running_relay(database, Temporal()) as relay:
        relay.wake((await report(database, paid("pay-1"))).to_deliver)
        await until(lambda: relay._told)
        monkeypatch.setattr(leases, "mark_delivered", failing_first(leases.mark_delivered, DatabaseAway("away")))
    assert await database.read(leases.undelivered) == 1
