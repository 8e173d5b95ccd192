"""Opening the matter of a message that cannot be read."""

from domain.case.child import Start, begin_child
from domain.case.ids import CaseKind
from domain.case.live import LiveCase
from domain.case.opening import Opening
from domain.message.life import PLATFORM_MESSAGE
from domain.message.state import MessageState


class MessageOpening(Opening):
    """An unreadable message, as its workflow gets it; `order_case_id` is its own, for it belongs to no order."""

    kind = CaseKind.PLATFORM_MESSAGE

    source: str
    connector: str
    reason: str


StartMessage = Start[MessageOpening, MessageState]


def begin(opening: MessageOpening) -> LiveCase[MessageState]:
    """The matter at version 1, with its task."""
    return begin_child(PLATFORM_MESSAGE, opening, f"A message of {opening.source} is not taken in: {opening.reason}")
