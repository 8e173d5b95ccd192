"""Which parcels a tracking service is asked to watch, and of which it is asked when nothing comes."""

from datetime import timedelta

import pytest

from store import sources, watched_parcels
from store.database import Database
from store.sources import Source
from store.watched_parcels import Unwatched
from tests.store.scenes import HOUR, NOON, consigned, open_order, order, report, scan

PARCEL = Unwatched("zto", "ZT1", "13800000000", NOON)


@pytest.fixture
async def source(database: Database) -> Source:
    """A tracking service of the shop; its parcel was announced at noon."""
    await open_order(database, order())
    await report(database, consigned())
    made = Source("src-1", "demo", "tracks", (), NOON, None, connector="kuaidi100", connection={"pull": True})
    await database.write(sources.add, made, "secret")
    return made


async def quiet(database: Database, source: Source, hours: int) -> list[Unwatched]:
    """What is asked for so many hours after noon."""
    now = NOON + hours * HOUR
    return await database.read(watched_parcels.quiet, source, now - timedelta(days=30), now - 12 * HOUR, 50)


async def test_a_parcel_is_asked_for_when_nothing_comes(database: Database, source: Source) -> None:
    """Half a day after it was subscribed to, and half a day after it was asked for; not before that, nor after news."""
    assert await quiet(database, source, 100) == [], "nobody watches it yet"
    await database.write(watched_parcels.watch, source, PARCEL, NOON, "returnCode 701")
    assert await quiet(database, source, 11) == []
    assert await quiet(database, source, 12) == [PARCEL]
    await database.write(watched_parcels.queried, source, PARCEL, NOON + 12 * HOUR)
    assert await quiet(database, source, 23) == []
    assert await quiet(database, source, 24) == [PARCEL]


async def test_one_of_which_news_came_is_not_asked_for(database: Database, source: Source) -> None:
    """As long as they are new."""
    await database.write(watched_parcels.watch, source, PARCEL, NOON - 24 * HOUR, None)
    assert await quiet(database, source, 11) == [PARCEL]
    await report(database, scan("scanned", "s1"))
    assert await quiet(database, source, 11) == []
