"""A fact on its way to a case: the payload of every signal."""

from typing import Any
from urllib.parse import quote, unquote

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
        """`alipay/pay-1`; a slash within the id is written otherwise, so that no two facts share a key."""
        return f"{self.source}/{quote(self.id, safe='')}"


def id_in(key: str) -> str:
    """The fact's own id in its key."""
    return unquote(key.rpartition("/")[2])
