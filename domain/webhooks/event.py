"""A change as receivers get it: one structured-mode CloudEvent for each line that it put on a timeline.

What a line holds is free of personal data and of free text; so is what is sent.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.times import iso_instant

MEDIA_TYPE = "application/cloudevents+json"
TEST_TYPE = "caseline.webhook.test"


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """A version of a case, by its number in the shop's feed."""

    merchant: str
    seq: int
    at: datetime
    case_id: str
    order_id: str
    kind: str
    stage: str
    version: int


@dataclass(frozen=True, slots=True)
class LineTold:
    """A line that a change put on the timeline; `number` is its place among the change's, from 1."""

    number: int
    type: str
    at: datetime
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """What is sent: the same id and the same body, however often."""

    event_id: str
    seq: int
    type: str
    case_id: str
    body: str


def event_of(change: ChangeTold, line: LineTold) -> WebhookEvent:
    """The event of one line of a change."""
    event_id = f"{change.seq}-{line.number}"
    type_ = f"caseline.{line.type}"
    data = {
        "case_id": change.case_id,
        "order_id": change.order_id,
        "kind": change.kind,
        "stage": change.stage,
        "version": change.version,
        "seq": change.seq,
        "at": iso_instant(change.at),
        "data": dict(line.data),
    }
    body = _envelope(event_id, change.merchant, type_, line.at) | {"subject": change.case_id, "data": data}
    return WebhookEvent(event_id, change.seq, type_, change.case_id, _written(body))


def trial_event(event_id: str, merchant: str, at: datetime) -> WebhookEvent:
    """An event that tells nothing but that it arrives; it has no place in the feed."""
    return WebhookEvent(
        event_id, 0, TEST_TYPE, "", _written(_envelope(event_id, merchant, TEST_TYPE, at) | {"data": {}})
    )


def _envelope(event_id: str, merchant: str, type_: str, at: datetime) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": event_id,
        "source": f"/merchants/{merchant}",
        "type": type_,
        "time": iso_instant(at),
        "datacontenttype": "application/json",
    }


def _written(body: Mapping[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
