"""Returns for a refund: from the request to the money, and who pays the freight."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.order.opening import OrderLine
from domain.roles import Role
from tests.domain.after_sale.made import paid, shipped, signed, three_lines
from tests.domain.after_sale.outside import Payer
from tests.domain.after_sale.trade import Request, Trade
from tests.domain.orders import at, line

BUYER = Role.BUYER


def returned(
    trade: Trade,
    *line_ids: str,
    reason: str = "no_reason",
    parcel: str = "yto/R1",
    freight: str = "0.00",
    cause: str | None = None,
) -> Request:
    """A return asked for, agreed to, sent back and found conforming."""
    ask = trade.ask("return_refund", *line_ids, reason=reason)
    ask.act("agree")
    ask.send_back(parcel, freight)
    ask.inspect(cause=cause)
    return ask


def free_shipping(*lines: OrderLine) -> Trade:
    """An order signed for, whose freight of eight yuan the shop paid."""
    trade = signed(*lines, freight="0.00")
    trade.set_up(shop={"outbound_freight": "8.00"})
    return trade


@pytest.mark.rule("S2-62", "S2-96", "S3-04", "S4-21")
def test_every_stage_of_a_return() -> None:
    """Agreed, sent back, arrived, inspected, paid: each stage once, each task to its group and settled by its step."""
    trade = signed()
    ask = trade.ask("return_refund")
    assert ask.open_tasks() == ["review_after_sale"]
    ask.act("agree")
    ask.send_back()
    assert (ask.stage, ask.open_tasks()) == ("awaiting_seller_receipt", [])
    ask.scan("signed", when=at(days=4))
    assert ask.open_tasks() == ["inspect_return"]
    ask.inspect()
    assert (ask.ended, ask.got(), ask.open_tasks()) == (("succeeded", "refunded"), {"refund": "199.00"}, [])
    stages = [told.type.removeprefix("after_sale.") for told in ask.state.story if told.type.startswith("after_sale.")]
    assert stages == ["awaiting_buyer_return", "awaiting_seller_receipt", "refunding", "succeeded"]
    assert (trade.line().refunded, trade.state.outcome) == (True, "refunded")


@pytest.mark.rule("S2-75")
def test_without_reason_the_lines_go_back_and_no_freight() -> None:
    """The buyer paid the freight: it stays paid; their advance for the way back stays theirs to bear."""
    ask = returned(signed(), freight="12.00")
    assert ask.got() == {"refund": "199.00"}
    assert {entry.rule for entry in ask.state.ledger} == {"S2-75"}


@pytest.mark.rule("S2-75")
def test_without_reason_the_shops_own_freight_is_deducted() -> None:
    """The shop paid eight yuan to send it: they are kept."""
    ask = returned(free_shipping())
    assert (ask.got(), ask.view.outbound_kept) == ({"refund": "191.00"}, Decimal(8))
    assert ask.trade.line().refunded


@pytest.mark.rule("S2-75")
def test_it_is_deducted_once_for_an_order() -> None:
    """Whichever line comes back first bears it, the others do not."""
    trade = free_shipping(*three_lines())
    amounts = [returned(trade, number, parcel=f"yto/R{number}").got()["refund"] for number in ("2", "1", "3")]
    assert amounts == ["192.00", "100.00", "300.00"]


@pytest.mark.rule("S2-75")
def test_it_is_deducted_once_though_two_requests_are_paid_at_once() -> None:
    """What one request keeps back the other knows before the money has arrived."""
    trade = free_shipping(line("1", "100.00"), line("2", "100.00"))
    asks = [trade.ask("return_refund", number) for number in ("1", "2")]
    for ask in asks:
        ask.act("agree")
        ask.send_back(f"yto/R{ask.state.lines[0].line_id}")
    trade.payer = Payer.SILENT
    for ask in asks:
        ask.inspect()
    assert [ask.stage for ask in asks] == ["refunding", "refunding"]
    trade.payer = Payer.PAYS
    trade.run_errands()
    assert [ask.got()["refund"] for ask in asks] == ["92.00", "100.00"]


def test_a_part_refund_keeps_nothing_back() -> None:
    """The deduction is the return's: a discount for a flaw does not use it up."""
    trade = free_shipping()
    trade.ask("refund_only", reason="other", amount="20.00").act("agree")
    assert returned(trade).got() == {"refund": "171.00"}


@pytest.mark.rule("S2-76", "S4-46")
@pytest.mark.parametrize("reason", ["quality", "wrong_item"])
def test_at_the_sellers_fault_both_freights_go_back(reason: str) -> None:
    """The lines and the order's freight as a refund, the return freight as a subsidy of its own."""
    ask = returned(signed(), reason=reason, freight="12.00")
    assert ask.got() == {"refund": "209.00", "freight_subsidy": "12.00"}
    subsidy = next(entry for entry in ask.state.ledger if entry.kind == "freight_subsidy")
    assert (subsidy.rule, subsidy.debit, subsidy.credit) == ("S2-76", "merchant", "buyer")
    assert str(ask.view.refunded) == "209.00", "a subsidy is no refund"


@pytest.mark.rule("S2-76", "S2-77", "S2-78")
@pytest.mark.parametrize(("advanced", "subsidy"), [("14.99", "14.99"), ("15.00", "15.00"), ("15.01", "15.00")])
def test_the_subsidy_has_a_cap(advanced: str, subsidy: str) -> None:
    """Fifteen yuan at most, and never more than they advanced."""
    assert returned(signed(), reason="quality", freight=advanced).got()["freight_subsidy"] == subsidy


@pytest.mark.rule("S2-76")
def test_sf_is_not_subsidised() -> None:
    """Ordinary carriers only; the goods and the order's freight go back all the same."""
    ask = returned(signed(), reason="quality", parcel="sf/SF1", freight="12.00")
    assert ask.got() == {"refund": "209.00"}


@pytest.mark.rule("S2-77")
def test_freight_collect_is_not_taken_in() -> None:
    """Such a parcel is refused before it is sent."""
    ask = signed().ask("return_refund", reason="quality")
    ask.act("agree")
    sent = {"carrier": "yto", "tracking_no": "R1", "freight_collect": True}
    assert ask.refused("submit_return", BUYER, **sent) == ["freight_collect"]
    assert ask.stage == "awaiting_buyer_return"


@pytest.mark.rule("S2-76")
def test_a_defect_that_the_buyer_caused_is_refunded_as_without_reason() -> None:
    """The warehouse found the cause: no freight goes back, and the shop's own is deducted."""
    assert returned(signed(), reason="quality", freight="12.00", cause="buyer").got() == {"refund": "199.00"}
    assert returned(free_shipping(), reason="quality", freight="12.00", cause="buyer").got() == {"refund": "191.00"}


@pytest.mark.parametrize("cause", ["quality", "carrier"])
def test_any_other_cause_stays_the_sellers(cause: str) -> None:
    """The carrier's damage is not the buyer's to bear."""
    ask = returned(signed(), reason="quality", freight="12.00", cause=cause)
    assert ask.got() == {"refund": "209.00", "freight_subsidy": "12.00"}


@pytest.mark.rule("S4-28", "S4-29", "S4-31", "S4-64")
def test_the_erp_takes_the_return_in() -> None:
    """Received and conforming, reported by the ERP: it counts as the inspection, and the money goes."""
    ask = signed().ask("return_refund")
    ask.act("agree")
    ask.send_back()
    ask.happened("return.received", {"carrier": "yto", "tracking_no": "R1", "conforming": True}, when=at(days=5))
    assert (ask.ended, ask.got()) == (("succeeded", "refunded"), {"refund": "199.00"})


def test_another_parcel_taken_in_changes_nothing() -> None:
    """A return that the request does not know goes onto the timeline alone."""
    ask = signed().ask("return_refund")
    ask.act("agree")
    ask.send_back()
    ask.happened("return.received", {"carrier": "yto", "tracking_no": "OTHER"}, when=at(days=5))
    assert ask.stage == "awaiting_seller_receipt"


@pytest.mark.rule("S4-29", "S4-32", "S4-64")
def test_finance_pays_where_the_shop_pays_by_hand() -> None:
    """Arrived and conforming, it is registered for finance; their word books it, and nobody asks the partner."""
    trade = signed()
    trade.set_up(shop={"refunds_by_hand": True})
    ask = returned(trade, reason="quality", freight="12.00")
    assert (ask.stage, ask.open_tasks(), ask.got()) == ("refunding", ["pay_refund"], {})
    ask.act("confirm_refund_paid", Role.FINANCE)
    assert ask.got() == {"refund": "209.00", "freight_subsidy": "12.00"}
    assert (ask.ended, trade.paid_out) == (("succeeded", "refunded"), {})
    assert len(ask.told("after_sale.succeeded")) == 1


@pytest.mark.rule("S2-97")
def test_goods_that_do_not_conform_are_refused() -> None:
    """Worn, washed, not to be sold again: refused, and the buyer has their time to react."""
    ask = signed().ask("return_refund")
    ask.act("agree")
    ask.send_back()
    ask.inspect(conforming=False, cause="buyer")
    assert (ask.stage, ask.got()) == ("refused", {})
    assert ask.deadline("buyer_reaction").state == "running"


def test_the_rest_of_a_price_can_still_be_asked_for() -> None:
    """The seller granted less than the price of what came back: the unit is settled once the rest is paid too."""
    trade = signed()
    ask = trade.ask("return_refund", reason="quality")
    ask.act("agree", amount="150.00")
    ask.send_back()
    ask.inspect()
    assert (ask.got(), ask.view.done) == ({"refund": "150.00"}, {})
    rest = trade.ask("refund_only", reason="quality")
    rest.act("agree")
    assert (rest.got(), rest.view.done, trade.state.outcome) == ({"refund": "59.00"}, {"1": 1}, "refunded")


@pytest.mark.rule("S2-98")
def test_the_seller_may_take_them_all_the_same() -> None:
    """The goods are with the seller: to agree now pays, nothing is to be sent again."""
    trade = signed()
    ask = trade.ask("return_refund")
    ask.act("agree")
    ask.send_back()
    ask.inspect(conforming=False, cause="buyer")
    ask.act("agree")
    assert (ask.ended, ask.got(), trade.line().refunded) == (("succeeded", "refunded"), {"refund": "199.00"}, True)


def test_the_erp_refuses_what_does_not_conform() -> None:
    """Its word counts as much as the warehouse's."""
    ask = signed().ask("return_refund")
    ask.act("agree")
    ask.send_back()
    ask.happened("return.received", {"carrier": "yto", "tracking_no": "R1", "conforming": False}, when=at(days=5))
    assert ask.stage == "refused"


@pytest.mark.rule("S4-56")
def test_the_shop_fills_in_the_waybill_where_the_buyer_allowed_it() -> None:
    """Without the buyer's leave it may not."""
    trade = signed(line("1"), line("2"))
    asks = [trade.ask("return_refund", "1"), trade.ask("return_refund", "2", agent_may_return=True)]
    sent = {"carrier": "yto", "tracking_no": "R1"}
    for ask in asks:
        ask.act("agree")
    assert [ask.refused("submit_return", **sent) for ask in asks] == [["not_allowed_by_buyer"], []]


def test_a_return_may_be_asked_for_before_signing() -> None:
    """Consigned is enough; and what has not left cannot come back."""
    assert shipped().ask_refused("return_refund") == []
    assert paid().ask_refused("return_refund") == ["not_shipped"]


@pytest.mark.rule("S2-100")
def test_after_the_trade_succeeded_while_the_window_is_open() -> None:
    """Money changes, stage and outcome of the order do not; and it ends no sooner than the request."""
    trade = signed()
    trade.act("confirm_receipt", BUYER)
    trade.until(at(days=8, hours=23))
    ask = trade.ask("return_refund")
    trade.until(at(days=10))
    assert (trade.deadline("return_window").state, trade.state.open) == ("elapsed", True)
    ask.act("agree")
    ask.send_back()
    ask.inspect()
    assert (trade.stage, trade.state.outcome, trade.state.open) == ("completed", "completed", False)


@pytest.mark.rule("S2-96", "S2-100")
def test_after_the_window_nothing_is_accepted_any_more() -> None:
    """Once the trade has succeeded, seven days after signing are the end of it."""
    trade = signed(line("1"), line("2"))
    ask = trade.ask("return_refund", "2")
    trade.act("confirm_receipt", BUYER)
    trade.until(at(days=9))
    assert trade.ask_refused("return_refund", "1") == ["window_closed"]
    assert trade.ask_refused("refund_only", "1", reason="quality") == ["window_closed"]
    assert ask.state.open


def test_before_receipt_only_reasons_count_once_the_window_is_over() -> None:
    """Seven days after signing, receipt not confirmed: no return without reason, but one for a defect."""
    trade = signed()
    trade.until(at(days=9))
    assert trade.ask_refused("return_refund") == ["window_closed"]
    assert trade.ask_refused("return_refund", reason="quality") == []


def test_an_amendment_does_not_open_the_window_again() -> None:
    """Refused for quality, and the window over: it cannot become a return without reason, which none may refuse."""
    trade = signed()
    ask = trade.ask("return_refund", reason="quality")
    trade.until(at(days=4))
    ask.act("refuse", reason="no_defect", message="照片看不出质量问题")
    trade.until(at(days=8, hours=23))
    assert ask.refused("amend", BUYER, description="text:1") == []
    ask.act("refuse", reason="no_defect", message="照片看不出质量问题")
    trade.until(at(days=9))
    assert ask.refused("amend", BUYER, reason="no_reason") == ["window_closed"]


@pytest.mark.rule("S4-31")
def test_goods_that_failed_go_back_to_the_buyer() -> None:
    """Once the refusal stands somebody sends them back; not while the buyer may still be paid for them."""
    ask = signed().ask("return_refund", reason="quality")
    ask.act("agree")
    ask.act("submit_return", BUYER, carrier="yto", tracking_no="YT1")
    ask.act("inspect_return", Role.WAREHOUSE, conforming=False, cause="buyer")
    assert "send_goods_back" not in ask.open_tasks()
    ask.act("withdraw", BUYER)
    assert ask.stage == "closed"
    assert (ask.open_tasks(), ask.trade.open_tasks()) == ([], ["send_goods_back"]), "its order sees to it"
