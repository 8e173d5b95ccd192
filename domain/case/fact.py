"""A fact on its way to a case: the payload of every signal."""

from typing import Any

from pydantic import BaseModel

from domain.roles import Actor
from domain.times import Instant


class Fact(BaseModel):
    """Something an outside system reported, cleared of personal data.

    Attributes:
        id, source: the CloudEvent's; together they tell facts apart.
        at: when it happened, by the reporter's clock.
        data: the fields that the fact's type declares, nothing else.
    """

    id: str
    source: str
    type: str
    at: Instant
    actor: Actor
    data: dict[str, Any] = {}

    @property
    def key(self) -> str:
        """`alipay/pay-1`."""
        return f"{self.source}/{self.id}"
