"""A platform refuses something, or cannot pay: somebody has a task, and everything else of the source goes on."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import pytest

from tests.patience import PATIENCE
from tests.sandbox.by_platform import CONNECTORS, SOURCES, ByPlatform
from tests.sandbox.day import PLATFORMS
from tests.sandbox_server import Shop

pytestmark = pytest.mark.slow


Found = TypeVar("Found")


def until(probe: Callable[[], Found | None]) -> Found:
    """What there is, once there is something."""
    end = time.monotonic() + PATIENCE
    while not (found := probe()):
        assert time.monotonic() < end, "never came true"
        time.sleep(0.05)
    return found


def opened(told: ByPlatform, number: int) -> bool:
    return told.shop.call("GET", told.path(number)).status_code == 200


def happens(told: ByPlatform, number: int, *what: str) -> None:
    """On the marketplace, now."""
    for one in what:
        getattr(told, one)(number, told.shop.now())


def the_task(shop: Shop, source: str) -> dict[str, Any]:
    """The task that somebody has because of a source, as soon as there is one."""

    def found() -> dict[str, Any] | None:
        messages = shop.get(f"{SOURCES}/{source}/messages", "demo-owner")["items"]
        (case,) = {one["case_id"] for one in messages if one["status"] == "unreadable"} or {None}
        tasks = shop.get("/v1/work-items?type=unreadable_message&limit=200", "demo-owner")["items"]
        return next((one for one in tasks if case and one["case_id"] == case), None)

    return until(found)


def try_again(shop: Shop, task: dict[str, Any]) -> None:
    """The shop's owner has seen to it."""
    done = {"outcome": "tried_again"}
    answer = shop.call("POST", f"/v1/work-items/{task['item_id']}/complete", done, "demo-owner")
    assert answer.status_code == 200, answer.text


def script(told: ByPlatform, **how: Any) -> None:
    path = f"/sandbox/platforms/{told.platform}/{told.source}/script"
    assert told.shop.call("PUT", path, how, "demo-ops").status_code == 200


@pytest.mark.parametrize("platform", ["taobao", "douyin"])
def test_an_order_that_is_refused_holds_no_other_up(shop: Shop, platform: str) -> None:
    """Nor does one that is never answered; once the platform has it, it is asked for again and comes."""
    told = PLATFORMS[platform](shop, f"R{shop.prefix}", platform)
    refused, failing = (f"{told.prefix}{number}" for number in (0, 1))
    told.set_up({"refuse": [refused], "fail": [failing]})
    for number in range(3):
        happens(told, number, "ordered")
    task = the_task(shop, told.source)
    assert refused in task["script"]
    shop.advance(hours=1)
    until(lambda: opened(told, 2))
    assert not opened(told, 0)
    assert not opened(told, 1)
    script(told)
    try_again(shop, task)
    shop.advance(hours=1)
    for number in (0, 1):
        until(partial(opened, told, number))
    told.take_down()


LISTS = {
    "taobao": "taobao.refunds.receive.get",
    "douyin": "afterSale.List",
    "jd": "jingdong.pop.afs.soa.refundapply.queryPageList",
}


@pytest.mark.parametrize("platform", LISTS)
def test_a_list_that_is_refused_holds_no_other_up(shop: Shop, platform: str) -> None:
    """Orders come as ever, without a push; what changed meanwhile is listed once the permission is there."""
    told = PLATFORMS[platform](shop, f"L{shop.prefix}", platform)
    told.set_up({"drop": 1, "refuse": [LISTS[platform]]})
    happens(told, 0, "ordered", "paid")
    shop.advance(hours=1)
    until(lambda: opened(told, 0))
    task = the_task(shop, told.source)
    assert LISTS[platform] in task["script"]
    happens(told, 0, "asked")
    shop.advance(hours=1)
    assert shop.get(told.path(0))["children"] == []
    script(told, drop=1)
    try_again(shop, task)
    shop.advance(hours=1)
    until(lambda: shop.get(told.path(0))["children"])
    told.take_down()


@pytest.mark.parametrize(("connector", "carrier"), [("kuaidi100", "zhongtong"), ("kdniao", "ZTO")])
def test_a_carrier_that_is_refused_is_watched_once_it_is_not(shop: Shop, connector: str, carrier: str) -> None:
    """All its parcels that were refused; a parcel of another carrier is watched meanwhile."""
    connection = {"key": shop.prefix, "pull": True, "pull_every": 60, "callback": "https://caseline.example.com"}
    body = {"name": f"{shop.prefix}-{connector}", "connection": connection, "secret": "salt"}
    source = shop.call("POST", f"{CONNECTORS}/{connector}/sources", body, "demo-owner").json()["source_id"]
    path = f"/sandbox/platforms/{connector}/{source}"
    assert shop.call("PUT", f"{path}/script", {"refuse": [carrier]}, "demo-ops").status_code == 200
    case = shop.open()
    case.pay()
    case.consign()
    shop.advance(minutes=3)
    task = the_task(shop, source)
    assert "zto" in task["script"]
    assert f"{carrier}/{case.tracking_no}" not in shop.get(path, "demo-ops")["watched"]
    assert shop.call("PUT", f"{path}/script", {}, "demo-ops").status_code == 200
    try_again(shop, task)
    shop.advance(minutes=3)
    until(lambda: f"{carrier}/{case.tracking_no}" in shop.get(path, "demo-ops")["watched"])
    assert shop.call("DELETE", f"{SOURCES}/{source}", token="demo-owner").status_code == 204


@pytest.mark.parametrize("platform", ["douyin", "jd"])
def test_a_refund_that_the_marketplace_cannot_pay_is_finances(shop: Shop, platform: str) -> None:
    """Until the marketplace has paid it after all; it is booked once."""
    told = PLATFORMS[platform](shop, f"F{shop.prefix}", platform)
    told.set_up({})
    happens(told, 0, "ordered", "paid")
    shop.advance(hours=1)
    until(lambda: opened(told, 0))
    happens(told, 0, "asked")
    shop.advance(hours=1)
    (request,) = until(lambda: shop.get(told.path(0))["children"])
    happens(told, 0, "refund_failed")
    shop.advance(hours=1)
    path = f"/v1/cases/{request['case_id']}"
    owed = partial(shop.get, f"/v1/work-items?type=pay_refund&case_id={request['case_id']}", "demo-finance")
    until(lambda: [one for one in owed()["items"] if one["case_id"] == request["case_id"]])
    happens(told, 0, "refunded")
    shop.advance(hours=1)
    until(lambda: shop.get(path)["outcome"] == "refunded")
    assert shop.get(told.path(0))["money"]["refunded"] == "209.00"
    told.take_down()


def test_a_connection_that_is_over_is_somebodys_and_loses_nothing(shop: Shop) -> None:
    """What was told meanwhile comes once the platform knows who asks."""
    told = PLATFORMS["taobao"](shop, f"C{shop.prefix}", "taobao")
    told.set_up({"drop": 1, "refuse": [f"C{shop.prefix}-taobao"]})
    happens(told, 0, "ordered")
    shop.advance(hours=1)
    task = the_task(shop, told.source)
    assert "another session or key (code 29" in task["script"]
    assert not opened(told, 0)
    script(told, drop=1)
    shop.advance(hours=1)
    until(lambda: opened(told, 0))
    try_again(shop, task)
    until(lambda: not shop.get(f"/v1/cases/{task['case_id']}")["open"])
    told.take_down()
