"""A shop's own editions: their words are held against the tasks that the kinds of case declare."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from domain.case.completing import OF_EVERY_KIND, task_rule
from domain.case.declare import Life, TaskRule
from domain.case.script_values import always_known, places
from domain.lives import LIVES
from domain.policy import Policy, check_edition, register
from domain.policy.catalogue import Catalogue, Text


def register_own(folder: Path) -> tuple[Policy, ...]:
    """Adds a shop's editions, at start; see `Editions.add`. Raises PolicyError."""
    return register(folder, unfilled)


def check_own(file: Path) -> Policy:
    """A shop's file before it is added; see `Editions.check`. Raises PolicyError."""
    return check_edition(file, unfilled)


def unfilled(work: Catalogue) -> Iterator[tuple[str, str]]:
    """The places in an edition's words that no case fills in, or not always, each with where it stands and why."""
    for name, task in work.tasks.items():
        lives, forms = _lives_of(name), task.variants.items()
        scripts = {name: task.script} | {f"{name}.variants.{form}": variant.script for form, variant in forms}
        filled = _common(places(life, rule) for life, rule in lives)
        always = _common(always_known(life, rule) for life, rule in lives)
        for where, script in scripts.items():
            yield from _against(f"work.tasks.{where}.script", script, filled, always)
    for name, piece in work.knowledge.items():
        life = next(life for life in LIVES.values() if life.kind == piece.kind)
        yield from _against(f"work.knowledge.{name}.script", piece.script, places(life), always_known(life))


def _against(where: str, script: Text, filled: frozenset[str], always: frozenset[str]) -> Iterator[tuple[str, str]]:
    for place in sorted(script.places() - filled):
        yield where, f"{{{place}}} is no place that a case of this kind fills in"
    for place in sorted((script.bare_places() & filled) - always):
        yield where, f"{{{place}}} is not always known: put what names it in brackets, [as this part {{{place}}}]"


def _lives_of(name: str) -> list[tuple[Life[Any], TaskRule[Any]]]:
    """The kinds of case that make the task and word it themselves, each with its rule."""
    lives = [life for life in LIVES.values() if name in OF_EVERY_KIND or any(task.name == name for task in life.tasks)]
    rules = [(life, task_rule(life, name)) for life in lives]
    return [(life, rule) for life, rule in rules if not rule.worded]


def _common(each: Iterable[frozenset[str]]) -> frozenset[str]:
    sets = list(each)
    return frozenset.intersection(*sets) if sets else frozenset()
