"""What an order does with the outcomes of its tasks: the next step of the ladder (S4-34..36, S2-56)."""

from domain.case.story import Story
from domain.case.work import WorkItem
from domain.order.shipping import unshipped
from domain.order.state import OrderState
from domain.order.tasks import OFFER_ALTERNATIVE, TRACKING_STALLED, UNSHIPPED_48H
from domain.policy import Policy


def completed(state: OrderState, policy: Policy, item: WorkItem, story: Story) -> None:
    """Out of stock leads to an offer of something else; a parcel said to be lost is lost."""
    if (item.type, item.outcome) == (UNSHIPPED_48H.name, "out_of_stock"):
        for line in unshipped(state):
            line.out_of_stock_at = line.out_of_stock_at or story.cause.at
        story.ask_for(OFFER_ALTERNATIVE, matter="out_of_stock")
    if (item.type, item.outcome) == (TRACKING_STALLED.name, "lost"):
        for parcel in state.parcels:
            if parcel.subject == item.matter.rpartition("@")[0]:
                parcel.lost_at, parcel.version = story.cause.at, state.version
