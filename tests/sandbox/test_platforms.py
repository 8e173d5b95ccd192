"""The sandbox's platforms: a day with lost, doubled and mixed-up pushes ends like the same day told by CloudEvents."""

import pytest

from tests.sandbox.by_platform import CONNECTORS, SOURCES
from tests.sandbox.day import play
from tests.sandbox.telling import clock
from tests.sandbox_server import Shop

pytestmark = pytest.mark.slow


def test_a_day_with_lost_pushes_ends_as_if_none_had_been(shop: Shop) -> None:
    """Fifteen orders, case by case; what was lost was asked for."""
    differ, counts = play(shop, 15, {"drop": 0.1, "double": 0.1, "reorder": 0.1, "mask": True, "limit": 8, "seed": 7})
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


@pytest.mark.parametrize("connector", ["kuaidi100", "kdniao"])
def test_a_track_that_was_never_pushed_is_asked_for(shop: Shop, connector: str) -> None:
    """Half a day later, from the service itself."""
    connection = {"key": shop.prefix, "account": shop.prefix, "pull": True, "pull_every": 3600}
    connection["callback"] = "https://caseline.example.com"
    body = {"name": f"{shop.prefix}-{connector}", "connection": connection, "secret": "salt"}
    source = shop.call("POST", f"{CONNECTORS}/{connector}/sources", body, "demo-owner").json()["source_id"]
    path = f"/sandbox/platforms/{connector}/{source}"
    assert shop.call("PUT", f"{path}/script", {"drop": 1}, "demo-ops").status_code == 200
    case = shop.open()
    case.pay()
    case.consign()
    shop.advance(hours=2)
    at, number = clock(shop.now()), case.tracking_no
    tracks = {
        "kuaidi100": {"status": "polling", "lastResult": {
            "com": "zhongtong", "nu": number, "state": "1", "data": [{"ftime": at, "statusCode": "1"}]}},
        "kdniao": {"PushTime": at, "Data": [{
            "ShipperCode": "ZTO", "LogisticCode": number, "Success": True,
            "Traces": [{"AcceptTime": at, "Action": "1"}]}]},
    }  # fmt: skip
    assert shop.call("POST", f"{path}/changes", {"content": tracks[connector]}, "demo-ops").json() == {"pushed": False}
    for _ in range(16):
        shop.advance(hours=1)
    case.until(lambda seen: seen["parcels"][0]["status"] == "picked_up")
    assert shop.call("DELETE", f"{SOURCES}/{source}", token="demo-owner").status_code == 204
