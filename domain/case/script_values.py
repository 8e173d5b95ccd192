"""What of a case the words of its tasks may name, by the name of the place. Never personal data."""

from collections.abc import Callable, Iterable, Mapping

from domain.case.action import S
from domain.case.declare import Life, TaskRule
from domain.case.state import CaseState
from domain.case.work import WorkItem
from domain.policy import Policy

_OF_EVERY_CASE: Mapping[str, Callable[[CaseState], str]] = {
    "order_id": lambda state: state.order_id,
    "platform": lambda state: state.platform,
}


def places(life: Life[S], task: TaskRule[S] | None = None) -> frozenset[str]:
    """The places that the words of a task may have, or with None those of what people need to know."""
    return frozenset(_OF_EVERY_CASE) | frozenset(life.script_values) | frozenset(task.script_values if task else ())


def script_values(life: Life[S], state: S, policy: Policy) -> dict[str, str]:
    """What is known of the case now, whatever the task."""
    known = {name: _of_case(life, state, policy, name) for name in places(life)}
    return {name: value for name, value in known.items() if value}


def task_values(
    wanted: Iterable[str], life: Life[S], task: TaskRule[S], state: S, policy: Policy, item: WorkItem
) -> dict[str, str]:
    """What is known now of what the words of a task want."""
    known = {}
    for name in wanted:
        value = task.script_values[name](state, policy, item) if name in task.script_values else None
        known[name] = _of_case(life, state, policy, name) if value is None else value
    return {name: value for name, value in known.items() if value}


def _of_case(life: Life[S], state: S, policy: Policy, name: str) -> str:
    if name in life.script_values:
        return life.script_values[name](state, policy)
    return _OF_EVERY_CASE[name](state) if name in _OF_EVERY_CASE else ""
