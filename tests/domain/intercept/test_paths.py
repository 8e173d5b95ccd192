"""How an interception goes: the carrier's word, the refund, the way back, the branch by phone."""

import pytest

from domain.roles import Role
from tests.domain.intercept.stopping import LATER, Stopping, asked_back, failed, on_its_way
from tests.domain.orders import at, line


@pytest.mark.rule("S1-02", "S1-04", "S1-07")
def test_stopped_so_refunded_at_once() -> None:
    """The carrier's yes is all it takes: nobody has to decide, nothing is arbitrated."""
    trade = on_its_way()
    request = asked_back(trade)
    (stopped,) = trade.stop(request)
    assert (stopped.stage, request.stage, request.state.outcome) == ("intercepted", "succeeded", "refunded")
    assert request.got() == {"refund": "209.00"}
    assert trade.asked == ["zto/ZT1"]


@pytest.mark.rule("S1-08")
def test_the_goods_are_back_and_all_cases_end() -> None:
    """The return to the sender ends the way; a month for claims later nothing is open."""
    trade = on_its_way()
    (stopped,) = trade.stop(asked_back(trade))
    trade.reported("scanned", when=at(days=1))
    trade.reported("returned", when=at(days=2))
    assert stopped.stage == "returned"
    trade.until(at(days=40))
    assert (stopped.stage, stopped.state.open, stopped.fee) == ("returned", False, "3.00")
    assert (trade.stage, trade.state.open) == ("closed", False)


@pytest.mark.rule("S1-20", "S1-21", "S1-22", "S1-37", "S1-41")
@pytest.mark.parametrize(("carrier", "fee"), [("zto", "3.00"), ("yunda", "3.00"), ("yto", "4.00")])
def test_the_fee_is_the_carriers_own(carrier: str, fee: str) -> None:
    """Booked once, from the merchant to the carrier, naming the rule of that carrier's fee."""
    trade = on_its_way(parcels={f"{carrier}/N1": ["1"]})
    (stopped,) = trade.stop(asked_back(trade), f"{carrier}/N1")
    (entry,) = stopped.state.ledger
    assert (f"{entry.amount}", entry.debit, entry.credit) == (fee, "merchant", "carrier")
    assert entry.rule == {"zto": "S1-20", "yunda": "S1-21", "yto": "S1-22"}[carrier]


@pytest.mark.rule("S1-04", "S1-30", "S1-36")
def test_not_stopped_is_free_and_says_why() -> None:
    """The request stays with the seller, and the reason is on the record."""
    trade = on_its_way(answer=failed("out_for_delivery"))
    request = asked_back(trade)
    (stopped,) = trade.stop(request)
    assert (stopped.stage, stopped.state.reason, stopped.state.ledger) == ("failed", "out_for_delivery", [])
    assert "out_for_delivery" in stopped.told("intercept.failed")[0]
    assert (request.stage, request.got()) == ("awaiting_seller", {})


@pytest.mark.rule("S1-36")
def test_a_carrier_that_will_not_costs_nothing() -> None:
    """Its refusal of the call itself counts as not stopped."""
    trade = on_its_way(answer=failed("carrier_refused").model_copy(update={"yes": None, "refused": True}))
    (stopped,) = trade.stop(asked_back(trade))
    assert (stopped.stage, stopped.state.reason, stopped.fee) == ("failed", "carrier_refused", "0.00")


@pytest.mark.rule("S1-34", "S1-37")
def test_one_of_several_parcels_is_stopped_alone() -> None:
    """It costs one fee; the refund waits, for the other parcel still goes to the buyer."""
    trade = two_parcels()
    request = asked_back(trade)
    (stopped,) = trade.stop(request, "zto/ZT1")
    assert (stopped.stage, stopped.fee) == ("intercepted", "3.00")
    assert (request.stage, request.got()) == ("awaiting_seller", {})
    (other,) = trade.stop(request, "yto/YT2")
    assert other.fee == "4.00"
    assert (request.stage, request.got()) == ("succeeded", {"refund": "310.00"})


@pytest.mark.rule("S1-34")
def test_a_request_for_one_parcels_goods_waits_for_that_parcel_only() -> None:
    """The other parcel's lines are not asked back."""
    trade = two_parcels()
    request = asked_back(trade, "1")
    trade.stop(request, "zto/ZT1")
    assert (request.stage, request.got()) == ("succeeded", {"refund": "100.00"})


@pytest.mark.rule("S1-04", "S1-34")
def test_of_two_parcels_one_cannot_be_stopped() -> None:
    """The refund does not go on by itself; the one fee stays."""
    trade = two_parcels()
    trade.answers["yto/YT2"] = failed()
    request = asked_back(trade)
    fees = [one.fee for one in trade.stop(request, "zto/ZT1", "yto/YT2")]
    assert (request.stage, fees) == ("awaiting_seller", ["3.00", "0.00"])


def test_a_parcel_that_came_back_by_itself_need_not_be_stopped() -> None:
    """One was refused at the door and is back, the other is stopped: that is all of them."""
    trade = two_parcels()
    trade.reported("returned", "yto/YT2")
    request = asked_back(trade)
    trade.stop(request, "zto/ZT1")
    assert request.stage == "succeeded"


@pytest.mark.rule("S1-03")
@pytest.mark.parametrize("stopped", [True, False])
def test_the_carrier_answers_later(stopped: bool) -> None:
    """Until its event comes nothing is booked or refunded; it is asked once."""
    trade = on_its_way(answer=LATER)
    request = asked_back(trade)
    (parcel,) = trade.stop(request)
    assert (parcel.stage, parcel.fee, request.stage) == ("requested", "0.00", "awaiting_seller")
    parcel.answered(stopped=stopped, reason=None if stopped else "already_loaded", when=at(hours=1, minutes=20))
    assert parcel.stage == ("intercepted" if stopped else "failed")
    assert request.stage == ("succeeded" if stopped else "awaiting_seller")
    assert trade.asked == ["zto/ZT1"]


@pytest.mark.rule("S1-03", "S1-30")
def test_a_silent_carrier_is_asked_by_a_person() -> None:
    """After an hour; its answer, however late, settles the task."""
    trade = on_its_way(answer=LATER)
    (parcel,) = trade.stop(asked_back(trade))
    trade.until(at(hours=1, minutes=59))
    assert parcel.open_tasks() == []
    trade.until(at(hours=2))
    assert parcel.open_tasks() == ["intercept_unanswered"]
    parcel.answered(stopped=True, when=at(hours=9))
    assert (parcel.stage, parcel.open_tasks()) == ("intercepted", [])


@pytest.mark.rule("S1-36")
def test_a_carrier_that_never_answers() -> None:
    """After a month without a word from anybody the interception is over, free; its request goes on by itself."""
    trade = on_its_way(answer=LATER)
    (parcel,) = trade.stop(asked_back(trade))
    trade.until(at(days=30, hours=2))
    assert (parcel.stage, parcel.state.reason, parcel.state.open, parcel.fee) == ("failed", "no_answer", False, "0.00")


@pytest.mark.rule("S1-37")
@pytest.mark.parametrize(("first", "then"), [(True, True), (True, False), (False, False)])
def test_answered_twice(first: bool, then: bool) -> None:
    """The first word stands; the second is noted and books nothing."""
    trade = on_its_way(answer=LATER)
    (parcel,) = trade.stop(asked_back(trade))
    parcel.answered(stopped=first)
    before = (parcel.stage, parcel.fee)
    parcel.answered(stopped=then)
    assert (parcel.stage, parcel.fee) == before
    assert len(parcel.told("intercept.answer")) == 1


@pytest.mark.rule("S1-42")
def test_the_branch_is_called_where_it_failed_online() -> None:
    """A task at once, 24 hours from the carrier's answer; without success the parcel goes on and the case ends."""
    trade = on_its_way(answer=failed())
    request = asked_back(trade)
    (parcel,) = trade.stop(request)
    assert parcel.open_tasks() == ["offline_intercept"]
    trade.until(at(hours=24, minutes=59))
    assert parcel.state.open
    trade.until(at(hours=25))
    assert (parcel.state.open, parcel.stage, parcel.open_tasks()) == (False, "failed", [])
    assert parcel.fee == "0.00"
    assert trade.against_stopping(request) == []


@pytest.mark.rule("S1-42")
def test_the_branch_stops_it_by_phone() -> None:
    """The refund goes on; the branch charges by case, so the platform's fee is not booked, nor for an echo later."""
    trade = on_its_way(answer=failed())
    request = asked_back(trade)
    (parcel,) = trade.stop(request)
    assert parcel.act("report_intercept_answer", stopped=True) == {"stage": "intercepted"}
    parcel.answered(stopped=True)
    assert (parcel.stage, parcel.fee, request.stage) == ("intercepted", "0.00", "succeeded")
    trade.until(at(days=3))
    assert (parcel.stage, parcel.state.open) == ("intercepted", True)
    assert parcel.refused("report_intercept_answer", stopped=False) == ["already_answered"]


@pytest.mark.rule("S1-42")
def test_the_carrier_stops_after_all_what_it_could_not_at_first() -> None:
    """Its own later yes costs the fee, and the 24 hours of the branch are over."""
    trade = on_its_way(answer=failed())
    (parcel,) = trade.stop(asked_back(trade))
    parcel.answered(stopped=True, when=at(hours=5))
    trade.until(at(days=3))
    assert (parcel.stage, parcel.state.open, parcel.fee) == ("intercepted", True, "3.00")


@pytest.mark.rule("S1-42")
@pytest.mark.parametrize("answer", [LATER, failed()])
def test_a_person_reports_that_it_goes_on(answer: object) -> None:
    """Whoever was silent or failed: the interception is over, free."""
    trade = on_its_way(answer=answer)
    (parcel,) = trade.stop(asked_back(trade))
    parcel.act("report_intercept_answer", stopped=False)
    trade.until(at(days=2))
    assert (parcel.stage, parcel.state.open, parcel.fee) == ("failed", False, "0.00")


def test_a_person_reports_a_silent_carriers_yes() -> None:
    """That is the carrier's word: it costs the fee, and the event that comes after it costs nothing more."""
    trade = on_its_way(answer=LATER)
    request = asked_back(trade)
    (parcel,) = trade.stop(request)
    parcel.act("report_intercept_answer", Role.OWNER, stopped=True)
    parcel.answered(stopped=True)
    assert (parcel.stage, parcel.fee, request.stage) == ("intercepted", "3.00", "succeeded")


def two_parcels() -> Stopping:
    """Lines of 100 and 200 yuan, each in a parcel of its own carrier."""
    return on_its_way(line("1", "100.00"), line("2", "200.00"), parcels={"zto/ZT1": ["1"], "yto/YT2": ["2"]})
