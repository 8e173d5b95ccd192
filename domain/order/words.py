"""How the words of an order's tasks name what each is about."""

from collections.abc import Callable

from domain.case.work import WorkItem
from domain.order.state import Line, OrderState
from domain.policy import Policy

_LONGEST = 200


def goods(lines: list[Line]) -> str:
    """The goods of these lines, cut where they are too many to read out."""
    return "、".join(f"{line.title}×{line.quantity}（{line.sku}）" for line in lines)[:_LONGEST]


def only(lines: Callable[[OrderState], list[Line]]) -> Callable[[OrderState, Policy, WorkItem], str | None]:
    """Names these goods alone: buyers must not hear that something else is missing or late."""
    return lambda state, policy, item: goods(lines(state)) or None


def attempt(state: OrderState, policy: Policy, item: WorkItem) -> str:
    """The how many-eth task of its type it is."""
    return str(sum(task.type == item.type for task in state.work_items))
