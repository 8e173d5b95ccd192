"""What of any case the words of its tasks may name; kinds add their own. Never personal data."""

from domain.case.state import CaseState
from domain.case.work import WorkItem
from domain.policy.catalogue import Catalogue
from domain.times import china_clock


def named(state: CaseState, catalogue: Catalogue, item: WorkItem) -> dict[str, str]:
    """The order, and for an escalation what it is about: the task past due, or the step and who wants to take it."""
    values = {"order_id": state.order_id, "platform": state.platform}
    about = state.task(item.matter)
    if about is not None:
        title = catalogue.tasks[about.type].title
        values |= {"task": title.both, "due_at": china_clock(about.due_at)}
    if item.proposal is not None:
        amount = item.proposal.given.get("amount")
        values |= {"step": item.proposal.action, "account": item.proposal.by.account}
        task = state.task(item.proposal.given.get("item_id", ""))
        if task is not None:
            title = catalogue.tasks[task.type].title
            values |= {"step": f"{title.both}: {item.proposal.given['outcome']}", "amount": ""}
        values |= {"amount": str(amount)} if amount else {}
    return values
