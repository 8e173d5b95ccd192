"""Stock and reservations, whatever comes twice, late or at once."""

import asyncio
import random

import pytest
from sqlalchemy import Connection

from domain.shop.stock import BelowReserved, Reservation, Stock
from store import stock
from store.database import Database
from tests.store.scenes import NOON


def reservation(name: str = "r1", quantity: int = 1, sku: str = "DRESS", merchant: str = "demo") -> Reservation:
    return Reservation(name, merchant, sku, quantity, f"after-sale:{merchant}:taobao:T1001:{name}", NOON)


async def hold(db: Database, name: str = "r1", quantity: int = 1, sku: str = "DRESS", merchant: str = "demo") -> bool:
    return await db.write(stock.hold, reservation(name, quantity, sku, merchant))


async def test_stock_is_what_was_last_reported(database: Database) -> None:
    """Of each SKU of each shop; of one that nobody reported there is nothing."""
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 0, 0)
    assert await database.write(stock.put_available, "demo", "DRESS", 5) == Stock("DRESS", 5, 0)
    assert await database.write(stock.put_available, "demo", "DRESS", 4) == Stock("DRESS", 4, 0)
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 4, 0)
    assert await database.read(stock.get, "other", "DRESS") == Stock("DRESS", 0, 0)


async def test_a_reservation_takes_from_what_is_free(database: Database) -> None:
    """Reserved units stay on hand; what is reserved is not free for the next."""
    await database.write(stock.put_available, "demo", "DRESS", 3)
    assert await hold(database, "r1", 2)
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 3, 2)
    assert await database.read(stock.free, "demo", "DRESS") == 1
    assert not await hold(database, "r2", 2)
    assert await hold(database, "r3", 1)
    assert await database.read(stock.free, "demo", "DRESS") == 0


async def test_what_is_not_there_cannot_be_reserved(database: Database) -> None:
    """Neither an unknown SKU nor another shop's; a refused one can be asked for again once there is stock."""
    await database.write(stock.put_available, "other", "DRESS", 5)
    assert not await hold(database)
    await database.write(stock.put_available, "demo", "DRESS", 1)
    assert await hold(database)
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 1, 1)
    assert await database.read(stock.get, "other", "DRESS") == Stock("DRESS", 5, 0)


async def test_a_repeated_hold_reserves_once(database: Database) -> None:
    """The same reservation again is the same units; once released, it is not taken up again."""
    await database.write(stock.put_available, "demo", "DRESS", 3)
    assert [await hold(database), await hold(database)] == [True, True]
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 3, 1)
    await database.write(stock.release, "r1")
    assert not await hold(database)
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 3, 0)


@pytest.mark.rule("S3-17")
async def test_release_frees_once(database: Database) -> None:
    """Released units are free again; a second release, or shipping them afterwards, changes nothing."""
    await database.write(stock.put_available, "demo", "DRESS", 3)
    await hold(database, "r1", 2)
    await hold(database, "r2", 1)
    assert await database.write(stock.release, "r1")
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 3, 1)
    assert not await database.write(stock.release, "r1")
    assert not await database.write(stock.consume, "r1")
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 3, 1)


async def test_shipping_lowers_both_once(database: Database) -> None:
    """Consumed units leave stock and reservation; repeated, or released afterwards, nothing changes."""
    await database.write(stock.put_available, "demo", "DRESS", 3)
    await hold(database, "r1", 2)
    assert await database.write(stock.consume, "r1")
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 1, 0)
    assert not await database.write(stock.consume, "r1")
    assert not await database.write(stock.release, "r1")
    assert await hold(database, "r1", 2), "the case has had its units"
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 1, 0)


async def test_what_was_not_shipped_of_a_reservation_is_free(database: Database) -> None:
    """Three were reserved and two left; never more than were reserved."""
    await database.write(stock.put_available, "demo", "DRESS", 5)
    await hold(database, "r1", 3)
    assert await database.write(stock.consume, "r1", 2)
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 3, 0)
    await hold(database, "r2", 1)
    assert await database.write(stock.consume, "r2", 2)
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 2, 0)


async def test_an_unknown_reservation_ends_without_effect(database: Database) -> None:
    """A case that reserved nothing may release all the same."""
    await database.write(stock.put_available, "demo", "DRESS", 3)
    assert not await database.write(stock.release, "never-made")
    assert not await database.write(stock.consume, "never-made")
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 3, 0)


async def test_stock_is_never_set_below_what_is_reserved(database: Database) -> None:
    """The report is refused whole and says how many are reserved; exactly so many are fine."""
    await database.write(stock.put_available, "demo", "DRESS", 5)
    await hold(database, "r1", 3)
    with pytest.raises(BelowReserved, match=r"3 of DRESS are reserved") as refused:
        await database.write(stock.put_available, "demo", "DRESS", 2)
    assert refused.value.stock == Stock("DRESS", 5, 3)
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 5, 3)
    assert await database.write(stock.put_available, "demo", "DRESS", 3) == Stock("DRESS", 3, 3)


async def test_an_ending_touches_its_own_stock_alone(database: Database) -> None:
    """The same SKU of another shop, and other SKUs, keep what is reserved of them."""
    others = (("other", "DRESS"), ("demo", "SHIRT"))
    for merchant, sku in (("demo", "DRESS"), *others):
        await database.write(stock.put_available, merchant, sku, 5)
        assert await hold(database, f"{merchant}/{sku}/r1", 2, sku, merchant)
        assert await hold(database, f"{merchant}/{sku}/r2", 2, sku, merchant)
    assert await database.write(stock.release, "demo/DRESS/r1")
    assert await database.write(stock.consume, "demo/DRESS/r2")
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 3, 0)
    for merchant, sku in others:
        assert await database.read(stock.get, merchant, sku) == Stock(sku, 5, 4)


async def test_a_hold_is_undone_with_its_transaction(database: Database) -> None:
    """A caller whose own work fails reserves nothing."""
    await database.write(stock.put_available, "demo", "DRESS", 1)

    def hold_and_fail(tx: Connection) -> None:
        assert stock.hold(tx, reservation())
        raise RuntimeError("the caller's own work")

    with pytest.raises(RuntimeError, match="own work"):
        await database.write(hold_and_fail)
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 1, 0)
    assert await hold(database)


@pytest.mark.rule("S3-12")
async def test_of_thirty_at_once_seven_get_the_seven(database: Database) -> None:
    """Thirty cases ask for a unit at the same moment: exactly as many get one as there are."""
    await database.write(stock.put_available, "demo", "DRESS", 7)
    got = await asyncio.gather(*(hold(database, f"r{n}") for n in range(30)))
    assert sum(got) == 7
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 7, 7)


async def test_one_reservation_asked_for_at_once_is_made_once(database: Database) -> None:
    """Ten tries of the same reservation hear the same and take one unit, the last one there is."""
    await database.write(stock.put_available, "demo", "DRESS", 1)
    assert await asyncio.gather(*(hold(database) for _ in range(10))) == [True] * 10
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 1, 1)


async def test_a_reservation_ends_once_however_many_end_it(database: Database) -> None:
    """Shipped and released at the same moment, repeatedly: one of them happens, once."""
    await database.write(stock.put_available, "demo", "DRESS", 2)
    await hold(database)
    ends = [database.write(end, "r1") for _ in range(5) for end in (stock.release, stock.consume)]
    assert sum(await asyncio.gather(*ends)) == 1
    kept = await database.read(stock.get, "demo", "DRESS")
    assert kept in (Stock("DRESS", 2, 0), Stock("DRESS", 1, 0))


async def test_units_are_conserved_in_a_crowd(database: Database) -> None:
    """Holds, releases and shipments all at once: what is left is what there was less what was shipped."""
    await database.write(stock.put_available, "demo", "DRESS", 20)
    chance = random.Random(7)
    quantities = {f"r{n}": chance.randint(1, 4) for n in range(25)}
    shipped: list[int] = []

    async def live(name: str, quantity: int) -> None:
        if not await hold(database, name, quantity):
            return
        if int(name[1:]) % 2:
            await database.write(stock.release, name)
        elif await database.write(stock.consume, name):
            shipped.append(quantity)

    await asyncio.gather(*(live(name, quantity) for name, quantity in quantities.items()))
    assert shipped
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 20 - sum(shipped), 0)


@pytest.mark.rule("S3-13")
async def test_units_that_left_are_taken_once(database: Database) -> None:
    """The same id again takes nothing more; what others have reserved stays theirs."""
    await database.write(stock.put_available, "demo", "DRESS", 3)
    assert await hold(database, "kept")
    for _ in range(2):
        await database.write(stock.take, reservation("left"))
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 2, 1)
    await database.write(stock.take, reservation("more", 5))
    assert await database.read(stock.get, "demo", "DRESS") == Stock("DRESS", 1, 1)
