"""Looking an order over: with its buyer once it is placed, and before it is printed (S2-04, S2-16, S4-60..63)."""

from domain.case.declare import TaskRule
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.order.shipping.handover import still_to_ship
from domain.order.state import OrderState, Source

CHECK_ORDER, ORDER_AUDIT = "check_order", "order_audit"

CHANGE, RECIPIENT, INVOICE, MESSAGE, INQUIRY = "change", "recipient", "invoice", "message", "inquiry"
"""What there is to look at."""


def ask_to_check(state: OrderState, story: Story) -> None:
    """Goods and address are checked with a buyer who inquired (S2-04); what a buyer wrote is read (S2-16)."""
    if state.source is Source.CASH_ON_DELIVERY:
        return
    if state.buyer_message:
        story.ask_for(CHECK_ORDER, matter="placed", variant=MESSAGE)
    elif state.source is Source.INQUIRY:
        story.ask_for(CHECK_ORDER, matter="placed", variant=INQUIRY)


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
