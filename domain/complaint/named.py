"""What of a complaint the words of tasks may name; never personal data."""

from domain.case.deadline import find
from domain.case.work import WorkItem
from domain.complaint.clocks import SELLER_ANSWER
from domain.complaint.state import ComplaintState
from domain.policy import Policy
from domain.times import china_clock


def named(state: ComplaintState, policy: Policy, item: WorkItem | None) -> dict[str, str]:
    """By the name of its place."""
    answer = find(state.deadlines, SELLER_ANSWER)
    values = {"complaint_type": str(state.type)}
    return values | ({"answer_by": china_clock(answer.due_at)} if answer else {})
