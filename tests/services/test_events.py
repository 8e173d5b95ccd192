"""Facts taken in without HTTP: each with its own result."""

from datetime import UTC, datetime
from typing import Any

import pytest

from services.context import Context
from services.events import take_events
from store import leases
from store.leases import Lease
from tests.services.parts import AGENT, PAYMENT
from tests.store.scenes import HOUR, NOON, started_order

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def _paid(id_: str) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": id_,
        "source": "alipay",
        "type": "payment.received",
        "subject": "order/taobao/T1001",
        "time": NOON.isoformat(),
        "data": {"amount": "209.00"},
    }


async def test_a_bad_event_does_not_harm_its_batch(here: Context) -> None:
    """One result each in the order sent; what is no event at all is rejected without an id."""
    await started_order(here.db)
    results = await take_events(here, PAYMENT, [_paid("pay-1"), "no event", _paid("pay-2"), _paid("pay-1")])
    assert [(one.id, one.status) for one in results] == [
        ("pay-1", "accepted"),
        (None, "rejected"),
        ("pay-2", "accepted"),
        ("pay-1", "duplicate"),
    ]
    lapsed = datetime.now(UTC) + HOUR
    waiting = await here.db.write(leases.take, "order:demo:taobao:T1001", Lease(lapsed, lapsed + HOUR))
    assert [one.fact.id for one in waiting] == ["pay-1", "pay-2"]


async def test_who_may_not_report_it_hears_why(here: Context) -> None:
    """A fact is not refused for business reasons, but its sender has to be one of its senders."""
    await started_order(here.db)
    (result,) = await take_events(here, AGENT, [_paid("pay-1")])
    assert result.status == "rejected"
    assert result.reason
    assert "payment" in result.reason
