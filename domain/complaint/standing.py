"""What a complaint tells its order: its whole standing each time, so that telling it twice changes nothing."""

from domain.case.child import tell_parents
from domain.case.story import Story
from domain.case.waiting import first_party
from domain.complaint.state import ComplaintStanding, ComplaintState
from domain.complaint.waiting import waits_for

MOVED = "complaint.moved"


def standing(state: ComplaintState) -> ComplaintStanding:
    """How the complaint stands now."""
    fields = {name: getattr(state, name) for name in ComplaintStanding.model_fields if name != "waits_for"}
    return ComplaintStanding(**fields, waits_for=first_party(waits_for, state))


def tell_order(state: ComplaintState, story: Story) -> None:
    """Tells the order, if anything but the version changed since it was last told."""
    state.told_order = tell_parents(story, MOVED, standing(state), state.told_order, (state.order_case_id,))
