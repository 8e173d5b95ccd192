"""A return that was paid for unseen, by timeout or by a ruling: once it is here somebody looks at it (S2-97, S4-28).

What the warehouse then finds is wrong is somebody's task. The money went, so nothing is refused any more: the buyer
sends what is right or missing, the carrier pays for what it spoilt or lost, or the shop bears it.
"""

from domain.after_sale.services import SERVICES
from domain.after_sale.stages import RequestContext
from domain.after_sale.state import AfterSaleStage, AfterSaleState, FaultOf, Inspection
from domain.after_sale.tasks import CLAIM_FROM_CARRIER, PAID_UNSEEN, SHORT, UNSEEN, has_arrived
from domain.after_sale.transitions import ask_about_unpaid
from domain.case.asking import ask_again
from domain.case.declare import Nothing, OutcomeRule, TaskRule
from domain.case.story import Story
from domain.case.units import Named, in_words, meant, minus
from domain.case.work import WorkItem
from domain.roles import SELLER

_PAID = (AfterSaleStage.REFUNDING, AfterSaleStage.SUCCEEDED)


def is_paid_unseen(state: AfterSaleState) -> bool:
    """Whether the goods were paid for although nobody looked at them, or what was found then is not settled."""
    paid = state.goods_back or state.at in _PAID
    back = paid and state.sent_back is not None and SERVICES[state.demand.service].goods_back
    return back and (state.inspection is None or _is_asked(state, PAID_UNSEEN))


def is_here_unseen(state: AfterSaleState) -> bool:
    """Whether such goods have arrived and wait for somebody to look at them."""
    return is_paid_unseen(state) and state.inspection is None and has_arrived(state)


def ask_to_inspect(state: AfterSaleState, story: Story) -> None:
    """Goods that arrive are somebody's task, whatever was paid before."""
    if state.sent_back and is_here_unseen(state):
        matter = f"{state.sent_back.parcel}+"
        story.ask_for(SERVICES[state.demand.service].inspection, matter=matter, variant=UNSEEN)


def keeps_open(state: AfterSaleState) -> bool:
    """Whether the request stays open for it: until somebody has looked, and what was found is settled."""
    return _is_asked(state, PAID_UNSEEN) or (
        is_here_unseen(state) and _is_asked(state, SERVICES[state.demand.service].inspection)
    )


def _is_asked(state: AfterSaleState, task: str) -> bool:
    return any(item.type == task for item in state.open_work())


def note_finding(
    state: AfterSaleState, story: Story, *, conforming: bool, named: Named | None, cause: FaultOf | None = None
) -> None:
    """What the warehouse found: which goods came, and how they are."""
    came = meant(named, state.units) if named is not None else None
    missing = minus(state.units, came) if came is not None else {}
    state.inspection = Inspection(at=story.cause.at, conforming=conforming, cause=cause, came=came)
    short = f"; did not come: line {in_words(missing)}" if missing else ""
    story.tell("return.inspected", f"Looked at after it was paid for{short}", conforming=conforming and not missing)
    ask_about_unpaid(state, story)
    if state.sent_back and _is_wrong(state) and not _is_asked(state, PAID_UNSEEN):
        again = "".join("+" for item in state.work_items if item.type == PAID_UNSEEN)
        story.ask_for(PAID_UNSEEN, matter=state.sent_back.parcel + again, variant=SHORT if missing else "")


def _is_wrong(state: AfterSaleState) -> bool:
    found = state.inspection
    return found is not None and (not found.conforming or (found.came is not None and found.came != state.units))


def _on_arrived(context: RequestContext[object], item: WorkItem, story: Story) -> None:
    """What was wrong or missing has come since: all of it is here."""
    context.state.inspection = Inspection(at=story.cause.at, conforming=True)
    story.tell("return.inspected", "What was wrong or missing has come since", conforming=True)


def _on_carrier(context: RequestContext[object], item: WorkItem, story: Story) -> None:
    """It left the buyer as it should be: the carrier is to pay (S4-45)."""
    story.ask_for(CLAIM_FROM_CARRIER, matter=item.matter.rstrip("+"))


def _on_written_off(context: RequestContext[object], item: WorkItem, story: Story) -> None:
    story.tell("return.written_off", "The shop bears what is wrong with the return")


PAID_UNSEEN_TASK: TaskRule[AfterSaleState] = TaskRule(
    name=PAID_UNSEEN,
    needed=lambda state, item: _is_wrong(state),
    outcomes=(
        OutcomeRule(name="arrived", data=Nothing, take=_on_arrived),
        OutcomeRule(name="will_send", data=Nothing, take=ask_again),
        OutcomeRule(name="unreachable", data=Nothing, take=ask_again),
        OutcomeRule(name="carrier", data=Nothing, take=_on_carrier),
        OutcomeRule(name="written_off", data=Nothing, take=_on_written_off, roles=SELLER),
    ),
)
