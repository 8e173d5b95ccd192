"""What goes wrong on the way: each kind is a task with its own outcomes, and they lead on (S2-56..61, S2-93..95)."""

from __future__ import annotations

import pytest

from domain.after_sale.opening import begin as begin_after_sale
from domain.case.completing import COMPLETE, completing
from domain.order.life import ORDER
from domain.parcels.facts import ExceptionKind
from domain.parcels.journey import Where, last_leg
from domain.policy import policy
from tests.domain.orders import at, line
from tests.domain.people import Worked


def on_its_way(*lines: str) -> Worked:
    """An order in one parcel that the carrier picked up after two hours."""
    order = Worked(*(line(name, "50.00") for name in lines or ("1",)))
    order.pay()
    order.consign(when=at(hours=1))
    order.scan("picked_up", when=at(hours=2))
    return order


def reported(kind: str, *lines: str) -> Worked:
    order = on_its_way(*lines)
    order.happened("parcel.exception", {"carrier": "zto", "tracking_no": "ZT1", "kind": kind}, when=at(hours=10))
    return order


def service(order: Worked) -> tuple[str, str, str]:
    """The service, reason and stage of the one request that the shop opened."""
    (opening,) = order.requests
    request = begin_after_sale(opening).state
    return request.demand.service, request.demand.reason, request.stage


@pytest.mark.rule("S2-58", "S2-59", "S2-60", "S2-61", "S2-57", "S2-93", "S4-41")
@pytest.mark.parametrize("kind", list(ExceptionKind))
def test_every_kind_is_a_task_of_its_own(kind: ExceptionKind) -> None:
    """With words and outcomes of its own, about that parcel."""
    order = reported(kind)
    task = order.open_task("parcel_exception")
    known = policy("taobao-2012").work.tasks["parcel_exception"]
    assert (task.variant, task.values["tracking_no"]) == (kind, "ZT1")
    assert known.script_for(kind) != known.script
    assert [known.script_for(other) for other in known.variants].count(known.script_for(kind)) == 1


def test_the_same_again_asks_nobody_twice() -> None:
    """As long as it lasts, whether somebody has explained it by then or not."""
    order = reported("weather")
    order.happened("parcel.exception", {"carrier": "zto", "tracking_no": "ZT1", "kind": "weather"})
    assert order.open_tasks() == ["parcel_exception"]
    order.done("parcel_exception", "told")
    order.happened("parcel.exception", {"carrier": "zto", "tracking_no": "ZT1", "kind": "weather"})
    assert order.open_tasks() == []


@pytest.mark.rule("S2-57", "S2-61", "S2-58")
@pytest.mark.parametrize("kind", ["weather", "congestion", "out_of_range"])
def test_a_standstill_is_over_when_the_parcel_moves(kind: str) -> None:
    """Nothing is left to explain; what comes after that is new, and what is learnt of too late is over already."""
    order = reported(kind)
    order.scan("scanned", when=at(hours=30))
    assert order.open_tasks() == []
    order.happened("parcel.exception", {"carrier": "zto", "tracking_no": "ZT1", "kind": kind}, when=at(hours=20))
    assert order.open_tasks() == []
    order.happened("parcel.exception", {"carrier": "zto", "tracking_no": "ZT1", "kind": kind}, when=at(hours=31))
    assert order.open_tasks() == ["parcel_exception"]


def test_a_phone_that_does_not_answer_keeps_it_from_the_door() -> None:
    """A further scan on the way changes nothing; signing does."""
    order = reported("phone_unreachable")
    order.scan("scanned", when=at(hours=11))
    assert "parcel_exception" in order.open_tasks()
    order.scan("signed", when=at(hours=12))
    assert order.open_tasks() == []


@pytest.mark.rule("S2-60", "S2-94", "S4-44")
@pytest.mark.parametrize(
    ("kind", "reason"), [("accident", "not_received"), ("lost", "not_received"), ("damaged", "quality")]
)
def test_the_goods_are_sent_again(kind: str, reason: str) -> None:
    """The buyer still wants the goods: the shop opens the request itself, and the warehouse is to send them."""
    order = reported(kind)
    order.done("parcel_exception", "reship")
    assert service(order) == ("reship", reason, "awaiting_replacement")


@pytest.mark.rule("S4-44")
def test_the_money_goes_back() -> None:
    """The buyer does not want the goods any more."""
    order = reported("lost")
    order.done("parcel_exception", "refund")
    assert service(order) == ("refund_only", "not_received", "refunding")


def test_goods_sent_again_take_stock() -> None:
    """The units of the parcel's lines are wanted for the step."""
    order = reported("lost")
    rule = completing(ORDER)
    item_id = order.open_task("parcel_exception").item_id
    input_ = rule.read({"item_id": item_id, "outcome": "reship"}, lambda: order.state)
    wanted = rule.wants(order.state, input_) if rule.wants else None
    assert wanted is not None
    assert (rule.name, wanted.sku, wanted.quantity) == (COMPLETE, "SKU-1", 1)


def test_a_buyer_who_asked_themselves_is_not_helped_twice() -> None:
    """The buyer's own request stands: the shop opens no second one."""
    order = reported("lost")
    order.act("request_after_sale", service="refund_only", reason="not_received")
    assert order.not_done("parcel_exception", "reship") == ["already_open"]


@pytest.mark.rule("S2-95", "S4-45")
def test_signed_for_by_somebody_else() -> None:
    """Not to be recovered it is lost: the carrier owes for it, and the buyer is asked what they want."""
    order = on_its_way()
    order.scan("signed", when=at(hours=9))
    order.happened(
        "parcel.exception", {"carrier": "zto", "tracking_no": "ZT1", "kind": "wrong_sign"}, when=at(hours=10)
    )
    order.until(at(hours=12))
    order.done("parcel_exception", "lost")
    assert last_leg(order.state.parcels[0]).where is Where.LOST
    assert last_leg(order.state.parcels[0]).since == at(hours=12)
    assert (order.open_task("parcel_exception").variant, "claim_from_carrier" in order.open_tasks()) == ("lost", True)


def test_a_lost_parcel_is_found() -> None:
    """Its tracking goes on from the last scan."""
    order = reported("lost")
    assert order.deadline("tracking_stall", "zto/ZT1").state == "cancelled"
    order.done("parcel_exception", "found")
    assert last_leg(order.state.parcels[0]).where is Where.ON_THE_WAY
    assert order.deadline("tracking_stall", "zto/ZT1").state == "running"


@pytest.mark.rule("S2-56", "S2-94")
def test_a_silent_parcel_is_asked_after() -> None:
    """The buyer hears that it is looked into; lost, it goes the way of lost parcels."""
    order = on_its_way()
    order.until(at(days=2, hours=3))
    order.done("tracking_stalled", "wait")
    assert order.messages == ["parcel_looked_into"]
    lost = on_its_way()
    lost.until(at(days=2, hours=3))
    lost.done("tracking_stalled", "lost")
    assert lost.open_task("parcel_exception").variant == "lost"


def test_an_order_waits_for_what_the_carrier_owes() -> None:
    """Everything is refunded and the trade is over; its case ends when the claim is settled."""
    order = reported("lost")
    order.refund()
    assert (order.stage, order.state.open, order.open_tasks()) == ("closed", True, ["claim_from_carrier"])
    order.until(at(days=1))
    order.done("claim_from_carrier", "compensated")
    assert not order.state.open


@pytest.mark.rule("S4-51")
def test_a_paid_parcel_that_comes_back_is_not_left_to_itself() -> None:
    """Refused, and back: the buyer is asked the same day whether they want it again or their money."""
    order = on_its_way()
    order.scan("refused", when=at(days=2))
    order.done("refused_parcel", "returning")
    order.scan("returned", when=at(days=5))
    assert order.open_task("parcel_exception").variant == "back"
    order.done("parcel_exception", "refund")
    assert service(order) == ("refund_only", "not_received", "refunding")


def test_a_parcel_that_was_asked_back_needs_nobody() -> None:
    """Its buyer has a request open: that decides."""
    order = on_its_way()
    order.act("request_after_sale", service="refund_only", reason="other")
    order.scan("refused", when=at(days=2))
    order.scan("returned", when=at(days=5))
    assert "parcel_exception" not in [item.type for item in order.state.work_items]


def test_the_buyers_own_request_settles_it() -> None:
    """The buyer asks before anybody has called."""
    order = on_its_way()
    order.scan("returned", when=at(days=5))
    order.act("request_after_sale", service="refund_only", reason="other")
    assert "parcel_exception" not in order.open_tasks()


def signed_by_a_stranger() -> Worked:
    order = on_its_way()
    order.scan("signed", when=at(hours=9))
    order.happened(
        "parcel.exception", {"carrier": "zto", "tracking_no": "ZT1", "kind": "wrong_sign"}, when=at(hours=10)
    )
    order.until(at(days=2))
    return order


@pytest.mark.rule("S4-42")
def test_the_buyer_knows_who_took_it_in() -> None:
    """The goods are with the buyer, whose times count from then; receipt is confirmed as any other."""
    order = signed_by_a_stranger()
    assert order.deadline("auto_confirm").state == "paused"
    order.done("parcel_exception", "recognised")
    assert (last_leg(order.state.parcels[0]).where, order.open_tasks()) == (Where.DELIVERED, [])
    assert order.deadline("return_window").started_at == at(days=2)
    order.until(at(days=20))
    assert (order.stage, order.open_tasks()) == ("completed", [])


@pytest.mark.rule("S2-95")
def test_the_carrier_brings_it_after_all() -> None:
    """It is on its way again: silent, somebody asks after it; signed for, its buyer has it."""
    order = signed_by_a_stranger()
    order.done("parcel_exception", "recovered")
    assert last_leg(order.state.parcels[0]).where is Where.ON_THE_WAY
    order.until(at(days=4))
    assert order.open_tasks() == ["tracking_stalled"]
    order.scan("signed", when=at(days=4))
    assert (order.open_tasks(), order.deadline("return_window").started_at) == ([], at(days=4))
