"""Locks through the shop's ERP (S0-17..20, S0-28)."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

ReasonCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class LockedLine(BaseModel):
    """Units of a line."""

    model_config = ConfigDict(frozen=True)

    line_id: str
    quantity: int


class LockRequest(BaseModel):
    """Lock or unlock lines of an order, so that they do not leave.

    Attributes:
        lock_id: unique for ever; the ERP acts once for it, however often it is asked.
        hold_case_id: what an answer that comes later must name (`erp.lock_result`).
        line_ids: the lines (sub-orders); `lines`: how many units of each.
    """

    model_config = ConfigDict(frozen=True)

    lock_id: str
    merchant: str
    platform: str
    order_id: str
    hold_case_id: str
    line_ids: list[str]
    lines: list[LockedLine]
    lock: bool


class LockAnswer(BaseModel):
    """What the ERP says at once; `locked` None: it will report the result as an `erp.lock_result` event."""

    model_config = ConfigDict(frozen=True)

    locked: bool | None = None
    reason: ReasonCode | None = None
