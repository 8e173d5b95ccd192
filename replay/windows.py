"""When a case must hear of a fact so that everything goes as if it had heard at once.

Facts carry their own times, and Caseline judges by these. So it makes no difference when exactly a fact is reported,
as long as no clock of its case runs out in between: neither one that runs without the fact, nor one that runs with it.
The domain itself says when clocks run out; the order is lived through in memory once, before it is played for real.
Clocks that only call people do not count: whom somebody was to call meanwhile is no finding of a replay.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from domain.case.escalating import TASK_DUE
from domain.case.live import LiveCase
from domain.order.opening import OpenedOrder, begin
from domain.order.payment.reminders import PAYMENT_REMINDER
from domain.order.state import OrderState
from replay.facts import Heard

CALL_PEOPLE = (PAYMENT_REMINDER, TASK_DUE)
"""Clocks that only ask somebody to do something. Nobody works in a replay, so nothing waits for them."""


class ReportWindow(NamedTuple):
    """The time in which something must be reported: after `after` and before `before`, best at `at`.

    Attributes:
        after: when the last clock ran out before; None: none did.
        before: when the next clock runs out; None: none does, or the case has ended.
    """

    after: datetime | None
    at: datetime
    before: datetime | None


def windows(order: OpenedOrder, facts: Sequence[Heard]) -> list[ReportWindow]:
    """The window of the opening, then that of each fact, in the order in which the case hears of them."""
    case = begin(order)
    found = [ReportWindow(None, order.placed_at, _next_due_at(case))]
    after: datetime | None = None
    for fact in facts:
        after = _run_out(case, before=fact.at) or after
        if not case.state.open:
            found.append(ReportWindow(after, fact.at, None))
            continue
        dues = [_next_due_at(case)]
        case.take_in(fact.reported.fact, fact.at)
        ran_out_before = _run_out(case, before=fact.at)
        dues.append(_next_due_at(case) if case.state.open else None)
        found.append(ReportWindow(after, fact.at, min((due for due in dues if due), default=None)))
        if ran_out_before:  # heard of late: the clock that it started passes at once, before the next fact
            after = fact.at
    return found


def _next_due_at(case: LiveCase[OrderState]) -> datetime | None:
    dues = [due.due_at for due in case.state.running_deadlines() if due.kind not in CALL_PEOPLE]
    return min(dues, default=None)


def _run_out(case: LiveCase[OrderState], before: datetime) -> datetime | None:
    """Lets pass what runs out before that time; answers when the last one passed that counts, None if none did."""
    last: datetime | None = None
    while case.state.open and (due := case.state.next_due()) and due.due_at < before:
        now = max(due.due_at, case.state.updated_at)
        case.pass_deadline(due, now)
        last = last if due.kind in CALL_PEOPLE else now
    return last
