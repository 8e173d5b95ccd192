"""The partner systems, and how a call to one can fail as workflows see it."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Partner(StrEnum):
    """The systems outside that Caseline calls."""

    PAYMENT = "payment"
    MESSAGING = "messaging"
    ERP = "erp"
    CARRIER = "carrier"


class FailureType(StrEnum):
    """The type of the failure that a partner's activity ends with."""

    UNAVAILABLE = "partner_unavailable"
    """It cannot answer now; the same call is made again until it can."""
    REFUSED = "partner_refused"
    """It said no; asked again it would say the same."""
    NOT_CONNECTED = "partner_not_connected"
    """None is connected; people do it by hand."""


class PartnerFailure(BaseModel):
    """What a history keeps of a failed call, as the first detail of the failure; never a partner's own words.

    Attributes:
        status: of the HTTP answer; None where there was none.
        code: the partner's problem code, or ours: `timeout`, `no_connection`, `circuit_open`, `unreadable_answer`,
            `not_connected`, `no_recipient`, or `http_` and the status.
    """

    model_config = ConfigDict(frozen=True)

    partner: Partner
    status: int | None = None
    code: str
