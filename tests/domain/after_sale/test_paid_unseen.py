"""A return that was refunded by timeout, unseen: what is found wrong with it afterwards is somebody's task."""

from __future__ import annotations

from typing import Any

import pytest

from domain.errors import ActionRefused
from domain.roles import Role
from tests.domain.after_sale.made import signed
from tests.domain.after_sale.trade import Request, Trade
from tests.domain.order.test_units import places
from tests.domain.orders import at, line


def timed_out() -> tuple[Trade, Request]:
    """Three units, sent back and never taken in: refunded by timeout. Order and request have ended."""
    trade = signed(line("1", "300.00", quantity=3), freight="0.00")
    ask = trade.ask("return_refund", reason="quality")
    ask.act("agree")
    ask.send_back()
    trade.until(at(days=40))
    assert (ask.ended, ask.got()["refund"], trade.state.open) == (("succeeded", "refunded"), "300.00", False)
    return trade, ask


def received(ask: Request, **found: Any) -> None:
    ask.happened("return.received", {"carrier": "yto", "tracking_no": "R1", **found})


def test_what_does_not_conform_is_asked_about() -> None:
    """The request is taken up again for it; the money stays as it was paid."""
    _, ask = timed_out()
    received(ask, conforming=False)
    assert (ask.stage, ask.open_tasks(), ask.tasks("paid_unseen")[0].variant) == ("succeeded", ["paid_unseen"], "")
    assert ask.got()["refund"] == "300.00"


def arrived(ask: Request, how: str) -> None:
    if how == "scan":
        ask.scan("signed")
    else:
        received(ask)


@pytest.mark.parametrize("how", ["scan", "taken in"])
def test_what_arrives_after_it_was_paid_is_looked_at(how: str) -> None:
    """Nobody has seen it: the request is taken up again until somebody has."""
    trade, ask = timed_out()
    arrived(ask, how)
    assert (ask.open_tasks(), ask.tasks("inspect_return")[0].variant) == (["inspect_return"], "unseen")
    trade.until(at(days=45))
    ask.done("inspect_return", "conforming", Role.WAREHOUSE)
    assert (ask.ended, ask.got()["refund"], trade.state.open) == (("succeeded", "refunded"), "300.00", False)


def test_what_the_inspection_finds_wrong_is_asked_about() -> None:
    """As by the warehouse's own step."""
    _, ask = timed_out()
    ask.scan("signed")
    ask.done("inspect_return", "not_conforming", Role.WAREHOUSE)
    assert ask.open_tasks() == ["paid_unseen"]


def test_what_lay_there_when_it_was_paid_is_still_looked_at() -> None:
    """The task of before was about whether to pay; that of after is not."""
    trade = signed()
    ask = trade.ask("return_refund", reason="quality")
    ask.act("agree")
    ask.send_back()
    ask.scan("signed")
    trade.until(at(days=20))
    assert (ask.stage, [(item.variant, item.state) for item in ask.tasks("inspect_return")]) == (
        "succeeded",
        [("", "superseded"), ("unseen", "open")],
    )


@pytest.mark.parametrize(("amount", "left"), [(None, []), ("100.00", ["send_goods_back"])])
def test_what_arrives_after_a_ruling_is_looked_at(amount: str | None, left: list[str]) -> None:
    """The platform ruled while it was on its way; where it ruled for a part, somebody sees to the rest."""
    trade = signed(freight="0.00")
    ask = trade.ask("return_refund", reason="quality")
    ask.act("agree")
    ask.send_back()
    ask.act("ask_platform", Role.BUYER)
    ask.act("rule", Role.PLATFORM, in_favour_of="buyer", amount=amount)
    assert ask.ended == ("succeeded", "refunded")
    ask.scan("signed")
    ask.done("inspect_return", "conforming", Role.WAREHOUSE)
    assert (ask.state.open, trade.open_tasks()) == (False, left)


def test_the_warehouse_may_say_so_by_its_own_step() -> None:
    """It is the same finding."""
    _, ask = timed_out()
    ask.inspect(conforming=False)
    assert ask.open_tasks() == ["paid_unseen"]


def test_all_that_came_as_agreed_is_nobodys_task() -> None:
    """It goes on the timeline."""
    _, ask = timed_out()
    received(ask, conforming=True)
    assert (ask.state.open, ask.open_tasks()) == (False, [])


def test_fewer_units_than_were_paid_for() -> None:
    """The others are with the buyer, until they have come."""
    trade, ask = timed_out()
    received(ask, conforming=True, lines=[{"line_id": "1", "quantity": 2}])
    assert places(trade) == {"returned": 2, "delivered": 1}
    assert ask.tasks("paid_unseen")[0].variant == "short"
    ask.done("paid_unseen", "will_send")
    assert [item.state for item in ask.tasks("paid_unseen")] == ["done", "open"]
    ask.done("paid_unseen", "arrived")
    assert places(trade) == {"returned": 3}
    assert not ask.state.open


@pytest.mark.parametrize(("outcome", "left"), [("carrier", ["claim_from_carrier"]), ("written_off", [])])
def test_what_comes_of_it(outcome: str, left: list[str]) -> None:
    """The carrier pays for what it spoilt, which outlives the request; or the shop bears it."""
    trade, ask = timed_out()
    received(ask, conforming=False)
    ask.done("paid_unseen", outcome)
    assert (ask.state.open, trade.open_tasks()) == (False, left)
    assert trade.state.open is bool(left)


def test_it_is_the_sellers_to_bear() -> None:
    """The warehouse cannot write it off."""
    _, ask = timed_out()
    received(ask, conforming=False)
    with pytest.raises(ActionRefused, match="This step is for"):
        ask.done("paid_unseen", "written_off", Role.WAREHOUSE)


def test_an_exchange_that_was_taken_in_unseen() -> None:
    """The replacement is due; that the wrong goods came is asked about all the same."""
    trade = signed()
    ask = trade.ask("exchange", reason="wrong_item", wanted_sku="RED")
    ask.act("agree")
    ask.send_back()
    trade.until(at(days=20))
    assert ask.stage == "awaiting_replacement"
    received(ask, conforming=False)
    assert {"ship_replacement", "paid_unseen"} <= set(ask.open_tasks())
