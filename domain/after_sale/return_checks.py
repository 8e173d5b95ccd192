"""A return that is on its way and has not arrived: somebody looks every day where it is (S4-28, S4-57)."""

from domain.after_sale import transitions
from domain.after_sale.late_returns import is_looked_for
from domain.after_sale.parcels import note_arrival
from domain.after_sale.stages import RequestContext
from domain.after_sale.state import AfterSaleStage, AfterSaleState
from domain.after_sale.tasks import CHECK_RETURN, CLAIM_FROM_CARRIER, CLOSED, check_matter
from domain.case.declare import Nothing, OutcomeRule, TaskRule
from domain.case.parcel import Said
from domain.case.story import Story
from domain.case.work import WorkItem
from domain.parcels.journey import note


def _needed(state: AfterSaleState, item: WorkItem) -> bool:
    """Each day makes another look, in place of the one before, until the parcel is there."""
    return is_looked_for(state) and item.matter == check_matter(state) and item.variant == check_form(state)


def check_form(state: AfterSaleState) -> str:
    """Whether the buyer is paid when it is here, or somebody decides then."""
    return CLOSED if state.at is AfterSaleStage.CLOSED else ""


def _on_arrived(context: RequestContext[object], item: WorkItem, story: Story) -> None:
    """The warehouse has it and nobody had said so: it is inspected."""
    state = context.state
    note_arrival(state, story)
    if state.sent_back:
        story.tell("return.received", f"Taken in: {state.sent_back.parcel}")
    transitions.ask_to_inspect(state, story)


def _on_lost(context: RequestContext[object], item: WorkItem, story: Story) -> None:
    """The carrier owes for it (S4-45); its buyer is paid all the same, when the time to take it in is over.

    Where the request was closed before, somebody decides whether they are.
    """
    state = context.state
    parcel = state.parcel(state.sent_back.parcel) if state.sent_back else None
    if parcel is not None:
        note(parcel, Said.LOST, story.cause, state.version)
        story.tell("parcel.exception", f"{parcel.subject}: {Said.LOST}", kind=Said.LOST)
        story.ask_for(CLAIM_FROM_CARRIER, matter=parcel.subject)


CHECK_RETURN_TASK: TaskRule[AfterSaleState] = TaskRule(
    name=CHECK_RETURN,
    needed=_needed,
    outcomes=(
        OutcomeRule(name="arrived", data=Nothing, take=_on_arrived),
        OutcomeRule(name="lost", data=Nothing, take=_on_lost),
    ),
    always_known=frozenset({"carrier", "tracking_no"}),
)
