"""The state of an unreadable message. What is in it stays in the store; the case knows why it cannot be read."""

from enum import StrEnum

from domain.case.ids import CaseKind
from domain.case.state import CaseState


class MessageStage(StrEnum):
    """Where it stands."""

    UNREADABLE = "unreadable"
    TRYING = "trying"
    TAKEN_IN = "taken_in"
    SET_ASIDE = "set_aside"


class MessageState(CaseState):
    """Messages of one source that cannot be read for one reason: the first, and those that came after it.

    It belongs to no order: `order_case_id` is its own, and it has no order's number.

    Attributes:
        source: the shop's name of the source, `connector`: whose messages it sends.
        reason: why they cannot be read, in the translation's words.
        tries: how often a person had them tried again.
    """

    kind: CaseKind = CaseKind.PLATFORM_MESSAGE
    stage: str = MessageStage.UNREADABLE
    outcome: MessageStage | None = None
    source: str
    connector: str
    reason: str
    tries: int = 0

    @property
    def at(self) -> MessageStage:
        """The stage as what it is."""
        return MessageStage(self.stage)
