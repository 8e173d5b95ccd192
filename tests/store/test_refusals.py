"""What platforms refuse to answer, as it is kept."""

import pytest
from sqlalchemy import select

from connectors.calling import WATCH, NotAnswered, Refused
from connectors.translation import Enquiry
from store import enquiries, inbound, refusals, sources, watched_parcels
from store.database import Database
from store.inbound import KeptMessage
from store.sources import Source
from store.tables import PLATFORM_MESSAGES, MessageStatus
from store.watched_parcels import Unwatched
from tests.store.scenes import HOUR, NOON, consigned, open_order, order, report

ASKED = Enquiry(call="taobao.trade.fullinfo.get", about="88")
WORDS = "the platform has no 88 for this shop"


@pytest.fixture
async def source(database: Database) -> Source:
    made = Source("src-1", "demo", "our-shop", (), NOON, None, connector="taobao", connection={"pull": True})
    await database.write(sources.add, made, "secret")
    return made


async def due(database: Database) -> list[int]:
    return await database.read(inbound.due, NOON + 99 * HOUR)


async def found(database: Database, seq: int) -> KeptMessage:
    kept = await database.read(inbound.find, seq)
    assert kept
    return kept


def test_a_reason_names_what_is_not_there_and_which_call_is_not_allowed() -> None:
    """A list is nothing that could be missing; what passes has no reason."""
    missing, forbidden = (NotAnswered("code 15", refused=one) for one in (Refused.THING, Refused.CALL))
    assert refusals.reason("get", "88", missing) == "the platform has no 88 for this shop (get: code 15)"
    expected = "the platform does not let this shop ask (get: code 15)"
    assert refusals.reason("get", "88", forbidden) == refusals.reason("get", refusals.LIST, missing) == expected
    assert refusals.reason("get", "88", NotAnswered("code 15")) is None
    nobody = refusals.reason("", refusals.LIST, NotAnswered("code 27", refused=Refused.WHO))
    assert nobody
    assert nobody.endswith("the connection needs another session or key (code 27)")


async def test_the_same_refusal_is_kept_once(database: Database, source: Source) -> None:
    """Another reason is another message, and so is what is refused to another name."""
    for words, by in ((WORDS, ""), (WORDS, ""), ("another", ""), ("another", "them"), ("another", "them")):
        await database.write(refusals.keep, source, ASKED, words, NOON, by)
    assert len(await due(database)) == 3


async def test_what_is_asked_for_at_every_look_need_not_be_asked_again(database: Database, source: Source) -> None:
    """A list, and whatever a platform refuses to one that it does not know: the task is done with, no more."""
    for asked in (refusals.ANYTHING, Enquiry(call="trades", about=refusals.LIST)):
        await database.write(refusals.keep, source, asked, WORDS, NOON)
    for seq in await due(database):
        assert refusals.asked_again(await found(database, seq)) == []


async def test_what_is_refused_again_after_it_was_asked_again_is_somebodys_again(
    database: Database, source: Source
) -> None:
    """While it waits for somebody, or was set aside by them, it is not."""
    await database.write(refusals.keep, source, ASKED, WORDS, NOON)
    (seq,) = await due(database)
    kept = await found(database, seq)
    assert refusals.asked_again(kept) == [ASKED]
    await database.write(inbound.finish, kept, {}, NOON, [ASKED], stale=False)
    (wanted,) = await database.read(enquiries.wanted, "src-1", 9)
    assert wanted.enquiry == ASKED
    assert await due(database) == []
    await database.write(refusals.keep, source, ASKED, WORDS, NOON + HOUR)
    assert await due(database) == [seq]
    assert refusals.asked_again(await found(database, seq)) == [ASKED]


@pytest.mark.parametrize("status", [MessageStatus.UNREADABLE, MessageStatus.SET_ASIDE])
async def test_what_somebody_has_or_had_is_not_theirs_anew(
    database: Database, source: Source, status: MessageStatus
) -> None:
    await database.write(refusals.keep, source, ASKED, WORDS, NOON)
    await database.write(lambda tx: tx.execute(PLATFORM_MESSAGES.update().values(status=status)))
    await database.write(refusals.keep, source, ASKED, WORDS, NOON + HOUR)
    assert await database.read(lambda tx: tx.scalars(select(PLATFORM_MESSAGES.c.status)).all()) == [status]


async def test_what_is_wanted_again_keeps_since_when(database: Database, source: Source) -> None:
    """It moves behind the others, and is known to have waited."""
    other = Enquiry(call=ASKED.call, about="99")
    await database.write(enquiries.want, "src-1", [ASKED, other], NOON)
    await database.write(enquiries.want, "src-1", [ASKED], NOON + HOUR)
    wanted = await database.read(enquiries.wanted, "src-1", 9)
    assert [(one.enquiry, one.wanted_at) for one in wanted] == [(other, NOON), (ASKED, NOON)]


async def test_parcels_that_are_not_watched_are_asked_about_again(database: Database, source: Source) -> None:
    """All of a carrier that were refused, or one by its name; those that are watched stay so."""
    await open_order(database, order())
    await report(database, consigned())
    parcel = Unwatched("zto", "ZT1", None, NOON)

    async def unwatched() -> int:
        return len(await database.read(watched_parcels.unwatched, source, NOON - 24 * HOUR, 9))

    async def again(about: str) -> None:
        await database.write(refusals.keep, source, Enquiry(call=WATCH, about=about), WORDS, NOON)
        kept = await found(database, (await due(database))[0])
        await database.write(inbound.finish, kept, {}, NOON, refusals.asked_again(kept), stale=False)

    await database.write(watched_parcels.watch, source, parcel, NOON, "returnCode 701")
    assert await unwatched() == 0
    await again("zto")
    assert await unwatched() == 1
    await database.write(watched_parcels.watch, source, parcel, NOON, None)
    await again("sto")
    assert await unwatched() == 0
    await again("parcel/zto/ZT1")
    assert await unwatched() == 1
