"""What a wall shows of a campaign day."""

from datetime import datetime, timedelta

import pytest

from domain.at_risk import AT_RISK
from domain.lives import LIVES
from store.database import Database
from store.wall import Wall, wall
from tests.domain.after_sale.made import paid
from tests.domain.hold.held import LOCKING, Erp, Held
from tests.domain.orders import PLACED, Order, at
from tests.store.reports.kept import keep


async def seen(db: Database, now: datetime, merchant: str = "demo") -> Wall:
    return await db.read_at_once(wall, merchant, now)


async def test_orders_of_the_last_minute_and_by_minute(database: Database) -> None:
    """Placed half a minute past midnight in China; half an hour later they are off the wall."""
    for order_id in ("A", "B"):
        await keep(database, Order(), order_id)
    shown = await seen(database, PLACED + timedelta(seconds=20))
    assert (shown.last_minute, shown.per_minute) == (2, {"2026-11-11 00:00": 2})
    later = await seen(database, PLACED + timedelta(minutes=5))
    assert (later.last_minute, later.per_minute) == (0, {"2026-11-11 00:00": 2})
    assert (await seen(database, PLACED + timedelta(minutes=31))).per_minute == {}
    assert (await seen(database, PLACED, "other")).last_minute == 0


async def test_deadlines_that_the_shop_has_to_keep(database: Database) -> None:
    """To be shipped within 72 hours; what the buyer has to keep, and what is met, is no risk."""
    await keep(database, paid(), "A")
    await keep(database, Order(), "B")
    shipped = paid()
    shipped.consign(when=at(hours=1))
    shipped.scan(when=at(hours=2))
    await keep(database, shipped, "C")
    assert (await seen(database, at(hours=65))).at_risk == []
    assert (await seen(database, at(hours=67))).at_risk == [("2026-11-14 00:00", "ship_by", 1)]
    assert (await seen(database, at(hours=75))).at_risk == [("2026-11-14 00:00", "ship_by", 1)]
    assert (await seen(database, at(hours=67), "other")).at_risk == []


async def test_holds_that_wait_for_the_erp(database: Database) -> None:
    """Asked and not answered; since when the oldest waits."""
    waiting = Held(erp=Erp.AWAY)
    waiting.set_up(ship_hold=LOCKING)
    waiting.until(at(hours=1))
    waiting.hold()
    await keep(database, waiting, "A")
    answered = Held()
    answered.set_up(ship_hold=LOCKING)
    assert answered.hold().stage == "locked"
    await keep(database, answered, "B")
    shown = await seen(database, at(hours=2))
    assert (shown.holds_waiting, shown.waiting_since) == (1, at(hours=1))
    empty = await seen(database, at(hours=2), "other")
    assert (empty.holds_waiting, empty.waiting_since) == (0, None)


async def test_goods_that_have_not_left(database: Database) -> None:
    """To be packed, to be picked up, and gone."""
    for order_id in ("A", "B"):
        await keep(database, paid(), order_id)
    packed = paid()
    packed.consign(when=at(hours=1))
    await keep(database, packed, "C")
    gone = paid()
    gone.consign(when=at(hours=1))
    gone.scan(when=at(hours=2))
    await keep(database, gone, "D")
    shown = await seen(database, at(hours=3))
    assert (shown.to_ship, shown.to_pick_up) == (2, 1)
    empty = await seen(database, at(hours=3), "other")
    assert (empty.to_ship, empty.to_pick_up) == (0, 0)


@pytest.mark.parametrize("kind", AT_RISK)
def test_what_is_at_risk_is_a_clock(kind: str) -> None:
    """Of at least one kind of case."""
    assert any(clock.kind == kind for life in LIVES.values() for clock in life.clocks)
