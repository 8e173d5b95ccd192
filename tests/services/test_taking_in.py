"""Platforms' messages where something is missing: an order, its facts, a request, the source's connection."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import select
from temporalio.client import Client
from temporalio.service import RPCError

from connectors.calling import WATCH
from connectors.kuaidi100.push import CONNECTOR as KUAIDI100
from connectors.taobao.exchange import CONNECTOR as TAOBAO
from connectors.taobao.topics import REFUND_CALL
from connectors.translation import Delivery, Enquiry, Message, RefundFailed, StatedTimeout, Translation
from domain.case.action import ActionResult
from domain.case.record import MessagesToSeeTo
from domain.events import CloudEvent
from domain.roles import Actor, Role
from services import platform_steps, pulling, taking_in
from services import sources as service
from services.context import Context
from services.errors import NotFound, Refused
from services.inbound import try_message
from services.platform_steps import NotYet
from services.sources import Connection
from services.taking_in import take_in
from store import actions, enquiries, inbound, leases, refusals, sources, watched_parcels
from store.actions import ActionStatus, NewAction
from store.leases import Lease
from store.tables import WATCHED_PARCELS, MessageStatus
from store.watched_parcels import Unwatched
from tests.services.messages import AGREE, MEMO, ORDER, SHOP, Tell, another, found, kept_message
from tests.services.parts import SomeTemporal
from tests.services.test_sending import answering
from tests.store.scenes import HOUR, NOON, open_order, order, paid, report
from tests.store.test_requests import asked_for

TIME = StatedTimeout(about=ORDER, order=ORDER, deadline="auto_confirm", until=NOON)
CASE = "order:demo:taobao:T1001"

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def opened_request(here: Context) -> str:
    """The request that the platform calls `refund/9`, opened here by its message; answers its case id."""
    request = await asked_for(here.db, "T1001", 1)
    by = Actor(role=Role.BUYER, account="source:our-shop")
    step = NewAction("a-1", "demo", CASE, "request_after_sale", "refund/9/opened", "hash-1", by, {}, NOON)
    await here.db.write(actions.begin, step)
    await here.db.write(actions.finish, "a-1", ActionStatus.DONE, {"case_id": request}, NOON)
    return request


async def test_a_step_of_a_request_opened_elsewhere_is_noted(here: Context, tells: Tell) -> None:
    """Nobody here can take it; the message is taken in, and says so."""
    await open_order(here.db, order())
    tells(Translation(steps=(AGREE,)))
    source, kept = await kept_message(here)
    await take_in(here, source, SHOP, kept)
    taken = await found(here, kept.seq)
    assert taken.status is MessageStatus.TAKEN
    assert taken.told["refused"] == [{"step": "9/agreed", "action": "agree", "codes": ["request_not_here"]}]


async def test_a_step_of_a_request_opened_here_reaches_it(here: Context, tells: Tell) -> None:
    """By the name that the platform has for it."""
    request = await opened_request(here)
    tells(Translation(steps=(AGREE,)))
    source, kept = await kept_message(here)
    here, case = answering(here, ActionResult(version=2, result={}))
    await take_in(here, source, SHOP, kept)
    assert case.cases == [request]
    assert (await found(here, kept.seq)).told == {"steps": 1}


async def test_a_time_of_a_request_opened_here_reaches_it(here: Context, tells: Tell) -> None:
    """As a fact of that case, whose clock it moves; its order does not hear of it."""
    request = await opened_request(here)
    tells(Translation(timeouts=(TIME.model_copy(update={"about": "refund/9", "deadline": "seller_answer"}),)))
    source, kept = await kept_message(here)
    await take_in(here, source, SHOP, kept)
    (due,) = await here.db.write(leases.take, request, Lease(NOON + 9999 * HOUR, NOON + 9999 * HOUR))
    assert (due.fact.type, due.fact.data["deadline"]) == ("request.time_stated", "seller_answer")
    assert not await here.db.read(leases.waits, CASE)


async def test_a_refund_that_failed_is_told_to_its_request(here: Context, tells: Tell) -> None:
    """Each failure once; one of a request that was not opened here is noted with the message."""
    request = await opened_request(here)
    failed = (RefundFailed(about="refund/9", order=ORDER), RefundFailed(about="refund/8", order=ORDER))
    tells(Translation(refunds_failed=failed))
    source, kept = await kept_message(here)
    for message in (kept, await another(here, source, "m-2")):
        await take_in(here, source, SHOP, message)
        assert (await found(here, message.seq)).told == {"refunds_failed": ["refund/9", "refund/8"]}
    (due,) = await here.db.write(leases.take, request, Lease(NOON + 9999 * HOUR, NOON + 9999 * HOUR))
    assert (due.fact.type, due.fact.data) == ("request.refund_failed", {"request_case_id": request})
    assert not await here.db.read(leases.waits, CASE)


async def test_a_refusal_of_the_platform_is_somebodys_until_they_have_it_asked_again(here: Context) -> None:
    """Its reason is the task's; asked again, it is wanted, and a parcel is to be watched."""
    source, kept = await kept_message(here, Connection(key="app", pull=True))
    await here.db.write(inbound.finish, kept, {}, NOON, (), stale=False)
    asked = Enquiry(call=REFUND_CALL, about="9")
    await here.db.write(refusals.keep, source, asked, "the platform has no 9 for this shop", NOON)
    (seq,) = await here.db.read(inbound.due, NOON)
    there = replace(here, temporal=cast(Client, SomeTemporal()))
    await try_message(there, seq)
    refused = await found(here, seq)
    assert (refused.status, refused.reason) == (MessageStatus.UNREADABLE, "the platform has no 9 for this shop")
    assert refused.case_id
    again = MessagesToSeeTo(case_id=refused.case_id, again=True, at=NOON)
    await here.db.write(inbound.see_to, again)
    await try_message(there, seq)
    assert (await found(here, seq)).told == {"enquiries": [asked.model_dump()]}
    assert [one.enquiry for one in await here.db.read(enquiries.wanted, source.source_id, 9)] == [asked]


async def test_a_matter_hears_of_its_own_messages_alone(here: Context) -> None:
    """A source that is removed leaves its messages' numbers to the next one, which may have its name."""
    there, matters = replace(here, temporal=cast(Client, SomeTemporal())), set()
    for _ in range(2):
        source, kept = await kept_message(here, Connection(key="app"))
        await taking_in.leave_unreadable(there, source, kept, "a status is not known")
        case_id = (await found(here, kept.seq)).case_id
        assert case_id
        matters.add(case_id)
        await here.db.write(inbound.see_to, MessagesToSeeTo(case_id=case_id, again=True, at=NOON))
        await here.db.write(inbound.finish, await found(here, kept.seq), {}, NOON, (), stale=False)
        (due,) = await here.db.write(leases.take, case_id, Lease(NOON + 9999 * HOUR, NOON + 9999 * HOUR))
        assert due.fact.type == "message.taken_in"
        await service.remove_source(there, source)
    assert len(matters) == 2


@pytest.mark.parametrize(("pull", "watched_again"), [(True, True), (False, False)])
async def test_a_parcel_that_was_given_up_is_watched_again(
    here: Context, monkeypatch: pytest.MonkeyPatch, pull: bool, watched_again: bool
) -> None:
    """Where the shop has parcels watched."""
    source, kept = await kept_message(here, Connection(key="app", pull=pull))
    enquiry = Enquiry(call=WATCH, about="parcel/zto/ZT1")
    read = replace(KUAIDI100, read=lambda message, before, shop: Translation(enquiries=(enquiry,)))
    monkeypatch.setattr(taking_in, "CONNECTORS", {"taobao": read})
    parcel = Unwatched("zto", "ZT1", None, NOON)
    await here.db.write(watched_parcels.watch, source, parcel, NOON - 24 * HOUR, None)
    await take_in(replace(here, temporal=cast(Client, SomeTemporal())), source, SHOP, kept)
    left = await here.db.read(lambda tx: tx.execute(select(WATCHED_PARCELS)).all())
    assert (left == []) is watched_again


async def test_a_step_that_was_taken_otherwise_is_not_taken_again(here: Context, tells: Tell) -> None:
    """The platform tells it with other words: it is the same step, and nothing is refused."""
    await open_order(here.db, order())
    source, kept = await kept_message(here)
    here, case = answering(here, ActionResult(version=2, result={}))
    for message, text in ((kept, "明天付款"), (await another(here, source, "m-2"), "后天付款")):
        tells(Translation(steps=(MEMO.model_copy(update={"input": {"text": text}}),)))
        await take_in(here, source, SHOP, message)
        assert (await found(here, message.seq)).told == {"steps": 1}
    assert case.cases == [CASE]


async def test_a_step_that_is_not_its_senders_is_noted(here: Context, tells: Tell) -> None:
    """A carrier writes no memos here, whatever the platform says: that step is refused, and the message is taken in."""
    await open_order(here.db, order())
    tells(Translation(steps=(MEMO.model_copy(update={"role": Role.CARRIER}),)))
    source, kept = await kept_message(here)
    await take_in(here, source, SHOP, kept)
    assert (await found(here, kept.seq)).told["refused"] == [
        {"step": MEMO.key, "action": MEMO.action, "codes": ["forbidden"]}
    ]


async def test_what_a_message_asks_for_is_asked_at_once(here: Context, tells: Tell) -> None:
    """The platform only said that something changed: whoever asks it is told, and need not look."""
    tells(Translation(enquiries=(Enquiry(call=REFUND_CALL, about="9"), Enquiry(call="nobody.knows", about="9"))))
    source, kept = await kept_message(here, Connection(key="app", pull=True))
    back = SomeTemporal()
    await take_in(replace(here, temporal=cast(Client, back)), source, SHOP, kept)
    assert [one.enquiry.call for one in await here.db.read(enquiries.wanted, source.source_id, 9)] == [REFUND_CALL]
    assert back.signalled == ["wanted"]


async def test_facts_behind_those_in_anothers_hand_are_looked_for(
    here: Context, tells: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another relay has the case's facts: ours is told of the case, and takes them when that one is done."""
    await open_order(here.db, order())
    await report(here.db, paid())
    lease = Lease(datetime.now(UTC), datetime.now(UTC) + HOUR)
    assert await here.db.write(leases.take, CASE, lease)
    woken: list[str] = []
    monkeypatch.setattr(here.relay, "wake", woken.extend)
    source, kept = await kept_message(here)
    sent = CloudEvent(
        specversion="1.0", id="pay-2", source="taobao", type="payment.received", subject=ORDER, time=NOON,
        data={"amount": "1.00"},
    )  # fmt: skip
    tells(Translation(facts=(sent,)))
    await take_in(here, source, SHOP, kept)
    assert woken == [CASE]


async def test_a_source_that_is_changed_or_removed_is_asked_otherwise_at_once(here: Context) -> None:
    """Whoever asks its platform looks again, and ends where the source is gone."""
    back = SomeTemporal()
    there = replace(here, temporal=cast(Client, back))
    source, _ = await kept_message(here)
    changed = await service.change_connection(there, source, Connection(key="another"))
    assert changed.connection
    assert changed.connection["key"] == "another"
    await service.remove_source(there, changed)
    assert back.signalled == ["wanted"] * 2
    with pytest.raises(NotFound):
        await service.find_source(here, "demo", source.source_id)


async def test_times_that_nobody_can_be_told_of_change_nothing(here: Context, tells: Tell) -> None:
    """That of a request opened elsewhere is nobody's; the order's own reaches it."""
    await open_order(here.db, order())
    tells(Translation(timeouts=(TIME, TIME.model_copy(update={"about": "refund/9"}))))
    source, kept = await kept_message(here)
    await take_in(here, source, SHOP, kept)
    assert await here.db.read(leases.undelivered) == 1
    assert await here.db.read(leases.waits, CASE)


async def test_a_step_waits_until_its_order_has_heard_the_facts(
    here: Context, tells: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was told before it may be what it needs."""
    monkeypatch.setattr(platform_steps, "HEARD_WITHIN", 0.1)
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


async def test_after_a_day_somebody_is_asked(here: Context, tells: Tell) -> None:
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
