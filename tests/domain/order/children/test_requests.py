"""What an order does with its after-sale requests: starts them, tells them, hears from them."""

from __future__ import annotations

from domain.after_sale.opening import AfterSaleOpening
from domain.case.errand import StartCase, TellCase
from domain.roles import Role
from tests.domain.orders import Order, at, line, shipped_order

BUYER = Role.BUYER


def asked(order: Order, *line_ids: str, service: str = "refund_only", reason: str = "other") -> str:
    """The case id of a new request."""
    answer = order.act("request_after_sale", BUYER, service=service, reason=reason, line_ids=list(line_ids) or None)
    return str(answer["case_id"])


def told(order: Order) -> list[TellCase]:
    """What the order wants to tell its requests."""
    return [pending.errand for pending in order.state.errands if isinstance(pending.errand, TellCase)]


def test_a_request_is_a_case_of_its_own() -> None:
    """Numbered, a child of the order, started with all that it must know."""
    order = shipped_order()
    case_id = asked(order)
    assert case_id == "after-sale:demo:taobao:T1001:1"
    assert [(child.case_id, child.stage, child.open) for child in order.state.children] == [
        (case_id, "awaiting_seller", True)
    ]
    (start,) = [pending.errand for pending in order.state.errands if isinstance(pending.errand, StartCase)]
    opening = start.opening
    assert isinstance(opening, AfterSaleOpening)
    assert (opening.order_case_id, opening.phase, f"{opening.lines[0].worth}") == (
        "order:demo:taobao:T1001",
        "in_sale",
        "199.00",
    )
    assert (opening.surroundings.shipped, opening.surroundings.received) == (True, False)


def test_no_lines_named_are_all_that_are_left() -> None:
    """A line that is refunded already is none of them."""
    order = Order(line("1"), line("2"), line("3"))
    order.pay()
    order.refund("2")
    asked(order)
    assert order.state.requests[-1].units == {"1": 1, "3": 1}


def test_a_request_is_told_only_what_is_news_to_it() -> None:
    """A scan on the way changes nothing for it, the signature does; a request of another line's neither."""
    order = Order(line("1"), line("2"))
    order.pay()
    order.consign("ZT1", "1", when=at(hours=1))
    order.consign("ZT2", "2")
    asked(order, "1")
    order.scan("picked_up", "ZT1", when=at(hours=2))
    order.scan("picked_up", "ZT2")
    assert told(order) == []
    order.scan("signed", "ZT1", when=at(days=1))
    (letter,) = told(order)
    assert (letter.case_id, letter.fact.type, letter.fact.data["received"]) == (
        "after-sale:demo:taobao:T1001:1",
        "order.moved",
        True,
    )


def test_a_request_that_has_ended_is_told_nothing_more() -> None:
    """Nobody listens there."""
    order = shipped_order()
    order.open_refund()
    order.open_refund(is_open=False)
    before = len(told(order))
    order.scan("signed", when=at(days=1))
    assert len(told(order)) == before


def test_a_stranger_among_requests_is_left_aside() -> None:
    """A telling of a request that the order never started changes nothing but its version."""
    order = shipped_order()
    order.open_refund()
    view = order.state.requests[0].model_copy(update={"case_id": "after-sale:demo:taobao:T1001:9", "version": 99})
    order.happened("after_sale.moved", view.model_dump(mode="json"))
    assert [one.case_id for one in order.state.requests] == ["after-sale:demo:taobao:T1001:1"]


def test_price_protection_is_no_refund() -> None:
    """The ship deadline goes on beside it; receipt is not confirmed over an open question all the same."""
    order = Order()
    order.pay()
    order.act("request_after_sale", BUYER, service="price_protection", reason="other", amount="20.00")
    assert (order.line().request_open, order.line().refunding) == (True, 0)
    assert order.deadline("ship_by").state == "running"
    order.consign(when=at(hours=1))
    assert order.deadline("auto_confirm").state == "paused"
