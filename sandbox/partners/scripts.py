"""How the partner systems are told to behave."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints


class LockScript(StrEnum):
    """How the ERP answers a lock."""

    SUCCESS = "success"
    FAILURE = "failure"
    SILENT = "silent"


class InterceptScript(BaseModel):
    """How the carrier answers an interception: `reason` says why not; `intercepted` null: it will report it later."""

    model_config = ConfigDict(extra="forbid")

    intercepted: bool | None
    reason: str | None = None


class PartnerScript(BaseModel):
    """What every partner can be told; while `down` it answers 503."""

    model_config = ConfigDict(extra="forbid")

    down: bool = False


class PaymentScript(PartnerScript):
    """What the payments partner can be told; `refuse`: why it will never pay, as `account_closed`; null: it pays."""

    refuse: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")] | None = None


class ErpScript(PartnerScript):
    """What the ERP can be told; `lock` is for lock calls only, unlocks are acknowledged."""

    lock: LockScript = LockScript.SUCCESS


class CarrierScript(PartnerScript):
    """What the carrier can be told."""

    intercept: InterceptScript = InterceptScript(intercepted=True)
