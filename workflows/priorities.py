"""Whose tasks go first where workers are behind. Within a priority, shops take turns: one's campaign starves nobody.

Temporal gives a workflow one priority for its whole run, its first task and all that follow. So new orders stand behind
what comes of orders that run: requests, holds, complaints, and ended cases that a fact or a person takes up again. An
order's own further tasks go to the worker that has it in memory, past the queue in which new orders stand.
"""

from temporalio.common import Priority

_RUNNING, _NEW = 3, 4
"""Lower goes first; 3 is Temporal's own default."""


def new_order(merchant: str) -> Priority:
    """Of an order that somebody opens."""
    return Priority(priority_key=_NEW, fairness_key=merchant)


def running_case(merchant: str) -> Priority:
    """Of what comes of a case that runs or ran."""
    return Priority(priority_key=_RUNNING, fairness_key=merchant)
