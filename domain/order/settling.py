"""What an order itself owes its buyer: what was paid and is not owed, and what its requests left out of each other."""

from collections.abc import Iterable

from domain.case.errand import ErrandResult, PayBuyer, PendingErrand
from domain.case.ledger import EntryKind
from domain.case.payouts import confirm_refund_paid, hear_partner, let_go, owe, paid_by_hand_task
from domain.case.story import Story
from domain.errors import Refusal
from domain.money import ZERO
from domain.order.money import (
    FREIGHT,
    OUTBOUND,
    UNPAID,
    awaits_choice,
    freight_owed,
    not_left_out,
    outbound_owed,
    overpaid,
    paid_again,
    return_freight,
    return_freight_owed,
    spread,
    worth,
)
from domain.order.payments import RETURNED
from domain.order.shipping.handover import first_consigned_at
from domain.order.state import OrderState
from domain.policy import Policy

RETURN_OVERPAYMENT, LATE_PAYMENT = "return_overpayment", "late_payment"
"""The tasks about money that is not owed: it goes back; or, paid too late, the order may be taken up again."""

NOT_OWED = "S2-43"
"""The rule that it cites: as the money came, it goes."""


def settle(state: OrderState, story: Story, *, trade_over: bool) -> None:
    """After every change: what must go back goes; what a person decides about, is their task.

    Args:
        state: the order.
        story: of this version.
        trade_over: whether nothing but money keeps the case open.
    """
    _make_up(state, story)
    for box, amount in return_freight_owed(state).items():
        owe(state, story, EntryKind.FREIGHT_SUBSIDY, amount, "S2-76", about=return_freight(box))
    if overpaid(state):
        _see_to_overpaid(state, story, trade_over=trade_over)
    let_go(state, story)


def _make_up(state: OrderState, story: Story) -> None:
    """What requests left out, as they could not know of each other or it was not paid; as far as it is paid now."""
    again = paid_again(state)
    paid_back = {line.line_id: worth(state, line) for line in state.lines if line.settled}
    owe(state, story, EntryKind.REFUND, again, NOT_OWED, about=UNPAID, back=spread(again, paid_back))
    missing = not_left_out(state)
    for about, amount, rule in (
        (FREIGHT, freight_owed(state), _freight_rule(state)),
        (OUTBOUND, outbound_owed(state), "S2-75"),
    ):
        owe(state, story, EntryKind.REFUND, max(amount - missing, ZERO), rule, about=about)
        missing = max(missing - amount, ZERO)


def give_back(state: OrderState, story: Story) -> None:
    """What is not owed goes back, with the next `settle`."""
    amount = overpaid(state)
    story.tell("payment.returned", f"{amount} yuan are not owed and go back", amount=str(amount))
    owe(state, story, EntryKind.REFUND, amount, NOT_OWED, about=RETURNED)


def _see_to_overpaid(state: OrderState, story: Story, *, trade_over: bool) -> None:
    if awaits_choice(state):
        _ask(state, story, LATE_PAYMENT)
    elif state.closed_at or not state.remaining() or trade_over:
        give_back(state, story)
    else:
        _ask(state, story, RETURN_OVERPAYMENT)


def _ask(state: OrderState, story: Story, task: str) -> None:
    """One task at a time, however many payments it is about."""
    if not any(item.type == task for item in state.open_work()) and state.payments:
        story.ask_for(task, matter=state.payments[-1].event_id)


def _freight_rule(state: OrderState) -> str:
    return "S2-76" if first_consigned_at(state) else "S4-50"


def _nothing_follows(state: OrderState, story: Story) -> None:
    """An order ends as it would have."""


def on_errand_result(
    state: OrderState, policy: Policy, pending: PendingErrand, result: ErrandResult, story: Story
) -> None:
    """Money of the order's own has reached the buyer, or finance pays it as the partner will not."""
    if isinstance(pending.errand, PayBuyer):
        hear_partner(state, pending.errand, pending.errand_id, result, story, _nothing_follows)


def _against_confirming(state: OrderState) -> Iterable[Refusal]:
    if not state.unpaid_payouts():
        yield Refusal(code="nothing_owed", message="The order itself owes its buyer nothing that is not paid.")


PAID_BY_HAND_TASK = paid_by_hand_task(_nothing_follows)
CONFIRM_PAID = confirm_refund_paid("Confirm what was paid by hand", _nothing_follows, _against_confirming)
