"""What made a case change: an opening, a fact, an action, a passed deadline, an errand that was done, newer rules."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.roles import SYSTEM, Actor
from domain.times import Instant


class CauseKind(StrEnum):
    """Where a change came from."""

    OPENING = "opening"
    EVENT = "event"
    ACTION = "action"
    DEADLINE = "deadline"
    ERRAND = "errand"
    RULES = "rules"


class Evidence(BaseModel):
    """What a clock names as the reason that it runs: an event's or action's type and id, as its sender knows them."""

    model_config = ConfigDict(frozen=True)

    type: str
    id: str


class Cause(BaseModel):
    """The one thing that a version of a case answers to.

    Attributes:
        name: event type, action name, deadline kind or what the errand did.
        id: unique within the case: an event's `source/id`, an action's id, a deadline's kind and due time
            with the version (it may pass twice: met by late evidence, and then not after all).
        at: when it happened; `now`: when the case learnt of it.
        event_id: an event's own id, as its source knows it; None for anything else.
        extends: whether it is a person's extension, so that the deadline it moves says `extended`.
    """

    model_config = ConfigDict(frozen=True)

    kind: CauseKind
    name: str
    id: str
    at: Instant
    now: Instant
    actor: Actor = SYSTEM
    event_id: str | None = None
    extends: bool = False

    @property
    def key(self) -> str:
        """How ledger entries name it: `event:alipay/pay-1`."""
        return f"{self.kind}:{self.id}"

    @property
    def evidence(self) -> Evidence:
        """How deadlines name it."""
        return Evidence(type=self.name, id=self.event_id or self.id)
