"""Money taken back by the bank and paid again, among refunds of all that is asked for: what is kept is for goods."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.case.ledger import EntryKind, net
from domain.money import ZERO
from domain.order.money import lacking, overpaid
from domain.roles import Role
from tests.domain.after_sale.chains import requests
from tests.domain.after_sale.outside import Payer
from tests.domain.after_sale.trade import Trade
from tests.domain.order.histories import bounded
from tests.domain.orders import line


@dataclass(frozen=True)
class Move:
    """Money comes or goes, a line is asked back and agreed to, cases hear of each other late."""

    what: str
    choice: int

    def take(self, trade: Trade) -> None:
        number = str(1 + self.choice % len(trade.state.lines))
        match self.what:
            case "paid" | "reversed":
                type_ = "payment.received" if self.what == "paid" else "payment.reversed"
                amount = (str(trade.state.total), "50.00", "109.00", "7.01")[self.choice % 4]
                trade.happened(type_, {"amount": amount})
            case "asked" if not trade.ask_refused("refund_only", number, reason="out_of_stock"):
                trade.ask("refund_only", number, reason="out_of_stock")
            case "agreed":
                for ask in requests(trade)[self.choice % 3 :][:1]:
                    ask.refused("agree")
            case "letters":
                trade.letters_wait = not trade.letters_wait
                trade.until(trade.now)
            case "partner":
                trade.payer = list(Payer)[self.choice % len(Payer)]
                trade.until(trade.now)
            case "given_back":
                trade.refused("return_overpayment", Role.FINANCE)


def moves() -> st.SearchStrategy[list[Move]]:
    whats = ("paid", "reversed", "reversed", "asked", "asked", "agreed", "agreed", "letters", "partner", "given_back")
    return st.lists(st.builds(Move, st.sampled_from(whats), st.integers(0, 11)), min_size=4, max_size=16)


def settle(trade: Trade) -> None:
    """Letters arrive, and what is owed is paid: by the partner, or by finance where it would not."""
    trade.letters_wait, trade.payer = False, Payer.PAYS
    trade.until(trade.now)
    for ask in requests(trade):
        ask.refused("confirm_refund_paid", Role.FINANCE)
    trade.refused("confirm_refund_paid", Role.FINANCE)


def kept(trade: Trade) -> Decimal:
    """What the shop has of what was paid, yuan."""
    booked = [case.state.ledger for case in trade.every_case()]
    return trade.state.paid - sum((net(entries, EntryKind.REFUND) for entries in booked), ZERO)


@bounded
@given(amounts=st.lists(st.sampled_from(("100.00", "33.33", "0.01")), min_size=1, max_size=3), to_take=moves())
def test_nothing_is_kept_but_for_goods(amounts: list[str], to_take: list[Move]) -> None:
    """Nothing left, and every refund was of all that could be: what is kept is the price of the units not refunded.

    More than that is somebody's task; where it is less, the buyer still has to pay, and the order says how much.
    """
    trade = Trade(*(line(str(n), amount) for n, amount in enumerate(amounts, 1)), freight="10.00")
    trade.pay()
    for move in to_take:
        move.take(trade)
    settle(trade)
    state = trade.state
    left = [each for each in state.lines if not each.refunded]
    owed = sum((each.amount for each in left), state.freight if left else ZERO)
    story = [one.summary for one in state.story]
    assert kept(trade) - overpaid(state) <= owed, [f"{kept(trade)} kept for {owed}", *story]
    assert lacking(state) == max(owed - kept(trade), ZERO), [f"{lacking(state)} lacking", *story]
