"""The steps that may be taken in a case: those that its kind declares, and those that every kind has."""

from typing import Any

from domain.case.completing import COMPLETE, completing
from domain.case.declare import ActionRule, Life
from domain.case.proposing import PROPOSE, proposing

_OF_EVERY_KIND = {COMPLETE: completing, PROPOSE: proposing}


def step(life: Life[Any], name: str) -> ActionRule[Any]:
    """The step of that name. Raises KeyError if the kind has none."""
    return _OF_EVERY_KIND[name](life) if name in _OF_EVERY_KIND else life.action(name)
