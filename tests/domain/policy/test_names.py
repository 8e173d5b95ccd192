"""What people call steps and clocks."""

from domain.case.live import CLOCKS_OF_EVERY_CASE
from domain.lives import LIVES
from domain.policy.action_names import ACTIONS
from domain.policy.clock_names import CLOCKS


def test_every_step_has_a_name() -> None:
    """Of every kind of case, and none too many."""
    assert set(ACTIONS) == {action.name for life in LIVES.values() for action in life.actions}


def test_every_clock_has_a_name() -> None:
    """Of every kind of case, and none too many."""
    declared = {clock.kind for life in LIVES.values() for clock in life.clocks}
    assert set(CLOCKS) == declared | set(CLOCKS_OF_EVERY_CASE)
