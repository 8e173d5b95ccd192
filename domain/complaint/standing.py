"""What a complaint tells its order: its whole standing each time, so that telling it twice changes nothing."""

from domain.case.story import Story
from domain.complaint.state import ComplaintStanding, ComplaintState

MOVED = "complaint.moved"


def standing(state: ComplaintState) -> ComplaintStanding:
    """How the complaint stands now."""
    return ComplaintStanding(**{name: getattr(state, name) for name in ComplaintStanding.model_fields})


def tell_order(state: ComplaintState, story: Story) -> None:
    """Tells the order, if anything but the version changed since it was last told."""
    now, told = standing(state), state.told_order
    if told and told == now.model_copy(update={"version": told.version}):
        return
    state.told_order = now
    story.tell_case(state.order_case_id, MOVED, now)
