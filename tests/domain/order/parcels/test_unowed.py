"""A parcel that leaves with goods that were paid back before is somebody's task at once (S4-50, S4-51)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from domain.case.action import ActionRequest, Circumstances
from domain.case.completing import completing
from domain.case.errand import StartCase
from domain.case.parcel import ParcelSeen
from domain.errors import ActionRefused
from domain.intercept.opening import InterceptOpening
from domain.order.life import ORDER
from domain.parcels.journey import Where, status_of_parcel, where_is
from domain.roles import Actor, Role
from domain.shop.accounts import Permission
from domain.shop.settings import Agreement
from tests.domain.after_sale.made import paid
from tests.domain.after_sale.trade import Trade
from tests.domain.orders import at, line

SIGNED = {"parcel_intercept": {"agreements": list(Agreement)}}


def refunded() -> Trade:
    """An order that was refunded before anything left."""
    trade = paid()
    trade.ask("refund_only", reason="no_reason").act("agree")
    assert (trade.stage, trade.state.open) == ("closed", False)
    return trade


def tasks(trade: Trade) -> list[str]:
    """The forms of the open tasks about such parcels."""
    return [item.variant for item in trade.state.open_work() if item.type == "stop_parcel"]


def says(trade: Trade, outcome: str, *permissions: Permission) -> dict[str, Any]:
    """Somebody says what came of the task."""
    (item,) = [item for item in trade.state.open_work() if item.type == "stop_parcel"]
    rule = completing(ORDER)
    goods = [
        ParcelSeen(
            carrier=parcel.carrier,
            tracking_no=parcel.tracking_no,
            status=status_of_parcel(parcel)[0],
            units=parcel.units,
            categories=["apparel"],
            worth=Decimal("199.00"),
        )
        for parcel in trade.state.parcels
    ]
    agent = Actor(role=Role.AGENT, account="demo-agent", permissions=permissions)
    by = ActionRequest(
        action_id=trade.next_id("step"), actor=agent, circumstances=Circumstances(shop=trade.shop, goods=goods)
    )
    input_ = rule.read({"item_id": item.item_id, "outcome": outcome}, lambda: trade.state)
    trade.case.check(rule, by, trade.now, input_)
    return trade.case.act(rule, by, trade.now, input_)


def against(trade: Trade, outcome: str, *permissions: Permission) -> list[str]:
    """Every reason against saying so."""
    with pytest.raises(ActionRefused) as refused:
        says(trade, outcome, *permissions)
    return [reason.code for reason in refused.value.reasons]


def test_said_shipped_after_the_refund() -> None:
    """Though the case has ended; once, however often the carrier scans it."""
    trade = refunded()
    trade.consign(when=at(days=1))
    assert (trade.state.open, tasks(trade)) == (True, [""])
    trade.scan("picked_up", when=at(days=1, hours=1))
    trade.scan("scanned", when=at(days=1, hours=2))
    assert tasks(trade) == [""]


def test_picked_up_after_the_refund() -> None:
    """It was said to be shipped before, and the carrier did not have it."""
    trade = paid()
    trade.consign(when=at(hours=1))
    trade.ask("refund_only", reason="no_reason").act("agree")
    assert tasks(trade) == []
    trade.scan("picked_up", when=at(hours=5))
    assert tasks(trade) == [""]


def test_refunded_on_its_way_is_the_requests_matter() -> None:
    """The request could have had it intercepted: nobody is asked a second time."""
    trade = paid()
    trade.consign(when=at(hours=1))
    trade.scan("picked_up", when=at(hours=2))
    trade.ask("refund_only", reason="other").act("agree")
    trade.scan("scanned", when=at(hours=9))
    assert tasks(trade) == []


def test_of_two_lines_the_one_that_is_owed_ships() -> None:
    """Only a parcel that holds what was paid back is stopped."""
    trade = paid(line("1"), line("2"))
    trade.ask("refund_only", "1", reason="no_reason").act("agree")
    trade.consign("ZT2", "2", when=at(hours=5))
    assert tasks(trade) == []
    trade.consign("ZT1", "1", when=at(hours=6))
    assert tasks(trade) == [""]


def test_an_unpaid_order_that_is_closed() -> None:
    """Nobody owes the buyer anything of it."""
    trade = Trade(line("1"))
    trade.until(at(days=4))
    trade.consign(when=at(days=4))
    assert tasks(trade) == [""]


def test_intercepted() -> None:
    """By the order itself, if the shop has it and the account may; it comes back."""
    trade = refunded()
    trade.consign(when=at(days=1))
    assert "no_agreement" in against(trade, "intercept", Permission.LOGISTICS_TOOLS)
    trade.set_up(**SIGNED)
    assert against(trade, "intercept", Permission.LOGISTICS_TOOLS) == ["out_of_window"]
    trade.scan("picked_up", when=at(days=1, hours=1))
    says(trade, "intercept", Permission.LOGISTICS_TOOLS)
    (opening,) = [one.errand.opening for one in trade.state.errands if isinstance(one.errand, StartCase)]
    assert isinstance(opening, InterceptOpening)
    assert (opening.tracking_no, opening.after_sale_case_id, tasks(trade)) == ("ZT1", None, [])


def test_it_never_left() -> None:
    """The warehouse keeps it back: its goods are here, and the order ends again."""
    trade = refunded()
    trade.consign(when=at(days=1))
    says(trade, "kept_back")
    assert (where_is(trade.state.parcels[0]), trade.state.open, tasks(trade)) == (Where.RETURNED, False, [])


def test_with_the_carrier_it_is_not_kept_back() -> None:
    """Then it must be stopped, or refused."""
    trade = refunded()
    trade.consign(when=at(days=1))
    trade.scan("picked_up", when=at(days=1, hours=1))
    assert against(trade, "kept_back") == ["already_picked_up"]


@pytest.mark.parametrize("answer", ["let_go", "comes_back"])
def test_delivered_all_the_same(answer: str) -> None:
    """The buyer is asked for the goods; until they are here somebody waits for them, or the shop lets them go."""
    trade = refunded()
    trade.consign(when=at(days=1))
    trade.scan("signed", when=at(days=3))
    assert tasks(trade) == ["delivered"]
    says(trade, answer)
    if answer == "comes_back":
        assert tasks(trade) == ["awaited"]
        says(trade, "comes_back")
        says(trade, "arrived")
        assert where_is(trade.state.parcels[0]) is Where.RETURNED
    assert (tasks(trade), trade.state.open) == ([], False)


def test_let_go_before_it_was_delivered() -> None:
    """That was decided: nobody asks again."""
    trade = refunded()
    trade.consign(when=at(days=1))
    says(trade, "let_go")
    trade.scan("picked_up", when=at(days=1, hours=1))
    trade.scan("signed", when=at(days=3))
    assert tasks(trade) == []


def test_refused_at_the_door() -> None:
    """It comes back by itself."""
    trade = refunded()
    trade.consign(when=at(days=1))
    trade.scan("refused", when=at(days=3))
    assert tasks(trade) == []


def test_what_was_paid_back_as_lost_and_comes_to_light_is_asked_for() -> None:
    """The shop would have neither goods nor money: it is stopped on its way, and the buyer is asked at the door."""
    trade = paid()
    trade.consign(when=at(hours=1))
    trade.scan("picked_up", when=at(hours=2))
    trade.happened("parcel.exception", {"carrier": "zto", "tracking_no": "ZT1", "kind": "lost"}, when=at(days=2))
    trade.done("parcel_exception", "refund")
    trade.run_errands()
    assert (trade.stage, tasks(trade)) == ("closed", [])
    trade.scan("out_for_delivery", when=at(days=4))
    assert tasks(trade) == [""]
    trade.scan("signed", when=at(days=5))
    assert tasks(trade) == ["delivered"]


def test_what_was_refused_and_paid_back_and_then_delivered_is_asked_for() -> None:
    """Nobody could stop it: the signature is the first that is heard of it."""
    trade = paid()
    trade.consign(when=at(hours=1))
    trade.scan("refused", when=at(days=2))
    trade.ask("refund_only", reason="other").act("agree")
    trade.scan("signed", when=at(days=4))
    assert tasks(trade) == ["delivered"]


def test_the_units_that_are_owed_are_not_stopped() -> None:
    """One of two was paid back, both left and were kept back: the one that is sent then is the buyer's."""
    trade = paid(line("1", "50.00", quantity=2))
    trade.ask("refund_only", reason="other", lines=[{"line_id": "1", "quantity": 1}]).act("agree")
    trade.consign("ZT1", units={"1": 2}, when=at(hours=1))
    assert tasks(trade) == [""]
    says(trade, "kept_back")
    trade.consign("ZT2", units={"1": 1}, when=at(hours=2))
    assert (tasks(trade), "parcel_exception" in trade.open_tasks()) == ([], False)
