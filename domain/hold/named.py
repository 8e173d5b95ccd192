"""What of a hold the words of tasks may name; never personal data."""

from domain.case.work import WorkItem
from domain.hold.state import HoldState
from domain.policy import Policy
from domain.times import china_clock


def named(state: HoldState, policy: Policy, item: WorkItem | None) -> dict[str, str]:
    """By the name of its place; what is not known is left out."""
    times = {"refunds_open": state.around.refunds_open_at, "ship_by": state.around.ship_by}
    values = {name: china_clock(at) for name, at in times.items() if at}
    return {"lines": ", ".join(state.line_ids)} | values
