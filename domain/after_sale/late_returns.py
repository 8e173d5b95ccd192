"""A return whose request was closed: nobody has the goods, or the shop has them for nothing, and somebody decides.

While it is on its way somebody looks for it every day. Once it is here or lost, whoever decides pays for it, and the
request goes on as if it had come in time; or sends it back, or leaves a loss to the buyer and the carrier.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from domain.after_sale import transitions
from domain.after_sale.handing_back import to_the_buyer
from domain.after_sale.parcels import way_back
from domain.after_sale.refunds import amount_asked
from domain.after_sale.services import SERVICES
from domain.after_sale.stages import RequestContext
from domain.after_sale.state import AfterSaleStage, AfterSaleState
from domain.after_sale.tasks import LATE_RETURN, LOST, has_arrived
from domain.case.declare import Nothing, OutcomeRule, TaskRule
from domain.case.proposing import against_authority
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.errors import Refusal
from domain.money import ZERO
from domain.parcels.journey import Where
from domain.roles import SELLER

SPOKEN_FOR = Refusal(
    code="spoken_for",
    message="Another request about these goods is open or has paid for them: settle the return there, or send it back.",
)


def is_looked_for(state: AfterSaleState) -> bool:
    """Whether a return is on its way that has not come, and is not known to be lost."""
    awaited = state.at is AfterSaleStage.AWAITING_SELLER_RECEIPT or _is_unsettled(state)
    return awaited and way_back(state) not in (None, Where.LOST, Where.RETURNED)


def ask_for_decision(state: AfterSaleState, story: Story) -> None:
    """Somebody is asked, once for the parcel, and once more if it was lost before it came."""
    if state.sent_back and (form := _undecided(state)) is not None:
        story.ask_for(LATE_RETURN, matter=state.sent_back.parcel + ("+" if form else ""), variant=form)


def keeps_open(state: AfterSaleState) -> bool:
    """Whether the closed request stays open: until the return is here, lost or with its buyer, and that is decided."""
    return is_looked_for(state) or waits_for_decision(state)


def waits_for_decision(state: AfterSaleState) -> bool:
    """Whether somebody is asked for it."""
    return _undecided(state) is not None and any(item.type == LATE_RETURN for item in state.open_work())


def _is_unsettled(state: AfterSaleState) -> bool:
    """Whether it was closed, and nobody has looked at goods since: those that did not conform go back anyway."""
    return state.at is AfterSaleStage.CLOSED and not state.goods_here and not state.handed_back


def _undecided(state: AfterSaleState) -> str | None:
    """What is to be decided, as the form of its task; None where nothing is."""
    if not _is_unsettled(state):
        return None
    if has_arrived(state):
        return ""
    return LOST if way_back(state) is Where.LOST else None


def _against_paying(context: RequestContext[object], item: WorkItem) -> Iterable[Refusal]:
    state = context.state
    if state.surroundings.spoken_for or (state.worth and not _kept(state)):
        yield SPOKEN_FOR
    if SERVICES[state.demand.service].pays:
        granted = state.agreed_amount
        yield from against_authority(context, min(_kept(state), amount_asked(state) if granted is None else granted))


def _on_paid_for(context: RequestContext[object], item: WorkItem, story: Story) -> None:
    """The request goes on with what its order keeps for them: from the goods' coming back as seen, if they came."""
    state, kept = context.state, context.state.surroundings.kept
    state.outcome = None
    if has_arrived(state):
        transitions.note_inspection(state, story, conforming=True)
    state.lines = [
        line.model_copy(update={"left": min(line.left, kept.get(line.line_id, ZERO))}) for line in state.lines
    ]
    transitions.take_goods_back(state, context.policy, story)


def _kept(state: AfterSaleState) -> Decimal:
    return sum(state.surroundings.kept.values(), ZERO)


def _on_no_refund(context: RequestContext[object], item: WorkItem, story: Story) -> None:
    story.tell("return.not_refunded", "The return was lost, and is not paid for; the buyer was told so")


LATE_RETURN_TASK: TaskRule[AfterSaleState] = TaskRule(
    name=LATE_RETURN,
    needed=lambda state, item: _undecided(state) == item.variant,
    outcomes=(
        OutcomeRule(name="paid_for", data=Nothing, take=_on_paid_for, roles=SELLER, refusals=_against_paying),
        *(replace(outcome, variants=("",)) for outcome in to_the_buyer("sent_back")),
        OutcomeRule(name="no_refund", data=Nothing, take=_on_no_refund, variants=(LOST,), roles=SELLER),
    ),
)
