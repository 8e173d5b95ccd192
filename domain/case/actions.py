"""The actions that may be taken in a case: those that its kind declares, and those that every kind has."""

from domain.case.action import S
from domain.case.completing import COMPLETE, completing
from domain.case.declare import AnyAction, Life
from domain.case.proposing import PROPOSE, proposing


def find_action(life: Life[S], name: str) -> AnyAction[S]:
    """The action of that name. Raises KeyError if the kind has none."""
    if name == COMPLETE:
        return completing(life)
    if name == PROPOSE:
        return proposing(life)
    return life.action(name)
