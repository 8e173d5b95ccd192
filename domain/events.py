"""Facts as the outside sends them: CloudEvents 1.0, read and checked against the facts that are declared."""

import json
from base64 import b64decode
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, Field, StringConstraints, TypeAdapter, ValidationError, model_validator

from domain.case.declare import AnyFact, SubjectKind
from domain.case.fact import Fact
from domain.case.ids import Carrier, OrderId, TrackingNo, order_case_id
from domain.lives import FACTS
from domain.policy import Platform
from domain.privacy import KeptText, set_apart
from domain.roles import Actor, Role
from domain.text import find_unfit
from domain.times import FUTURE_TOLERANCE, Instant

Word = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class CloudEvent(BaseModel):
    """One fact, as CloudEvents 1.0 has it; unknown fields are ignored.

    Attributes:
        subject: `order/{platform}/{order_id}` or `parcel/{carrier}/{tracking_no}`.
        time: when it happened; absent means now.
        data_base64: the JSON of `data` in base64, in its place.
    """

    specversion: Literal["1.0"] = Field(examples=["1.0"])
    id: Word = Field(examples=["pay-1"])
    source: Word = Field(examples=["alipay"])
    type: Word = Field(examples=["payment.received"])
    subject: Word = Field(examples=["order/taobao/T1001"])
    time: Instant | None = Field(None, examples=["2026-11-11T00:01:00+08:00"])
    data: dict[str, Any] = Field(default={}, examples=[{"amount": "209.00"}])
    data_base64: str | None = Field(None, examples=["eyJhbW91bnQiOiAiMjA5LjAwIn0="])

    @model_validator(mode="before")
    @classmethod
    def _decoded(cls, raw: Any) -> Any:
        if not isinstance(raw, dict) or not isinstance(encoded := raw.get("data_base64"), str):
            return raw
        if "data" in raw:
            raise ValueError("data and data_base64 exclude each other")
        return {**raw, "data": decode_data(encoded)}


def decode_data(encoded: str) -> Any:
    """The JSON that stands in base64. Raises ValueError, in words, for anything else and for what cannot be kept."""
    try:
        data = json.loads(b64decode(encoded, validate=True))
    except (ValueError, RecursionError) as error:
        raise ValueError("data_base64 must be JSON in base64") from error
    if unfit := next(find_unfit(data), None):
        raise ValueError(f"data_base64: {'.'.join(map(str, unfit.place)) or 'data'} {unfit.why}")
    return data


class Rejected(Exception):
    """An event that cannot be taken in; says why in words."""


class Reported(NamedTuple):
    """A fact that can be taken in.

    Attributes:
        target: the case id it is for, or `parcel/{carrier}/{tracking_no}` where the store must find the case.
        texts: private texts that stay in the store; the fact refers to them.
    """

    fact: Fact
    target: str
    texts: list[KeptText]


def read_event(raw: Any, merchant: str, actors: Mapping[Role, Actor], now: datetime) -> Reported:
    """Reads one event.

    Args:
        raw: the event's JSON.
        merchant: the shop whose cases it can be about.
        actors: the reporter, by each role that the token carries.
        now: the present.

    Raises:
        Rejected: unknown type, malformed, too far in the future, or a type that none of the roles may send.
    """
    if unfit := list(find_unfit(raw)):
        raise Rejected(_describe((one.place, one.why) for one in unfit))
    try:
        event = CloudEvent.model_validate(raw)
    except ValidationError as error:
        raise Rejected(_describe(_problems(error))) from error
    rule = FACTS.get(event.type)
    if rule is None:
        raise Rejected(f"unknown type {event.type}")
    reporter = next((actors[role] for role in rule.senders if role in actors), None)
    if reporter is None:
        senders = ", ".join(rule.senders) or "Caseline itself"
        raise Rejected(f"{event.type} may be sent by {senders} only")
    if event.time and event.time > now + FUTURE_TOLERANCE:
        raise Rejected("time: lies more than five minutes in the future")
    target, names = _target(event.subject, rule, merchant)
    try:
        data = rule.data.model_validate({**event.data, **names})
    except ValidationError as error:
        raise Rejected(_describe(_problems(error, "data"))) from error
    if rule.target:
        target = _child(rule.target(data), target)
    kept, texts = set_apart(data)
    fact = Fact(
        id=event.id,
        source=event.source,
        type=event.type,
        at=event.time or now,
        actor=reporter,
        data=kept.model_dump(mode="json", exclude_none=True),
    )
    return Reported(fact, target, texts)


_ABOUT: Mapping[SubjectKind, tuple[str, TypeAdapter[tuple[str, str]]]] = {
    SubjectKind.ORDER: ("order/{platform}/{order_id}", TypeAdapter(tuple[Platform, OrderId])),
    SubjectKind.PARCEL: ("parcel/{carrier}/{tracking_no}", TypeAdapter(tuple[Carrier, TrackingNo])),
}
"""How a subject is written, and what may stand in it."""


def _target(subject: str, rule: AnyFact[Any], merchant: str) -> tuple[str, dict[str, str]]:
    form, parts = _ABOUT[rule.subject]
    kind, *names = subject.split("/")
    if kind != rule.subject or len(names) != 2:
        raise Rejected(f"subject: must be {form}")
    try:
        first, second = parts.validate_python(names)
    except ValidationError as error:
        why = "; ".join(problem["msg"] for problem in error.errors(include_input=False, include_url=False))
        raise Rejected(f"subject: must be {form}: {why}") from error
    if rule.subject is SubjectKind.ORDER:
        return order_case_id(merchant, first, second), {}
    return subject, {"carrier": first, "tracking_no": second}


def _child(case_id: str, order: str) -> str:
    """A child of the order that the subject names, and of no other."""
    if not case_id.partition(":")[2].startswith(f"{order.partition(':')[2]}:"):
        raise Rejected(f"data: {case_id} is no case of this order")
    return case_id


def _problems(error: ValidationError, *before: str) -> Iterable[tuple[tuple[str | int, ...], str]]:
    return (
        ((*before, *problem["loc"]), problem["msg"]) for problem in error.errors(include_input=False, include_url=False)
    )


def _describe(problems: Iterable[tuple[tuple[str | int, ...], str]]) -> str:
    return "; ".join(f"{'.'.join(map(str, place)) or 'event'}: {why}" for place, why in problems)
