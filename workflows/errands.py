"""Running a case's errands: other cases, partners, stock."""

from temporalio import workflow
from temporalio.common import Priority, WorkflowIDReusePolicy
from temporalio.exceptions import ActivityError, FailureError, WorkflowAlreadyStartedError

from domain.case.errand import EndReservation, ErrandDone, Given, PayBuyer, StartCase, TellCase
from domain.case.ids import CaseKind
from domain.case.queues import PARTNERS
from domain.case.state import CaseState
from domain.lives import child_begun
from domain.partners.refunds import RefundAsked
from workflows import calls, options
from workflows.surely import surely
from workflows.visible import at_start

WORKFLOWS = {CaseKind.ORDER: "OrderCase", CaseKind.AFTER_SALE: "AfterSaleCase"}
"""The name of each kind's workflow."""


async def carry_out(state: CaseState, given: Given) -> ErrandDone:
    """Runs one errand to its end; whoever carries it out answers repeats by its id."""
    errand = given.errand
    match errand:
        case StartCase():
            await _start(errand)
        case TellCase():
            await _tell(errand)
        case EndReservation():
            await surely(calls.end_reservation, errand, f"Stock: {errand.change} {errand.reservation_id}")
        case PayBuyer():
            return await _pay(state, given.errand_id, errand)
    return ErrandDone()


async def _start(errand: StartCase) -> None:
    child = child_begun(errand).state
    try:
        await workflow.start_child_workflow(
            WORKFLOWS[errand.kind],
            {"opening": errand.opening},
            id=errand.case_id,
            parent_close_policy=workflow.ParentClosePolicy.ABANDON,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            search_attributes=at_start(child),
            static_summary=child.story[0].summary,
            priority=Priority(fairness_key=child.merchant),
        )
    except WorkflowAlreadyStartedError:
        workflow.logger.info("the case runs already", extra={"case_id": errand.case_id})


async def _tell(errand: TellCase) -> None:
    other = workflow.get_external_workflow_handle(errand.case_id)
    try:
        await other.signal(errand.fact.type, errand.fact)
    except FailureError:
        workflow.logger.warning("the case that was to be told has ended", extra={"told": errand.case_id})


async def _pay(state: CaseState, refund_id: str, errand: PayBuyer) -> ErrandDone:
    asked = RefundAsked(
        refund_id=refund_id,
        merchant=state.merchant,
        platform=state.platform,
        order_id=state.order_id,
        case_id=state.case_id,
        amount=errand.amount,
    )
    summary = f"Pay {errand.amount} yuan to the buyer ({errand.matter})"
    try:
        paid = await workflow.execute_activity(
            calls.pay_refund, asked, task_queue=PARTNERS, summary=summary, **options.PARTNER
        )
    except ActivityError:  # no partner is connected, or it will not: people pay
        return ErrandDone(refused=True)
    return ErrandDone(reference=paid.reference)
