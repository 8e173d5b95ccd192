"""Changing an order, its memos, and closing it unpaid (S2-05..12)."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.complaint.actions import AnswerComplaint
from domain.order.people.changes import AddMemo, ChangeOrder, MemoFlag
from domain.order.state import OrderStage
from domain.privacy import set_apart
from domain.roles import Role
from tests.domain.orders import Order, actor, at, line, request_by, shipped_order, work


@pytest.mark.rule("S2-08", "S2-10")
def test_a_paid_order_that_nobody_has_read_is_changed_at_once() -> None:
    """Another article for a line; the ERP has not read the order, so there is nothing else to do."""
    order = Order()
    order.pay()
    assert order.act("change_order", line_id="1", sku="DRESS-RED-S") == {}
    assert order.line("1").sku == "DRESS-RED-S"
    assert order.told("order.changed") == ["Line 1: DRESS-RED-S instead of SKU-1"]
    assert order.open_tasks() == []


@pytest.mark.rule("S2-08")
def test_another_address_is_a_reference() -> None:
    """The case keeps where the address is found, never the address."""
    order = Order()
    input_, kept = set_apart(ChangeOrder(address={"street": "体育西路", "city": "广州"}))
    order.act("change_order", **input_.model_dump())
    (text,) = kept
    assert text.text == {"street": "体育西路", "city": "广州"}
    assert order.state.address_from == text.memo_id
    assert order.told("order.changed") == ["Another delivery address"]
    assert "体育西路" not in order.state.model_dump_json()


@pytest.mark.rule("S2-09", "S2-11")
def test_read_by_the_erp_it_must_be_changed_there_too() -> None:
    """A memo alone would not reach the print: somebody changes it in the ERP's order audit, within two hours."""
    order = Order()
    order.pay()
    order.happened("order.erp_read", when=at(minutes=10))
    assert order.state.erp_read_at == at(minutes=10)
    result = order.act("change_order", line_id="1", sku="DRESS-RED-S")
    item = order.task("order_audit")
    assert result == {"work_item": item.item_id}
    assert (item.state, item.due_at) == ("open", at(hours=2, minutes=10))
    assert "order audit" in work("order_audit").script_for(item.variant).en
    assert order.line("1").sku == "DRESS-RED-S", "the change itself is made"


def test_each_change_is_audited() -> None:
    """Two changes are two tasks; both settle once the goods have left."""
    order = Order()
    order.pay()
    order.happened("order.erp_read")
    order.act("change_order", line_id="1", sku="DRESS-RED-S")
    order.act("change_order", address="memo:1")
    assert order.open_tasks() == ["order_audit", "order_audit"]
    order.consign()
    order.scan()
    assert order.open_tasks() == []


def test_read_twice_counts_from_the_first_time() -> None:
    """So does a waybill printed twice."""
    order = Order()
    order.until(at(hours=5))
    for event_type in ("order.erp_read", "order.waybill_printed"):
        order.happened(event_type, when=at(hours=4))
        order.happened(event_type, when=at(hours=3))
        order.happened(event_type, when=at(hours=5))
    assert (order.state.erp_read_at, order.state.waybill_printed_at) == (at(hours=3), at(hours=3))


@pytest.mark.rule("S2-12")
def test_printed_and_shipped_it_cannot_be_changed() -> None:
    """What is printed is what ships: a line that left, and the address of a parcel that left."""
    order = Order(line("1"), line("2"))
    order.pay()
    order.happened("order.waybill_printed")
    assert order.refused("change_order", line_id="1", sku="A") == []
    order.consign("ZT1", "1")
    assert order.refused("change_order", line_id="1", sku="B") == ["already_shipped"]
    assert order.refused("change_order", address="memo:1") == ["already_shipped"]
    assert order.refused("change_order", line_id="2", sku="B") == [], "the other line is still here"
    order.consign("ZT2", "2")
    assert order.against("change_order") == ["already_shipped"]


def test_changing_what_is_over() -> None:
    """Every reason at once; a line that the order does not have is named."""
    order = shipped_order()
    order.act("confirm_receipt", Role.BUYER)
    assert order.refused("change_order", line_id="9", sku="A") == ["already_ended", "unknown_line"]
    assert order.against("change_order") == ["already_ended", "already_shipped"]


@pytest.mark.parametrize("input_", [{}, {"line_id": "1"}, {"sku": "A"}, {"address": ""}, {"line_id": "1", "sku": ""}])
def test_a_change_says_what(input_: dict[str, str]) -> None:
    """A line with its article, or an address."""
    with pytest.raises(ValidationError):
        ChangeOrder.model_validate(input_)


@pytest.mark.rule("S2-06")
def test_a_memo_keeps_who_when_what_and_its_flag() -> None:
    """The timeline names time, author and flag, and where the text is found; the text stays in the store."""
    order = Order()
    input_, (kept,) = set_apart(AddMemo(text="@11.11 阿华 顾客信息错误 重拍订单", flag=MemoFlag.RED))
    order.until(at(hours=2))
    assert order.act("add_memo", Role.SUPERVISOR, **input_.model_dump()) == {"memo": kept.memo_id}
    told = order.state.story[-1]
    assert (told.type, told.at, told.actor) == ("memo.added", at(hours=2), actor(Role.SUPERVISOR))
    assert told.data == {"memo": kept.memo_id, "flag": 1}
    assert (kept.purpose, kept.flag, kept.text) == ("memo", 1, "@11.11 阿华 顾客信息错误 重拍订单")
    assert "阿华" not in order.state.model_dump_json()


@pytest.mark.parametrize(("flag", "kept"), [(0, 0), (5, 5), ("pink", 5), ("RED", 1)])
def test_flags_have_numbers_and_names(flag: object, kept: int) -> None:
    """0 to 5, as marketplaces count them, or the colour."""
    assert AddMemo.model_validate({"text": "x", "flag": flag}).flag == kept


@pytest.mark.parametrize(
    "input_",
    [
        {"text": ""},
        {"text": "长" * 334},
        {"text": "x" * 1001},
        {"text": "a\x00b"},
        {"text": "x", "flag": 6},
        {"text": "x", "tracking_no": "ZT 1"},
        {"text": "x", "a": 1},
    ],
)
def test_a_wrong_memo(input_: dict[str, object]) -> None:
    """No text, more than a marketplace takes, what no database takes, an unknown flag, no waybill, an unknown field."""
    with pytest.raises(ValidationError):
        AddMemo.model_validate(input_)


@pytest.mark.parametrize("text", ["长" * 333, "x" * 1000])
def test_a_memo_has_a_thousand_bytes(text: str) -> None:
    """As marketplaces count: 333 Chinese characters, 1,000 Latin letters."""
    assert AddMemo(text=text).text == text


@pytest.mark.rule("S2-06")
def test_a_memo_may_be_on_a_parcel_of_the_order() -> None:
    """Its number goes with the text and into the timeline; without one neither says anything of parcels."""
    order = shipped_order()
    input_, (kept,) = set_apart(AddMemo(text="拒收", tracking_no="ZT1"))
    assert kept.tracking_no == "ZT1"
    assert order.act("add_memo", **input_.model_dump()) == {"memo": kept.memo_id}
    assert order.state.story[-1].data == {"memo": kept.memo_id, "flag": 0, "tracking_no": "ZT1"}
    input_, (kept,) = set_apart(AddMemo(text="拒收"))
    order.act("add_memo", **input_.model_dump())
    assert kept.tracking_no is None
    assert "tracking_no" not in order.state.story[-1].data


@pytest.mark.rule("S2-06")
def test_a_memo_is_on_no_parcel_that_the_order_does_not_have() -> None:
    """Another order's waybill, or any while nothing is shipped; without one nothing is against it."""
    order = Order()
    assert order.against("add_memo") == []
    assert order.refused("add_memo", text="memo:1", tracking_no="ZT1") == ["unknown_parcel"]
    order = shipped_order()
    assert order.refused("add_memo", text="memo:1", tracking_no="ZT2") == ["unknown_parcel"]
    assert order.refused("add_memo", text="memo:1", tracking_no="ZT1") == []


def test_only_a_memo_takes_its_parcel_along() -> None:
    """A complaint's answer names a waybill too; its text is on no parcel."""
    answer = AnswerComplaint(reason="sent", message="已发出", carrier="zto", tracking_no="ZT1")
    _, (kept,) = set_apart(answer)
    assert kept.tracking_no is None


def test_a_memo_may_be_added_as_long_as_the_case_is_open() -> None:
    """Completed or not."""
    order = shipped_order()
    order.act("confirm_receipt", Role.BUYER)
    assert order.against("add_memo") == []


@pytest.mark.rule("S2-05")
def test_a_wrong_unpaid_order_is_closed_with_the_buyers_consent() -> None:
    """Ordered anew, the wrong one is closed only if the buyer agrees."""
    order = Order()
    order.until(at(seconds=10))
    assert order.refused("close_unpaid", reason="memo:1", buyer_consent=False) == ["consent_required"]
    assert order.stage == OrderStage.AWAITING_PAYMENT
    assert order.refused("close_unpaid", reason="memo:1", buyer_consent=True) == []
    assert (order.stage, order.state.outcome, order.state.open) == (OrderStage.CLOSED, "unpaid", False)
    assert order.told("order.closed") == ["Closed unpaid, with the buyer's consent"]
    assert order.deadline("payment").state == "cancelled"


def test_not_sooner_than_ten_seconds_after_placing() -> None:
    """The marketplace closes nothing faster."""
    order = Order()
    order.until(at(seconds=9))
    assert order.against("close_unpaid") == ["too_soon"]
    (reason,) = order.case.refusals(order.case.life.action("close_unpaid"), request_by(Role.AGENT), order.now, None)
    assert reason.message == "An order can be closed 10 seconds after placing at the earliest."
    order.until(at(seconds=10))
    assert order.against("close_unpaid") == []


@pytest.mark.rule("S2-11")
def test_what_is_printed_counts_as_read() -> None:
    """The ERP may not have said that it has read the order: what it prints it has read."""
    order = Order()
    order.pay()
    order.happened("order.waybill_printed", when=at(hours=2))
    assert order.state.erp_read_at == at(hours=2)
    order.act("change_order", line_id="1", sku="RED")
    assert order.open_tasks() == ["order_audit"]
    order.happened("order.erp_read", when=at(hours=1))
    assert order.state.erp_read_at == at(hours=1)
