"""How a webhook stands, and what its workflow and its activities say to each other of it."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.times import Instant

GONE = 410
"""The answer by which a receiver says that it wants nothing more."""
NOT_TAKEN = "not_taken"
"""The type of the failure of a delivery that its receiver did not take."""


class Standing(StrEnum):
    """How a webhook stands."""

    ACTIVE = "active"
    """What changes is delivered, or tried again with growing pauses."""
    FAILING = "failing"
    """Three days of trying were in vain; it waits for somebody to resume it, and goes on where it stopped."""
    ENDED = "ended"
    """Its receiver answered 410: nothing more is sent."""
    REMOVED = "removed"
    """There is none any more."""


class Missed(BaseModel):
    """An event that its receiver did not take.

    Attributes:
        error: why not, as in `Attempt`.
        pause: seconds until it is to be tried again.
    """

    model_config = ConfigDict(frozen=True)

    event_id: str
    type: str
    error: str
    pause: float


class StartWebhook(BaseModel):
    """What the workflow of a webhook starts from; where it has got to stands in the store.

    Attributes:
        receiver: whom it delivers to, as operators read it: the host alone, for the rest may be a secret.
        missed: what the receiver does not take, and `away_since` when; None while it takes all.
        failing_since: when it was given up, if it was.
        cursor: the last change that it is known to have.
        woken: whether there is something to do at once.
    """

    model_config = ConfigDict(frozen=True)

    webhook_id: str
    merchant: str
    receiver: str = ""
    missed: Missed | None = None
    away_since: Instant | None = None
    failing_since: Instant | None = None
    cursor: int | None = None
    woken: bool = False


class Deliver(BaseModel):
    """Deliver what a webhook has not got yet.

    Attributes:
        insist: the first event was not taken before; if it is not taken now, Temporal tries it again.
    """

    model_config = ConfigDict(frozen=True)

    webhook_id: str
    insist: bool = False


class Delivered(BaseModel):
    """How far it got.

    Attributes:
        cursor: the last change that it has, or did not want.
        missed: the event at which it stopped, if it was not taken.
        more: whether there may be more to deliver at once.
    """

    model_config = ConfigDict(frozen=True)

    standing: Standing
    receiver: str = ""
    cursor: int = 0
    missed: Missed | None = None
    more: bool = False


class GiveUp(BaseModel):
    """Note that a webhook is failing."""

    model_config = ConfigDict(frozen=True)

    webhook_id: str
    at: Instant


class TryOut(BaseModel):
    """Send a webhook an event that tells nothing, once."""

    model_config = ConfigDict(frozen=True)

    webhook_id: str
    event_id: str


class Attempt(BaseModel):
    """What came of sending an event once.

    Attributes:
        status: of the HTTP answer; None where there was none.
        error: why it does not count as delivered: `http_` and the status, `timeout`, `no_connection`, `no_such_host`,
            `not_public`; None where it does.
        retry_after: seconds for which the receiver asked to be left alone, if it did.
        took_ms: how long it took, in milliseconds.
    """

    model_config = ConfigDict(frozen=True)

    status: int | None = None
    error: str | None = None
    retry_after: float | None = None
    took_ms: int = 0

    @property
    def delivered(self) -> bool:
        """Whether the receiver has it."""
        return self.error is None
