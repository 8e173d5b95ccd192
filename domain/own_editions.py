"""A shop's own editions: their words are held against the tasks that the kinds of case declare."""

from collections.abc import Iterator
from pathlib import Path

from domain.case.completing import task_rule
from domain.case.escalating import ESCALATION
from domain.case.script_values import places
from domain.lives import LIVES
from domain.policy import Policy, check_edition, register
from domain.policy.catalogue import Catalogue


def register_own(folder: Path) -> tuple[Policy, ...]:
    """Adds a shop's editions, at start; see `Editions.add`. Raises PolicyError."""
    return register(folder, unfilled)


def check_own(file: Path) -> Policy:
    """A shop's file before it is added; see `Editions.check`. Raises PolicyError."""
    return check_edition(file, unfilled)


def unfilled(work: Catalogue) -> Iterator[tuple[str, str]]:
    """The places in an edition's words that no case fills in, each with where it stands and what is wrong with it."""
    for name, task in work.tasks.items():
        known, forms = places_in_task(name), task.variants.items()
        scripts = {name: task.script} | {f"{name}.variants.{form}": variant.script for form, variant in forms}
        for where, script in scripts.items():
            for place in sorted(script.places() - known):
                yield f"work.tasks.{where}.script", f"{{{place}}} is no place that a case fills in for this task"
    for name, piece in work.knowledge.items():
        for place in sorted(piece.script.places() - places_in_knowledge(piece.kind)):
            yield f"work.knowledge.{name}.script", f"{{{place}}} is no place that a case of this kind fills in"


def places_in_task(name: str) -> frozenset[str]:
    """What every kind of case that makes the task, and words it itself, fills in."""
    lives = [life for life in LIVES.values() if name == ESCALATION or any(task.name == name for task in life.tasks)]
    rules = [(life, task_rule(life, name)) for life in lives]
    filled = [places(life, rule) for life, rule in rules if not rule.worded]
    return frozenset.intersection(*filled) if filled else frozenset()


def places_in_knowledge(kind: str) -> frozenset[str]:
    """What that kind of case fills in for what people need to know."""
    return next((places(life) for life in LIVES.values() if life.kind == kind), frozenset())
