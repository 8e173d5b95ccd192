"""Money that no goods need: it goes back, or is somebody's task; nothing ends while it lies there."""

from __future__ import annotations

import pytest

from domain.case.work import WorkItem
from domain.order.money import money
from domain.order.opening import OpenedUnder
from domain.roles import Role
from tests.domain.after_sale.made import signed
from tests.domain.after_sale.outside import Payer
from tests.domain.after_sale.trade import Trade
from tests.domain.orders import at


def stands(trade: Trade) -> tuple[str, str, str, str]:
    """Paid, refunded, compensated, overpaid."""
    standing = money(trade.state)
    return (
        f"{standing.paid}",
        f"{standing.refunded}",
        f"{standing.compensated}",
        f"{standing.overpaid}",
    )


def item(trade: Trade, type_: str) -> WorkItem:
    """The open task of that type."""
    (found,) = [one for one in trade.state.open_work() if one.type == type_]
    return found


@pytest.mark.parametrize("paid", ["208.99", "100.00", "0.01"])
def test_a_part_goes_back_when_the_order_closes(paid: str) -> None:
    """Not paid in full in time: closed, and what was paid goes back through the partner before it ends."""
    trade = Trade(payer=Payer.SILENT)
    trade.pay(paid)
    trade.until(at(days=3))
    assert (trade.stage, trade.state.outcome, trade.state.open) == ("closed", "unpaid", True)
    trade.payer = Payer.PAYS
    trade.until(trade.now)
    assert (stands(trade), trade.state.open) == ((paid, paid, "0.00", "0.00"), False)
    assert [entry.kind for entry in trade.state.ledger] == ["payment", "refund"]


def test_a_shop_that_pays_by_hand_gives_a_part_back_by_hand() -> None:
    """Finance is asked once, and their word books it; an agent's does not."""
    trade = Trade(under=OpenedUnder(refunds_by_hand=True))
    trade.pay("100.00")
    trade.until(at(days=3))
    assert (trade.open_tasks(), item(trade, "pay_refund").values["amount"]) == (["pay_refund"], "100.00")
    trade.done("pay_refund", "paid", Role.FINANCE)
    assert (stands(trade), trade.state.open) == (("100.00", "100.00", "0.00", "0.00"), False)


def test_what_the_partner_refuses_for_good_is_finances() -> None:
    """The buyer's account is closed: a task, and the case stays open until it is paid."""
    trade = Trade(payer=Payer.REFUSES)
    trade.pay("100.00")
    trade.until(at(days=3))
    assert (trade.open_tasks(), trade.state.open) == (["pay_refund"], True)
    trade.act("confirm_refund_paid", Role.FINANCE)
    assert (stands(trade)[1], trade.state.open, trade.open_tasks()) == ("100.00", False, [])


def test_a_payment_in_time_that_is_learnt_late_brings_the_order_back() -> None:
    """As if it had come in time: its clocks run from the payment's own time."""
    trade = Trade()
    trade.until(at(days=4))
    trade.pay(when=at(hours=70))
    assert (trade.stage, trade.state.outcome, trade.state.open) == ("awaiting_shipment", None, True)
    assert trade.deadline("ship_by").due_at == at(hours=142)
    assert trade.open_tasks() == []


def test_a_part_that_went_back_does_not_count_for_the_rest() -> None:
    """The rest, paid in time and learnt late, pays for nothing any more: it goes back too."""
    trade = Trade()
    trade.pay("100.00")
    trade.until(at(days=4))
    trade.pay("109.00", when=at(hours=70))
    assert (trade.stage, stands(trade)) == ("closed", ("209.00", "209.00", "0.00", "0.00"))


def test_a_payment_too_late_is_paid_back() -> None:
    """Somebody decides; the buyer does not want it any more."""
    trade = Trade()
    trade.until(at(days=4))
    trade.pay()
    assert (trade.stage, trade.open_tasks(), stands(trade)[3]) == ("closed", ["late_payment"], "209.00")
    trade.done("late_payment", "paid_back", Role.FINANCE)
    assert (stands(trade), trade.state.open) == (("209.00", "209.00", "0.00", "0.00"), False)


def test_a_payment_too_late_takes_the_order_up_again() -> None:
    """The time to ship runs from taking it up, not from the payment."""
    trade = Trade()
    trade.until(at(days=4))
    trade.pay()
    trade.until(at(days=5))
    trade.done("late_payment", "taken_up", Role.AGENT)
    assert (trade.stage, trade.open_tasks(), stands(trade)[3]) == ("awaiting_shipment", [], "0.00")
    assert trade.deadline("ship_by").due_at == at(days=8)


def test_a_payment_after_the_buyer_agreed_to_close() -> None:
    """Booked, and a person decides, whenever it was made."""
    trade = Trade()
    trade.until(at(hours=2))
    trade.act("close_unpaid", reason="buyer_mistake", buyer_consent=True)
    trade.pay(when=at(hours=1))
    assert (trade.stage, trade.open_tasks()) == ("closed", ["late_payment"])


def test_overpaid_is_finances_at_any_time() -> None:
    """Paid twice: a task, and the action pays it back; what is owed stays."""
    trade = Trade()
    trade.pay()
    trade.pay("209.00")
    assert (stands(trade)[3], trade.open_tasks()) == ("209.00", ["return_overpayment"])
    assert trade.act("return_overpayment", Role.FINANCE) == {"amount": "209.00"}
    assert (stands(trade), trade.open_tasks()) == (("418.00", "209.00", "0.00", "0.00"), [])
    assert trade.refused("return_overpayment", Role.FINANCE) == ["not_overpaid"]
    assert trade.stage == "awaiting_shipment"


def test_overpaid_goes_back_with_the_refund_of_the_rest() -> None:
    """Paid twice and refunded whole: nothing stays."""
    trade = Trade()
    trade.pay()
    trade.pay("209.00")
    trade.ask("refund_only", reason="other").act("agree")
    assert (stands(trade), trade.state.open) == (("418.00", "418.00", "0.00", "0.00"), False)


def test_overpaid_goes_back_before_a_completed_order_ends() -> None:
    """Nobody did the task: it does not stand on an ended case."""
    trade = signed()
    trade.pay("9.00")
    trade.act("confirm_receipt", Role.BUYER)
    trade.until(at(days=20))
    assert (stands(trade), trade.state.open) == (("218.00", "9.00", "0.00", "0.00"), False)


def test_a_payment_of_before_placing_counts_from_placing() -> None:
    """The shop cannot be late before the order was there."""
    trade = Trade()
    trade.pay(when=at(hours=-5))
    assert trade.deadline("ship_by").due_at == at(hours=72)
