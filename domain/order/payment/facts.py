"""The facts that money came in, and that a bank took it back."""

from typing import Annotated

from pydantic import Field, StringConstraints

from domain.case.declare import FactRule, SubjectKind
from domain.case.story import Story
from domain.money import InYuan, Yuan
from domain.order.parcels.called_off import follow_refusal
from domain.order.payment.receiving import receive, take_back
from domain.order.payments import Reversal
from domain.order.state import OrderState
from domain.privacy import Private
from domain.roles import Role


class PaymentReceived(InYuan):
    """Money the buyer paid, in yuan: for all lines and freight, or a part of it."""

    amount: Annotated[Yuan, Field(gt=0)]


class PaymentReversed(InYuan):
    """Money that the buyer's bank took back, in yuan, and why; what it says stays in the store."""

    amount: Annotated[Yuan, Field(gt=0)]
    reason: Annotated[str, StringConstraints(max_length=200), Private("reversal_reason")] = ""


def on_payment_received(state: OrderState, data: PaymentReceived, story: Story) -> None:
    """Payments add up; what is beyond what is owed shows as overpaid, and goes back."""
    in_full = receive(state, story, story.cause.evidence.id, data.amount, "S2-43")
    summary = f"Paid {data.amount} yuan" + (", paid in full" if in_full else "")
    story.tell("payment.received", summary, amount=str(data.amount))
    follow_refusal(state, story)


def on_payment_reversed(state: OrderState, data: PaymentReversed, story: Story) -> None:
    """What was paid falls; nobody can take back more than that, but of a payment that is not heard of yet."""
    at = max(story.cause.at, state.placed_at)
    reversal = Reversal(event_id=story.cause.evidence.id, at=at, amount=data.amount, reason=data.reason)
    if data.amount > state.paid:
        state.early_reversals.append(reversal)
        story.tell("fact.not_understood", f"Not understood: {data.amount} yuan taken back of {state.paid} yuan paid")
        return
    take_back(state, reversal, story)
    follow_refusal(state, story)


PAYMENT_FACTS = (
    FactRule(
        event_type="payment.received",
        title="Payment received",
        subject=SubjectKind.ORDER,
        data=PaymentReceived,
        senders=(Role.PAYMENT,),
        take_in=on_payment_received,
    ),
    FactRule(
        event_type="payment.reversed",
        title="Payment taken back by the bank",
        subject=SubjectKind.ORDER,
        data=PaymentReversed,
        senders=(Role.PAYMENT,),
        take_in=on_payment_reversed,
    ),
)
