"""The life of a complaint, from top to bottom.

Filed by the buyer, it awaits the seller. Answered, it stands open to evidence from both sides and to the buyer's
withdrawing it, on which the seller tries to agree by phone. Not withdrawn in that time, or never answered, it is
decided by the platform, with a daily look at what its agent asks for. Upheld, dismissed or withdrawn, it ends; a
compensation that was ruled is paid first. What lateness costs is the order's to book, once.

The workflow `workflows/complaint.py` runs this declaration.
"""

from domain.case.child import ORDER_MOVED, fact_of_surroundings
from domain.case.deadline import find
from domain.case.declare import Life
from domain.case.errand import ErrandResult, PayBuyer, PendingErrand
from domain.case.ids import CaseKind
from domain.case.payouts import hear_partner
from domain.case.reopening import end_if_decided
from domain.case.script_values import when_due
from domain.case.story import Story
from domain.complaint import transitions
from domain.complaint.actions import ACTIONS
from domain.complaint.clocks import CLOCKS, EVIDENCE, SELLER_ANSWER
from domain.complaint.standing import tell_order
from domain.complaint.state import ComplaintStage, ComplaintState, ComplaintSurroundings
from domain.complaint.task_rules import TASKS
from domain.complaint.tasks import AGREE_WITHDRAWAL, ANSWER_COMPLAINT
from domain.complaint.waiting import waits_for
from domain.policy import Policy


def on_order_moved(state: ComplaintState, data: ComplaintSurroundings, story: Story) -> None:
    """The order tells what of its price is left to be compensated, and what of it is kept for the ruling."""
    state.surroundings = data
    story.tell(ORDER_MOVED, "The order moved on", left=str(data.left))
    transitions.pay_set_aside(state, story)


FACTS = (fact_of_surroundings(ComplaintSurroundings, on_order_moved),)


def after_change(state: ComplaintState, policy: Policy, story: Story) -> None:
    """After every change: somebody is asked to answer or to call."""
    match state.at:
        case ComplaintStage.AWAITING_SELLER:
            due = find(state.deadlines, SELLER_ANSWER)
            story.ask_for(ANSWER_COMPLAINT, matter=state.type, due_at=due.due_at if due else None, variant=state.type)
        case ComplaintStage.ANSWERED:
            due = find(state.deadlines, EVIDENCE)
            story.ask_for(AGREE_WITHDRAWAL, matter=state.type, due_at=due.due_at if due else None)
    end_if_decided(state)
    if not state.open and state.told_order and state.told_order.open:
        story.tell("case.ended", f"The case has ended: {state.outcome}")


def on_errand_result(
    state: ComplaintState, policy: Policy, pending: PendingErrand, result: ErrandResult, story: Story
) -> None:
    """Money has reached the buyer; where the partner will not pay, finance does."""
    if isinstance(pending.errand, PayBuyer):
        hear_partner(state, pending.errand, pending.errand_id, result, story, transitions.finish_paying)


COMPLAINT = Life(
    kind=CaseKind.COMPLAINT,
    state=ComplaintState,
    facts=FACTS,
    actions=ACTIONS,
    clocks=CLOCKS,
    tasks=TASKS,
    after_change=after_change,
    tell=tell_order,
    script_values={"complaint_type": lambda state, policy: state.type, "answer_by": when_due(SELLER_ANSWER)},
    always_known=frozenset({"complaint_type"}),
    on_errand_result=on_errand_result,
    waits_for=waits_for,
)
