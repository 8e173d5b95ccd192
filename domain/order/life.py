"""The life of an order, from top to bottom.

Placed, it awaits payment (or, cash on delivery, the confirmation with the buyer). Paid, it awaits shipment: 72 hours
until the carrier has every line, a task for somebody after 48. Shipped, it is in transit: each parcel must be scanned
and keep moving. Signed for, it is delivered and its return window runs, and the time of what the shop offers beyond
it. Receipt is confirmed by the buyer or by timeout; the case ends when those times have passed, no child is open, no
invoice is owed and nobody has anything left to do. Unpaid or refunded whole, it closes and ends, but for goods that
the carrier never saw: of those its buyer may complain for a while. What was paid and is not owed goes back before it
ends; one that is paid after all, in time by the payment's own time, lives on.

The workflow `workflows/order.py` runs this declaration.
"""

from domain.case.deadline import DeadlineState, find
from domain.case.declare import ClockRule, Life
from domain.case.ids import CaseKind
from domain.case.story import Story
from domain.order.actions import ACTIONS
from domain.order.children import complaint_window
from domain.order.children.complaints import owe_rulings, tell_complaints
from domain.order.children.holds import tell_holds
from domain.order.children.requests import tell_requests
from domain.order.facts import FACTS
from domain.order.money import overpaid
from domain.order.parcels import clock as parcel_clock
from domain.order.parcels.doubled import ask_about_doubled_goods
from domain.order.parcels.facts import ask_about_goods_back
from domain.order.payment import clock as payment_clock
from domain.order.payment import reminders, unpaid
from domain.order.payment.cash_on_delivery import ask_to_confirm
from domain.order.payment.difference import ask_for_difference
from domain.order.payment.invoices import ask_finance, invoice_owed
from domain.order.payment.receiving import PAYMENT
from domain.order.payment.reversals import ask_about_reversal
from domain.order.people.auditing import ask_to_check
from domain.order.progress import stage
from domain.order.receipt import clock as receipt_clock
from domain.order.receipt import offers, return_window
from domain.order.script_values import ALWAYS_KNOWN, SCRIPT_VALUES
from domain.order.settling import RETURN_OVERPAYMENT, on_errand_result, settle
from domain.order.shipping import breach, urging
from domain.order.shipping import clock as ship_clock
from domain.order.shipping.lateness import balance_lateness
from domain.order.state import OrderState
from domain.order.tasks import TASKS
from domain.order.waiting import may_rest, waits_for
from domain.parcels.journey import places
from domain.policy import Policy


def after_change(state: OrderState, policy: Policy, story: Story) -> None:
    """After every change: what lateness costs, where the order stands, and whether it has ended."""
    balance_lateness(state, policy, story)
    now_at = stage(state)
    if now_at != state.stage:
        state.stage = now_at
        story.tell("order.stage", f"Stage: {now_at}", stage=now_at)
    if not state.over:
        ask_to_check(state, story)
    ask_to_confirm(state, policy, story)
    ask_finance(state, story)
    ask_about_goods_back(state, story)
    ask_about_doubled_goods(state, story)
    ask_about_reversal(state, story)
    ask_for_difference(state, story)
    owe_rulings(state, story)
    settle(state, story, trade_over=_trade_is_over(state))
    tell_requests(state, story)
    tell_holds(state, story)
    tell_complaints(state, story)
    if state.open and _has_ended(state):
        state.open = False
        story.tell("case.ended", f"The case has ended: {state.outcome}")


def _has_ended(state: OrderState) -> bool:
    """No case ends while money in it is not explained."""
    return _trade_is_over(state) and not state.unpaid_payouts() and not overpaid(state)


def _trade_is_over(state: OrderState) -> bool:
    """Whether nothing but money that is not owed is left to see to."""
    tasks = {task.name: task for task in TASKS if task.name != RETURN_OVERPAYMENT}
    left = (tasks[item.type].needed(state, item) for item in state.open_work() if item.type in tasks)
    if state.has_open_child() or invoice_owed(state) or offers.has_running(state) or any(left):
        return False
    if unpaid.waits_for_money(state) or unpaid.is_unpaid_out(state) or parcel_clock.watches_any(state):
        return False
    if state.closed_at:
        complaints = find(state.deadlines, complaint_window.COMPLAINT_WINDOW)
        return complaints is None or not complaints.running
    window = find(state.deadlines, return_window.RETURN_WINDOW)
    return state.completed_at is not None and window is not None and window.state is DeadlineState.ELAPSED


CLOCKS: tuple[ClockRule[OrderState], ...] = (
    ClockRule(
        kind=PAYMENT,
        title="Payment",
        plans=payment_clock.payment_plans,
        consequence=unpaid.pass_payment,
    ),
    ClockRule(
        kind=unpaid.MONEY_AT_THE_DOOR,
        title="Money paid at the door",
        plans=unpaid.money_at_the_door_plans,
        consequence=unpaid.pass_money_at_the_door,
    ),
    ClockRule(
        kind=unpaid.UNPAID_AGAIN,
        title="Ask for the payment again",
        plans=unpaid.unpaid_again_plans,
        consequence=unpaid.pass_unpaid_again,
    ),
    ClockRule(
        kind=reminders.PAYMENT_REMINDER,
        title="Call about payment",
        plans=reminders.reminder_plans,
        consequence=reminders.pass_reminder,
    ),
    ClockRule(
        kind=ship_clock.SHIP_BY,
        title="Ship by",
        plans=ship_clock.ship_by_plans,
        consequence=breach.pass_ship_by,
    ),
    ClockRule(
        kind=ship_clock.SHIP_ALERT,
        title="Ship alert",
        plans=ship_clock.ship_alert_plans,
        consequence=breach.pass_ship_alert,
    ),
    ClockRule(
        kind=breach.UNSHIPPED_AGAIN,
        title="Ask about the shipment again",
        plans=breach.unshipped_again_plans,
        consequence=breach.pass_unshipped_again,
    ),
    ClockRule(
        kind=urging.PROMISE,
        title="Promised ship time",
        plans=urging.promise_plans,
        consequence=urging.pass_promise,
    ),
    ClockRule(
        kind=parcel_clock.TRACKING_START,
        title="First scan",
        plans=parcel_clock.tracking_start_plans,
        consequence=parcel_clock.pass_tracking_start,
    ),
    ClockRule(
        kind=parcel_clock.TRACKING_STALL,
        title="Next scan",
        plans=parcel_clock.tracking_stall_plans,
        consequence=parcel_clock.pass_tracking_stall,
        hear_scan=parcel_clock.hear_scan,
    ),
    ClockRule(
        kind=receipt_clock.AUTO_CONFIRM,
        title="Receipt confirmed by timeout",
        plans=receipt_clock.auto_confirm_plans,
        consequence=receipt_clock.pass_auto_confirm,
    ),
    ClockRule(
        kind=return_window.RETURN_WINDOW,
        title="Return window",
        plans=return_window.return_window_plans,
        consequence=return_window.pass_return_window,
    ),
    *offers.OFFER_CLOCKS,
    ClockRule(
        kind=complaint_window.COMPLAINT_WINDOW,
        title="Complaint window",
        plans=complaint_window.complaint_window_plans,
        consequence=complaint_window.pass_complaint_window,
    ),
)

ORDER = Life(
    kind=CaseKind.ORDER,
    state=OrderState,
    facts=FACTS,
    actions=ACTIONS,
    clocks=CLOCKS,
    tasks=TASKS,
    after_change=after_change,
    script_values=SCRIPT_VALUES,
    on_errand_result=on_errand_result,
    waits_for=waits_for,
    may_rest=may_rest,
    always_known=ALWAYS_KNOWN,
    goods=lambda state: places(state.parcels),
)
