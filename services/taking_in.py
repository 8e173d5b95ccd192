"""A platform's message becomes facts, an order and steps, by the very services that anybody's go through.

All facts of a message are written in one transaction, or none. What comes after them has an id of its own each, so
that a message that got through in part goes through whole when it is tried again.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from connectors.connector import Connector
from connectors.registry import CONNECTORS
from connectors.translation import Enquiry, Message, Shop, StatedTimeout, Step, Translation, Unreadable
from domain.case.errand import StartCase
from domain.case.ids import CaseKind, message_case_id, order_case_id
from domain.case.rules import newest
from domain.errors import Refusal
from domain.events import CloudEvent, Rejected, Reported, read_event
from domain.lives import LIVES
from domain.message.opening import MessageOpening
from domain.policy import Platform, current_policy
from domain.roles import SYSTEM, Role
from domain.shop.accounts import Permission
from domain.times import iso_instant
from services.context import Context
from services.errors import Invalid, KeyConflict, NotAllowed, Refused
from services.events import take_events
from services.opening import open_order
from services.pulling import want
from services.starting import start_alone
from services.steps import Step as StepToTake
from services.steps import take_step
from store import actions, cases, inbound, leases
from store.cases import CaseRecord
from store.inbound import KeptMessage, NotWhole
from store.sources import Source
from store.tokens import Principal

HEARD_WITHIN = 5.0
"""Seconds in which a case hears the facts of a message before its steps; else they are taken later."""
REQUEST = "request_after_sale"
NOT_OPENED_HERE = Refusal(code="request_not_here", message="The request of that name was not opened here.")


class NotYet(Exception):
    """A message cannot be taken in now, and may be later."""


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
    before = await here.db.read(inbound.before, kept)
    told = connector.translate(kept.message, before, shop)
    if isinstance(told, Unreadable):
        await leave_unreadable(here, source, kept, told.reason)
        return
    caller = speaker(source)
    try:
        opened = await _open_with_facts(here, caller, told)
    except (NotWhole, Rejected, Invalid) as why:
        await leave_unreadable(here, source, kept, str(why))
        return
    if opened:
        await here.db.write(inbound.wake, source.source_id, await here.clock.now())
    refused = await _take_steps(here, caller, told.steps)
    await _state_times(here, caller, told.timeouts)
    now = await here.clock.now()
    asked = _askable(connector, source, told)
    await here.db.write(inbound.finish, kept, _made(told, refused, opened=opened), now, asked, stale=told.stale)
    if asked:
        await want(here.temporal, source)


def _askable(connector: Connector, source: Source, told: Translation) -> Sequence[Enquiry]:
    """What is to be asked of the platform next, where that is what the shop wants, and can be asked."""
    calls = connector.calls if (source.connection or {}).get("pull") else None
    return [one for one in told.enquiries if calls and calls.ask(one)]


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
    case_id = message_case_id(source.merchant, source.name, kept.seq)
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


async def _open_with_facts(here: Context, caller: Principal, told: Translation) -> bool:
    """Writes the facts, then opens the order that they may wait for; answers whether it opened one."""
    now = await here.clock.now()
    reported = [_read(one, caller, now) for one in told.facts]
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


async def _take_steps(here: Context, caller: Principal, steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Takes the steps in their order; what the case refuses is noted, as anybody's would be answered."""
    refused = []
    for step in steps:
        order = await _order_of(here, caller, step)
        await _until_heard(here, order)
        try:
            await _take(here, caller, step, order)
        except (Refused, NotAllowed, Invalid) as error:
            if isinstance(error, KeyConflict):
                continue
            codes = [one.code for one in error.reasons] or [error.code]
            refused.append({"step": step.key, "action": step.action, "codes": codes})
    return refused


async def _state_times(here: Context, caller: Principal, timeouts: Sequence[StatedTimeout]) -> None:
    """Tells the cases the times that the platform set; those of which it does not say whose they are stay noted."""
    events = [await _time_stated(here, caller, one) for one in timeouts if one.order]
    await take_events(here, caller, [event for event in events if event])


async def _time_stated(here: Context, caller: Principal, time: StatedTimeout) -> dict[str, Any] | None:
    """The fact; None where the time is of a deadline that is not the marketplace's to set, or of no request here."""
    data = {"deadline": time.deadline, "until": iso_instant(time.until)}
    type_ = "order.time_stated"
    if time.about != time.order:
        request = await _opened_under(here, caller, time.about, _case_of(caller, time.order))
        if request is None:
            return None
        type_, data = "request.time_stated", data | {"request_case_id": request}
    event = {"specversion": "1.0", "source": caller.account, "type": type_, "subject": time.order, "data": data}
    return event | {"id": f"{time.about}/{time.deadline}/{iso_instant(time.until)}"}


def _case_of(caller: Principal, subject: str) -> str:
    _, platform, order_id = subject.split("/")
    return order_case_id(caller.merchant, platform, order_id)


async def _opened_under(here: Context, caller: Principal, name: str, order_case: str) -> str | None:
    """The request that was opened here under the platform's name."""
    opened = await here.db.read(actions.result_under, order_case, REQUEST, f"{name}/opened", caller.account)
    return opened["case_id"] if opened else None


async def _take(here: Context, caller: Principal, step: Step, order: CaseRecord) -> None:
    case = order
    if step.request is not None and step.action != REQUEST:
        case = await _request_of(here, caller, step.request, order)
    action = LIVES[case.kind].action(step.action)
    by = caller.acting_as(step.role)
    if why := action.forbids(by):
        raise NotAllowed(why)
    await take_step(here, StepToTake(case, action, by), step.input, step.key)


async def _order_of(here: Context, caller: Principal, step: Step) -> CaseRecord:
    order = await here.db.read(cases.get_case, _case_of(caller, step.order), caller.merchant)
    if order is None:
        _, platform, order_id = step.order.split("/")
        raise NotYet(f"order {order_id} of {platform} is not open yet")
    return order


async def _request_of(here: Context, caller: Principal, name: str, order: CaseRecord) -> CaseRecord:
    """The request that was opened here under the platform's name. Raises Refused if none was."""
    case_id = await _opened_under(here, caller, name, order.case_id)
    request = await here.db.read(cases.get_case, case_id, caller.merchant) if case_id else None
    if request is None:
        raise Refused(NOT_OPENED_HERE.message, reasons=[NOT_OPENED_HERE])
    return request


async def _until_heard(here: Context, order: CaseRecord) -> None:
    """Waits until the case has heard every fact that was accepted for it. Raises NotYet if that takes too long."""
    try:
        async with asyncio.timeout(HEARD_WITHIN):
            while await here.db.read(leases.waits, order.case_id):  # noqa: ASYNC110 - rows, not events
                await asyncio.sleep(0.02)
    except TimeoutError as late:
        raise NotYet("its order has not heard yet what was told before") from late


def _made(told: Translation, refused: Sequence[dict[str, Any]], *, opened: bool) -> dict[str, Any]:
    """What was made of a message, for whoever looks: numbers and names, nothing personal."""
    made = {
        "opened": opened,
        "facts": len(told.facts),
        "steps": len(told.steps) - len(refused),
        "refused": list(refused),
        "withdrawn": [one.event_id for one in told.withdrawn],
        "timeouts": [one.model_dump(mode="json") for one in told.timeouts],
        "enquiries": [one.model_dump(mode="json") for one in told.enquiries],
        "references": told.references,
        "notes": list(told.notes),
    }
    return {name: value for name, value in made.items() if value}
