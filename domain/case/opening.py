"""What a child is opened with: to whom it belongs, and all that its parent knows for it (see `child.py`)."""

from typing import Any, ClassVar

from pydantic import BaseModel

from domain.case.ids import CaseKind
from domain.case.rules import FIRST
from domain.roles import Actor
from domain.shop.hours import WorkingHours
from domain.times import Instant


class Opening(BaseModel):
    """An accepted child, as its workflow gets it. Each kind of child names itself, and adds what it needs to know.

    Attributes:
        order_case_id: the order that it belongs to, also where another child opens it.
        hours: the shop's working hours as they were when the order was opened; `rules`: the rules that it lives by.
    """

    kind: ClassVar[CaseKind]

    case_id: str
    merchant: str
    platform: str
    policy: str
    order_case_id: str
    order_id: str
    hours: WorkingHours = WorkingHours()
    rules: int = FIRST
    opened_at: Instant
    opened_by: Actor

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Lets the openings of the kind be read from JSON."""
        _MODELS[cls.kind] = cls


_MODELS: dict[CaseKind, type[Opening]] = {}


def read_opening(kind: CaseKind, opening: object) -> Opening:
    """An opening of that kind. Raises ValueError if it is none, or if there is no such kind of child."""
    if kind not in _MODELS:
        raise ValueError(f"{kind} is no kind of child")
    return _MODELS[kind].model_validate(opening)
