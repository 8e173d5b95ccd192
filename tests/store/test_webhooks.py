"""Where a webhook is in its shop's feed, and what it is due next."""

import json
from dataclasses import replace
from datetime import timedelta

from domain.webhooks.standing import Attempt, Standing
from store import deliveries, webhooks
from store.database import Database
from store.deliveries import Batch, DeliveryStatus
from store.gauges import gauges
from store.webhooks import MISSED_AFTER, Place, Webhook
from tests.store.scenes import HOUR, NOON, consigned, open_order, order, paid, report, scan, started_order, write

ALL = 1000


async def added(db: Database, *types: str, webhook_id: str = "wh_1", merchant: str = "demo") -> Webhook:
    webhook = Webhook(
        webhook_id, merchant, "https://shop.example.com", types, "", NOON, None, Standing.ACTIVE, NOON, Place(0)
    )
    return await db.write(webhooks.add, webhook, f"whsec_{webhook_id}")


async def due(db: Database, webhook: Webhook) -> Batch:
    now = await db.read(webhooks.get, webhook.webhook_id)
    assert now
    return await db.read(deliveries.next_batch, now, ALL)


async def paid_order(db: Database) -> None:
    life = await started_order(db, "T1")
    since = life.state.version
    for fact in (paid("pay-1"), consigned(order_id="T1")):
        life.take_in(fact.fact, NOON + HOUR)
    assert await write(db, life, since)
    await report(db, consigned(order_id="T1"))
    await report(db, scan("picked_up", "s-1", at=NOON + HOUR))
    await report(db, scan("scanned", "s-2", at=NOON + 2 * HOUR))


async def test_every_line_is_an_event(database: Database) -> None:
    """In the order of the feed and of the timeline; a scan that is on no timeline is one too."""
    webhook = await added(database, "*")
    await paid_order(database)
    await open_order(database, order("T9", merchant="other"))
    batch = await due(database, webhook)
    told = [(one.event.event_id, one.event.type) for one in batch.due]
    assert told[0] == ("1-1", "caseline.case.opened")
    assert {type_ for _, type_ in told} >= {"caseline.payment.received", "caseline.order.stage"}
    assert told[-1] == ("3-1", "caseline.parcel.scanned")
    assert len({event_id for event_id, _ in told}) == len(told)
    (payment,) = [one.event for one in batch.due if one.event.type == "caseline.payment.received"]
    data = json.loads(payment.body)["data"]
    assert (data["seq"], data["order_id"], data["kind"]) == (2, "T1", "order")
    assert data["data"]["amount"]
    assert batch.end == Place(3)


async def test_it_is_told_what_it_asked_for(database: Database) -> None:
    """Nothing else, nothing of before it was set up; what it does not want is passed over."""
    early = await open_order(database, order("T0"))
    assert early
    webhook = await added(database, "payment.*")
    assert webhook.place == Place(1)
    assert await due(database, webhook) == Batch((), None)
    await paid_order(database)
    batch = await due(database, webhook)
    assert [one.event.type for one in batch.due] == ["caseline.payment.received"]
    assert batch.end == Place(4)


async def test_each_event_moves_it_on(database: Database) -> None:
    """Also within a change of several; what arrived is not due again, what did not arrive is."""
    webhook = await added(database, "*")
    await paid_order(database)
    seen = []
    while (batch := await due(database, webhook)).due:
        first = batch.due[0]
        at = await database.read(webhooks.get, "wh_1")
        assert at
        await database.write(deliveries.note_failed, at, first.event, Attempt(status=503, error="http_503"), NOON)
        assert (await due(database, webhook)).due[0] == first
        assert await database.write(deliveries.note_delivered, at, first, Attempt(status=200), NOON + HOUR)
        seen.append(first.event.event_id)
    assert len(seen) == len(set(seen)) == 5
    assert await database.read(webhooks.find, "other", "wh_1") is None
    page = await database.read(deliveries.list_deliveries, "wh_1", DeliveryStatus.DELIVERED, 2)
    assert page.items[0].event_id == "3-1"
    assert {(one.attempts, one.http_status, one.error) for one in page.items} == {(2, 200, None)}
    assert page.next
    rest = await database.read(deliveries.list_deliveries, "wh_1", None, ALL, page.next)
    assert len(rest.items) + 2 == len(seen)
    assert (await database.read(deliveries.list_deliveries, "wh_1", DeliveryStatus.FAILED, ALL)).items == []
    await database.write(deliveries.forget_old, NOON + timedelta(days=31))
    assert (await database.read(deliveries.list_deliveries, "wh_1", None, ALL)).items == []


async def test_since_when_its_receiver_is_away(database: Database) -> None:
    """From the first event that it did not take until it takes one, or somebody moves it; metrics count them."""
    webhook = await added(database, "*")
    await paid_order(database)
    first, second = (await due(database, webhook)).due[:2]
    for hours in (0, 1):
        failed = Attempt(status=503, error="http_503")
        await database.write(deliveries.note_failed, webhook, first.event, failed, NOON + hours * HOUR)
    away = await database.read(webhooks.get, "wh_1")
    assert away
    assert away.away_since == NOON
    assert (await database.read(gauges, NOON)).webhooks == {"active": 0, "away": 1, "failing": 0, "ended": 0}
    assert await database.write(deliveries.note_delivered, away, first, Attempt(status=200), NOON + 2 * HOUR)
    back = await database.read(webhooks.get, "wh_1")
    assert back
    assert back.away_since is None
    assert (await database.read(gauges, NOON)).webhooks == {"active": 1, "away": 0, "failing": 0, "ended": 0}
    await database.write(deliveries.note_failed, back, second.event, Attempt(error="timeout"), NOON)
    assert await database.write(webhooks.go_back, "wh_1", 0)
    again = await database.read(webhooks.get, "wh_1")
    assert again
    assert again.away_since is None


async def test_somebody_else_moved_it(database: Database) -> None:
    """Whoever delivered from another place changes nothing: it is where it was moved to."""
    webhook = await added(database, "*")
    await paid_order(database)
    first = (await due(database, webhook)).due[0]
    assert await database.write(webhooks.move, "wh_1", Place(0), Place(3))
    assert not await database.write(deliveries.note_delivered, webhook, first, Attempt(status=200), NOON)
    assert await database.write(webhooks.go_back, "wh_1", 1)
    assert not await database.write(webhooks.go_back, "wh_1", 2), "what follows is still to come"
    assert (await due(database, webhook)).due[0].event.seq == 2


async def test_who_is_woken(database: Database) -> None:
    """One that rests though there is more, until it is told; one that was told and has not moved, after hours."""
    assert not await database.read(webhooks.has_any)
    webhook = await added(database, "*")
    assert await database.read(webhooks.has_any)
    other = await added(database, "*", webhook_id="wh_2", merchant="other")
    assert await database.read(webhooks.to_wake, NOON, ALL) == []
    await open_order(database, order("T1"))
    (found,) = await database.read(webhooks.to_wake, NOON, ALL)
    assert found == webhook
    await database.write(webhooks.note_woken, [found], NOON)
    assert await database.read(webhooks.to_wake, NOON + HOUR, ALL) == []
    assert await database.read(webhooks.to_wake, NOON + MISSED_AFTER + HOUR, ALL) == [webhook]
    assert not await database.write(webhooks.rest, "wh_1", "demo", Place(0)), "there is more"
    assert await database.write(webhooks.move, "wh_1", Place(0), Place(1))
    await database.write(webhooks.note_woken, [found], NOON)
    assert await database.write(webhooks.rest, "wh_1", "demo", Place(1))
    await database.write(webhooks.note_woken, [found], NOON)
    await open_order(database, order("T2"))
    assert [one.webhook_id for one in await database.read(webhooks.to_wake, NOON, ALL)] == ["wh_1"], (
        "a note that comes after it rests again does not hide it"
    )
    assert await database.write(webhooks.stand, "wh_1", Standing.ACTIVE, Standing.FAILING, NOON)
    assert await database.read(webhooks.to_wake, NOON + MISSED_AFTER + HOUR, ALL) == []
    assert not await database.write(webhooks.stand, "wh_1", Standing.ACTIVE, Standing.ENDED, NOON)
    assert (await database.read(webhooks.get, "wh_2")) == other


async def test_the_secret_of_before_signs_for_a_day(database: Database) -> None:
    """Both until then; and a webhook that is gone has none."""
    await added(database, "*")
    await database.write(webhooks.rotate, "wh_1", "whsec_new", NOON, NOON + timedelta(days=1))
    assert await database.read(webhooks.secrets, "wh_1", NOON) == ("whsec_new", "whsec_wh_1")
    assert await database.read(webhooks.secrets, "wh_1", NOON + timedelta(days=1)) == ("whsec_new",)
    await database.write(webhooks.remove, "wh_1")
    assert await database.read(webhooks.secrets, "wh_1", NOON) == ()


async def test_they_are_listed_and_changed(database: Database) -> None:
    """The shop's own, page by page."""
    for number in range(3):
        await added(database, "*", webhook_id=f"wh_{number}")
    await added(database, "*", webhook_id="wh_x", merchant="other")
    page = await database.read(webhooks.list_webhooks, "demo", 2)
    rest = await database.read(webhooks.list_webhooks, "demo", 2, page.next)
    assert [one.webhook_id for one in (*page.items, *rest.items)] == ["wh_0", "wh_1", "wh_2"]
    await database.write(webhooks.change, "wh_1", "https://b.example.com", ["order.*"], "CRM")
    changed = await database.read(webhooks.find, "demo", "wh_1")
    assert changed == replace(page.items[1], url="https://b.example.com", types=("order.*",), description="CRM")
