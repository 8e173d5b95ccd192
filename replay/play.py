"""Plays an order through the rules that its workflow lives by, on a clock of its own: no server is needed for it.

The declaration `ORDER` is all that a workflow adds waiting to. What an order's workflow would do beside it, a replay
has nothing of: its shop has no partners, no stock, no strategies, and nobody takes a step. A test plays the same orders
through the workflows themselves and compares.
"""

from __future__ import annotations

from datetime import datetime

from domain.case.live import LiveCase
from domain.order.opening import begin
from domain.order.state import OrderState
from domain.policy import Policy
from replay.columns import Columns
from replay.facts import accept, facts, opening
from replay.orders import RecordedOrder


def play(order: RecordedOrder, shape: Columns, edition: Policy) -> OrderState:
    """The order's case after every clock ran out; each fact was heard at its very time.

    Args:
        order: its times in UTC.
        shape: of the log that it is from.
        edition: to judge by.
    """
    case = begin(accept(opening(order, shape, edition), edition, order.placed_at))
    for fact in facts(order, shape, edition):
        _run_out(case, before=fact.at)
        case.take_in(fact.reported.fact, fact.at)
    _run_out(case)
    return case.state


def _run_out(case: LiveCase[OrderState], before: datetime | None = None) -> None:
    """Lets pass what is due before that time, or all; a fact at the very second of a deadline has met it."""
    while (due := case.state.next_due()) and (before is None or due.due_at < before):
        case.pass_deadline(due, max(due.due_at, case.state.updated_at))
