"""Errands: what a case wants done outside itself. The workflow runs them once their version is written.

They are part of the case's state, so none is lost; each has an id of its own that whoever carries it out answers
repeats by.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny, ValidationInfo, field_validator

from domain.case.fact import Fact
from domain.case.ids import CaseKind
from domain.case.opening import Opening, read_opening
from domain.case.units import Quantities
from domain.money import Yuan
from domain.partners.templates import MessageTemplate
from domain.roles import Actor
from domain.shop.automation import Decided, RequestFacts, StrategyStage
from domain.times import Instant


class Lane(StrEnum):
    """Errands of one lane are run one after another; a partner that is down holds up no other lane."""

    CASES = "cases"
    STORE = "store"
    PAYMENTS = "payments"
    MESSAGES = "messages"
    ERP = "erp"
    CARRIER = "carrier"


class StartCase(BaseModel):
    """Start a child; its row is written with the version that asks for it."""

    model_config = ConfigDict(frozen=True)

    do: Literal["start_case"] = "start_case"
    kind: CaseKind
    case_id: str
    opening: SerializeAsAny[Opening]

    @field_validator("opening", mode="before")
    @classmethod
    def _of_its_kind(cls, opening: object, others: ValidationInfo) -> object:
        kind = others.data.get("kind")
        return opening if isinstance(opening, Opening) or kind is None else read_opening(kind, opening)


class TellCase(BaseModel):
    """Tell another case a fact."""

    model_config = ConfigDict(frozen=True)

    do: Literal["tell_case"] = "tell_case"
    case_id: str
    fact: Fact


class PayBuyer(BaseModel):
    """Pay money to the buyer through the payments partner."""

    model_config = ConfigDict(frozen=True)

    do: Literal["pay_buyer"] = "pay_buyer"
    matter: str
    amount: Yuan


class StockChange(StrEnum):
    """How a reservation ends."""

    RELEASE = "release"
    CONSUME = "consume"


class EndReservation(BaseModel):
    """Release what was reserved, or take it out of stock; `quantity`: so many of it, and the rest is released."""

    model_config = ConfigDict(frozen=True)

    do: Literal["end_reservation"] = "end_reservation"
    reservation_id: str
    change: StockChange
    quantity: int | None = None


class TakeStock(BaseModel):
    """Take units that leave for a buyer out of stock, where none were reserved for them (S3-13)."""

    model_config = ConfigDict(frozen=True)

    do: Literal["take_stock"] = "take_stock"
    sku: str
    quantity: int


class Decide(BaseModel):
    """Ask the shop's strategies to decide a step of a request (S3-06); `matter` tells one time from another."""

    model_config = ConfigDict(frozen=True)

    do: Literal["decide"] = "decide"
    stage: StrategyStage
    matter: str
    facts: RequestFacts


class SendToBuyer(BaseModel):
    """Tell the buyer something, by a template; `values` hold no personal data."""

    model_config = ConfigDict(frozen=True)

    do: Literal["send_to_buyer"] = "send_to_buyer"
    template: MessageTemplate
    values: dict[str, str] = {}


class StampMemo(BaseModel):
    """Put the shop's own hold memo on an order (S0-08, S0-15), or say there that the hold is released (S0-27).

    `lines` names the goods in words; empty: the whole order..
    """

    model_config = ConfigDict(frozen=True)

    do: Literal["stamp_memo"] = "stamp_memo"
    case_id: str
    lines: str
    released: bool = False


class WriteMemo(BaseModel):
    """Put a memo on the order, or on a parcel of it by its waybill; the text holds nothing private (S2-33).

    It waits for the messages that were to be sent before it: a memo says what was done (S2-35).
    """

    model_config = ConfigDict(frozen=True)

    do: Literal["write_memo"] = "write_memo"
    text: str
    by: Actor
    tracking_no: str | None = None


class LockOrder(BaseModel):
    """Ask the ERP to lock or unlock goods of an order (S0-17, S0-28)."""

    model_config = ConfigDict(frozen=True)

    do: Literal["lock_order"] = "lock_order"
    lock: bool
    units: Quantities


class AskCarrier(BaseModel):
    """Ask the carrier to stop a parcel and bring it back to its sender (S1-02)."""

    model_config = ConfigDict(frozen=True)

    do: Literal["ask_carrier"] = "ask_carrier"
    carrier: str
    tracking_no: str


class SeeToMessages(BaseModel):
    """Have the platform's messages of this matter tried again, or set aside for good."""

    model_config = ConfigDict(frozen=True)

    do: Literal["see_to_messages"] = "see_to_messages"
    again: bool


Errand = Annotated[
    StartCase
    | TellCase
    | PayBuyer
    | EndReservation
    | TakeStock
    | Decide
    | SendToBuyer
    | StampMemo
    | WriteMemo
    | LockOrder
    | AskCarrier
    | SeeToMessages,
    Field(discriminator="do"),
]

_LANES = {
    "start_case": Lane.CASES,
    "tell_case": Lane.CASES,
    "pay_buyer": Lane.PAYMENTS,
    "end_reservation": Lane.STORE,
    "take_stock": Lane.STORE,
    "decide": Lane.STORE,
    "stamp_memo": Lane.STORE,
    "send_to_buyer": Lane.MESSAGES,
    "write_memo": Lane.MESSAGES,
    "lock_order": Lane.ERP,
    "ask_carrier": Lane.CARRIER,
    "see_to_messages": Lane.STORE,
}
_ANSWERED = ("pay_buyer", "decide", "lock_order", "ask_carrier")


class PendingErrand(BaseModel):
    """An errand of a case, not done yet.

    Attributes:
        errand_id: unique for ever.
        version: the one that asks for it, `asked_at`: when.
    """

    model_config = ConfigDict(frozen=True)

    errand_id: str
    version: int
    errand: Errand
    asked_at: Instant | None = None

    @property
    def answered(self) -> bool:
        """Whether what comes of it matters to the case."""
        return self.errand.do in _ANSWERED

    @property
    def lane(self) -> Lane:
        """Which errands it waits for."""
        return _LANES[self.errand.do]


class ErrandResult(BaseModel):
    """What came of an errand.

    Attributes:
        reference: the partner's own name for it.
        refused: it will not be done.
        yes: the partner's answer to a question; None: it will come later, as a fact.
        reason: why not, as the partner's code.
        at: when it was done, by the partner's clock.
        decided: what the shop's strategies decided; None leaves it to a person.
    """

    model_config = ConfigDict(frozen=True)

    reference: str = ""
    refused: bool = False
    yes: bool | None = None
    reason: str | None = None
    at: Instant | None = None
    decided: Decided | None = None
