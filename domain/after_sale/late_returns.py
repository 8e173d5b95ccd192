"""A return that arrives after its request was closed: the shop has goods that nobody pays for, and somebody decides.

Whoever decides pays for them, and the request goes on as if they had come in time; or sends them back.
"""

from collections.abc import Iterable
from decimal import Decimal

from domain.after_sale import transitions
from domain.after_sale.handing_back import to_the_buyer
from domain.after_sale.refunds import amount_asked
from domain.after_sale.services import SERVICES
from domain.after_sale.stages import RequestContext
from domain.after_sale.state import AfterSaleStage, AfterSaleState
from domain.after_sale.tasks import LATE_RETURN, has_arrived
from domain.case.declare import Nothing, OutcomeRule, TaskRule
from domain.case.proposing import against_authority
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.errors import Refusal
from domain.money import ZERO
from domain.roles import SELLER

SPOKEN_FOR = Refusal(
    code="spoken_for",
    message="Another request about these goods is open or has paid for them: settle the return there, or send it back.",
)


def ask_for_decision(state: AfterSaleState, story: Story) -> None:
    """Somebody is asked, once for the parcel."""
    if state.sent_back and is_undecided(state):
        story.ask_for(LATE_RETURN, matter=state.sent_back.parcel)


def waits_for_decision(state: AfterSaleState) -> bool:
    """Whether the request stays open for it."""
    return is_undecided(state) and any(item.type == LATE_RETURN for item in state.open_work())


def is_undecided(state: AfterSaleState) -> bool:
    """Whether goods came after the closing that nobody has looked at: those that did not conform go back anyway."""
    undecided = state.at is AfterSaleStage.CLOSED and has_arrived(state) and not state.goods_here
    return undecided and not state.handed_back


def _against_paying(context: RequestContext[object], item: WorkItem) -> Iterable[Refusal]:
    state = context.state
    if state.surroundings.spoken_for or (state.worth and not _kept(state)):
        yield SPOKEN_FOR
    if SERVICES[state.demand.service].pays:
        granted = state.agreed_amount
        yield from against_authority(context, min(_kept(state), amount_asked(state) if granted is None else granted))


def _on_paid_for(context: RequestContext[object], item: WorkItem, story: Story) -> None:
    """The request goes on from the goods' coming back as seen, with what its order keeps for them."""
    state, kept = context.state, context.state.surroundings.kept
    state.outcome = None
    transitions.note_inspection(state, story, conforming=True)
    state.lines = [
        line.model_copy(update={"left": min(line.left, kept.get(line.line_id, ZERO))}) for line in state.lines
    ]
    transitions.take_goods_back(state, context.policy, story)


def _kept(state: AfterSaleState) -> Decimal:
    return sum(state.surroundings.kept.values(), ZERO)


LATE_RETURN_TASK: TaskRule[AfterSaleState] = TaskRule(
    name=LATE_RETURN,
    needed=lambda state, item: is_undecided(state),
    outcomes=(
        OutcomeRule(name="paid_for", data=Nothing, take=_on_paid_for, roles=SELLER, refusals=_against_paying),
        *to_the_buyer("sent_back"),
    ),
)
