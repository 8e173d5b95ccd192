"""How the words of an order's tasks name what each is about."""

from collections.abc import Callable

from domain.case.units import Quantities
from domain.case.work import WorkItem
from domain.order.state import OrderState
from domain.policy import Policy

_LONGEST = 200


def goods(state: OrderState, units: Quantities) -> str:
    """These goods, cut where they are too many to read out."""
    lines = (line for line in state.lines if line.line_id in units)
    return "、".join(f"{line.title}×{units[line.line_id]}（{line.sku}）" for line in lines)[:_LONGEST]


def only(units: Callable[[OrderState], Quantities]) -> Callable[[OrderState, Policy, WorkItem], str | None]:
    """Names these goods alone: buyers must not hear that something else is missing or late."""
    return lambda state, policy, item: goods(state, units(state)) or None


def attempt(state: OrderState, policy: Policy, item: WorkItem) -> str:
    """The how many-eth task of its type it is."""
    return str(sum(task.type == item.type for task in state.work_items))
