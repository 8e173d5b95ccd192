"""Money that no goods need: it goes back, or is somebody's task; nothing ends while it lies there."""

from __future__ import annotations

from typing import Any

import pytest

from domain.case.work import WorkItem
from domain.order.money import money
from domain.order.opening import OpenedUnder
from domain.roles import Group, Role
from tests.domain.after_sale.made import paid, signed
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


def in_parts(**options: Any) -> Trade:
    """Paid in two parts, both in time; of the second the shop hears after the closing, when the first has gone back."""
    trade = Trade(**options)
    trade.pay("100.00")
    trade.until(at(days=4))
    trade.pay("109.00", when=at(hours=70))
    return trade


def test_a_part_that_went_back_is_to_be_paid_again() -> None:
    """The order was paid in time: it lives on, and somebody asks for what the closing gave back."""
    trade = in_parts()
    assert (trade.stage, trade.state.outcome, item(trade, "payment_reversed").variant) == (
        "awaiting_payment",
        None,
        "given_back",
    )
    assert trade.clock("payment") == ("running", at(days=7))
    trade.pay("100.00", when=at(days=5))
    assert (trade.stage, trade.open_tasks()) == ("awaiting_shipment", [])
    assert trade.clock("ship_by") == ("running", at(days=8))


def test_a_part_that_is_not_paid_again() -> None:
    """The order closes once more, and all of it has gone back."""
    trade = in_parts()
    trade.until(at(days=8))
    assert (trade.stage, stands(trade)) == ("closed", ("209.00", "209.00", "0.00", "0.00"))
    assert (trade.state.open, trade.open_tasks()) == (False, [])
    trade.pay("1.00")
    assert (trade.stage, stands(trade)) == ("closed", ("210.00", "210.00", "0.00", "0.00"))


def test_a_part_that_finance_still_has_stays() -> None:
    """Nothing went back yet, so the order is as if the payment had been heard of in time."""
    trade = Trade()
    trade.set_up(shop={"refunds_by_hand": True})
    trade.state.refunds_by_hand = True
    trade.pay("100.00")
    trade.until(at(hours=73))
    assert trade.open_tasks() == ["pay_refund"]
    trade.pay("109.00", when=at(hours=70))
    assert (trade.stage, trade.open_tasks(), stands(trade)) == (
        "awaiting_shipment",
        [],
        ("209.00", "0.00", "0.00", "0.00"),
    )
    assert trade.deadline("ship_by").due_at == at(hours=142)


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


def by_sf(difference: str = "12.00") -> Trade:
    """A paid order that its buyer wants by SF, at so much more."""
    trade = paid()
    trade.act("urge_shipment", Role.BUYER)
    trade.done("ship_urge", "sf_upgrade", difference=difference)
    return trade


@pytest.mark.rule("S2-53")
def test_the_difference_for_a_faster_carrier_is_freight() -> None:
    """Paid, it is not too much; what comes beyond it is. The time to ship counts from the price."""
    trade = by_sf()
    assert trade.clock("ship_by") == ("running", at(hours=72))
    trade.pay("12.00", when=at(hours=5))
    assert (trade.open_tasks(), f"{money(trade.state).overpaid}") == ([], "0.00")
    assert trade.clock("ship_by") == ("running", at(hours=72))
    trade.pay("1.00", when=at(hours=6))
    assert (trade.open_tasks(), f"{money(trade.state).overpaid}") == (["return_overpayment"], "1.00")


@pytest.mark.parametrize("shipped", [True, False])
def test_a_difference_that_is_not_paid_is_somebodys(*, shipped: bool) -> None:
    """Presale asks the buyer, daily, whether the goods have left or not, until it comes."""
    trade = by_sf()
    if shipped:
        trade.happened("parcel.consigned", {"carrier": "sf", "tracking_no": "SF1"}, when=at(hours=1))
    (asked,) = (item for item in trade.state.open_work() if item.type == "carrier_difference")
    assert (asked.group, asked.values["amount"]) == (Group.PRESALE, "12.00")
    trade.done("carrier_difference", "will_pay")
    assert trade.open_tasks() == ["carrier_difference"]
    trade.pay("5.00", when=at(hours=2))
    assert item(trade, "carrier_difference").values["amount"] == "7.00"
    trade.pay("7.00", when=at(hours=3))
    assert trade.open_tasks() == []
    trade.happened("payment.reversed", {"amount": "5.00", "reason": "memo:why"}, when=at(hours=4))
    assert item(trade, "carrier_difference").values["amount"] == "5.00"


def test_the_shop_bears_what_of_the_difference_is_not_paid() -> None:
    """The memo says so; what was paid stays freight, and what comes later is too much."""
    trade = by_sf()
    trade.pay("5.00", when=at(hours=1))
    trade.done("carrier_difference", "borne")
    assert (trade.open_tasks(), f"{trade.state.carrier_difference}") == ([], "5.00")
    trade.pay("7.00", when=at(hours=2))
    assert (trade.open_tasks(), f"{money(trade.state).overpaid}") == (["return_overpayment"], "7.00")


@pytest.mark.parametrize("paid", [True, False])
def test_by_an_ordinary_carrier_after_all_no_difference_is_owed(*, paid: bool) -> None:
    """Paid, it is too much; not paid, nobody asks for it any more."""
    trade = by_sf()
    if paid:
        trade.pay("12.00", when=at(hours=1))
    trade.consign(when=at(hours=2))
    assert trade.open_tasks() == (["return_overpayment"] if paid else [])
    again = by_sf()
    again.act("change_order", carrier="zto")
    assert (again.open_tasks(), f"{again.state.carrier_difference}") == ([], "0.00")


@pytest.mark.parametrize("late", [True, False])
def test_the_difference_goes_back_with_what_never_left(late: bool) -> None:
    """Also where it comes after the refund."""
    trade = by_sf()
    if not late:
        trade.pay("12.00", when=at(hours=5))
    trade.ask("refund_only", reason="other").act("agree")
    if late:
        trade.pay("12.00", when=at(hours=6))
    assert (f"{money(trade.state).refunded}", trade.state.open) == ("221.00", False)


def test_a_return_without_reason_leaves_the_difference() -> None:
    """The buyer chose the freight; free shipping stays so with it, and the shop's outbound freight is deducted once."""
    trade = Trade(freight="0.00")
    trade.set_up(shop={"outbound_freight": "8.00"})
    trade.pay()
    trade.act("urge_shipment", Role.BUYER)
    trade.done("ship_urge", "sf_upgrade", difference="12.00")
    trade.pay("12.00", when=at(hours=5))
    trade.consign(when=at(hours=6))
    trade.scan("picked_up", when=at(hours=7))
    trade.scan("signed", when=at(days=2))
    ask = trade.ask("return_refund")
    ask.act("agree")
    ask.send_back()
    ask.inspect()
    assert ask.got() == {"refund": "191.00"}
