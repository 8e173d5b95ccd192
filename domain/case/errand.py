"""Errands: what a case wants done outside itself. The workflow runs them once their version is written.

They are part of the case's state, so none is lost; each has an id of its own that whoever carries it out answers
repeats by.
"""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.case.fact import Fact
from domain.case.ids import CaseKind
from domain.money import Yuan


class Lane(StrEnum):
    """Errands of one lane are run one after another; a partner that is down holds up no other lane."""

    CASES = "cases"
    STORE = "store"
    PAYMENTS = "payments"


class StartCase(BaseModel):
    """Start a child; its row is written with the version that asks for it."""

    model_config = ConfigDict(frozen=True)

    do: Literal["start_case"] = "start_case"
    kind: CaseKind
    case_id: str
    opening: dict[str, Any]


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
    """Release what was reserved, or take it out of stock."""

    model_config = ConfigDict(frozen=True)

    do: Literal["end_reservation"] = "end_reservation"
    reservation_id: str
    change: StockChange


Errand = Annotated[StartCase | TellCase | PayBuyer | EndReservation, Field(discriminator="do")]

_LANES = {"start_case": Lane.CASES, "tell_case": Lane.CASES, "pay_buyer": Lane.PAYMENTS, "end_reservation": Lane.STORE}


class Given(BaseModel):
    """An errand of a case, not done yet; `errand_id` is unique for ever, `version` the one that asks for it."""

    model_config = ConfigDict(frozen=True)

    errand_id: str
    version: int
    errand: Errand

    @property
    def lane(self) -> Lane:
        """Which errands it waits for."""
        return _LANES[self.errand.do]


class ErrandDone(BaseModel):
    """What came of an errand; `reference` is the partner's own name for it, `refused`: it will not be done."""

    model_config = ConfigDict(frozen=True)

    reference: str = ""
    refused: bool = False
