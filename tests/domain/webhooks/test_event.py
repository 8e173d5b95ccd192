"""What receivers get: a CloudEvent that is the same however often it is made."""

import json
from datetime import UTC, datetime

from domain.webhooks.event import ChangeTold, LineTold, event_of, trial_event

NOON = datetime(2026, 11, 11, 4, tzinfo=UTC)
CHANGE = ChangeTold("demo", 4711, NOON, "order:demo:taobao:T1", "T1", "order", "awaiting_shipment", 3)


def test_a_line_is_one_event() -> None:
    """Named after the change and the line's place in it; the type is the line's."""
    made = event_of(CHANGE, LineTold(2, "payment.received", NOON, {"amount": "209.00"}))
    assert (made.event_id, made.seq, made.type, made.case_id) == (
        "4711-2", 4711, "caseline.payment.received", "order:demo:taobao:T1",
    )  # fmt: skip
    assert json.loads(made.body) == {
        "specversion": "1.0",
        "id": "4711-2",
        "source": "/merchants/demo",
        "type": "caseline.payment.received",
        "subject": "order:demo:taobao:T1",
        "time": "2026-11-11T04:00:00Z",
        "datacontenttype": "application/json",
        "data": {
            "case_id": "order:demo:taobao:T1",
            "order_id": "T1",
            "kind": "order",
            "stage": "awaiting_shipment",
            "version": 3,
            "seq": 4711,
            "at": "2026-11-11T04:00:00Z",
            "data": {"amount": "209.00"},
        },
    }
    assert event_of(CHANGE, LineTold(2, "payment.received", NOON, {"amount": "209.00"})) == made


def test_a_trial_tells_nothing() -> None:
    """It arrives, and that is all."""
    assert json.loads(trial_event("test-1", "demo", NOON).body)["data"] == {}
