"""Refunds through the payments partner."""

from pydantic import BaseModel, ConfigDict

from domain.money import Yuan
from domain.times import Instant


class RefundRequest(BaseModel):
    """Pay money back to an order's buyer.

    Attributes:
        refund_id: unique for ever; the partner pays once for it, however often it is asked.
        case_id: the case that owes the money.
    """

    model_config = ConfigDict(frozen=True)

    refund_id: str
    merchant: str
    platform: str
    order_id: str
    case_id: str
    amount: Yuan


class RefundReceipt(BaseModel):
    """The money is on its way back.

    Attributes:
        reference: the partner's own name for the payment.
        paid_at: when the partner paid, which a repeated answer does not change.
    """

    model_config = ConfigDict(frozen=True)

    reference: str
    paid_at: Instant
