"""Making what a translation tells: each opening and fact is checked against what the API takes."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from connectors.reading import CannotRead
from connectors.translation import Withdrawn
from domain.events import CloudEvent
from domain.lives import FACTS
from domain.memos import LONGEST
from domain.order.opening import OpenOrder
from domain.policy import Platform
from domain.times import iso_instant

_MASKED = re.compile(r"\*|^[~$#].+[~$#]$|^[A-Za-z0-9+/=_-]{24,}$|^\s*$")


def order_subject(platform: Platform, order_id: str) -> str:
    """`order/taobao/T1001`."""
    return f"order/{platform}/{order_id}"


def parcel_subject(carrier: str, tracking_no: str) -> str:
    """`parcel/zto/ZT1`."""
    return f"parcel/{carrier}/{tracking_no}"


def fact(
    source: str, type_: str, subject: str, id_: str, at: datetime | None, data: Mapping[str, Any] | None = None
) -> CloudEvent:
    """A fact as `POST /v1/events` takes it.

    Args:
        source: the connector: a push and a pull tell the same fact under the same name.
        type_: of the event.
        subject: its order or parcel.
        id_: follows from the platform's ids alone.
        at: when it happened; None where the platform does not say, which means when it is learnt.
        data: its data.

    Raises:
        CannotRead: it would be rejected.
    """
    event = {"specversion": "1.0", "id": id_, "source": source, "type": type_, "subject": subject, "data": data or {}}
    if at is not None:
        event["time"] = iso_instant(at)
    try:
        FACTS[type_].data.model_validate(event["data"])
        return CloudEvent.model_validate(event)
    except ValidationError as error:
        raise CannotRead(_described(error)) from error


def opening(**fields: Any) -> OpenOrder:
    """An opening as `POST /v1/cases` takes it. Raises CannotRead if it would be refused."""
    try:
        return OpenOrder.model_validate(fields)
    except ValidationError as error:
        raise CannotRead(_described(error)) from error


def withdraw(facts: Iterable[CloudEvent]) -> tuple[Withdrawn, ...]:
    """The facts, as taken back."""
    return tuple(Withdrawn(event_id=one.id, type=one.type, subject=one.subject, time=one.time) for one in facts)


def is_masked(text: str | None) -> bool:
    """Whether a buyer's field is masked, encrypted or empty: then it is a reference at best, and no name or number."""
    return text is None or _MASKED.search(text) is not None


def cut(text: str | None, characters: int) -> str | None:
    """As much of a text as is taken."""
    return text[:characters] or None if text else None


def memo_text(text: str) -> str:
    """A memo cut to the bytes that marketplaces and we take."""
    return text.encode()[:LONGEST].decode(errors="ignore")


def fingerprint(*values: object) -> str:
    """A short name for a content: the same for the same, another for another."""
    return sha256("\x00".join(map(str, values)).encode()).hexdigest()[:16]


def _described(error: ValidationError) -> str:
    problems = error.errors(include_input=False, include_url=False)
    return "; ".join(
        f"{'.'.join(str(part) for part in problem['loc']) or 'the message'}: "
        f"{problem['msg'].removeprefix('Value error, ')}"
        for problem in problems[:5]
    )
