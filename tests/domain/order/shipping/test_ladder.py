"""The ladder for orders unshipped after 48 hours (S4-34..40)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.after_sale.opening import begin as begin_after_sale
from domain.roles import Role
from domain.shop.settings import ShopTerms
from tests.domain.orders import at, line
from tests.domain.people import Worked


def unshipped(*amounts: str) -> Worked:
    """An order paid when it was placed and not shipped after 49 hours."""
    order = Worked(*(line(str(number), amount) for number, amount in enumerate(amounts or ("199.00",), 1)))
    order.pay()
    order.until(at(hours=49))
    return order


def declined() -> Worked:
    """Out of stock, and the buyer takes nothing else."""
    order = unshipped()
    order.done("unshipped_48h", "out_of_stock")
    order.done("offer_alternative", "declined")
    return order


@pytest.mark.rule("S4-35")
def test_out_of_stock_something_else_is_offered() -> None:
    """Accepted, the line is changed and the order ships; nobody asks again."""
    order = unshipped()
    order.done("unshipped_48h", "out_of_stock")
    order.done("offer_alternative", "accepted", sku="DRESS-BLUE-XS")
    assert (order.line().sku, order.line().out_of_stock_at, order.open_tasks()) == ("DRESS-BLUE-XS", None, [])


def test_one_of_several_lines_is_out_of_stock() -> None:
    """Only the lines that are named; the alternative says for which where there are several."""
    order = unshipped("100.00", "50.00", "20.00")
    assert order.not_done("unshipped_48h", "out_of_stock", line_ids=["9"]) == ["unknown_line"]
    order.done("unshipped_48h", "out_of_stock", line_ids=["1", "2"])
    assert order.not_done("offer_alternative", "accepted", sku="B") == ["which_line"]
    assert order.not_done("offer_alternative", "accepted", sku="B", line_id="3") == ["unknown_line"]
    order.done("offer_alternative", "accepted", sku="B", line_id="1")
    assert [one.sku for one in order.state.lines] == ["B", "SKU-2", "SKU-3"]
    assert order.open_tasks() == ["offer_alternative"], "line 2 is still to be talked about"


def test_the_buyer_hears_only_of_what_is_out_of_stock() -> None:
    """The words name the goods that the task is about, not the whole order."""
    order = unshipped("100.00", "50.00", "20.00")
    order.done("unshipped_48h", "out_of_stock", line_ids=["1", "2"])
    assert order.told("order.out_of_stock") == ["Out of stock: line 1, 2"]
    items = order.open_task("offer_alternative").values["items"]
    assert ("SKU-1" in items, "SKU-2" in items, "SKU-3" in items) == (True, True, False)
    order.done("offer_alternative", "accepted", sku="B", line_id="1")
    items = order.open_task("offer_alternative").values["items"]
    assert ("B" in items, "SKU-2" in items) == (False, True)


def test_what_the_erp_has_read_is_changed_there_too() -> None:
    """The alternative must reach the print."""
    order = unshipped()
    order.happened("order.erp_read")
    order.done("unshipped_48h", "out_of_stock")
    order.done("offer_alternative", "accepted", sku="DRESS-BLUE-XS")
    assert order.open_task("order_audit").variant == "change"


@pytest.mark.rule("S4-36", "S2-83")
def test_declined_they_are_guided_to_a_refund() -> None:
    """The buyer knows that it is out of stock now: that is a late shipment, once."""
    order = declined()
    assert order.open_tasks() == ["guide_refund"]
    assert order.penalty == (3, "9.95")
    order.until(at(days=5))
    assert order.penalty == (3, "9.95")


@pytest.mark.rule("S4-38")
def test_the_shop_registers_the_refund_itself() -> None:
    """The buyer will not ask: the shop opens the refund, agreed already, and money is on its way."""
    order = declined()
    order.done("guide_refund", "register")
    (opening,) = order.requests
    assert (opening.demand.reason, opening.agreed) == ("out_of_stock", True)
    request = begin_after_sale(opening)
    assert (request.state.stage, request.state.payouts[0].amount) == ("refunding", Decimal("209.00"))
    assert "guide_refund" not in order.open_tasks()


def test_registering_a_refund_keeps_to_the_accounts_authority() -> None:
    """Money beyond it is for the owner."""
    order = declined()
    order.shop = ShopTerms(authority=Decimal("100.00"))
    assert order.not_done("guide_refund", "register") == ["over_authority"]


@pytest.mark.rule("S4-37")
def test_the_true_cause_is_kept_whatever_reason_the_buyer_states() -> None:
    """The buyer asks because they changed their mind; the shop's own record says that it was out of stock."""
    order = declined()
    order.act("request_after_sale", service="refund_only", reason="other")
    request = begin_after_sale(order.requests[0])
    assert (request.state.demand.reason, request.state.internal_cause) == ("other", "out_of_stock")
    assert "guide_refund" not in order.open_tasks(), "they have asked"
    in_stock = unshipped()
    in_stock.act("request_after_sale", service="refund_only", reason="out_of_stock")
    request = begin_after_sale(in_stock.requests[0])
    assert (request.state.demand.reason, request.state.internal_cause) == ("out_of_stock", None)


@pytest.mark.rule("S4-39")
def test_shipped_and_not_reported() -> None:
    """With the parcel's number the status is updated at once."""
    order = unshipped()
    order.done("unshipped_48h", "shipped_not_reported", carrier="zto", tracking_no="ZT7")
    assert [parcel.subject for parcel in order.state.parcels] == ["zto/ZT7"]
    assert order.told("parcel.consigned") == ["Said shipped: zto/ZT7 with line 1"]


@pytest.mark.rule("S4-40")
def test_somebody_finds_the_number() -> None:
    """Nobody knows it yet: it is a task of its own."""
    order = unshipped()
    order.done("unshipped_48h", "shipped_not_reported")
    order.done("report_shipment", "reported", carrier="zto", tracking_no="ZT7")
    assert [parcel.subject for parcel in order.state.parcels] == ["zto/ZT7"]


def test_a_late_scan_settles_the_whole_ladder() -> None:
    """The carrier had the goods all the time."""
    order = declined()
    order.consign(when=at(hours=50))
    order.scan("picked_up", when=at(hours=51))
    assert order.open_tasks() == []


@pytest.mark.rule("S2-86", "S4-15", "S4-35")
def test_out_of_stock_is_somebodys_at_once() -> None:
    """Whoever finds it out and however early, the buyer is called then, not after 48 hours; once for the same lines."""
    order = Worked(line("1"), line("2"))
    order.pay()
    order.until(at(hours=3))
    order.act("report_out_of_stock", Role.WAREHOUSE, line_ids=["1"])
    assert order.open_tasks() == ["offer_alternative"]
    order.act("report_out_of_stock", Role.WAREHOUSE, line_ids=["1"])
    order.act("report_out_of_stock", Role.WAREHOUSE, line_ids=["2"])
    assert order.open_tasks() == ["offer_alternative"]
    assert order.open_task("offer_alternative").values["items"].count("SKU") == 2


def test_what_else_is_out_of_stock_is_offered_for_too() -> None:
    """The buyer is being guided to their refund of one line when another is found to be lacking."""
    order = Worked(line("1"), line("2"))
    order.pay()
    order.act("report_out_of_stock", Role.WAREHOUSE, line_ids=["1"])
    order.done("offer_alternative", "declined")
    order.act("report_out_of_stock", Role.WAREHOUSE, line_ids=["1"])
    assert order.open_tasks() == ["guide_refund"]
    order.act("report_out_of_stock", Role.WAREHOUSE, line_ids=["2"])
    assert sorted(order.open_tasks()) == ["guide_refund", "offer_alternative"]
    order.done("offer_alternative", "declined")
    assert order.open_tasks() == ["guide_refund"]


def words(order: Worked, type_: str) -> str:
    """What the one open task of that type says now, in Chinese."""
    item, catalogue = order.open_task(type_), order.case.policy.work
    return catalogue.fill(catalogue.tasks[type_].script_for(item.variant), item.values, order.now).zh


def test_before_the_warehouse_has_answered_no_time_is_promised() -> None:
    """The buyer hears that it is being asked; once it stands by a time, that is what they are told."""
    order = unshipped("199.00")
    assert "最晚 11月14日 00:00 要发出" in words(order, "unshipped_48h")
    assert "我正在跟仓库核实" in words(order, "unshipped_48h")
    assert "前给您发出" not in words(order, "unshipped_48h")
    order.act("promise_ship_by", ship_by=at(hours=60).isoformat())
    order.done("confirm_promise", "feasible", Role.WAREHOUSE)
    assert "跟仓库确认过了，11月13日 12:00 前给您发出" in words(order, "unshipped_48h")


@pytest.mark.rule("S2-85")
def test_past_the_deadline_the_words_speak_of_what_is_owed() -> None:
    """They name no time to come that has passed, but since when it is late, and what the buyer gets for it."""
    order = unshipped("199.00")
    order.until(at(hours=73))
    said = words(order, "unshipped_48h")
    assert "最晚发货时间 11月14日 00:00 已经过了" in said
    assert "赔付顾客 9.95 元" in said
    assert "要发出" not in said
