"""Every kind of case there is, and what all of them together know: facts from outside, people's tasks."""

from collections.abc import Mapping
from typing import Any

from domain.case.declare import FactRule, Life
from domain.case.ids import CaseKind
from domain.case.work import WorkType
from domain.order.life import ORDER

LIVES: Mapping[CaseKind, Life[Any]] = {life.kind: life for life in (ORDER,)}

FACTS: Mapping[str, FactRule[Any]] = {fact.event_type: fact for life in LIVES.values() for fact in life.facts}

TASKS: Mapping[str, WorkType] = {task.name: task for life in LIVES.values() for task in life.tasks}
