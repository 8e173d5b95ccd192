"""A platform's message becomes facts, an order and steps, by the very services that anybody's go through.

All facts of a message are written in one transaction, or none. What comes after them has an id of its own each, so
that a message that got through in part goes through whole when it is tried again.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from connectors.calling import WATCH
from connectors.connector import Connector
from connectors.registry import CONNECTORS
from connectors.translation import Enquiry, Message, RefundFailed, Shop, StatedTimeout, Translation, Unreadable
from domain.after_sale.facts import REFUND_FAILED
from domain.case.errand import StartCase
from domain.case.ids import CaseKind, message_case_id, order_case_id
from domain.case.rules import newest
from domain.events import CloudEvent, Rejected, Reported, read_event
from domain.message.opening import MessageOpening
from domain.parcels.facts import WITHDRAWN
from domain.policy import Platform, current_policy
from domain.roles import SYSTEM, Role
from domain.shop.accounts import Permission
from domain.times import iso_instant
from services.context import Context
from services.errors import Invalid
from services.events import take_events
from services.opening import open_order
from services.platform_steps import case_of, opened_under, take_steps, tell_differences
from services.pulling import want
from services.starting import start_alone
from store import cases, inbound, refusals
from store.inbound import KeptMessage, NotWhole
from store.sources import Source
from store.tokens import Principal


async def take_in(here: Context, source: Source, shop: Shop, kept: KeptMessage) -> None:
    """Takes a message in, all of it, or keeps it with the reason why nobody can read it.

    Raises:
        NotYet: its order is not open, or has not heard of what comes before a step.
        ServiceError, RPCError, DatabaseAway: something does not answer.
    """
    connector = CONNECTORS[source.connector or ""]
    if kept.delivery is not None:
        await _split_again(here, source, connector, kept)
        return
    if kept.message.kind == refusals.KIND:
        await _see_to_refusal(here, source, kept)
        return
    before = await here.db.read(inbound.before, kept)
    told = connector.translate(kept.message, before, shop)
    if isinstance(told, Unreadable):
        await leave_unreadable(here, source, kept, told.reason)
        return
    caller = speaker(source)
    withdrawn = _withdrawals(connector, kept, told)
    try:
        opened = await _open_with_facts(here, caller, told, withdrawn)
    except (NotWhole, Rejected, Invalid) as why:
        await leave_unreadable(here, source, kept, str(why))
        return
    if opened:
        await here.db.write(inbound.wake, source.source_id, await here.clock.now())
    refused = await take_steps(here, caller, told.steps)
    await tell_differences(here, caller, refused)
    await _tell_what_it_did(here, caller, told)
    now = await here.clock.now()
    asked = _askable(connector, source, told)
    await here.db.write(
        inbound.finish, kept, _made(told, [one.told() for one in refused], opened=opened), now, asked, stale=told.stale
    )
    if asked:
        await want(here.temporal, source)


def _askable(connector: Connector, source: Source, told: Translation) -> Sequence[Enquiry]:
    """What is to be asked of the platform next, where that is what the shop wants, and can be asked."""
    if not (source.connection or {}).get("pull"):
        return []
    calls, watches = connector.calls, connector.watching is not None
    return [one for one in told.enquiries if (calls and calls.ask(one)) or (watches and one.call == WATCH)]


async def _see_to_refusal(here: Context, source: Source, kept: KeptMessage) -> None:
    """What the platform refused is somebody's; once they have it tried again, it is asked for again."""
    if kept.case_id is None:
        await leave_unreadable(here, source, kept, kept.message.content["why"])
        return
    now, asked = await here.clock.now(), refusals.asked_again(kept)
    made = {"enquiries": [one.model_dump(mode="json") for one in asked]}
    await here.db.write(inbound.finish, kept, made, now, asked, stale=False)
    await want(here.temporal, source)


def speaker(source: Source) -> Principal:
    """Whom a platform's source stands for: all that it tells of happened there, whoever's permission it took."""
    return Principal(source.merchant, f"source:{source.name}", source.roles, tuple(Permission))


async def leave_unreadable(here: Context, source: Source, kept: KeptMessage, reason: str) -> None:
    """Nobody can read a message: it stays as it is until somebody has seen to it; nobody tries it by themselves."""
    printable = "".join(one if one.isprintable() else " " for one in reason)[:500]
    now = await here.clock.now()
    matter = _matter(source, kept, printable, now)
    case_id = await here.db.write(inbound.leave_unreadable, kept, printable, matter, now)
    if case_id == matter.case_id:
        await start_alone(here.db, here.temporal, matter)
    here.relay.wake([case_id])


def _matter(source: Source, kept: KeptMessage, reason: str, now: datetime) -> StartCase:
    """What somebody is to see to: a case of its own, for the message may be about no order that is open."""
    case_id = message_case_id(source.merchant, source.source_id, kept.seq)
    platform = Platform((source.connection or {}).get("platform") or Platform.TAOBAO)
    opening = MessageOpening(
        case_id=case_id,
        merchant=source.merchant,
        platform=platform,
        policy=current_policy(platform).id,
        order_case_id=case_id,
        order_id="",
        rules=newest(),
        opened_at=now,
        opened_by=SYSTEM,
        source=source.name,
        connector=source.connector or "",
        reason=reason,
    )
    return StartCase(kind=CaseKind.PLATFORM_MESSAGE, case_id=case_id, opening=opening)


async def _split_again(here: Context, source: Source, connector: Connector, kept: KeptMessage) -> None:
    assert kept.delivery is not None
    messages = connector.messages(kept.delivery)
    if isinstance(messages, Unreadable):
        await leave_unreadable(here, source, kept, messages.reason)
        return
    await here.db.write(_replace, source, messages, kept, await here.clock.now())


def _replace(tx: Any, source: Source, messages: Sequence[Message], kept: KeptMessage, now: datetime) -> None:
    inbound.keep(tx, source, messages, now)
    inbound.finish(tx, kept, {"messages": len(messages)}, now, (), stale=False)


def _withdrawals(connector: Connector, kept: KeptMessage, told: Translation) -> list[CloudEvent]:
    """What the platform takes back of what it told of parcels; a waybill that was a slip of the pen people see to."""
    return [
        CloudEvent(
            specversion="1.0",
            id=f"withdrawn/{kept.seq}/{one.event_id}"[:200],
            source=connector.name,
            type=WITHDRAWN,
            subject=one.subject,
            data={"event_id": one.event_id},
        )
        for one in told.withdrawn
        if one.subject.startswith("parcel/")
    ]


async def _open_with_facts(
    here: Context, caller: Principal, told: Translation, withdrawn: Sequence[CloudEvent]
) -> bool:
    """Writes the facts, then opens the order that they may wait for; answers whether it opened one."""
    now = await here.clock.now()
    reported = [_read(one, caller, now) for one in (*told.facts, *withdrawn)]
    opening = told.opening
    new = opening and not await here.db.read(
        cases.get_case, order_case_id(caller.merchant, opening.platform, opening.order_id), caller.merchant
    )
    if reported:
        async with here.relay.lease() as lease:
            accepted = await here.db.write(inbound.accept_whole, caller.merchant, reported, now, lease)
        here.relay.hand_over(accepted.taken)
        if accepted.to_deliver and not accepted.taken:
            here.relay.wake(accepted.to_deliver)
    if not opening or not new:
        return False
    return (await open_order(here, caller, caller.acting_as(Role.AGENT), opening, facts_wait=bool(reported))).created


def _read(event: CloudEvent, caller: Principal, now: datetime) -> Reported:
    actors = {role: caller.acting_as(role) for role in caller.roles}
    return read_event(event.model_dump(mode="json", exclude_none=True), caller.merchant, actors, now)


async def _tell_what_it_did(here: Context, caller: Principal, told: Translation) -> None:
    """Tells the cases the times that the platform set, and what it could not pay.

    What is of a request that is not here, or does not say whose it is, stays noted.
    """
    events = [await _time_stated(here, caller, one) for one in told.timeouts if one.order]
    events += [await _refund_failed(here, caller, one) for one in told.refunds_failed]
    await take_events(here, caller, [event for event in events if event])


async def _time_stated(here: Context, caller: Principal, time: StatedTimeout) -> dict[str, Any] | None:
    id_, data = f"{time.about}/{time.deadline}/{iso_instant(time.until)}", {"deadline": time.deadline}
    data |= {"until": iso_instant(time.until)}
    if time.about == time.order:
        return _event(caller, "order.time_stated", time.order, data, id_)
    return await _of_request(here, caller, "request.time_stated", time, data, id_)


async def _refund_failed(here: Context, caller: Principal, one: RefundFailed) -> dict[str, Any] | None:
    return await _of_request(here, caller, REFUND_FAILED, one, {}, f"{one.about}/refund_failed/{one.version}"[:200])


async def _of_request(
    here: Context, caller: Principal, type_: str, of: StatedTimeout | RefundFailed, data: dict[str, str], id_: str
) -> dict[str, Any] | None:
    """The fact of a request; None where it was not opened here."""
    request = await opened_under(here, caller, of.about, case_of(caller, of.order))
    return _event(caller, type_, of.order, data | {"request_case_id": request}, id_) if request else None


def _event(caller: Principal, type_: str, subject: str, data: dict[str, str], id_: str) -> dict[str, Any]:
    event = {"specversion": "1.0", "source": caller.account, "type": type_, "subject": subject, "data": data}
    return event | {"id": id_}


def _made(told: Translation, refused: Sequence[dict[str, Any]], *, opened: bool) -> dict[str, Any]:
    """What was made of a message, for whoever looks: numbers and names, nothing personal."""
    made = {
        "opened": opened,
        "facts": len(told.facts),
        "steps": len(told.steps) - len(refused),
        "refused": list(refused),
        "withdrawn": [one.event_id for one in told.withdrawn],
        "timeouts": [one.model_dump(mode="json") for one in told.timeouts],
        "refunds_failed": [one.about for one in told.refunds_failed],
        "enquiries": [one.model_dump(mode="json") for one in told.enquiries],
        "references": told.references,
        "notes": list(told.notes),
    }
    return {name: value for name, value in made.items() if value}
