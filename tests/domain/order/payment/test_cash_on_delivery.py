"""Cash on delivery: confirmed with the buyer before it ships, set aside after three days, never closed by us."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.order.opening import Buyer, OpenedUnder, OrderLine
from domain.order.state import Source
from domain.shop.settings import CashOnDeliverySettings
from tests.domain.orders import at, line
from tests.domain.people import BUYER, Worked


def cod(*lines: OrderLine, **options: object) -> Worked:
    return Worked(*lines, source=Source.CASH_ON_DELIVERY, **options)  # type: ignore[arg-type]


@pytest.mark.rule("S2-18")
def test_it_ships_only_once_the_buyer_confirmed() -> None:
    """Somebody is asked to confirm it; only then the ship deadline runs, from that moment."""
    order = cod()
    assert (order.stage, order.open_tasks(), order.has("ship_by")) == ("awaiting_shipment", ["confirm_cod"], False)
    order.until(at(hours=5))
    order.done("confirm_cod", "confirmed")
    assert order.clock("ship_by") == ("running", at(hours=77))
    assert order.open_tasks() == []


@pytest.mark.rule("S2-19")
def test_an_unreachable_buyer_is_tried_for_three_days() -> None:
    """Every try in vain makes the next one, due within a day; after three days the order is set aside, not closed."""
    order = cod()
    for day in range(3):
        order.until(at(hours=25 * day))
        assert not order.state.parked
        order.done("confirm_cod", "unreachable")
        task = order.open_task("confirm_cod")
        assert (task.not_before, task.due_at) == (order.now + timedelta(hours=4), order.now + timedelta(hours=24))
    order.until(at(hours=75))
    order.done("confirm_cod", "unreachable")
    assert (order.stage, order.state.parked) == ("awaiting_shipment", True)
    assert "confirm_cod" not in order.open_tasks()
    order.until(at(days=60))
    assert (order.stage, order.state.outcome) == ("awaiting_shipment", None)


def test_a_parked_order_goes_on_when_the_buyer_turns_up() -> None:
    """The buyer calls back: an agent notes it, and the order is no longer set aside."""
    order = cod()
    order.until(at(days=4))
    order.done("confirm_cod", "unreachable")
    assert order.state.parked
    order.act("confirm_cod")
    assert not order.state.parked
    assert order.clock("ship_by") == ("running", at(days=7))
    assert order.refused("confirm_cod") == ["already_confirmed"]


def test_what_is_paid_online_needs_no_confirmation() -> None:
    """There is nothing to confirm then."""
    order = Worked()
    assert order.refused("confirm_cod") == ["not_cash_on_delivery"]


@pytest.mark.rule("S2-22")
def test_another_payment() -> None:
    """The buyer pays another way: the order awaits payment like any other, and is closed if they do not."""
    order = cod()
    order.until(at(hours=1))
    order.done("confirm_cod", "other_payment")
    assert (order.stage, order.clock("payment")) == ("awaiting_payment", ("running", at(days=3, hours=1)))
    paid = cod()
    paid.done("confirm_cod", "other_payment")
    paid.pay(when=at(hours=2))
    assert (paid.stage, paid.clock("ship_by")) == ("awaiting_shipment", ("running", at(hours=74)))
    order.until(at(days=3, hours=1))
    assert order.state.outcome == "unpaid"


def test_declined() -> None:
    """The buyer does not want it after all: that is their consent to close it."""
    order = cod()
    order.done("confirm_cod", "declined")
    assert (order.stage, order.state.outcome, order.state.open) == ("closed", "cancelled", False)


@pytest.mark.rule("S2-17")
@pytest.mark.parametrize(
    ("credit", "trades", "today", "variant"),
    [(5, 3, 9, ""), (0, 3, 0, "at_risk"), (5, 0, 0, "at_risk"), (None, None, 9, ""), (0, 0, 9, "over_quota")],
)
def test_buyers_without_credit_or_trades(credit: int | None, trades: int | None, today: int, variant: str) -> None:
    """Whoever confirms is told of the risk; beyond the shop's share of a day, to advise another payment."""
    buyer = Buyer(**BUYER.model_dump() | {"credit": credit, "trades": trades})
    under = OpenedUnder(cod=CashOnDeliverySettings(daily_quota_at_risk=9), at_risk_today=today)
    assert cod(buyer=buyer, under=under).open_task("confirm_cod").variant == variant


@pytest.mark.rule("S2-20", "S2-21")
def test_what_it_costs_is_told() -> None:
    """All of it stands in the script; free shipping at the door costs the shop's freight and service fee."""
    under = OpenedUnder(cod=CashOnDeliverySettings(freight=Decimal("10.00"), service_fee=Decimal("5.00")))
    free = cod(freight="0.00", under=under).open_task("confirm_cod").values
    assert (free["amount"], free["cod_fees"]) == ("214.00", "15.00")
    assert cod(freight="8.00", under=under).open_task("confirm_cod").values["cod_fees"] == "0.00"


def test_goods_that_left_are_not_confirmed_any_more() -> None:
    """The warehouse shipped it all the same: the task settles itself."""
    order = cod()
    order.consign(when=at(hours=1))
    assert order.task("confirm_cod").state == "superseded"
    assert order.refused("confirm_cod") == ["already_shipped"]


@pytest.mark.rule("S2-23")
def test_refused_at_the_door() -> None:
    """The reason is asked, a memo names the parcel, and another one says that it is back."""
    order = cod()
    order.done("confirm_cod", "confirmed")
    order.consign(when=at(hours=1))
    order.scan("picked_up", when=at(hours=2))
    order.scan("refused", when=at(days=2))
    order.done("refused_parcel", "returning")
    assert order.memos == ["顾客拒收，快递退回 中通 ZT1"]
    order.scan("returned", when=at(days=5))
    assert order.memos[-1] == "拒收件已收到 中通 ZT1"
    assert (order.stage, order.state.outcome, order.state.open) == ("closed", "cancelled", False)


def refused_and_back() -> Worked:
    """One of two units was refused at the door and is back; the other has not left, as far as is known."""
    order = cod(line("1", "199.00", quantity=2))
    order.done("confirm_cod", "confirmed")
    order.consign("ZT1", units={"1": 1}, when=at(hours=1))
    order.scan("refused", when=at(days=1))
    order.scan("returned", when=at(days=2))
    assert (order.stage, order.state.outcome) == ("closed", "cancelled")
    order.until(at(hours=66))
    return order


def test_another_parcel_was_on_its_way_when_the_first_came_back() -> None:
    """The order never was called off: it goes on, and its clocks run."""
    order = refused_and_back()
    order.consign("ZT2", units={"1": 1}, when=at(hours=2))
    assert (order.stage, order.state.outcome, order.state.open) == ("awaiting_shipment", None, True)
    assert order.clock("ship_by") == ("running", at(hours=72))


def test_what_leaves_after_it_was_called_off_is_stopped() -> None:
    """It stays closed."""
    order = refused_and_back()
    order.consign("ZT2", units={"1": 1})
    assert (order.stage, "stop_parcel" in order.open_tasks()) == ("closed", True)


def test_it_was_paid_before_it_came_back() -> None:
    """So it is the buyer's to say what becomes of the goods: somebody asks."""
    order = refused_and_back()
    order.pay(when=at(hours=40))
    assert (order.state.outcome, "parcel_exception" in order.open_tasks()) == (None, True)


def test_it_was_paid_after_it_came_back() -> None:
    """Nothing was sold: the money goes back."""
    order = refused_and_back()
    order.pay(when=at(hours=60))
    assert (order.stage, [payout.about for payout in order.state.payouts]) == ("closed", ["returned"])
