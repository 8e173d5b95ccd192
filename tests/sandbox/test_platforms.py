"""The sandbox's platforms: a day with lost, doubled and mixed-up pushes ends like the same day told by CloudEvents."""

import pytest

from tests.sandbox.by_platform import CONNECTORS, SOURCES
from tests.sandbox.day import play
from tests.sandbox_server import Shop

pytestmark = pytest.mark.slow


def test_a_day_with_lost_pushes_ends_as_if_none_had_been(shop: Shop) -> None:
    """Thirty orders, case by case; what was lost was asked for."""
    differ, counts = play(shop, 30, {"drop": 0.1, "double": 0.1, "reorder": 0.1, "mask": True, "limit": 8, "seed": 7})
    assert not differ, "\n".join(differ)
    assert counts["dropped"] > 3
    assert counts["limited"] > 0


@pytest.mark.parametrize("platform", ["douyin", "jd"])
def test_other_marketplaces_days_end_so_too(shop: Shop, platform: str) -> None:
    """Ten orders each: Douyin loses pushes, JD has none."""
    script = {"drop": 0.2, "double": 0.1, "reorder": 0.1, "mask": True, "limit": 3, "seed": 7}
    differ, counts = play(shop, 10, script, platform)
    assert not differ, "\n".join(differ)
    assert counts["limited"] > 0


@pytest.mark.parametrize(("connector", "parcel"), [("kuaidi100", "zhongtong"), ("kdniao", "ZTO")])
def test_a_tracking_service_is_asked_to_watch_each_parcel(shop: Shop, connector: str, parcel: str) -> None:
    """Once it was announced, and once only."""
    connection = {"key": shop.prefix, "pull": True, "pull_every": 60, "callback": "https://caseline.example.com"}
    body = {"name": f"{shop.prefix}-{connector}", "connection": connection, "secret": "salt"}
    source = shop.call("POST", f"{CONNECTORS}/{connector}/sources", body, "demo-owner").json()["source_id"]
    path = f"/sandbox/platforms/{connector}/{source}"
    shop.get(path, "demo-ops")
    case = shop.open()
    case.pay()
    case.consign()
    shop.advance(minutes=3)
    watched = shop.get(path, "demo-ops")["watched"]
    assert watched.count(f"{parcel}/{case.tracking_no}") == 1
    assert shop.call("DELETE", f"{SOURCES}/{source}", token="demo-owner").status_code == 204
