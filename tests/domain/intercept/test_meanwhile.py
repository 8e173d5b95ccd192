"""What happens while the carrier is asked: delivery, a decision, a withdrawal."""

import pytest

from domain.after_sale.state import AfterSaleStage
from domain.roles import Role
from tests.domain.intercept.stopping import LATER, asked_back, on_its_way
from tests.domain.orders import at, line


def test_signed_before_the_carrier_stopped_it() -> None:
    """The carrier's own times settle it: no fee, no refund by itself."""
    trade = on_its_way(answer=LATER)
    request = asked_back(trade)
    (parcel,) = trade.stop(request)
    trade.reported("signed", when=at(hours=3))
    parcel.answered(stopped=True, when=at(hours=4))
    assert (parcel.stage, parcel.state.reason, parcel.fee) == ("failed", "signed", "0.00")
    assert request.stage == "awaiting_seller"
    assert "already_signed" in parcel.refused("report_intercept_answer", stopped=True)


@pytest.mark.rule("S1-35")
def test_stopped_before_it_was_signed_for_all_the_same() -> None:
    """The carrier let a stopped parcel go: fee and refund stand, and somebody claims."""
    trade = on_its_way(answer=LATER)
    request = asked_back(trade)
    (parcel,) = trade.stop(request)
    trade.reported("signed", when=at(hours=6))
    parcel.answered(stopped=True, when=at(hours=5))
    assert (parcel.stage, parcel.fee, request.stage) == ("intercepted", "3.00", "succeeded")
    assert parcel.open_tasks() == ["claim_intercepted_parcel"]


def test_back_before_the_carrier_said_so() -> None:
    """Its late yes finds the parcel returned."""
    trade = on_its_way(answer=LATER)
    (parcel,) = trade.stop(asked_back(trade))
    trade.reported("returned", when=at(days=1))
    assert parcel.stage == "requested"
    parcel.answered(stopped=True, when=at(days=2))
    assert (parcel.stage, parcel.fee) == ("returned", "3.00")


def test_the_refund_was_decided_meanwhile() -> None:
    """Agreed to by a person while the carrier was silent: its yes books the fee, and no second refund."""
    trade = on_its_way(answer=LATER)
    request = asked_back(trade)
    (parcel,) = trade.stop(request)
    request.act("agree")
    parcel.answered(stopped=True)
    assert (parcel.stage, parcel.fee) == ("intercepted", "3.00")
    assert request.got() == {"refund": "209.00"}
    assert len(trade.paid_out) == 1


def test_withdrawn_while_the_carrier_was_asked() -> None:
    """The goods come back for nothing: nobody is refunded by itself, somebody asks the buyer."""
    trade = on_its_way(answer=LATER)
    request = asked_back(trade)
    (parcel,) = trade.stop(request)
    request.act("withdraw", Role.BUYER)
    parcel.answered(stopped=True)
    assert (request.stage, request.got(), parcel.fee) == ("closed", {}, "3.00")
    assert request.open_tasks() == ["stopped_in_vain"]
    (task,) = request.tasks("stopped_in_vain")
    assert (task.values["carrier"], task.values["tracking_no"]) == ("zto", "ZT1"), "the parcel that was stopped"


def test_a_request_is_closed_after_one_of_its_parcels_was_stopped() -> None:
    """Whatever became of that parcel since: nobody tells of it any more once the carrier has answered the claim."""
    lines = (line("1", "600.00"), line("2", "200.00"))
    trade = on_its_way(*lines, parcels={"zto/ZT1": ["1"], "yto/YT2": ["2"]})
    request = asked_back(trade)
    (parcel,) = trade.stop(request, "zto/ZT1")
    parcel.act("file_claim", kind="lost", amount="100.00")
    parcel.act("settle_claim", Role.CARRIER, amount="0.00")
    request.act("refuse", reason="other", message="已发货")
    assert "stopped_in_vain" not in request.open_tasks()
    request.act("withdraw", Role.BUYER)
    assert (request.stage, request.got()) == ("closed", {})
    assert [(item.type, item.values["tracking_no"]) for item in request.tasks("stopped_in_vain")] == [
        ("stopped_in_vain", "ZT1")
    ]


@pytest.mark.rule("S1-04")
def test_a_refund_that_waits_for_approval_does_not_wait_for_a_stopped_parcel() -> None:
    """Where strategies decide each payment, an interception is decision enough."""
    trade = on_its_way()
    trade.shop = trade.shop.model_copy(update={"automated": ("processing",)})
    request = asked_back(trade)
    trade.stop(request)
    assert (request.stage, request.got()) == ("succeeded", {"refund": "209.00"})


@pytest.mark.rule("S1-04")
def test_money_that_was_held_goes_when_the_parcel_is_stopped() -> None:
    """Agreed to, waiting for a person's approval; then the carrier says yes."""
    trade = on_its_way(answer=LATER)
    trade.shop = trade.shop.model_copy(update={"automated": ("processing",)})
    request = asked_back(trade)
    (parcel,) = trade.stop(request)
    request.act("agree")
    assert (request.stage, request.state.money_held) == (AfterSaleStage.REFUNDING, True)
    parcel.answered(stopped=True)
    assert (request.stage, request.got(), len(trade.paid_out)) == ("succeeded", {"refund": "209.00"}, 1)


def test_without_an_interception_a_refused_request_stays_with_the_people() -> None:
    """The old way: refused, and the buyer may call the platform; no parcel is touched and no fee booked."""
    trade = on_its_way()
    request = asked_back(trade)
    request.act("refuse", reason="other", message="请拒收或签收后退货")
    assert (request.stage, trade.intercepts()) == ("refused", [])
    request.act("ask_platform", Role.BUYER, text="请介入")
    assert request.stage == "platform_intervention"
