"""Late shipment: who is late, what it costs, and how late evidence undoes it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from domain.case.deadline import DeadlineState
from domain.order.money import money
from domain.order.shipping.lateness import Penalty, penalty
from domain.policy import policy
from domain.roles import Role
from tests.domain.orders import Order, at, campaign, line


def late(*amounts: str, policy: str = "taobao-2012") -> Order:
    """An order with a line for each amount, paid when placed and never shipped, an hour after it was due."""
    order = Order(*(line(str(number), amount) for number, amount in enumerate(amounts, 1)), policy=policy)
    order.pay()
    order.until(order.deadline("ship_by").due_at)
    return order


@pytest.mark.rule("S2-51", "S2-85")
def test_three_points_and_five_percent() -> None:
    """Not with the carrier after 72 hours: points to the shop, 5 % of what the item was paid to the buyer."""
    order = Order()
    order.pay()
    order.until(at(hours=71, minutes=59))
    assert order.penalty == (0, "0.00")
    order.until(at(hours=72))
    assert order.penalty == (3, "9.95")
    points, compensation = order.state.ledger[1:]
    assert (points.kind, points.unit, points.debit, points.credit) == (
        "late_shipment_points",
        "points",
        "merchant",
        "platform",
    )
    assert (compensation.debit, compensation.credit, compensation.at) == ("merchant", "buyer", at(hours=72))
    assert {points.rule, compensation.rule} == {"S2-85"}
    assert points.cause == compensation.cause
    assert points.cause.startswith("deadline:ship_by@2026-11-13T16:00:30Z")
    assert order.deadline("ship_by").state is DeadlineState.ELAPSED


@pytest.mark.rule("S2-85")
@pytest.mark.parametrize(
    ("amounts", "compensation"),
    [
        (("600.00",), "30.00"),
        (("600.20",), "30.00"),
        (("900.00", "150.00"), "30.00"),
        (("599.80",), "29.99"),
        (("0.30",), "0.02"),
        (("0.09",), "0.00"),
        (("10.10", "10.10"), "1.01"),
    ],
)
def test_at_most_thirty_yuan(amounts: tuple[str, ...], compensation: str) -> None:
    """5 % of the late lines together, capped, rounded to the cent as shops do."""
    assert late(*amounts).penalty == (3, compensation)


def test_a_line_that_costs_nothing_is_late_all_the_same() -> None:
    """Points are booked; compensation of nothing is not an entry."""
    order = late("0.00")
    assert [entry.kind for entry in order.state.ledger if entry.rule == "S2-85"] == ["late_shipment_points"]


def test_the_edition_says_what_it_costs() -> None:
    """Douyin's cap is 50 yuan, after 48 hours."""
    order = Order(line("1", "2000.00"), policy="douyin")
    order.pay()
    order.until(at(hours=48))
    assert order.penalty == (3, "50.00")


def test_late_once() -> None:
    """However long it goes on, an order is late once."""
    order = late("199.00")
    order.until(at(days=30))
    order.consign()
    order.scan()
    assert order.penalty == (3, "9.95")
    assert len([entry for entry in order.state.ledger if entry.rule == "S2-85"]) == 2


def test_only_late_lines_are_compensated() -> None:
    """A line that the carrier had in time is none of them."""
    order = Order(line("1", "100.00"), line("2", "300.00"))
    order.pay()
    order.consign("ZT1", "1", when=at(hours=1))
    order.scan("picked_up", "ZT1")
    order.until(at(hours=73))
    assert order.penalty == (3, "15.00")
    assert order.told("ship_by.elapsed") == ["Not with the carrier in time: line 2"]


def test_custom_goods_are_never_late() -> None:
    """Only the ordinary line of the order costs something (S2-83)."""
    order = Order(line("1", "500.00", made_to_order=True), line("2", "100.00"))
    order.pay()
    order.until(at(hours=73))
    assert order.penalty == (3, "5.00")


@pytest.mark.rule("S2-84")
def test_the_sellers_word_does_not_count() -> None:
    """Said shipped at hour 70, nothing scanned by hour 72: late."""
    order = Order()
    order.pay()
    order.consign(when=at(hours=70))
    order.until(at(hours=73))
    assert order.penalty == (3, "9.95")


@pytest.mark.rule("S2-84")
def test_late_evidence_undoes_the_penalty() -> None:
    """A pick-up before the 72nd hour, reported after it: reversed by entries of their own, and the deadline is met."""
    order = Order()
    order.pay()
    order.consign(when=at(hours=70))
    order.until(at(hours=75))
    order.scan("picked_up", when=at(hours=71))
    assert (order.penalty, order.clock("ship_by")) == ((0, "0.00"), (DeadlineState.MET, at(hours=72)))
    booked, reversed_ = order.state.ledger[1:3], order.state.ledger[3:]
    assert [entry.reverses for entry in reversed_] == [entry.entry_id for entry in booked]
    assert {entry.cause for entry in reversed_} == {"event:test/parcel.picked_up-3"}
    assert len(order.told("ledger.reversed")) == 2


def test_late_evidence_for_a_part_leaves_the_rest() -> None:
    """The compensation shrinks to the line that was late; the points stay."""
    order = Order(line("1", "100.00"), line("2", "300.00"))
    order.pay()
    order.consign("ZT1", "1")
    order.until(at(hours=75))
    assert order.penalty == (3, "20.00")
    order.scan("picked_up", "ZT1", when=at(hours=71))
    assert order.penalty == (3, "15.00")
    points = [entry for entry in order.state.ledger if entry.kind == "late_shipment_points"]
    assert len(points) == 1, "what still stands is not booked anew"


def test_evidence_that_is_itself_late_changes_nothing() -> None:
    """Picked up in the 73rd hour is late, whenever one hears of it."""
    order = late("199.00")
    order.consign()
    order.scan("picked_up", when=at(hours=72, minutes=1))
    assert order.penalty == (3, "9.95")


def test_a_payment_learnt_late_makes_an_order_late_that_was_not() -> None:
    """The sum was reached sooner, so the pick-up that seemed in time was not."""
    order = Order()
    order.pay(when=at(hours=10))
    order.consign(when=at(hours=70))
    order.scan("picked_up", when=at(hours=75))
    assert order.clock("ship_by") == (DeadlineState.MET, at(hours=82))
    order.pay(when=at(hours=1))
    assert order.clock("ship_by") == (DeadlineState.ELAPSED, at(hours=73))
    assert order.penalty == (3, "9.95")


@pytest.mark.rule("S2-83")
def test_out_of_stock_counts_once_the_buyer_knows() -> None:
    """Reported inside the shop it costs nothing; told to the buyer it is a late shipment, long before 72 hours."""
    order = Order(line("1", "100.00"), line("2", "300.00"))
    order.pay()
    order.act("report_out_of_stock", Role.WAREHOUSE, line_ids=["2"])
    assert order.penalty == (0, "0.00")
    order.act("report_out_of_stock", line_ids=["2"], told_buyer=True)
    assert order.penalty == (3, "15.00")
    assert order.told("order.out_of_stock") == ["Out of stock: line 2", "Out of stock: line 2, the buyer knows"]


def test_out_of_stock_and_then_late() -> None:
    """The other line's lateness adds its compensation; points are booked once."""
    order = Order(line("1", "100.00"), line("2", "300.00"))
    order.pay()
    order.act("report_out_of_stock", line_ids=["2"], told_buyer=True)
    order.until(at(hours=72))
    assert order.penalty == (3, "20.00")


def test_custom_goods_out_of_stock_are_no_late_shipment() -> None:
    """Custom goods are excepted, whatever the buyer was told."""
    order = Order(line("1", made_to_order=True))
    order.pay()
    order.act("report_out_of_stock", line_ids=["1"], told_buyer=True)
    assert order.penalty == (0, "0.00")


def test_a_stated_time_is_kept_or_not() -> None:
    """A presale is late after its stated time, not after 72 hours (S2-50)."""
    order = Order(presale=True, promised_ship_by=at(days=10))
    order.pay()
    order.until(at(days=9, hours=23))
    assert order.penalty == (0, "0.00")
    order.until(at(days=10))
    assert order.penalty == (3, "9.95")


@pytest.mark.rule("S2-83")
def test_an_agreed_time_is_kept_or_not() -> None:
    """Late after the agreed time, not after 72 hours."""
    order = Order()
    order.pay()
    order.act("agree_ship_by", ship_by=at(hours=100))
    order.until(at(hours=99))
    assert order.penalty == (0, "0.00")
    order.until(at(hours=100))
    assert order.penalty == (3, "9.95")


@pytest.mark.rule("S2-70")
def test_a_campaign_order_is_late_after_seven_days() -> None:
    """And one whose campaign moves, after what it moved to."""
    order, moved = Order(campaign=campaign()), Order(campaign=campaign())
    for each in (order, moved):
        each.pay()
    moved.happened("campaign.changed", campaign("P9D").model_dump(mode="json"), when=at(days=6))
    for each in (order, moved):
        each.until(at(days=8))
    assert (order.penalty, moved.penalty) == ((3, "9.95"), (0, "0.00"))
    moved.until(at(days=9))
    assert moved.penalty == (3, "9.95")


def test_a_line_under_an_open_refund_is_not_late() -> None:
    """The other one is."""
    order = Order(line("1", "100.00"), line("2", "300.00"))
    order.pay()
    order.open_refund("2")
    order.until(at(hours=73))
    assert order.penalty == (3, "5.00")


def test_the_money_shows_it() -> None:
    """Compensation and points stand in the order's money, net of reversals."""
    order = late("199.00")
    standing = money(order.state)
    assert (standing.points, f"{standing.compensated}", f"{standing.refunded}") == (3, "9.95", "0.00")


def test_no_late_line_no_penalty() -> None:
    """Nothing is owed where nothing is late."""
    assert penalty(Order().state, policy("taobao-2012")) == Penalty(0, Decimal(0))


def taken_back(order: Order, when: datetime) -> None:
    """The bank takes the whole payment back."""
    order.happened("payment.reversed", {"amount": "209.00", "reason": "memo:why"}, when=when)


def test_paid_anew_the_breach_of_before_stands() -> None:
    """The goods were paid for and late; that the bank took the money back later does not undo it. Once an order."""
    order = Order()
    order.pay()
    order.until(at(hours=73))
    taken_back(order, at(hours=80))
    order.until(at(hours=90))
    order.pay()
    assert (order.clock("ship_by"), order.penalty) == ((DeadlineState.RUNNING, at(hours=162)), (3, "9.95"))
    order.until(at(hours=170))
    assert (len([one for one in order.state.deadlines if one.kind == "ship_by"]), order.penalty) == (2, (3, "9.95"))


def test_shipped_in_the_new_time_the_breach_of_before_stands() -> None:
    """What is met is the new time."""
    order = Order()
    order.pay()
    taken_back(order, at(hours=80))
    order.until(at(hours=90))
    order.pay()
    order.consign()
    order.scan("picked_up")
    assert (order.clock("ship_by")[0], order.penalty) == (DeadlineState.MET, (3, "9.95"))


def test_not_paid_when_it_was_due_there_was_no_breach() -> None:
    """That the money had been taken back before the 72nd hour is learnt after it."""
    order = Order()
    order.pay()
    order.until(at(hours=75))
    assert order.penalty == (3, "9.95")
    taken_back(order, at(hours=70))
    assert order.penalty == (0, "0.00")
    order.pay()
    order.until(at(hours=140))
    assert order.penalty == (0, "0.00")


@pytest.mark.rule("S2-85")
@pytest.mark.parametrize(("since", "cost"), [(71, (3, "9.95")), (72, (3, "9.95")), (73, (0, "0.00"))])
def test_an_order_taken_over_is_not_charged_twice(since: int, cost: tuple[int, str]) -> None:
    """What was late before it came here, the marketplace has charged; what is late from then on is charged here."""
    order = Order(charged_since=at(hours=since))
    order.pay()
    order.until(at(hours=74))
    assert order.deadline("ship_by").state is DeadlineState.ELAPSED
    assert order.penalty == cost
