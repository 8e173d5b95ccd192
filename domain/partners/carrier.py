"""Interceptions through the carriers (S1-02, S1-03)."""

from pydantic import BaseModel, ConfigDict

from domain.partners.erp import ReasonCode
from domain.times import Instant


class InterceptRequest(BaseModel):
    """Stop a parcel before it is out for delivery, and bring it back to its sender.

    Attributes:
        intercept_id: unique for ever; the carrier acts once for it, however often it is asked.
        case_id: what an answer that comes later must name (`intercept.result`).
    """

    model_config = ConfigDict(frozen=True)

    intercept_id: str
    merchant: str
    platform: str
    order_id: str
    case_id: str
    carrier: str
    tracking_no: str


class InterceptAnswer(BaseModel):
    """What the carrier says at once; `intercepted` None: it will report the result as an `intercept.result` event."""

    model_config = ConfigDict(frozen=True)

    intercepted: bool | None = None
    reason: ReasonCode | None = None
    at: Instant | None = None
