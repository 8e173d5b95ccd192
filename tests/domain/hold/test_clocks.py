"""The clocks of a hold: refunds opening, and the ship deadline that nobody stops."""

import pytest

from domain.case.deadline import DeadlineState
from domain.roles import Role
from tests.domain.hold.held import Held, locking, sale
from tests.domain.orders import at, line

RUNNING, MET, ELAPSED = DeadlineState.RUNNING, DeadlineState.MET, DeadlineState.ELAPSED


@pytest.mark.rule("S0-29")
def test_a_buyer_who_asks_for_no_refund_is_asked() -> None:
    """When refunds open, and not before."""
    order = Held(frozen_to=at(hours=20))
    hold = order.hold()
    order.until(at(hours=19, minutes=59))
    assert hold.open_tasks() == []
    order.until(at(hours=20))
    assert hold.open_tasks() == ["hold_follow_up"]
    order.ask("refund_only", reason="other")
    assert hold.open_tasks() == []


@pytest.mark.rule("S0-29")
def test_a_buyer_who_withdraws_their_request_is_asked_after_all() -> None:
    """Refunds are open and the buyer has asked for none, whether they were ever frozen or not."""
    for frozen_to in (at(hours=20), None):
        order = Held(frozen_to=frozen_to)
        hold = order.hold()
        order.until(at(hours=21))
        request = order.ask("refund_only", reason="other")
        assert hold.open_tasks() == []
        request.act("withdraw", Role.BUYER)
        assert hold.open_tasks() == ["hold_follow_up"]


@pytest.mark.rule("S0-30")
def test_a_request_taken_back_late_leaves_time_to_release() -> None:
    """The task to decide comes back with the ship deadline, which stood still meanwhile."""
    order = Held()
    hold = order.hold()
    order.until(at(hours=50))
    request = order.ask("refund_only", reason="other")
    assert hold.open_tasks() == []
    order.until(at(hours=60))
    request.act("withdraw", Role.BUYER)
    order.until(at(hours=61))
    assert order.clock("ship_by") == (RUNNING, at(hours=82))
    assert sorted(hold.open_tasks()) == ["hold_follow_up", "hold_release_due"]


def test_other_terms_of_the_campaign_move_the_clock() -> None:
    """Refunds open later than was said: the clock moves, says so, and nobody is asked before."""
    order = Held(frozen_to=at(hours=20))
    hold = order.hold()
    order.until(at(hours=2))
    order.campaign_changes(sale(at(hours=30)))
    assert hold.clock("refunds_open") == (RUNNING, at(hours=30))
    assert [change.change for change in hold.deadline("refunds_open").changes] == ["moved"]
    order.until(at(hours=29))
    assert hold.tasks("hold_follow_up") == []
    order.until(at(hours=30))
    assert hold.open_tasks() == ["hold_follow_up"]


def test_refunds_frozen_again_take_the_question_back() -> None:
    """Asked too early, it is asked again when refunds really open."""
    order = Held(frozen_to=at(hours=20))
    hold = order.hold()
    order.until(at(hours=21))
    order.campaign_changes(sale(at(hours=30)))
    assert (hold.clock("refunds_open"), hold.open_tasks()) == ((RUNNING, at(hours=30)), [])
    order.until(at(hours=30))
    assert hold.open_tasks() == ["hold_follow_up"]
    assert len(hold.tasks("hold_follow_up")) == 2


def test_refunds_opened_at_once_ask_the_buyer_at_once() -> None:
    """The campaign no longer freezes them: the buyer may ask from now on."""
    order = Held(frozen_to=at(hours=20))
    hold = order.hold()
    order.until(at(hours=5))
    order.campaign_changes(sale(None))
    assert (hold.clock("refunds_open"), hold.open_tasks()) == ((ELAPSED, at(hours=5)), ["hold_follow_up"])
    order.until(at(hours=6))
    assert hold.clock("refunds_open") == (ELAPSED, at(hours=5))


def test_refunds_frozen_where_they_were_not_start_the_clock() -> None:
    """A hold that had nothing to wait for waits for refunds to open."""
    order = Held()
    hold = order.hold()
    order.until(at(hours=5))
    order.campaign_changes(sale(at(hours=9)))
    assert hold.clock("refunds_open") == (RUNNING, at(hours=9))


@pytest.mark.rule("S0-04", "S0-31")
def test_the_ship_deadline_runs_on_and_passes() -> None:
    """Stage and deadline stand as without a hold; held goods that stay are late like any others."""
    order = locking()
    before = order.clock("ship_by")
    order.hold()
    assert (order.stage, order.clock("ship_by")) == ("awaiting_shipment", before)
    order.until(at(hours=73))
    assert order.clock("ship_by") == (ELAPSED, at(hours=72))
    assert order.penalty[0] == 3


@pytest.mark.rule("S0-26", "S0-30")
def test_somebody_decides_before_the_shipment_is_late() -> None:
    """A day before the ship deadline; released then, the goods leave in time and cost nothing."""
    order = Held(frozen_to=at(hours=20))
    hold = order.hold()
    assert hold.clock("release_due") == (RUNNING, at(hours=48))
    order.until(at(hours=48))
    assert "hold_release_due" in hold.open_tasks()
    hold.release()
    assert hold.open_tasks() == []
    order.consign()
    order.scan("picked_up", when=at(hours=60))
    order.until(at(hours=80))
    assert order.penalty == (0, "0.00")


@pytest.mark.rule("S0-30", "S0-31")
def test_the_time_to_decide_moves_with_the_ship_deadline() -> None:
    """The buyer agrees to a later shipment: the task goes, and comes again for the later time."""
    order = Held()
    hold = order.hold()
    order.until(at(hours=50))
    assert hold.open_tasks() == ["hold_release_due"]
    order.act("agree_ship_by", ship_by=at(hours=100))
    assert (hold.clock("release_due"), hold.open_tasks()) == ((RUNNING, at(hours=76)), [])
    order.until(at(hours=76))
    assert hold.open_tasks() == ["hold_release_due"]


def test_nobody_has_to_decide_while_a_refund_is_asked_for() -> None:
    """The ship deadline stands still then, and no task comes and goes."""
    order = Held()
    hold = order.hold()
    order.until(at(hours=40))
    order.ask("refund_only", reason="other")
    order.until(at(hours=60))
    assert hold.clock("release_due")[0] is MET
    assert hold.tasks("hold_release_due") == []


@pytest.mark.rule("S0-05")
def test_a_hold_is_no_refund() -> None:
    """Whatever passes, no money goes back until the buyer asks for it; of two held lines one refund ends nothing."""
    order = locking(line("1", "100.00"), line("2", "50.00"), frozen_to=at(hours=20))
    hold = order.hold()
    order.until(at(hours=30))
    assert order.paid_out == {}
    order.ask("refund_only", "1", reason="other").act("agree")
    assert hold.stage == "locked"
    assert [str(pay.amount) for pay in order.paid_out.values()] == ["100.00"]
    order.ask("refund_only", "2", reason="other").act("agree")
    assert hold.stage == "refunded"
    assert (order.stage, order.state.outcome) == ("closed", "refunded")
