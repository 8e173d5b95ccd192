"""The ERP's word on a lock: given, refused, late, doubled, contradicted or never given."""

import pytest

from domain.case.deadline import DeadlineState
from domain.hold.state import HoldStage
from tests.domain.hold.held import Erp, Hold, locking
from tests.domain.orders import at

TOLD_OF_SUCCESS = ["ship_hold_received", "ship_hold_succeeded"]


@pytest.mark.rule("S0-19", "S0-20")
def test_the_erps_word_makes_a_lock_and_the_buyer_hears_it() -> None:
    """Locked, and told so."""
    order = locking()
    hold = order.hold()
    assert hold.stage == HoldStage.LOCKED
    assert order.sent() == TOLD_OF_SUCCESS
    assert hold.clock("erp_answer")[0] is DeadlineState.MET


@pytest.mark.rule("S0-18")
def test_an_erp_that_is_silent_makes_a_task_and_no_success() -> None:
    """After an hour somebody asks; however long it is silent, the hold is not locked."""
    order = locking(erp=Erp.SILENT)
    hold = order.hold()
    order.until(at(minutes=59))
    assert (hold.stage, hold.open_tasks()) == ("locking", [])
    order.until(at(hours=1))
    assert (hold.stage, hold.open_tasks()) == ("locking", ["hold_erp_silent"])
    order.until(at(hours=40))
    assert hold.stage == HoldStage.LOCKING
    assert order.sent() == ["ship_hold_received"]
    assert len(hold.tasks("hold_erp_silent")) == 1


@pytest.mark.rule("S0-19", "S0-20")
@pytest.mark.parametrize("hours", [0.5, 30])
def test_a_late_word_is_as_good_as_an_early_one(hours: float) -> None:
    """Whether somebody was asked already or not: it is locked, the buyer told once, the task gone."""
    order = locking(erp=Erp.SILENT)
    hold = order.hold()
    order.until(at(hours=hours))
    hold.erp_says(locked=True)
    assert (hold.stage, hold.open_tasks()) == ("locked", [])
    assert order.sent() == TOLD_OF_SUCCESS


@pytest.mark.rule("S0-18", "S0-19")
@pytest.mark.parametrize(("erp", "reason"), [(Erp.FAILS, "already_packed"), (Erp.WILL_NOT, "erp_refused")])
def test_a_refused_lock_is_locked_by_hand(erp: Erp, reason: str) -> None:
    """The ERP cannot lock, says no to the call or is not there: never locked, and somebody does it by hand."""
    order = locking(erp=erp)
    hold = order.hold()
    assert (hold.stage, hold.state.lock_reason, hold.state.open) == ("lock_failed", reason, True)
    assert hold.open_tasks() == ["hold_lock_by_hand"]
    order.until(at(hours=20))
    assert hold.stage == HoldStage.LOCK_FAILED
    assert order.sent() == ["ship_hold_received"]


@pytest.mark.rule("S0-19")
def test_a_lock_made_by_hand_is_one_when_the_erp_reports_it() -> None:
    """What failed first is locked by the ERP's later word."""
    order = locking(erp=Erp.FAILS)
    hold = order.hold()
    hold.erp_says(locked=True)
    assert (hold.stage, hold.state.lock_reason, hold.open_tasks()) == ("locked", None, [])
    assert order.sent() == TOLD_OF_SUCCESS


def test_the_same_word_twice_changes_nothing() -> None:
    """At once and as an event, then the event doubled: one stage, one message."""
    order = locking()
    hold = order.hold()
    assert hold.erp_says(locked=True, id_="erp-1")
    assert not hold.erp_says(locked=True, id_="erp-1")
    assert (hold.stage, hold.open_tasks()) == ("locked", [])
    assert order.sent() == TOLD_OF_SUCCESS
    assert len(hold.told("hold.lock_answer")) == 1


def test_an_erp_that_contradicts_itself_makes_a_task() -> None:
    """Locked, then not: the first word stands, and somebody looks."""
    order = locking()
    hold = order.hold()
    hold.erp_says(locked=False, reason="already_locked")
    assert (hold.stage, hold.open_tasks()) == ("locked", ["hold_lock_doubtful"])


def test_a_second_failure_makes_no_second_task() -> None:
    """The ERP fails twice: one task."""
    order = locking(erp=Erp.FAILS)
    hold = order.hold()
    hold.erp_says(locked=False, reason="already_packed")
    assert (hold.stage, hold.open_tasks()) == ("lock_failed", ["hold_lock_by_hand"])


@pytest.mark.rule("S0-28")
@pytest.mark.parametrize("erp", [Erp.LOCKS, Erp.FAILS, Erp.SILENT, Erp.WILL_NOT])
def test_a_release_unlocks_whatever_the_erp_said(erp: Erp) -> None:
    """It may have locked without saying so; its acknowledgement goes on the timeline."""
    order = locking(erp=erp)
    hold = order.hold()
    hold.release()
    assert hold.stage == HoldStage.RELEASED
    assert [lock.lock for lock in order.locks] == [True, False]
    assert hold.told("hold.unlocked") == ["Unlocked by the ERP"]
    assert order.open_tasks() == []


@pytest.mark.rule("S0-28")
def test_a_release_does_not_wait_for_an_erp_that_is_away() -> None:
    """Released at once; lock and unlock reach the ERP in that order when it is back."""
    order = locking(erp=Erp.AWAY)
    hold = order.hold()
    hold.release()
    assert (hold.stage, order.line().held, order.locks) == ("released", False, [])
    order.erp = Erp.LOCKS
    order.run_errands()
    assert [lock.lock for lock in order.locks] == [True, False]
    assert hold.stage == HoldStage.RELEASED
    assert order.sent() == ["ship_hold_received"]
    assert hold.told("hold.lock_answer") == ["The ERP answered again (locked): noted"]


def test_a_word_after_the_release_goes_on_the_timeline() -> None:
    """Nothing is locked any more, and no success is told."""
    order = locking(erp=Erp.SILENT)
    hold = order.hold()
    hold.release()
    hold.erp_says(locked=True)
    assert (hold.stage, len(hold.told("hold.lock_answer"))) == ("released", 1)
    assert order.sent() == ["ship_hold_received"]


@pytest.mark.rule("S0-28")
def test_an_erp_that_does_not_unlock_is_unlocked_by_hand() -> None:
    """The goods would stay: the warehouse is told, until they leave."""
    order = locking()
    order.unlocks = False
    hold = order.hold()
    hold.release()
    assert hold.told("hold.unlock_failed")
    assert order.open_tasks() == ["ship_again"]
    order.consign()
    assert order.open_tasks() == []


@pytest.mark.parametrize("erp", [Erp.SILENT, Erp.FAILS, Erp.LOCKS])
def test_a_refund_ends_the_hold_whatever_the_erp_said(erp: Erp) -> None:
    """The buyer's money is back: the goods stay, nothing is unlocked, no task is left."""
    order = locking(erp=erp)
    hold = order.hold()
    order.until(at(hours=2))
    order.ask("refund_only", reason="other").act("agree")
    assert (hold.stage, hold.state.outcome, hold.open_tasks()) == ("refunded", "refunded", [])
    assert [lock.lock for lock in order.locks] == [True]
    _is_over(hold)


def _is_over(hold: Hold) -> None:
    assert not hold.state.open
    assert hold.state.running_deadlines() == []
