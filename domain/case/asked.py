"""An action on its way to a case, and its answer: the payloads of every update."""

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from domain.case.parcel import ParcelSeen
from domain.roles import Actor
from domain.shop.settings import ShopTerms


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
        contradicts: the shop's own keywords that her text holds and that speak for another service (S3-08).
    """

    model_config = ConfigDict(frozen=True)

    shop: ShopTerms = ShopTerms()
    stock: StockAnswer = StockAnswer.NOT_WANTED
    contradicts: list[str] = []
    goods: list[ParcelSeen] = []


class ActionAsked(BaseModel):
    """A step that somebody asks for; `given` is its input, private texts replaced by references."""

    action_id: str
    actor: Actor
    given: dict[str, Any] = {}
    circumstances: Circumstances = Circumstances()


class ActionDone(BaseModel):
    """The step was taken; the read model shows it from `version` on."""

    version: int
    result: dict[str, Any] = {}
