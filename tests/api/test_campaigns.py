"""The campaign calendar over HTTP."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.sandbox_server import OrderUnderTest, Shop


def _put(shop: Shop, name: str, within: str, start: datetime, days: float = 2) -> str:
    body = {"from": start.isoformat(), "to": (start + timedelta(days=days)).isoformat(), "ship_within": within}
    campaign_id = f"{shop.prefix}-{name}"
    answer = shop.call("PUT", f"/v1/campaigns/{campaign_id}", body, "demo-platform")
    assert answer.status_code in (200, 201), answer.text
    return campaign_id


def _ship_by(shop: Shop, case: OrderUnderTest) -> dict[str, Any]:
    found = shop.get(f"{case.path}/deadlines")["items"]
    return next(deadline for deadline in found if deadline["kind"] == "ship_by")


def test_the_calendar_is_listed(shop: Shop) -> None:
    """Every campaign once, through pages of any size."""
    made = {_put(shop, f"c{number}", "P5D", shop.now()) for number in range(3)}
    found: list[str] = []
    cursor = ""
    while True:
        page = shop.get(f"/v1/campaigns?limit=2{cursor}")
        found += [campaign["campaign_id"] for campaign in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert made <= set(found)
    assert len(found) == len(set(found))


@pytest.mark.rule("S2-70")
def test_overlapping_campaigns_keep_to_their_own_orders(shop: Shop) -> None:
    """A change moves the running deadline of its campaign's orders, which tell it, and of no other's."""
    now = shop.now()
    first, second = _put(shop, "first", "P7D", now), _put(shop, "second", "P5D", now + timedelta(hours=1))
    mine, other = shop.open(campaign=first), shop.open(campaign=second)
    mine.pay()
    other.pay()
    before, untouched = _ship_by(shop, mine), _ship_by(shop, other)
    _put(shop, "first", "P9D", now)
    shop.advance(seconds=1)
    moved = _ship_by(shop, mine)
    assert datetime.fromisoformat(moved["due_at"]) - datetime.fromisoformat(before["due_at"]) == timedelta(days=2)
    assert [change["change"] for change in moved["changes"]] == ["moved"]
    assert _ship_by(shop, other) == untouched
