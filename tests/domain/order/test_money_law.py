"""The law of money, over random chains of an order and its requests with late, doubled, short and reversed payments."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from domain.case.ledger import EntryKind, net
from domain.money import ZERO
from domain.order.money import money, overpaid
from domain.roles import Role
from tests.domain.after_sale.chains import Step, steps, trades
from tests.domain.after_sale.test_any_chain import finish
from tests.domain.after_sale.trade import Trade
from tests.domain.order.histories import bounded


@dataclass(frozen=True)
class Money:
    """A payment or a reversal, a compensation, or what is not owed given back."""

    what: str
    amount: str

    def take(self, trade: Trade) -> None:
        match self.what:
            case "paid" | "reversed":
                type_ = "payment.received" if self.what == "paid" else "payment.reversed"
                trade.happened(type_, {"amount": self.amount})
            case "compensated" if not trade.refused("compensate", amount=self.amount, reason="memo:why"):
                pass
            case _:
                trade.refused("return_overpayment", Role.FINANCE)


def with_money() -> st.SearchStrategy[list[Step]]:
    """Steps of requests, and of money between them."""
    amounts = st.sampled_from(("0.01", "9.00", "100.00", "209.00"))
    kinds = st.sampled_from(("paid", "paid", "reversed", "compensated", "returned"))
    moves = st.lists(st.builds(Money, kinds, amounts), min_size=1, max_size=5)
    places = st.lists(st.integers(0, 40), min_size=5, max_size=5)

    def mix(chain: list[Step], money: list[Money], at: list[int]) -> list[Step]:
        mixed = list(chain)
        for move, place in zip(money, at, strict=False):
            mixed.insert(min(place, len(mixed)), move)
        return mixed

    return st.builds(mix, steps(), moves, places)


@bounded
@given(trade=trades(), to_take=with_money())
def test_what_is_paid_is_refunded_kept_or_somebodys(trade: Trade, to_take: list[Step]) -> None:
    """Never more goes out than came in, and no case ends while something in it is not explained."""
    for step in to_take:
        step.take(trade)
        state = trade.state
        out = net(state.ledger, EntryKind.REFUND) + net(state.ledger, EntryKind.COMPENSATION)
        for case in trade.children.values():
            out += net(case.state.ledger, EntryKind.REFUND) + net(case.state.ledger, EntryKind.COMPENSATION)
        taken_back = net(state.ledger, EntryKind.PAYMENT_REVERSAL)
        assert out <= net(state.ledger, EntryKind.PAYMENT)
        assert taken_back or out <= state.paid
        assert not overpaid(state) or {"return_overpayment", "late_payment"} & {*trade.open_tasks()}
        assert state.open or not state.unpaid_payouts()
    finish(trade)
    assert trade.state.open or money(trade.state).overpaid == ZERO
