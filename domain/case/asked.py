"""An action on its way to a case, and its answer: the payloads of every update."""

from typing import Any

from pydantic import BaseModel

from domain.roles import Actor


class ActionAsked(BaseModel):
    """A step that somebody asks for; `given` is its input, private texts replaced by references."""

    action_id: str
    actor: Actor
    given: dict[str, Any] = {}


class ActionDone(BaseModel):
    """The step was taken; the read model shows it from `version` on."""

    version: int
    result: dict[str, Any] = {}
