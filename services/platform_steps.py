"""Steps that a platform tells of, taken as anybody's are; what a case refuses is somebody's task where it counts."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from connectors.translation import Step
from domain.case.ids import order_case_id
from domain.errors import Refusal
from domain.lives import LIVES
from domain.order.people.differing import stands_so
from services.context import Context
from services.errors import Invalid, KeyConflict, NotAllowed, Refused
from services.events import take_events
from services.steps import Step as StepToTake
from services.steps import take_step
from store import actions, cases, leases
from store.cases import CaseRecord
from store.tokens import Principal

HEARD_WITHIN = 5.0
"""Seconds in which a case hears the facts of a message before its steps; else they are taken later."""
REQUEST = "request_after_sale"
NOT_OPENED_HERE = Refusal(code="request_not_here", message="The request of that name was not opened here.")


class NotYet(Exception):
    """A message cannot be taken in now, and may be later."""


@dataclass(frozen=True, slots=True)
class RefusedStep:
    """A step that a case refused, and why; `case`: whose it was, None where that is not known here."""

    step: Step
    codes: Sequence[str]
    case: CaseRecord | None

    def told(self) -> dict[str, Any]:
        """For whoever looks what became of the message."""
        return {"step": self.step.key, "action": self.step.action, "codes": list(self.codes)}


async def take_steps(here: Context, caller: Principal, steps: Sequence[Step]) -> list[RefusedStep]:
    """Takes the steps in their order; what the case refuses is noted, as anybody's would be answered."""
    refused = []
    for step in steps:
        order = await _order_of(here, caller, step)
        await _until_heard(here, order)
        case: CaseRecord | None = None
        try:
            case = await _case_of_step(here, caller, step, order)
            await _take(here, caller, step, case)
        except (Refused, NotAllowed, Invalid) as error:
            if isinstance(error, KeyConflict):
                continue
            codes = [one.code for one in error.reasons] or [error.code]
            refused.append(RefusedStep(step, codes, case))
    return refused


async def tell_differences(here: Context, caller: Principal, refused: Sequence[RefusedStep]) -> None:
    """Tells orders where their marketplace stands otherwise; a request that is not here was told of when refused."""
    events = []
    for one in refused:
        case = await here.db.read(cases.get_case, one.case.case_id, caller.merchant) if one.case else None
        if case is None or stands_so(one.step.action, case.stage):
            continue
        data = {"step": one.step.action, "request": one.step.request or "", "codes": list(one.codes)[:20]}
        event = {"specversion": "1.0", "source": caller.account, "type": "order.differs", "subject": one.step.order}
        events.append(event | {"id": f"differs/{one.step.key}"[:200], "data": data})
    if events:
        await take_events(here, caller, events)


def case_of(caller: Principal, subject: str) -> str:
    """The case of an order's subject."""
    _, platform, order_id = subject.split("/")
    return order_case_id(caller.merchant, platform, order_id)


async def opened_under(here: Context, caller: Principal, name: str, order_case: str) -> str | None:
    """The request that was opened here under the platform's name."""
    opened = await here.db.read(actions.result_under, order_case, REQUEST, f"{name}/opened", caller.account)
    return opened["case_id"] if opened else None


async def _case_of_step(here: Context, caller: Principal, step: Step, order: CaseRecord) -> CaseRecord:
    """The order, or the request that the step is about. Raises Refused where that was not opened here."""
    if step.request is None or step.action == REQUEST:
        return order
    return await _request_of(here, caller, step.request, order)


async def _take(here: Context, caller: Principal, step: Step, case: CaseRecord) -> None:
    action = LIVES[case.kind].action(step.action)
    by = caller.acting_as(step.role)
    if why := action.forbids(by):
        raise NotAllowed(why.message, reasons=[why])
    await take_step(here, StepToTake(case, action, by), step.input, step.key)


async def _order_of(here: Context, caller: Principal, step: Step) -> CaseRecord:
    order = await here.db.read(cases.get_case, case_of(caller, step.order), caller.merchant)
    if order is None:
        _, platform, order_id = step.order.split("/")
        raise NotYet(f"order {order_id} of {platform} is not open yet")
    return order


async def _request_of(here: Context, caller: Principal, name: str, order: CaseRecord) -> CaseRecord:
    """The request that was opened here under the platform's name. Raises Refused if none was."""
    case_id = await opened_under(here, caller, name, order.case_id)
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
