"""Running a case's errands: other cases, partners, stock."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias, TypeVar

from temporalio import workflow
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import ActivityError, ApplicationError, WorkflowAlreadyStartedError

from domain.case.errand import (
    AskCarrier,
    Decide,
    EndReservation,
    ErrandResult,
    LockOrder,
    PayBuyer,
    PendingErrand,
    SeeToMessages,
    SendToBuyer,
    StampMemo,
    StartCase,
    TakeStock,
    TellCase,
    WriteMemo,
)
from domain.case.ids import CaseKind
from domain.case.queues import PARTNERS
from domain.case.record import MemoToStamp, MemoToWrite, MessagesToSeeTo
from domain.case.state import CaseState
from domain.case.summaries import summary
from domain.lives import begin_any
from domain.partners.carrier import InterceptRequest
from domain.partners.erp import LockedLine, LockRequest
from domain.partners.messages import SendMessage
from domain.partners.partner import FailureType
from domain.partners.refunds import RefundRequest
from domain.shop.automation import AskStrategies
from domain.shop.stock import Reservation
from workflows import calls, options
from workflows.priorities import running_case
from workflows.surely import surely
from workflows.visible import at_start

WORKFLOWS = {
    CaseKind.ORDER: "OrderCase",
    CaseKind.AFTER_SALE: "AfterSaleCase",
    CaseKind.SHIP_HOLD: "ShipHold",
    CaseKind.PARCEL_INTERCEPT: "ParcelIntercept",
    CaseKind.COMPLAINT: "Complaint",
    CaseKind.PLATFORM_MESSAGE: "PlatformMessage",
}
"""The name of each kind's workflow."""


Child: TypeAlias = workflow.ChildWorkflowHandle[Any, Any]


async def carry_out(state: CaseState, pending: PendingErrand, children: list[Child]) -> ErrandResult:
    """Runs one errand to its end; whoever carries it out answers repeats by its id. `children` gets one that starts."""
    errand = pending.errand
    match errand:
        case StartCase():
            await _start(errand, children)
        case TellCase():
            await surely(calls.tell_case, errand, summary(errand))
        case EndReservation():
            await surely(calls.end_reservation, errand, summary(errand))
        case TakeStock():
            await _take_stock(state, pending.errand_id, errand)
        case Decide():
            return await _decide(state, pending.errand_id, errand)
        case StampMemo():
            await _stamp(state, pending.errand_id, errand)
        case WriteMemo():
            await _write(state, pending.errand_id, errand)
        case SeeToMessages():
            seen_to = MessagesToSeeTo(case_id=state.case_id, again=errand.again, at=workflow.now())
            await surely(calls.see_to_messages, seen_to, summary(errand))
        case SendToBuyer():
            await _send(state, pending.errand_id, errand)
        case LockOrder():
            return await _lock(state, pending.errand_id, errand)
        case AskCarrier():
            return await _ask_carrier(state, pending.errand_id, errand)
        case PayBuyer():
            return await _pay(state, pending.errand_id, errand)
    return ErrandResult()


async def _start(errand: StartCase, children: list[Child]) -> None:
    child = begin_any(errand).state
    try:
        children.append(
            await workflow.start_child_workflow(
                WORKFLOWS[errand.kind],
                {"opening": errand.opening},
                id=errand.case_id,
                parent_close_policy=workflow.ParentClosePolicy.ABANDON,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                search_attributes=at_start(child),
                static_summary=child.story[0].summary,
                priority=running_case(child.merchant),
            )
        )
    except WorkflowAlreadyStartedError:
        workflow.logger.info("the case runs already", extra={"case_id": errand.case_id})


async def _take_stock(state: CaseState, errand_id: str, errand: TakeStock) -> None:
    taken = Reservation(
        reservation_id=errand_id,
        merchant=state.merchant,
        sku=errand.sku,
        quantity=errand.quantity,
        case_id=state.case_id,
        made_at=workflow.now(),
    )
    await surely(calls.take_stock, taken, summary(errand))


async def _decide(state: CaseState, errand_id: str, errand: Decide) -> ErrandResult:
    request = AskStrategies(
        errand_id=errand_id,
        merchant=state.merchant,
        case_id=state.case_id,
        stage=errand.stage,
        facts=errand.facts,
        at=workflow.now(),
    )
    return await surely(calls.decide, request, summary(errand))


async def _stamp(state: CaseState, errand_id: str, errand: StampMemo) -> None:
    memo = MemoToStamp(
        memo_id=f"memo:{errand_id}",
        merchant=state.merchant,
        case_id=errand.case_id,
        lines=errand.lines,
        released=errand.released,
        at=workflow.now(),
    )
    await surely(calls.stamp_memo, memo, summary(errand))


async def _write(state: CaseState, errand_id: str, errand: WriteMemo) -> None:
    memo = MemoToWrite(
        memo_id=f"memo:{errand_id}",
        merchant=state.merchant,
        case_id=state.order_case,
        text=errand.text,
        by=errand.by,
        tracking_no=errand.tracking_no,
        at=workflow.now(),
    )
    await surely(calls.write_memo, memo, summary(errand))


async def _send(state: CaseState, errand_id: str, errand: SendToBuyer) -> None:
    message = SendMessage(
        message_id=errand_id,
        merchant=state.merchant,
        case_id=state.order_case,
        order_id=state.order_id,
        template=errand.template,
        values=errand.values,
    )
    await _partner(calls.send_message, message, summary(errand))


async def _lock(state: CaseState, errand_id: str, errand: LockOrder) -> ErrandResult:
    request = LockRequest(
        lock_id=errand_id,
        merchant=state.merchant,
        platform=state.platform,
        order_id=state.order_id,
        hold_case_id=state.case_id,
        line_ids=list(errand.units),
        lines=[LockedLine(line_id=line_id, quantity=units) for line_id, units in errand.units.items()],
        lock=errand.lock,
    )
    answer = await _partner(calls.lock_order, request, summary(errand))
    if answer is None:
        return ErrandResult(refused=True, reason="erp_refused")
    return ErrandResult(yes=answer.locked, reason=answer.reason)


async def _ask_carrier(state: CaseState, errand_id: str, errand: AskCarrier) -> ErrandResult:
    request = InterceptRequest(
        intercept_id=errand_id,
        merchant=state.merchant,
        platform=state.platform,
        order_id=state.order_id,
        case_id=state.case_id,
        carrier=errand.carrier,
        tracking_no=errand.tracking_no,
    )
    answer = await _partner(calls.ask_carrier, request, summary(errand))
    if answer is None:
        return ErrandResult(refused=True, reason="carrier_refused")
    return ErrandResult(yes=answer.intercepted, reason=answer.reason, at=answer.at)


async def _pay(state: CaseState, refund_id: str, errand: PayBuyer) -> ErrandResult:
    request = RefundRequest(
        refund_id=refund_id,
        merchant=state.merchant,
        platform=state.platform,
        order_id=state.order_id,
        case_id=state.case_id,
        amount=errand.amount,
    )
    paid = await _partner(calls.pay_refund, request, summary(errand))
    return ErrandResult(reference=paid.reference) if paid else ErrandResult(refused=True)


A = TypeVar("A")
R = TypeVar("R")

_NO = (FailureType.REFUSED, FailureType.NOT_CONNECTED)
"""How a partner's activity ends that will never be done."""


async def _partner(call: Callable[[A], Awaitable[R]], request: A, summary: str) -> R | None:
    """A call to a partner, made until it answers; None if none is connected or it will not: then people do it.

    Whatever else ends it (somebody cancelled the case) is no answer: the partner may have done what it was asked.
    """
    try:
        return await workflow.execute_activity(call, request, task_queue=PARTNERS, summary=summary, **options.PARTNER)
    except ActivityError as error:
        if not isinstance(error.cause, ApplicationError) or error.cause.type not in _NO:
            raise
        workflow.logger.warning("a partner will not", extra={"call": summary})
        return None
