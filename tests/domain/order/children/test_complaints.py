"""Complaints as their order sees them: when one can be filed, and that nothing is punished twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.case.fact import Fact
from domain.case.ledger import EntryKind
from domain.complaint.state import ComplaintType
from domain.errors import ActionRefused
from domain.order.life import ORDER
from domain.order.state import Source
from domain.roles import Role
from tests.domain.after_sale.made import paid, shipped, signed
from tests.domain.after_sale.trade import Trade
from tests.domain.complaint.complained import BUYER, Complaint, Type, complained, confirmed, faked, late
from tests.domain.orders import Order, actor, at, line, request_by


def against(order: Order, type_: str) -> list[str]:
    """The codes of what speaks against filing such a complaint now."""
    rule = ORDER.action("file_complaint")
    input_ = rule.input.model_validate({"type": type_})
    return [reason.code for reason in order.case.refusals(rule, request_by(BUYER), order.now, input_)]


def booked(trade: Trade, kind: EntryKind) -> int:
    """How many entries of a kind the order's ledger has, reversed ones and reversals included."""
    return sum(entry.kind is kind for entry in trade.state.ledger)


def test_what_cannot_be_complained_of_before_payment() -> None:
    """Only what was promised binds from the first word on."""
    order = Order()
    soon = {type_: against(order, type_) for type_ in ComplaintType}
    assert soon.pop(Type.BREACH_OF_PROMISE) == []
    assert set(map(tuple, soon.values())) == {("too_soon",)}


@pytest.mark.rule("S2-83")
def test_late_only_when_the_time_to_ship_is_over() -> None:
    """Not before the 72nd hour, naming it; from then on; never when the carrier had the goods in time."""
    order = paid()
    order.until(at(hours=71))
    with pytest.raises(ActionRefused, match=r"until 14 Nov 00:00"):
        order.act("file_complaint", BUYER, type="late_shipment")
    order.until(at(hours=72))
    assert against(order, "late_shipment") == []
    in_time = shipped()
    in_time.until(at(hours=80))
    assert against(in_time, "late_shipment") == ["not_late"]


@pytest.mark.rule("S2-83")
def test_out_of_stock_is_late_at_once() -> None:
    """Once the buyer was told, they need not wait for the 72nd hour."""
    order = paid()
    order.act("report_out_of_stock", line_ids=["1"], told_buyer=True)
    assert against(order, "late_shipment") == []


@pytest.mark.rule("S2-83")
def test_custom_goods_and_agreed_times_are_not_late() -> None:
    """Made to order there is no deadline; a time that was agreed on prevails."""
    custom = paid(line(made_to_order=True))
    custom.until(at(days=5))
    assert against(custom, "late_shipment") == ["not_late"]
    agreed = paid()
    agreed.act("agree_ship_by", ship_by=at(days=6))
    agreed.until(at(days=5))
    assert against(agreed, "late_shipment") == ["too_soon"]


@pytest.mark.rule("S2-80", "S2-81")
def test_fake_only_when_the_carrier_had_its_time() -> None:
    """Not before it was said shipped, nor in the days that a first scan may take; then it is."""
    order = paid()
    assert against(order, "fake_shipment") == ["too_soon"]
    order.consign(when=at(hours=1))
    order.until(at(hours=72))
    assert against(order, "fake_shipment") == ["too_soon"]
    order.until(at(hours=73))
    assert against(order, "fake_shipment") == []


@pytest.mark.rule("S2-81")
def test_a_trace_may_belong_to_other_goods() -> None:
    """A parcel that moves can be complained of at once: whose address it goes to nobody here knows."""
    assert against(shipped(), "fake_shipment") == []


def test_not_received_and_returns_have_their_time() -> None:
    """On the way there is nothing to miss and nothing to return; lost, or signed for, there is."""
    order = shipped()
    assert (against(order, "not_received"), against(order, "no_reason_return")) == (["too_soon"], ["too_soon"])
    order.happened("parcel.exception", {"carrier": "zto", "tracking_no": "ZT1", "kind": "lost"})
    assert against(order, "not_received") == []
    arrived = signed()
    assert (against(arrived, "not_received"), against(arrived, "no_reason_return")) == ([], [])


def test_one_open_complaint_of_a_type() -> None:
    """Another of the same type waits for its end; one of another type does not."""
    trade = complained(Type.BREACH_OF_PROMISE).trade
    assert against(trade, "breach_of_promise") == ["already_complained"]
    assert against(trade, "consumer_protection") == []


def test_offered_while_any_type_can_be_filed() -> None:
    """With every type spoken against, the offer says so; nobody but the buyer files one."""
    order = Order()
    assert order.against("file_complaint", BUYER) == []
    unpaid = Trade()
    Complaint(unpaid, Type.BREACH_OF_PROMISE)
    assert set(unpaid.against("file_complaint", BUYER)) == {"already_complained", "too_soon"}
    assert ORDER.action("file_complaint").roles == (Role.BUYER,)


def test_cash_on_delivery_is_owed_service_once_paid_at_the_door() -> None:
    """Before delivery nothing is paid."""
    order = Trade(source=Source.CASH_ON_DELIVERY)
    assert against(order, "consumer_protection") == ["too_soon"]
    order.consign()
    order.scan("picked_up")
    order.scan("signed")
    assert against(order, "consumer_protection") == []


@pytest.mark.rule("S2-85")
@pytest.mark.parametrize("type_", [Type.LATE_SHIPMENT, Type.FAKE_SHIPMENT])
def test_what_is_punished_is_not_punished_again(type_: Type) -> None:
    """Late already, then complained of and upheld: the penalty is what it was, without a single new entry."""
    trade = faked()
    assert trade.penalty == (3, "9.95")
    complaint = Complaint(trade, type_)
    complaint.answer()
    complaint.rule(upheld=True)
    assert (complaint.ended, trade.penalty) == ("upheld", (3, "9.95"))
    assert booked(trade, EntryKind.LATE_SHIPMENT_POINTS) == 1


@pytest.mark.rule("S2-81", "S2-85")
def test_upheld_before_it_was_late() -> None:
    """A complaint of fake shipment books the penalty; passing the 72nd hour afterwards adds nothing."""
    trade = faked_with_time_left()
    complaint = Complaint(trade, Type.FAKE_SHIPMENT)
    complaint.answer()
    assert trade.penalty == (0, "0.00")
    complaint.rule(upheld=True)
    assert trade.penalty == (3, "9.95")
    trade.until(at(days=7))
    assert trade.deadline("ship_by").state == "elapsed"
    assert trade.penalty == (3, "9.95")
    assert booked(trade, EntryKind.LATE_SHIPMENT_COMPENSATION) == 1


def test_a_ruling_stands_against_later_evidence() -> None:
    """A pick-up from before the deadline takes back what the clock booked, not what the platform ruled on it."""
    unruled, ruled = late(), late()
    complaint = Complaint(ruled, Type.LATE_SHIPMENT)
    complaint.answer()
    complaint.rule(upheld=True)
    for trade in (unruled, ruled):
        trade.consign(id_="c")
        trade.deliver(picked_up_in_time())
    assert (unruled.penalty, ruled.penalty) == ((0, "0.00"), (3, "9.95"))
    assert booked(ruled, EntryKind.LATE_SHIPMENT_POINTS) == 1


def test_both_complaints_of_one_lateness() -> None:
    """Fake and late shipment upheld one after the other are one punishment."""
    trade = faked_with_time_left()
    for type_ in (Type.FAKE_SHIPMENT, Type.LATE_SHIPMENT):
        if type_ is Type.LATE_SHIPMENT:
            trade.until(at(days=6))
        complaint = Complaint(trade, type_)
        complaint.answer()
        complaint.rule(upheld=True)
    assert trade.penalty == (3, "9.95")
    assert booked(trade, EntryKind.LATE_SHIPMENT_POINTS) == 1


def test_the_lines_that_a_ruling_makes_late() -> None:
    """Of two lines the one in the parcel that nobody saw: 5 % of its price, not of the other's."""
    trade = paid(line("1", "100.00"), line("2", "300.00"), promised_ship_by=at(days=5))
    trade.consign("ZT1", "1", when=at(hours=1))
    trade.scan("picked_up", "ZT1", when=at(hours=2))
    trade.consign("ZT2", "2", when=at(hours=3))
    trade.until(at(hours=76))
    complaint = Complaint(trade, Type.FAKE_SHIPMENT)
    assert complaint.state.units == {"2": 1}
    complaint.answer()
    complaint.rule(upheld=True)
    assert trade.penalty == (3, "15.00")


@pytest.mark.parametrize("outcome", ["dismissed", "withdrawn"])
def test_only_upholding_punishes(outcome: str) -> None:
    """Dismissed or withdrawn, nothing is booked."""
    trade = faked_with_time_left()
    complaint = Complaint(trade, Type.FAKE_SHIPMENT)
    complaint.answer()
    if outcome == "dismissed":
        complaint.rule(upheld=False)
    else:
        complaint.act("withdraw", BUYER)
    assert (complaint.ended, trade.penalty) == (outcome, (0, "0.00"))


def test_other_types_bring_no_points() -> None:
    """A complaint that is not about shipping is no late shipment, however it is ruled."""
    trade = confirmed()
    complaint = Complaint(trade, Type.NOT_RECEIVED)
    complaint.answer()
    complaint.rule(upheld=True)
    assert trade.penalty == (0, "0.00")


def test_what_a_complaint_tells_twice_changes_nothing() -> None:
    """The standing carries its version; an older one counts no more."""
    complaint = complained(Type.BREACH_OF_PROMISE)
    trade, before = complaint.trade, complaint.view
    complaint.act("withdraw", BUYER)
    trade.happened("complaint.moved", before.model_dump(mode="json"))
    assert complaint.view.stage == "withdrawn"
    assert not trade.state.has_open_child()


def picked_up_in_time() -> Fact:
    """The carrier's scan from the 70th hour, which nobody had heard of."""
    return Fact(
        id="scan",
        source="zto",
        type="parcel.picked_up",
        at=at(hours=70),
        actor=actor(Role.CARRIER),
        data={"carrier": "zto", "tracking_no": "ZT1"},
    )


def faked_with_time_left() -> Trade:
    """Said shipped and never scanned, while a promised time to ship still runs."""
    trade = paid(promised_ship_by=at(hours=72) + timedelta(days=2))
    trade.consign(when=at(hours=1))
    trade.until(at(hours=74))
    assert trade.deadline("ship_by").state == "running"
    return trade
