"""Looking an order over: with its buyer once it is placed, and before it is printed (S2-04, S2-16, S4-60..63)."""

from datetime import datetime

from domain.case.declare import TaskRule
from domain.case.story import Story
from domain.case.work import WorkItem, WorkState
from domain.order.payment.remittances import is_remitted
from domain.order.shipping.handover import still_to_ship
from domain.order.state import OrderState, Source

CHECK_ORDER, ORDER_AUDIT = "check_order", "order_audit"

CHANGE, RECIPIENT, INVOICE, MESSAGE, INQUIRY, REMITTED = (
    "change",
    "recipient",
    "invoice",
    "message",
    "inquiry",
    "remitted",
)
"""What there is to look at."""


def ask_to_check(state: OrderState, story: Story) -> None:
    """Goods and address are checked with a buyer who inquired (S2-04); what a buyer wrote is read (S2-16).

    So they are once the money of a remittance is there, unless somebody has looked since, or is to look (S2-25).
    """
    if state.source is Source.CASH_ON_DELIVERY:
        return
    paid_at = state.paid_at() if is_remitted(state) else None
    if paid_at and not any(_covers(item, paid_at) for item in state.work_items):
        story.ask_for(CHECK_ORDER, matter=REMITTED, variant=REMITTED)
    if state.buyer_message:
        story.ask_for(CHECK_ORDER, matter="placed", variant=MESSAGE)
    elif state.source is Source.INQUIRY:
        story.ask_for(CHECK_ORDER, matter="placed", variant=INQUIRY)


def _covers(item: WorkItem, paid_at: datetime) -> bool:
    """Whether it is a check with the buyer that is still to be made, or was made once they had paid."""
    if item.type != CHECK_ORDER:
        return False
    return item.state is WorkState.OPEN or (item.done_at is not None and item.done_at >= paid_at)


def ask_to_audit(state: OrderState, story: Story) -> None:
    """The ERP has read the order: whatever is special about it is looked at before it is printed (S4-60..63)."""
    for variant, there in (
        (RECIPIENT, state.recipient_doubtful),
        (INVOICE, state.invoice is not None and state.invoice.sent_at is None),
        (MESSAGE, state.buyer_message is not None),
    ):
        if there:
            story.ask_for(ORDER_AUDIT, matter=variant, variant=variant)


def _not_shipped(state: OrderState, item: WorkItem) -> bool:
    return still_to_ship(state)


AUDIT_TASKS = (TaskRule(name=CHECK_ORDER, needed=_not_shipped), TaskRule(name=ORDER_AUDIT, needed=_not_shipped))
