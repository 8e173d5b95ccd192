"""What a complaint tells its order: its whole standing each time, so that telling it twice changes nothing."""

from domain.case.child import tell_parents
from domain.case.story import Story
from domain.complaint.state import ComplaintStanding, ComplaintState

MOVED = "complaint.moved"


def standing(state: ComplaintState) -> ComplaintStanding:
    """How the complaint stands now."""
    return ComplaintStanding(**{name: getattr(state, name) for name in ComplaintStanding.model_fields})


def tell_order(state: ComplaintState, story: Story) -> None:
    """Tells the order, if anything but the version changed since it was last told."""
    state.told_order = tell_parents(story, MOVED, standing(state), state.told_order, (state.order_case_id,))
