"""Money that the buyer's bank takes back: nothing leaves for it, and what left is finance's."""

from __future__ import annotations

from datetime import datetime

import pytest

from domain.case.fact import Fact
from domain.order.money import money
from domain.order.state import Source
from domain.roles import Group, Role
from tests.domain.after_sale.made import paid, shipped, signed
from tests.domain.after_sale.trade import Trade
from tests.domain.orders import actor, at, line


def reverse(trade: Trade, amount: str = "209.00") -> None:
    """The bank takes so much back now."""
    trade.happened("payment.reversed", {"amount": amount, "reason": "memo:why"})


def payment(trade: Trade, amount: str, when: datetime) -> Fact:
    """A payment that was made then and is learnt now."""
    data = {"amount": amount}
    id_, by = trade.next_id("late"), actor(Role.PAYMENT)
    return Fact(id=id_, source="test", type="payment.received", at=when, actor=by, data=data)


def test_before_shipping_the_order_awaits_payment_again() -> None:
    """Its ship clock is called off, the buyer has the time to pay anew, and presale asks them."""
    trade = paid()
    trade.until(at(hours=10))
    reverse(trade)
    assert (trade.stage, f"{money(trade.state).paid}") == ("awaiting_payment", "0.00")
    assert (trade.clock("ship_by")[0], trade.clock("payment")) == ("cancelled", ("running", at(days=3, hours=10)))
    assert (trade.task("payment_reversed").group, trade.open_tasks()) == (Group.PRESALE, ["payment_reversed"])
    assert [entry.kind for entry in trade.state.ledger] == ["payment", "payment_reversal"]


def test_paid_again_it_ships_as_from_then() -> None:
    """The time to ship runs from the payment that stands; nobody has to ask any more."""
    trade = paid()
    trade.until(at(hours=10))
    reverse(trade)
    trade.until(at(hours=20))
    trade.pay()
    assert (trade.stage, trade.clock("ship_by")) == ("awaiting_shipment", ("running", at(hours=92)))
    assert trade.open_tasks() == []


def test_never_paid_again_it_closes() -> None:
    """What is left of the payment goes back."""
    trade = paid()
    trade.until(at(hours=10))
    reverse(trade, "200.00")
    trade.until(at(days=4))
    standing = money(trade.state)
    assert (trade.state.outcome, f"{standing.paid}", f"{standing.refunded}") == ("unpaid", "9.00", "9.00")
    assert not trade.state.open


def test_after_shipping_finance_has_a_task() -> None:
    """The order goes on as goods go; somebody contests it, and their word ends the task."""
    trade = shipped()
    reverse(trade)
    assert (trade.stage, trade.clock("payment")[0]) == ("in_transit", "met")
    assert trade.task("payment_reversed").group is Group.FINANCE
    trade.done("payment_reversed", "written_off")
    assert trade.open_tasks() == []


def test_no_more_than_was_paid() -> None:
    """A reversal of more is not understood, and books nothing."""
    trade = paid()
    reverse(trade, "209.01")
    assert (f"{money(trade.state).paid}", trade.stage) == ("209.00", "awaiting_shipment")
    assert len(trade.told("fact.not_understood")) == 1


@pytest.mark.parametrize("parts", [["209.00"], ["100.00", "109.00"]])
@pytest.mark.parametrize("early", [True, False])
def test_heard_of_before_what_it_takes_back(parts: list[str], *, early: bool) -> None:
    """Whichever is learnt first, it comes to the same: nothing is paid, and presale asks the buyer."""
    trade = Trade()
    trade.until(at(hours=4))
    if early:
        reverse(trade)
    for amount in parts:
        trade.deliver(payment(trade, amount, at(hours=1)))
    if not early:
        reverse(trade)
    assert (trade.stage, f"{money(trade.state).paid}") == ("awaiting_payment", "0.00")
    assert trade.task("payment_reversed").group is Group.PRESALE
    assert trade.clock("payment") == ("running", at(days=3, hours=4))


def test_no_payment_of_later_is_taken_back_by_it() -> None:
    """What was too much to be taken back then stays so, however much is paid afterwards."""
    trade = paid()
    reverse(trade, "300.00")
    trade.until(at(hours=1))
    trade.pay("209.00")
    assert f"{money(trade.state).paid}" == "418.00"


def test_a_doubled_payment_taken_back() -> None:
    """The bank does what finance was asked to do."""
    trade = paid()
    trade.pay("209.00")
    reverse(trade)
    assert (trade.stage, f"{money(trade.state).overpaid}", trade.open_tasks()) == ("awaiting_shipment", "0.00", [])


def test_after_the_refund_of_all_finance_has_a_task() -> None:
    """The buyer has the money twice."""
    trade = paid()
    trade.ask("refund_only").act("agree")
    assert not trade.state.open
    reverse(trade)
    assert (trade.state.open, trade.open_tasks()) == (True, ["payment_reversed"])


def test_after_shipping_goods_are_received_as_before() -> None:
    """Their buyer signs for them, whatever became of the money."""
    trade = shipped()
    reverse(trade)
    trade.scan("signed")
    assert trade.stage == "delivered"


def test_a_part_taken_back_leaves_the_rest_to_be_given_back() -> None:
    """What the bank left can be compensated from, and a return pays no more than that."""
    trade = signed()
    reverse(trade, "50.00")
    assert trade.refused("compensate", amount="159.01", reason="memo:why") == ["amount_too_high"]
    assert trade.refused("compensate", amount="9.00", reason="memo:why") == []
    ask = trade.ask("return_refund")
    ask.act("agree")
    ask.send_back()
    ask.inspect()
    assert (f"{money(trade.state).refunded}", f"{money(trade.state).compensated}") == ("140.00", "9.00")


def test_all_taken_back_leaves_nothing() -> None:
    """Neither a request nor a compensation."""
    trade = signed()
    reverse(trade)
    assert trade.against("request_after_sale", Role.BUYER) == ["not_paid"]
    assert "not_paid" in trade.refused("compensate", amount="0.01", reason="memo:why")


def test_closed_before_anything_left_nothing_is_missing() -> None:
    """The buyer has neither goods nor money, so that finance need not contest the reversal."""
    trade = paid()
    ask = trade.ask("refund_only")
    reverse(trade)
    ask.act("agree")
    assert (trade.state.outcome, trade.open_tasks(), trade.state.open) == ("refunded", [], False)


def test_a_parcel_that_comes_back_is_somebodys() -> None:
    """Also where the bank took the money back meanwhile."""
    trade = shipped()
    reverse(trade)
    trade.scan("refused")
    trade.scan("returned")
    assert "parcel_exception" in trade.open_tasks()


def test_money_from_the_door_that_is_taken_back() -> None:
    """It counts as paid from delivery on, and as missing once it was taken back."""
    trade = Trade(source=Source.CASH_ON_DELIVERY)
    trade.done("confirm_cod", "confirmed")
    trade.consign()
    trade.scan("picked_up")
    trade.scan("signed")
    trade.pay()
    reverse(trade)
    assert trade.task("payment_reversed").group is Group.FINANCE
    assert trade.against("request_after_sale", Role.BUYER) == ["not_paid"]
    trade.pay()
    assert (trade.open_tasks(), trade.against("request_after_sale", Role.BUYER)) == ([], [])


def part_shipped(taken_back: str = "200.00") -> Trade:
    """Three units for 300.00, one of them shipped, when the bank takes so much back."""
    trade = paid(line("1", "300.00", quantity=3), freight="0.00")
    trade.until(at(hours=10))
    trade.consign("ZT1", units={"1": 1})
    trade.scan("picked_up")
    reverse(trade, taken_back)
    return trade


def test_the_rest_of_a_part_shipped_order_is_somebodys() -> None:
    """Nothing else leaves for it: presale asks the buyer, every day, beside finance."""
    trade = part_shipped()
    assert (trade.stage, trade.open_tasks()) == ("awaiting_shipment", ["payment_reversed"] * 2)
    assert [item.variant for item in trade.state.open_work()] == ["shipped", "rest"]
    trade.complete(trade.state.open_work()[1], "will_pay")
    assert [item.variant for item in trade.state.open_work()] == ["shipped", "rest"]


def test_the_buyer_pays_for_the_rest() -> None:
    """It ships as from then, and nobody is asked any more."""
    trade = part_shipped()
    trade.until(at(hours=20))
    trade.pay("200.00")
    assert (trade.open_tasks(), trade.clock("ship_by")) == ([], ("running", at(hours=92)))


@pytest.mark.parametrize(("taken_back", "refunded"), [("200.00", "0.00"), ("50.00", "150.00"), ("300.00", "0.00")])
def test_the_rest_is_called_off(taken_back: str, refunded: str) -> None:
    """What of it is still paid goes back; what left is finance's, if it is not paid any more."""
    trade = part_shipped(taken_back)
    trade.complete(trade.state.open_work()[1], "refund")
    assert (trade.line().cancelled, f"{money(trade.state).refunded}") == (2, refunded)
    assert trade.open_tasks() == (["payment_reversed"] if taken_back == "300.00" else [])
    assert trade.stage == "in_transit"


def test_the_rest_is_sent_all_the_same() -> None:
    """The time to ship runs from that decision, and the loss is finance's still."""
    trade = part_shipped()
    trade.until(at(hours=20))
    trade.complete(trade.state.open_work()[1], "taken_up")
    assert trade.clock("ship_by") == ("running", at(hours=92))
    assert [item.variant for item in trade.state.open_work()] == ["shipped"]
    trade.until(at(days=5))
    assert trade.points == 3


def test_paid_again_what_a_refund_left_out_goes_back() -> None:
    """Half was taken back when all was refunded: nothing is missing then, and what comes again is nobody's to keep."""
    trade = paid()
    reverse(trade, "100.00")
    trade.ask("refund_only").act("agree")
    assert (f"{money(trade.state).refunded}", trade.state.open) == ("109.00", False)
    trade.pay("100.00")
    standing = money(trade.state)
    assert (f"{standing.paid}", f"{standing.refunded}", trade.state.open) == ("209.00", "209.00", False)


def test_what_is_not_paid_is_left_out_once() -> None:
    """By the first of two requests; the second pays its line, and a price difference is no way around it."""
    trade = paid(line("1", "100.00"), line("2", "100.00"), freight="0.00")
    reverse(trade, "60.00")
    for number in ("1", "2"):
        trade.ask("refund_only", number, reason="other").act("agree")
    assert f"{money(trade.state).refunded}" == "140.00"
    trade = signed()
    reverse(trade, "150.00")
    assert trade.ask_refused("price_protection", reason="other", amount="49.01") == ["amount_too_high"]


def test_finance_hears_what_the_bank_took_and_what_the_shop_gave_back() -> None:
    """An order that lives on was closed, not robbed; taken back besides, both are named, each with its own."""
    trade = Trade()
    trade.pay("100.00")
    trade.until(at(days=4))
    trade.deliver(payment(trade, "109.00", at(hours=70)))
    trade.consign()
    task = trade.state.open_work()[-1]
    said = {place: task.values.get(place) for place in ("amount", "taken_back", "given_back")}
    assert (task.variant, said) == ("shipped", {"amount": "100.00", "taken_back": "0.00", "given_back": "100.00"})
    trade.until(at(days=5))
    reverse(trade, "9.00")
    task = trade.state.open_work()[-1]
    said = {place: task.values.get(place) for place in ("amount", "taken_back", "given_back")}
    assert (task.variant, said) == ("shipped", {"amount": "109.00", "taken_back": "9.00", "given_back": "100.00"})
