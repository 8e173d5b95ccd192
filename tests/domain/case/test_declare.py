"""What is declared of every kind of case fits together, also where a list hides its types from mypy."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from pydantic import BaseModel

from domain.case.action import ActionContext
from domain.case.completing import completing, task_rule
from domain.case.declare import AnyAction
from domain.case.escalating import ESCALATION
from domain.case.proposing import proposing
from domain.lives import LIVES

Read = Callable[..., Any]


def _of_actions() -> Iterator[tuple[type[BaseModel], Read]]:
    for life in LIVES.values():
        every: list[AnyAction[Any]] = [*life.actions, completing(life), proposing(life)]
        for action in every:
            parts = (action.refusals, action.take, action.wants, action.buyer_text)
            yield from ((action.input, part) for part in parts if part)


def _of_outcomes() -> Iterator[tuple[type[BaseModel], Read]]:
    for life in LIVES.values():
        for rule in (rule for task in (*life.tasks, task_rule(life, ESCALATION)) for rule in task.outcomes):
            if rule.action is not None:
                assert issubclass(rule.data, rule.action.input)
                continue  # looked at among the actions
            yield from ((rule.data, part) for part in (rule.take, rule.refusals, rule.wants) if part)


def _of_facts() -> Iterator[tuple[type[BaseModel], Read]]:
    for life in LIVES.values():
        for fact in life.facts:
            yield fact.data, fact.take_in


@pytest.mark.parametrize("rules", [_of_actions, _of_outcomes, _of_facts])
def test_every_part_of_a_rule_reads_the_input_that_the_rule_declares(rules: Callable[[], Iterator[Any]]) -> None:
    """A refusal, a step or a want takes the declared model, or looks at no input at all."""
    wrong = [f"{part.__module__}.{part.__qualname__}" for model, part in rules() if model not in _reads(part)]
    assert not wrong


def _reads(part: Read) -> tuple[object, ...]:
    """The inputs that a function takes: those of its `ActionContext`, else its last parameter before the story."""
    hints = get_type_hints(part)
    context = hints[next(iter(inspect.signature(part).parameters))]
    if get_origin(context) is ActionContext:
        read = get_args(context)[1]
    else:
        read = next(hint for name, hint in hints.items() if name in ("data", "input_"))
    return _Anything() if read is object else (*get_args(read), read)


class _Anything(tuple[object, ...]):
    """What does not look at its input takes all of them."""

    def __contains__(self, key: object) -> bool:
        return True
