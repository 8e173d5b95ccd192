"""The fact that money came in."""

from typing import Annotated

from pydantic import Field

from domain.case.declare import FactRule, SubjectKind
from domain.case.ledger import Booking, EntryKind, Party
from domain.case.story import Story
from domain.money import InYuan, Yuan
from domain.order.state import OrderState, Payment
from domain.roles import Role


class PaymentReceived(InYuan):
    """Money the buyer paid, in yuan: for all lines and freight, or a part of it."""

    amount: Annotated[Yuan, Field(gt=0)]


def on_payment_received(state: OrderState, data: PaymentReceived, story: Story) -> None:
    """Payments add up; what is beyond lines and freight shows as overpaid."""
    was_paid = state.paid_at() is not None
    state.payments.append(Payment(event_id=story.cause.evidence.id, at=story.cause.at, amount=data.amount))
    story.book(
        Booking(kind=EntryKind.PAYMENT, amount=data.amount, debit=Party.BUYER, credit=Party.MERCHANT, rule="S2-43")
    )
    now_paid = state.paid_at() is not None
    summary = f"Paid {data.amount} yuan" + (", paid in full" if now_paid and not was_paid else "")
    story.tell("payment.received", summary, amount=str(data.amount))


PAYMENT_RECEIVED = FactRule(
    event_type="payment.received",
    title="Payment received",
    subject=SubjectKind.ORDER,
    data=PaymentReceived,
    senders=(Role.PAYMENT,),
    take_in=on_payment_received,
)
