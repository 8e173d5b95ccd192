"""When a case must hear of a fact so that everything goes as if it had heard at once.

Facts carry their own times, and Caseline judges by these. So it makes no difference when exactly a fact is reported,
as long as no clock of its case runs out in between: neither one that runs without the fact, nor one that runs with it.
The domain itself says when clocks run out; the order is lived through in memory once, before it is played for real.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from domain.case.live import LiveCase
from domain.order.opening import OpenedOrder, begun
from replay.facts import Heard


class Window(NamedTuple):
    """The time in which something must be reported: after `after` and before `before`, best at `at`.

    Attributes:
        after: when the last clock ran out before; None: none did.
        before: when the next clock runs out; None: none does, or the case has ended.
    """

    after: datetime | None
    at: datetime
    before: datetime | None


def windows(order: OpenedOrder, facts: Sequence[Heard]) -> list[Window]:
    """The window of the opening, then that of each fact, in the order in which the case hears of them."""
    case = begun(order)
    found = [Window(None, order.placed_at, case.state.next_due_at())]
    after: datetime | None = None
    for fact in facts:
        if _run_out(case, before=fact.at):
            after = case.state.updated_at
        if not case.state.open:
            found.append(Window(after, fact.at, None))
            continue
        dues = [case.state.next_due_at()]
        case.happened(fact.reported.fact, fact.at)
        ran_out_before = _run_out(case, before=fact.at)
        dues.append(case.state.next_due_at() if case.state.open else None)
        found.append(Window(after, fact.at, min((due for due in dues if due), default=None)))
        if ran_out_before:  # heard of late: the clock that it started passes at once, before the next fact
            after = fact.at
    return found


def _run_out(case: LiveCase[Any], before: datetime) -> bool:
    """Lets pass what runs out before that time; False if nothing did."""
    passed = False
    while case.state.open and (due := case.state.next_due()) and due.due_at < before:
        case.pass_deadline(due, due.due_at)
        passed = True
    return passed
