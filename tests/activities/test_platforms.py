"""Calls of platforms over real HTTP: what one of them is not answered holds no other up."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from starlette.responses import Response
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.platforms import LIMITED_FOR, PULL_EVERY, Platforms
from connectors.translation import Enquiry
from domain.pulling import Ask, ListChanged, Listed, Plan
from store import enquiries, inbound, sources, watched_parcels
from store.database import Database
from store.sources import Source
from store.watched_parcels import Unwatched
from tests.activities.serving import NOON, FakeClock, ScriptedPartner, breaking_off
from tests.store.scenes import consigned, open_order, order, report

TRADE = "taobao.trade.fullinfo.get"
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
async def platforms(database: Database, clock: FakeClock, address: str) -> AsyncIterator[Platforms]:
    """What asks the scripted platform."""
    async with httpx.AsyncClient(timeout=5) as http:
        yield Platforms(database, clock, http, address)


async def added(platforms: Platforms, connector: str = "taobao") -> Source:
    connection = {"key": "app", "pull": True, "account": "10001"}
    made = Source("src-1", "demo", "our-shop", (), NOON, None, connector=connector, connection=connection)
    await platforms.db.write(sources.add, made, "secret")
    return made


async def want(platforms: Platforms, *about: str) -> None:
    await platforms.db.write(enquiries.want, "src-1", [Enquiry(call=TRADE, about=one) for one in about], NOON)


async def ask(platforms: Platforms) -> Plan:
    """As a worker does."""
    plan: Plan = await ActivityEnvironment().run(platforms.ask_wanted, Ask(source_id="src-1"))
    return plan


async def wanted(platforms: Platforms) -> list[str]:
    found = await platforms.db.read(enquiries.wanted, "src-1", 99)
    return [one.enquiry.about for one in found]


async def kept(platforms: Platforms) -> dict[str, str]:
    """What is to be taken in: why it is refused, by its id; a trade has no such reason."""
    page = await platforms.db.read(inbound.list_messages, Source("src-1", "demo", "", (), NOON, None), 99)
    return {one.message.id: one.message.content.get("why", "") for one in page.items}


def trade(tid: str) -> Response:
    return Response(json.dumps({"trade_fullinfo_get_response": {"trade": {"tid": tid}}}))


def error(code: int, sub_code: str = "", status: int = 200) -> Response:
    return Response(json.dumps({"error_response": {"code": code, "sub_code": sub_code}}), status)


@pytest.mark.parametrize(
    "refusal", [error(15, "isv.trade-not-exist"), error(15, "isv.trade-not-exist", 400), Response(status_code=404)]
)
async def test_what_is_refused_for_good_is_done_with(
    platforms: Platforms, partner: ScriptedPartner, refusal: Response
) -> None:
    """Somebody is told why; what stands behind it is asked for."""
    await added(platforms)
    await want(platforms, "1", "2")
    partner.queue.extend([refusal, trade("2")])
    plan = await ask(platforms)
    assert (plan.lists, plan.more) == (["trades", "refunds"], False)
    assert await wanted(platforms) == []
    found = await kept(platforms)
    assert found["trade/2"] == ""
    assert found[f"{TRADE}/1"].startswith("the platform has no 1 for this shop (taobao.trade.fullinfo.get: ")


@pytest.mark.parametrize(
    "failure", [error(15, "isp.remote-service-error"), Response(status_code=503), Response("<html>")]
)
async def test_what_may_pass_is_asked_for_behind_the_others(
    platforms: Platforms, partner: ScriptedPartner, clock: FakeClock, failure: Response
) -> None:
    """At once while it is new, then at every look; after a day of that it is a person's."""
    await added(platforms)
    await want(platforms, "1", "2")
    partner.queue.extend([failure, trade("2")])
    with pytest.raises(ApplicationError):
        await ask(platforms)
    assert (await wanted(platforms), await kept(platforms)) == (["1"], {"trade/2": ""})
    clock.advance(minutes=10)
    partner.queue.append(failure)
    assert not (await ask(platforms)).more
    assert await wanted(platforms) == ["1"]
    clock.advance(days=1)
    partner.queue.append(failure)
    await ask(platforms)
    assert await wanted(platforms) == []
    assert (await kept(platforms))[f"{TRADE}/1"].startswith("the platform has not answered for a day (")


async def test_what_fails_all_the_time_is_not_asked_for_in_a_circle(
    platforms: Platforms, partner: ScriptedPartner, clock: FakeClock
) -> None:
    """As many as are asked for at once, and none of them answered: the others have their turn at the next look."""
    await added(platforms)
    await want(platforms, *(str(number) for number in range(51)))
    clock.advance(minutes=10)
    partner.answer = bytes(error(15, "isp.remote-service-error").body)
    assert not (await ask(platforms)).more
    assert (await wanted(platforms))[:2] == ["50", "0"]


@pytest.mark.parametrize("limit", [error(7), Response(status_code=429)])
async def test_one_call_too_many_leaves_the_platform_alone(
    platforms: Platforms, partner: ScriptedPartner, limit: Response
) -> None:
    """All that is still wanted is asked for after a rest."""
    await added(platforms)
    await want(platforms, "1", "2", "3")
    partner.queue.extend([trade("1"), limit])
    with pytest.raises(ApplicationError) as caught:
        await ask(platforms)
    assert caught.value.next_retry_delay == LIMITED_FOR
    assert await wanted(platforms) == ["2", "3"]
    assert len(partner.calls) == 2


async def test_a_platform_that_is_away_is_asked_again(database: Database, clock: FakeClock) -> None:
    """Nothing of what is wanted is lost, and nobody is troubled."""
    async with breaking_off() as address, httpx.AsyncClient(timeout=5) as http:
        away = Platforms(database, clock, http, address)
        await added(away)
        await want(away, "1")
        clock.advance(days=9)
        with pytest.raises(ApplicationError, match="no answer"):
            await ask(away)
        assert (await wanted(away), await kept(away)) == (["1"], {})


async def list_trades(platforms: Platforms) -> Listed:
    request = ListChanged(source_id="src-1", name="trades", since=NOON, until=NOON + timedelta(hours=1), page=1)
    listed: Listed = await ActivityEnvironment().run(platforms.list_changed, request)
    return listed


async def test_a_list_that_the_shop_may_not_have_is_somebodys(platforms: Platforms, partner: ScriptedPartner) -> None:
    """Whoever reads lists is told that there is none; the same refusal again is no other."""
    await added(platforms)
    partner.queue.extend([error(11, "isv.permission-api-package-empty")] * 2)
    for _ in range(2):
        assert (await list_trades(platforms)).refused
    ((id_, why),) = (await kept(platforms)).items()
    assert id_ == "taobao.trades.sold.increment.get/*"
    assert "does not let this shop ask" in why


async def test_a_list_that_is_not_answered_is_asked_for_again(platforms: Platforms, partner: ScriptedPartner) -> None:
    """By Temporal's own retries."""
    await added(platforms)
    partner.queue.append(error(15, "isp.remote-service-error"))
    with pytest.raises(ApplicationError, match="code 15"):
        await list_trades(platforms)


async def test_a_session_that_is_over_is_somebodys_and_loses_nothing(
    platforms: Platforms, partner: ScriptedPartner
) -> None:
    """Once, whatever is asked with it; the next session that is over is another."""
    source = await added(platforms)
    await want(platforms, "1", "2")
    for session in ("first", "second"):
        await platforms.db.write(sources.connect, "demo", "src-1", source.connection or {}, session)
        partner.queue.extend([error(27, "isv.invalid-session")] * 2)
        with pytest.raises(ApplicationError) as caught:
            await ask(platforms)
        assert caught.value.next_retry_delay == PULL_EVERY
        with pytest.raises(ApplicationError):
            await list_trades(platforms)
    assert await wanted(platforms) == ["1", "2"]
    assert len(partner.calls) == 4
    told = await platforms.db.read(inbound.due, NOON)
    assert len(told) == 2
    ((id_, why),) = (await kept(platforms)).items()
    assert (id_, "another session or key (code 27 isv.invalid-session)" in why) == ("any/*", True)


async def announced(platforms: Platforms, *numbers: str) -> None:
    await open_order(platforms.db, order())
    for one in numbers:
        await report(platforms.db, consigned(one, f"c-{one}"))


CODES: dict[str, Any] = {
    "kuaidi100": ({"returnCode": "701"}, {"returnCode": "200"}),
    "kdniao": ({"Success": False, "Reason": "没有可用套餐"}, {"Success": True}),
}


@pytest.mark.parametrize("connector", CODES)
async def test_a_carrier_that_is_not_watched_is_somebodys_once(
    platforms: Platforms, partner: ScriptedPartner, connector: str
) -> None:
    """However many parcels it has; others are watched."""
    source = await added(platforms, connector)
    await announced(platforms, "ZT1", "ZT2", "ZT3")
    refused, fine = (Response(json.dumps(one)) for one in CODES[connector])
    partner.queue.extend([refused, refused, fine])
    await ask(platforms)
    ((id_, why),) = (await kept(platforms)).items()
    assert id_ == "watch/zto"
    assert why.startswith("parcels of zto are not watched: ")
    assert await platforms.db.read(watched_parcels.unwatched, source, NOON - timedelta(days=1), 9) == []


async def test_a_parcel_that_is_not_answered_holds_no_other_up(
    platforms: Platforms, partner: ScriptedPartner, clock: FakeClock
) -> None:
    """Kuaidi100 says so of parcels that it cannot take, too: after a day it is a person's."""
    source = await added(platforms, "kuaidi100")
    await announced(platforms, "ZT1", "ZT2")
    clock.advance(hours=1)
    failed, fine = Response('{"returnCode": "500"}'), Response('{"returnCode": "200"}')
    partner.queue.extend([failed, fine])
    assert not (await ask(platforms)).more

    async def unwatched() -> list[Unwatched]:
        return await platforms.db.read(watched_parcels.unwatched, source, NOON - timedelta(days=1), 9)

    (left,) = await unwatched()
    clock.advance(days=1)
    partner.queue.append(failed)
    await ask(platforms)
    assert await unwatched() == []
    (why,) = (await kept(platforms)).values()
    assert (left.carrier, why) == (
        "zto",
        "parcels of zto are not watched: the platform has not answered for a day (subscribing: returnCode 500)",
    )


async def test_a_track_that_is_not_answered_holds_no_other_up(
    platforms: Platforms, partner: ScriptedPartner, clock: FakeClock
) -> None:
    """While the service answers nothing, all keep their turn; else those wait for the next half day."""
    source = await added(platforms, "kuaidi100")
    await announced(platforms, "ZT1", "ZT2")
    partner.queue.extend([Response('{"returnCode": "200"}')] * 2)
    await ask(platforms)
    clock.advance(hours=13)

    async def quiet() -> int:
        since = clock.at - timedelta(hours=12)
        return len(await platforms.db.read(watched_parcels.quiet, source, NOON - timedelta(days=1), since, 9))

    partner.queue.extend([Response(status_code=503)] * 2)
    await ask(platforms)
    assert await quiet() == 2
    partner.queue.extend([Response(status_code=400), Response('{"returnCode": "500"}')])
    await ask(platforms)
    assert await quiet() == 0
    (why,) = (await kept(platforms)).values()
    assert "asking for a track" in why
