"""Opening an order: what a client must say, and how an order starts."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from domain.order.opening import OpenOrder, accept_opening, begin, opening_summary
from domain.order.state import OrderStage, Source
from domain.roles import Role
from tests.domain.orders import PLACED, Order, actor, at, campaign, line


def body(**changes: Any) -> dict[str, Any]:
    """What a client sends, with some fields changed."""
    return {
        "platform": "taobao",
        "order_id": "T1001",
        "source": "inquiry",
        "placed_at": "2026-11-11T00:00:30+08:00",
        "lines": [
            {
                "line_id": "1",
                "sku": "DRESS-RED-XS",
                "title": "连衣裙",
                "category": "apparel",
                "quantity": 1,
                "amount": "199.00",
            }
        ],
        "freight": "10.00",
        "buyer": {"id": "b-77", "name": "陈小姐", "phone": "13800000000", "address": "广州市", "region": "广东"},
        **changes,
    }


def a_line(**changes: Any) -> dict[str, Any]:
    """The line of the body, with some fields changed."""
    first: dict[str, Any] = body()["lines"][0]
    return {**first, **changes}


def named(**changes: Any) -> list[str]:
    """The fields that a wrong body is refused for."""
    with pytest.raises(ValidationError) as wrong:
        OpenOrder.model_validate(body(**changes))
    return [".".join(str(part) for part in error["loc"]) for error in wrong.value.errors()]


def test_times_are_kept_in_utc() -> None:
    """A time with an offset is the same moment in UTC."""
    assert OpenOrder.model_validate(body()).placed_at == PLACED


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("platform", "ebay"),
        ("order_id", "T 1001"),
        ("order_id", "T" * 65),
        ("order_id", ""),
        ("source", "telephone"),
        ("placed_at", "2026-11-11T00:00:30"),
        ("lines", []),
        ("freight", "-1.00"),
        ("freight", "10.005"),
        ("colour", "red"),
        ("buyer_message", "长" * 1001),
    ],
)
def test_a_wrong_field_is_named(field: str, value: object) -> None:
    """What a client got wrong is refused by the name of its field."""
    assert named(**{field: value}) == [field]


@pytest.mark.parametrize(
    ("field", "value"),
    [("quantity", 0), ("amount", "-0.01"), ("title", ""), ("sku", ""), ("weight_kg", "0"), ("unit", "box")],
)
def test_a_wrong_field_of_a_line_is_named(field: str, value: object) -> None:
    """A line's field is named with the line's place."""
    assert named(lines=[a_line(**{field: value})]) == [f"lines.0.{field}"]


def test_two_lines_may_not_share_an_id() -> None:
    """A line's id is how parcels and actions name it."""
    assert named(lines=[a_line(), a_line()]) == ["lines"]


@pytest.mark.rule("S2-50")
def test_a_presale_says_when_it_ships() -> None:
    """Goods that are not in stock must state a time, and one that is still to come."""
    assert named(presale=True) == [""]
    assert named(promised_ship_by="2026-11-10T00:00:00+08:00") == [""]
    assert OpenOrder.model_validate(body(presale=True, promised_ship_by="2026-11-20T00:00:00+08:00")).presale


def test_the_workflow_gets_no_personal_data() -> None:
    """Neither the buyer nor what the buyer wrote goes on to the case."""
    request = OpenOrder.model_validate(body(buyer_message="请尽快发货"))
    order = accept_opening(request, "demo", "taobao-2012", None, actor(Role.AGENT), at(hours=1))
    case = begin(order)
    for text in (order.model_dump_json(), case.state.model_dump_json()):
        assert not [word for word in ("陈小姐", "13800000000", "广州市", "b-77", "请尽快发货") if word in text]


def test_the_case_keeps_what_was_ordered() -> None:
    """Everything else of the body is in the case's state."""
    request = OpenOrder.model_validate(body(lines=[a_line(made_to_order=True, weight_kg="0.350")], fulfilment="own"))
    order = accept_opening(request, "demo", "tmall", campaign("P7D"), actor(Role.ERP), at(hours=1))
    state = begin(order).state
    (kept,) = state.lines
    assert (kept.made_to_order, kept.virtual, str(kept.weight_kg), f"{kept.amount}") == (True, False, "0.350", "199.00")
    assert (state.merchant, state.platform, state.policy, state.fulfilment) == ("demo", "taobao", "tmall", "own")
    assert (state.opened_at, state.placed_at, state.campaign) == (at(hours=1), PLACED, campaign("P7D"))
    assert opening_summary(order) == "Order T1001 on taobao: 1 line, 209.00 yuan, inquiry"


@pytest.mark.rule("S2-03")
@pytest.mark.parametrize("source", [Source.INQUIRY, Source.SILENT, Source.REMITTANCE])
def test_an_order_awaits_payment(source: Source) -> None:
    """After a chat, silently or by remittance: the buyer has to pay, and not for ever."""
    order = Order(source=source)
    assert (order.stage, order.state.source) == (OrderStage.AWAITING_PAYMENT, source)
    assert order.has("payment")


@pytest.mark.rule("S2-03")
def test_cash_on_delivery_awaits_shipment() -> None:
    """It is paid at the door, so no payment is waited for, and no clock runs for one; somebody asks the buyer."""
    order = Order(source=Source.CASH_ON_DELIVERY)
    assert order.stage == OrderStage.AWAITING_SHIPMENT
    assert order.open_tasks() == ["confirm_cod"]
    assert [(deadline.kind, deadline.subject) for deadline in order.state.deadlines] == [("task_due", "confirm_cod/1")]


def test_an_order_that_costs_nothing_is_paid() -> None:
    """With nothing owed it awaits shipment at once, and is due from when it was placed."""
    order = Order(line("1", "0.00"), freight="0.00")
    assert order.stage == OrderStage.AWAITING_SHIPMENT
    assert order.clock("payment")[0] == "met"
    deadline = order.deadline("ship_by")
    assert (deadline.due_at, deadline.because.event_type) == (at(hours=72), "order.opened")
    order.pay("5.00", when=at(hours=30))
    assert order.deadline("ship_by").due_at == at(hours=72), "money beyond what is owed starts nothing"
