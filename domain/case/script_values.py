"""What of a case the words of its tasks may name, by the name of the place. Never personal data."""

from collections.abc import Callable, Iterable, Mapping

from domain.case.action import S
from domain.case.deadline import DeadlineState, find
from domain.case.declare import Life, TaskRule
from domain.case.state import CaseState
from domain.case.work import WorkItem
from domain.policy import Policy
from domain.policy.places import SHOPS
from domain.times import iso_instant

_OF_EVERY_CASE: Mapping[str, Callable[[CaseState], str]] = {
    "order_id": lambda state: state.order_id,
    "platform": lambda state: state.platform,
}


def places(life: Life[S], task: TaskRule[S] | None = None) -> frozenset[str]:
    """The places that the words of a task may have, or with None those of what people need to know."""
    own = frozenset(task.script_values) if task else frozenset()
    return frozenset(_OF_EVERY_CASE) | SHOPS | frozenset(life.script_values) | own


def always_known(life: Life[S], task: TaskRule[S] | None = None) -> frozenset[str]:
    """Those of them that the words need not do without."""
    return frozenset(_OF_EVERY_CASE) | life.always_known | (task.always_known if task else frozenset())


def script_values(life: Life[S], state: S, policy: Policy) -> dict[str, str]:
    """What is known of the case now, whatever the task."""
    known = {name: _of_case(life, state, policy, name) for name in places(life) - SHOPS}
    return {name: value for name, value in known.items() if value}


def task_values(
    wanted: Iterable[str], life: Life[S], task: TaskRule[S], state: S, policy: Policy, item: WorkItem
) -> dict[str, str]:
    """What is known now of what the words of a task want."""
    known = {}
    for name in wanted:
        value = task.script_values[name](state, policy, item) if name in task.script_values else None
        known[name] = _of_case(life, state, policy, name) if value is None else value
    return {name: str(value) for name, value in known.items() if value}


def when_due(kind: str) -> Callable[[CaseState, Policy], str]:
    """When a clock is, or was, due; nothing where it stands still or is done with."""

    def value(state: CaseState, policy: Policy) -> str:
        deadline = find(state.deadlines, kind)
        counts = deadline is not None and deadline.state in (DeadlineState.RUNNING, DeadlineState.ELAPSED)
        return iso_instant(deadline.due_at) if deadline and counts else ""

    return value


def _of_case(life: Life[S], state: S, policy: Policy, name: str) -> str:
    if name in life.script_values:
        return life.script_values[name](state, policy)
    return _OF_EVERY_CASE[name](state) if name in _OF_EVERY_CASE else ""
