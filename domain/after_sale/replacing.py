"""The replacement on its way: one that is lost, back or with somebody else is sent again, and never counts as received.

It may come to light before that: then the request waits for the buyer again.
"""

from datetime import datetime

from domain.after_sale import transitions
from domain.after_sale.parcels import replacements, to_send
from domain.after_sale.state import AfterSaleStage, AfterSaleState
from domain.case.pauses import Pause, pauses
from domain.case.story import Story
from domain.case.units import in_words, minus
from domain.parcels.journey import Where, journey, reappeared_at, where_at


def follow_replacement(state: AfterSaleState, story: Story) -> None:
    """After what a carrier said: what did not reach the buyer is to be sent again, what was found is awaited again."""
    left = to_send(state)
    if state.at is AfterSaleStage.AWAITING_BUYER_RECEIPT and left:
        summary = f"It did not reach the buyer, to be sent again: line {in_words(left)}"
        transitions.await_replacement(state, story, summary)
    elif state.at is AfterSaleStage.AWAITING_REPLACEMENT and state.replacements and not left:
        summary = "What was to be sent again has come to light"
        transitions.move(state, AfterSaleStage.AWAITING_BUYER_RECEIPT, story, summary)


def leave_to_order(state: AfterSaleState, story: Story) -> None:
    """What the order itself has sent again is not sent a second time; with all of it sent the request has succeeded.

    The order follows that parcel as its own.
    """
    resent = minus(state.surroundings.resent, state.resent)
    if state.outcome is not None or not resent:
        return
    state.resent = state.surroundings.resent
    story.tell("goods.resent", f"Sent again by the order itself: line {in_words(resent)}")
    left = minus(state.units, resent)
    if not left:
        transitions.succeed_without(state, story, "The request has succeeded: the order has sent the goods again")
        return
    kept = [line for line in state.lines if line.line_id in left]
    state.lines = [line.model_copy(update={"quantity": left[line.line_id]}) for line in kept]
    if state.at is AfterSaleStage.AWAITING_REPLACEMENT and state.replacements and not to_send(state):
        transitions.move(state, AfterSaleStage.AWAITING_BUYER_RECEIPT, story, "The rest of it is on its way")


def awaited_since(state: AfterSaleState) -> datetime | None:
    """Since when the buyer may have it: since it was sent, or came to light."""
    if state.replacement_sent_at is None:
        return None
    found = (reappeared_at(parcel) for parcel in replacements(state))
    return max([state.replacement_sent_at, *(at for at in found if at)])


def coming_back_times(state: AfterSaleState) -> list[Pause]:
    """When some of it was refused at the door and on its way back."""
    parcels = replacements(state)
    moments = (leg.since for parcel in parcels for leg in journey(parcel))
    return pauses(moments, lambda moment: any(where_at(one, moment) is Where.COMING_BACK for one in parcels))
