"""A campaign day at a glance, over HTTP."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from tests.sandbox_server import Shop

WALL = "/v1/wall"


def wall(shop: Shop, **headers: str) -> dict[str, Any]:
    answer = shop.call("GET", WALL, **headers)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def test_an_order_comes_onto_the_wall(shop: Shop) -> None:
    """Opened, then paid and to be packed, then to be picked up, then gone."""
    before = wall(shop)
    case = shop.open()
    opened = wall(shop)
    assert opened["last_minute"] > 0
    assert sum(minute["orders"] for minute in opened["per_minute"]) > 0
    case.pay()
    paid = wall(shop)
    assert (paid["to_ship"], paid["to_pick_up"]) == (before["to_ship"] + 1, before["to_pick_up"])
    case.consign()
    packed = wall(shop)
    assert (packed["to_ship"], packed["to_pick_up"]) == (before["to_ship"], before["to_pick_up"] + 1)
    case.scan("picked_up")
    case.until(lambda seen: seen["stage"] == "in_transit")
    assert wall(shop)["to_pick_up"] == before["to_pick_up"]


def test_the_last_half_hour_minute_by_minute(shop: Shop) -> None:
    """Thirty minutes of the China clock, this one the last, whether orders came in them or not."""
    shown = wall(shop)
    minutes = [datetime.fromisoformat(one["minute"]) for one in shown["per_minute"]]
    assert len(minutes) == 30
    assert {later - earlier for earlier, later in pairwise(minutes)} == {timedelta(minutes=1)}


def test_what_is_at_risk_is_said_in_words(shop: Shop) -> None:
    """Overdue shipments, in the language that is asked for."""
    case = shop.open(placed_at=(shop.now() - timedelta(hours=70)).isoformat())
    case.pay(at=shop.now() - timedelta(hours=70))
    case.until(lambda seen: seen["stage"] == "awaiting_shipment")
    for language, title in (("en", "Ship by"), ("zh", "发货")):
        titles = {
            risk["title"] for risk in wall(shop, Accept_Language=language)["at_risk"] if risk["kind"] == "ship_by"
        }
        assert titles == {title}


def test_who_may_look(shop: Shop) -> None:
    """The shop's staff and operations; another shop sees its own."""
    for role in ("agent", "supervisor", "warehouse", "finance", "owner", "ops"):
        shop.get(WALL, f"demo-{role}")
    refused = shop.call("GET", WALL, token="demo-buyer")
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert shop.get(WALL, "other-owner")["to_ship"] == 0
