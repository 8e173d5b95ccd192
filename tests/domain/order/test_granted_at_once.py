"""Money of one order that several cases may grant at the same moment: never more than was paid, in whatever order.

Letters between the cases arrive one by one, at any time after they were sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.case.errand import Lane, TellCase
from domain.case.ids import CaseKind
from domain.case.ledger import EntryKind
from domain.case.live import LiveCase
from domain.complaint.life import COMPLAINT
from domain.complaint.state import ComplaintState
from domain.errors import ActionRefused
from domain.money import ZERO
from domain.order.money import carriage_left, lacking, to_grant, unclaimed
from domain.roles import Role
from tests.domain.after_sale.made import signed
from tests.domain.after_sale.outside import Payer
from tests.domain.after_sale.trade import Request, Trade
from tests.domain.complaint.complained import Complaint, Type
from tests.domain.order.histories import bounded
from tests.domain.orders import line

AMOUNTS = ("0.01", "33.33", "100.00", "109.00", "200.00", "210.00")


def of_kind(trade: Trade, kind: CaseKind) -> list[LiveCase[Any]]:
    return [case for case in trade.children.values() if case.state.kind is kind]


def requests(trade: Trade) -> list[Request]:
    return [Request(trade, case.state.case_id) for case in of_kind(trade, CaseKind.AFTER_SALE)]


def letter(trade: Trade, number: int) -> None:
    """One of the letters that are on their way arrives."""
    senders = [
        case
        for case in trade.every_case()
        if (pending := case.state.next_errand(Lane.CASES)) and isinstance(pending.errand, TellCase)
    ]
    if senders:
        trade.letters_wait = False
        trade.run_one(senders[number % len(senders)], Lane.CASES)
        trade.letters_wait = True
        trade.until(trade.now)


@dataclass(frozen=True)
class Move:
    """What somebody does; `choice` says to which of the cases, and how much of it."""

    what: str
    choice: int

    def take(self, trade: Trade) -> None:
        amount, number = AMOUNTS[self.choice % len(AMOUNTS)], self.choice // 6
        asks = requests(trade)
        ask = asks[number % len(asks)] if asks else None
        match self.what:
            case "asked" if not trade.ask_refused("return_refund", str(1 + number % 2), reason="quality"):
                trade.ask("return_refund", str(1 + number % 2), reason="quality")
            case "withdrawn" if ask:
                ask.refused("withdraw", Role.BUYER)
            case "returned" if ask and not ask.refused("agree"):
                ask.refused("submit_return", Role.BUYER, carrier="yto", tracking_no=f"R{number}")
            case "arrived" if ask and ask.state.parcels:
                ask.scan("signed", f"yto/{ask.state.parcels[0].tracking_no}")
            case "inspected" if ask:
                ask.refused("inspect_return", Role.WAREHOUSE, conforming=True)
            case "paid_for" if ask and "late_return" in ask.open_tasks():
                _tried(lambda: ask.done("late_return", "paid_for", Role.OWNER))
            case "ruled":
                _rule(trade, number, amount)
            case "compensated":
                trade.refused("compensate", Role.FINANCE, amount=amount, reason="memo:why")
            case "reversed":
                trade.happened("payment.reversed", {"amount": amount})
            case "letter":
                letter(trade, self.choice)
            case "partner":
                trade.payer = list(Payer)[self.choice % len(Payer)]
                trade.until(trade.now)


def _tried(step: Any) -> None:
    try:
        step()
    except ActionRefused:
        return


def _rule(trade: Trade, number: int, amount: str) -> None:
    """The platform rules on one of the complaints."""
    cases = of_kind(trade, CaseKind.COMPLAINT)
    rule, values = COMPLAINT.action("rule"), {"upheld": True, "amount": amount}
    _tried(lambda: trade.take(cases[number % len(cases)], rule, Role.PLATFORM, values))


def moves() -> st.SearchStrategy[list[Move]]:
    whats = (
        "asked", "withdrawn", "returned", "returned", "arrived", "inspected", "paid_for", "ruled", "ruled",
        "compensated", "letter", "letter", "letter", "partner", "reversed",
    )  # fmt: skip
    return st.lists(st.builds(Move, st.sampled_from(whats), st.integers(0, 35)), min_size=4, max_size=25)


def granted(trade: Trade) -> Decimal:
    """What the buyer has got or is to get, of all cases together, but for the freight of returns, yuan."""
    payouts = (payout for case in trade.every_case() for payout in case.state.payouts)
    return sum((payout.amount for payout in payouts if payout.kind is not EntryKind.FREIGHT_SUBSIDY), ZERO)


def complaints(trade: Trade) -> Iterable[ComplaintState]:
    return (case.state for case in of_kind(trade, CaseKind.COMPLAINT))


@bounded
@given(to_take=moves())
def test_never_more_than_was_paid_and_every_ruling_is_carried_out(to_take: list[Move]) -> None:
    """Two complaints, requests, returns that come too late and compensations, all about the same goods."""
    trade = signed(line("1", "100.00"), line("2", "100.00"), freight="10.00")
    trade.set_up(authority="5000.00")
    for type_ in (Type.CONSUMER_PROTECTION, Type.BREACH_OF_PROMISE):
        Complaint(trade, type_).answer()
    trade.letters_wait = True
    for move in to_take:
        move.take(trade)
        assert granted(trade) <= trade.state.total, [one.summary for one in trade.state.story]
    trade.letters_wait, trade.payer = False, Payer.PAYS
    trade.until(trade.now)
    assert granted(trade) <= trade.state.total
    assert granted(trade) <= trade.state.paid or lacking(trade.state) > 0
    _check_rulings(trade)


def _check_rulings(trade: Trade) -> None:
    """What of a ruling is not paid is nowhere left to pay it from."""
    state = trade.state
    by_order = [payout for payout in state.payouts if payout.about.startswith("ruling/")]
    for complaint in complaints(trade):
        made_up = sum((one.amount for one in by_order if one.about.endswith(complaint.case_id)), ZERO)
        given = complaint.payout(EntryKind.COMPENSATION) + made_up
        assert given <= complaint.granted
        goods = sum((unclaimed(state, each) for each in state.lines), ZERO)
        assert given == complaint.granted or not min(goods, to_grant(state))
        assert not complaint.open or complaint.granted == ZERO or complaint.unpaid_payouts()
    assert carriage_left(state) >= ZERO
