"""An action on its way to a case: the payloads of every update, and the context in which a rule decides it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from domain.case.parcel import ParcelSeen
from domain.case.state import CaseState
from domain.policy import Policy
from domain.roles import Actor
from domain.shop.settings import ShopTerms

S = TypeVar("S", bound=CaseState)
Input_co = TypeVar("Input_co", covariant=True)
H = TypeVar("H")


class StockAnswer(StrEnum):
    """What became of the units that a step wants: `held` for it, `free` or `missing` where none are held."""

    NOT_WANTED = "not_wanted"
    HELD = "held"
    FREE = "free"
    MISSING = "missing"


class Circumstances(BaseModel):
    """What beside the case itself a step may depend on, as it was when the step was asked for.

    Attributes:
        shop: what the shop has set up, and what the account may grant.
        stock: what became of the units it wants.
        goods: the parcels that carry the case's lines, for steps that look at them.
        contradicts: the shop's own keywords that their text holds and that speak for another service (S3-08).
    """

    model_config = ConfigDict(frozen=True)

    shop: ShopTerms = ShopTerms()
    stock: StockAnswer = StockAnswer.NOT_WANTED
    contradicts: list[str] = []
    goods: list[ParcelSeen] = []


class ActionRequest(BaseModel):
    """A step that somebody asks for; `input` is what the action reads, private texts replaced by references."""

    action_id: str
    actor: Actor
    input: dict[str, Any] = {}
    circumstances: Circumstances = Circumstances()


class ActionResult(BaseModel):
    """The step was taken; the read model shows it from `version` on."""

    version: int
    result: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class ActionContext(Generic[S, Input_co]):
    """What an action is decided in: all that a refusal may depend on, the input among it.

    `ActionContext[S, ExtendReceipt]` has that input, that of `ActionContext[S, ExtendReceipt | None]` may not be known
    yet; what takes an `ActionContext[S, object]` does not look at the input.
    """

    state: S
    policy: Policy
    actor: Actor
    now: datetime
    input: Input_co
    circumstances: Circumstances = field(default_factory=Circumstances)

    @property
    def shop(self) -> ShopTerms:
        """What the shop has set up, and what the account may grant."""
        return self.circumstances.shop

    @property
    def goods(self) -> Sequence[ParcelSeen]:
        """The parcels that carry the case's lines, as the store has them; only for actions that say they look."""
        return self.circumstances.goods

    @property
    def reserved(self) -> bool:
        """Whether units are held for this step."""
        return self.circumstances.stock is StockAnswer.HELD

    @property
    def stock_missing(self) -> bool:
        """Whether it wants units that are not there."""
        return self.circumstances.stock is StockAnswer.MISSING

    def with_input(self, input_: H) -> "ActionContext[S, H]":
        """The same person, at the same time, in the same circumstances, with another step's input."""
        return ActionContext(self.state, self.policy, self.actor, self.now, input_, self.circumstances)
