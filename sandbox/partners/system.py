"""One partner system: it does each thing once, remembers who asked for what, and can be down."""

from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from fastapi import Response
from pydantic import BaseModel, ValidationError

from api.problems import problem
from domain.partners.partner import Partner
from domain.times import Instant
from runtime.clock import Clock
from sandbox.partners.scripts import PartnerScript
from sandbox.partners.signature import SignedCall
from services.errors import Refused, ServiceError, Unavailable, invalid_fields

S = TypeVar("S", bound=PartnerScript)
Body = TypeVar("Body", bound=BaseModel)

REMEMBERED = 10_000
"""Calls, and answers, that a system remembers; the oldest go first."""


class ReceivedCall(BaseModel):
    """A call that a partner system received; `status` is what it answered."""

    at: Instant
    kind: str
    status: int
    body: dict[str, Any]


class _Done(NamedTuple):
    request: BaseModel
    answer: str


class KeyReused(Refused):
    """A key came back with something else to do."""

    code, title = "idempotency_conflict", "This key was used for something else"


class PartnerSystem(Generic[S]):
    """A partner, with its script. Lives as long as its process and forgets everything with it.

    Attributes:
        one_body_a_key: whether a repetition must ask for the very same; its answer is 409 otherwise.
    """

    def __init__(self, partner: Partner, script: S, clock: Clock, *, one_body_a_key: bool = True) -> None:
        self.partner, self.script = partner, script
        self.one_body_a_key = one_body_a_key
        self._clock = clock
        self._calls: deque[ReceivedCall] = deque(maxlen=REMEMBERED)
        self._done: OrderedDict[str, _Done] = OrderedDict()

    def follow(self, script: S) -> S:
        """Merges a script into the present one: what is not named stays as it is."""
        self.script = self.script.model_copy(update={name: getattr(script, name) for name in script.model_fields_set})
        return self.script

    def calls(self, merchant: str, order_id: str | None) -> list[ReceivedCall]:
        """The calls of a shop, the oldest first, those about one order where one is named."""
        return [
            call
            for call in self._calls
            if call.body.get("merchant") == merchant and order_id in (None, call.body.get("order_id"))
        ]

    async def answer(
        self, kind: str, call: SignedCall, asks: type[Body], do: Callable[[Body, datetime], BaseModel]
    ) -> Response:
        """Answers a call; what was done for its key before is not done again."""
        now = await self._clock.now()
        try:
            request = asks.model_validate_json(call.body)
        except ValidationError as error:
            return problem(invalid_fields(error.errors()))
        response: Response
        try:
            response = Response(self._once(call.key, request, now, do), media_type="application/json")
        except ServiceError as error:
            response = problem(error)
        body = request.model_dump(mode="json")
        self._calls.append(ReceivedCall(at=now, kind=kind, status=response.status_code, body=body))
        return response

    def _once(self, key: str, request: Body, now: datetime, do: Callable[[Body, datetime], BaseModel]) -> str:
        """The answer as JSON. Raises Unavailable while down, KeyReused."""
        if self.script.down:
            raise Unavailable(f"The sandbox's {self.partner} is down until it is told otherwise.")
        done = self._done.get(key)
        if done is None:
            done = self._done[key] = _Done(request, do(request, now).model_dump_json())
            if len(self._done) > REMEMBERED:
                self._done.popitem(last=False)
        elif self.one_body_a_key and done.request != request:
            raise KeyReused("Ask for the same again, or send another key.")
        return done.answer
