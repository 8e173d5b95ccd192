"""What of an interception the words of tasks may name; never personal data."""

from domain.case.work import WorkItem
from domain.intercept.state import InterceptState
from domain.parcels.carriers import carrier_name
from domain.policy import Policy


def named(state: InterceptState, policy: Policy, item: WorkItem | None) -> dict[str, str]:
    """By the name of its place; the fee is yuan."""
    return {"carrier": carrier_name(state.carrier), "tracking_no": state.tracking_no, "fee": str(state.fee)}
