"""Platforms' messages where something is missing: an order, its facts, a request, the source's connection."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from temporalio.service import RPCError

from connectors.taobao.exchange import CONNECTOR as TAOBAO
from connectors.translation import Delivery, Message, Shop, StatedTimeout, Step, Translation
from domain.policy import Platform
from domain.roles import Role
from services import pulling, taking_in
from services import sources as service
from services.context import Context
from services.errors import NotFound, Refused
from services.inbound import try_message
from services.sources import Connection
from services.taking_in import NotYet, take_in
from store import inbound, leases, sources
from store.inbound import KeptMessage
from store.sources import Source
from store.tables import MessageStatus
from tests.store.scenes import NOON, open_order, order, paid, report

ORDER = "order/taobao/T1001"
TIME = StatedTimeout(about=ORDER, order=ORDER, deadline="auto_confirm", until=NOON)
AGREE = Step(key="9/agreed", action="agree", order=ORDER, request="refund/9", role=Role.AGENT)
"""To a request that was opened elsewhere, before the shop came here."""
SHOP = Shop(platform=Platform.TAOBAO)

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def kept_message(here: Context) -> tuple[Source, KeptMessage]:
    source, _ = await service.add_platform(here, "demo", "our-shop", TAOBAO, Connection(key="app"), "secret")
    (seq,) = await here.db.write(inbound.keep, source, [Message(id="m-1", kind="trade")], NOON)
    return source, await found(here, seq)


async def found(here: Context, seq: int) -> KeptMessage:
    kept = await here.db.read(inbound.find, seq)
    assert kept
    return kept


@pytest.fixture
def tells(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What the platform's next message tells."""

    def tell(told: Translation) -> None:
        read = replace(TAOBAO, read=lambda message, before, shop: told)
        monkeypatch.setattr(taking_in, "CONNECTORS", {"taobao": read})

    return tell


async def test_a_step_of_a_request_opened_elsewhere_is_noted(here: Context, tells: Any) -> None:
    """Nobody here can take it; the message is taken in, and says so."""
    await open_order(here.db, order())
    tells(Translation(steps=(AGREE,)))
    source, kept = await kept_message(here)
    await take_in(here, source, SHOP, kept)
    taken = await found(here, kept.seq)
    assert taken.status is MessageStatus.TAKEN
    assert taken.told["refused"] == [{"step": "9/agreed", "action": "agree", "codes": ["request_not_here"]}]


async def test_times_that_nobody_can_be_told_of_change_nothing(here: Context, tells: Any) -> None:
    """That of a request opened elsewhere is nobody's; the order's own reaches it."""
    await open_order(here.db, order())
    tells(Translation(timeouts=(TIME, TIME.model_copy(update={"about": "refund/9"}))))
    source, kept = await kept_message(here)
    await take_in(here, source, SHOP, kept)
    assert await here.db.read(leases.undelivered) == 1
    assert await here.db.read(leases.waits, "order:demo:taobao:T1001")


async def test_a_step_waits_until_its_order_has_heard_the_facts(
    here: Context, tells: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was told before it may be what it needs."""
    monkeypatch.setattr(taking_in, "HEARD_WITHIN", 0.1)
    await open_order(here.db, order())
    await report(here.db, paid())
    tells(Translation(steps=(AGREE,)))
    source, kept = await kept_message(here)
    with pytest.raises(NotYet, match="not heard yet"):
        await take_in(here, source, SHOP, kept)


async def test_a_source_has_its_name_alone_and_its_connection_of_a_platform(here: Context) -> None:
    """A second of that name is refused; one that speaks as we do has nothing to connect."""
    source, _ = await kept_message(here)
    with pytest.raises(Refused, match="already"):
        await service.add_platform(here, "demo", source.name, TAOBAO, Connection(), "secret")
    ours, _ = await service.add_source(here, "demo", "bank", [Role.PAYMENT], None)
    with pytest.raises(NotFound, match="no platform's messages"):
        await service.change_connection(here, ours, Connection())


async def test_a_source_is_pulled_when_temporal_is_back(here: Context, temporal: Any) -> None:
    """It is set up while Temporal is away; every process that starts tries again."""
    connection = Connection(key="app", pull=True)
    source, _ = await service.add_platform(here, "demo", "our-shop", TAOBAO, connection, "secret")
    assert await here.db.read(sources.pulled) == [source]
    await pulling.pull_all(here.db, here.temporal)
    await pulling.want(here.temporal, source)
    assert temporal.started == [f"pull:demo:{source.source_id}"] * 2


async def test_after_a_day_somebody_is_asked(here: Context, tells: Any) -> None:
    """An order that never came: what was for it is kept, and nobody's attempt goes on."""
    tells(Translation(steps=(AGREE,)))
    source, _ = await kept_message(here)
    message = Message(id="m-2", kind="trade")
    (seq,) = await here.db.write(inbound.keep, source, [message], NOON - timedelta(hours=25))
    with pytest.raises(RPCError):  # at the start of the case, which recovery does again
        await try_message(here, seq)
    given_up = await found(here, seq)
    assert (given_up.status, given_up.reason) == (MessageStatus.UNREADABLE, "order T1001 of taobao is not open yet")
    assert given_up.case_id


async def test_a_delivery_is_split_once_somebody_can(here: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its messages take its place."""
    source, _ = await kept_message(here)
    (seq,) = await here.db.write(inbound.keep_delivery, source, Delivery(body="?"), NOON)
    can = replace(TAOBAO, split=lambda delivery: [Message(id="m-3", kind="trade"), Message(id="m-4", kind="trade")])
    monkeypatch.setattr(taking_in, "CONNECTORS", {"taobao": can})
    await take_in(here, source, SHOP, await found(here, seq))
    split = await found(here, seq)
    assert (split.status, split.told) == (MessageStatus.TAKEN, {"messages": 2})
