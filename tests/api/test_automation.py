"""After-sale automation over HTTP: settings that work, requests that strategies decide, and the trial."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from tests.patience import PATIENCE
from tests.sandbox_server import OrderUnderTest, Shop, line

SETTINGS = "/v1/merchants/demo/settings/after-sale-automation"
TRIAL = "/v1/merchants/demo/automation/trial"
KEYWORDS = [{"service": "return_refund", "words": ["退货"]}, {"service": "exchange", "words": ["换货"]}]


@pytest.fixture(autouse=True)
def _as_before(shop: Shop) -> Iterator[None]:
    """The sandbox is shared: what a test set up is taken back."""
    yield
    shop.call("PUT", SETTINGS, {}, "demo-owner")


def strategy(when: str, decision: str = "agree", name: str = "one", **more: Any) -> dict[str, Any]:
    stage = {"conforming": "receiving", "pay": "processing"}.get(decision, "review")
    return {"id": name, "title": name, "stage": stage, "when": when, "decision": decision, "enabled": True} | more


def set_up(shop: Shop, *strategies: dict[str, Any]) -> None:
    body = {"strategies": list(strategies), "keywords": KEYWORDS}
    answer = shop.call("PUT", SETTINGS, body, "demo-owner")
    assert answer.status_code == 200, answer.text


def request(order: OrderUnderTest, service: str, reason: str = "other", **input_: Any) -> str:
    """Asks for after-sale service; answers the path of the request."""
    answer = order.act("request_after_sale", {"service": service, "reason": reason} | input_, "demo-buyer")
    assert answer.status_code == 200, answer.text
    return f"/v1/cases/{answer.json()['result']['case_id']}"


def until(shop: Shop, path: str, probe: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    """Reads a request until the probe holds."""
    end = time.monotonic() + PATIENCE
    while not probe(seen := shop.get(path)):
        assert time.monotonic() < end, f"never came true, last seen {seen}"
        time.sleep(0.02)
    return dict(seen)


def tasks(shop: Shop, path: str) -> list[str]:
    """Every work item that the request ever made."""
    case_id = path.removeprefix("/v1/cases/")
    return [item["type"] for item in shop.get(f"/v1/work-items?case_id={case_id}")["items"]]


def told(shop: Shop, path: str, type_: str) -> list[dict[str, Any]]:
    return [told for told in shop.get(f"{path}/timeline?limit=200")["items"] if told["type"] == type_]


@pytest.mark.rule("S3-06")
def test_a_strategy_agrees_to_small_refunds(shop: Shop) -> None:
    """At once and without a work item; a dear one goes to a person."""
    set_up(shop, strategy("service == 'refund_only' && !shipped && amount <= 100", name="small"))
    cheap, dear = shop.open(lines=[line("1", "50.00")]), shop.open(lines=[line("1", "500.00")])
    cheap.pay()
    dear.pay()
    paths = request(cheap, "refund_only"), request(dear, "refund_only")
    until(shop, paths[0], lambda seen: seen["stage"] == "succeeded")
    assert tasks(shop, paths[0]) == []
    (decided,) = told(shop, paths[0], "strategy.decided")
    assert (decided["actor"]["role"], decided["data"]["strategy"]) == ("system", "small")
    until(shop, paths[1], lambda seen: tasks(shop, paths[1]))
    assert (shop.get(paths[1])["stage"], tasks(shop, paths[1])) == ("awaiting_seller", ["review_after_sale"])
    cheap.until(lambda seen: seen["stage"] == "closed")


@pytest.mark.rule("S3-07", "S3-08", "S3-09", "S4-53")
def test_a_warned_request_is_left_to_people(shop: Shop) -> None:
    """The words are the shop's own; once the buyer asks for what they wrote, the strategy may decide."""
    set_up(shop, strategy("true"))
    order = shop.open()
    order.pay()
    order.ship()
    path = request(order, "exchange", description="质量太差，我要退货！")
    shown = shop.get(path)
    assert (shown["stage"], shown["warnings"]) == ("awaiting_seller", ["退货"])
    assert tasks(shop, path) == ["keyword_mismatch"]
    amended = shop.call("POST", f"{path}/actions/amend", {"service": "return_refund"}, "demo-buyer")
    assert (amended.status_code, amended.json()["case"]["warnings"]) == (200, [])
    until(shop, path, lambda seen: seen["stage"] == "awaiting_buyer_return")


def test_a_text_is_no_reference(shop: Shop) -> None:
    """Words that look like a kept text's id are words all the same."""
    set_up(shop)
    order = shop.open()
    order.pay()
    order.ship()
    path = request(order, "exchange", description="memo:我要退货")
    assert shop.get(path)["warnings"] == ["退货"]


@pytest.mark.rule("S4-58")
def test_an_instant_refund_is_never_refused(shop: Shop) -> None:
    """A strategy that refuses everything refuses others; this one goes to a person, who may only agree."""
    set_up(shop, strategy("true", "refuse", refuse_with={"reason": "worn", "message": "已使用的商品不退"}))
    orders = [shop.open(instant_refund=instant) for instant in (True, False)]
    for order in orders:
        order.pay()
        order.ship()
    instant, other = (request(order, "refund_only") for order in orders)
    until(shop, other, lambda seen: seen["stage"] == "refused")
    until(shop, instant, lambda seen: tasks(shop, instant))
    assert (shop.get(instant)["stage"], tasks(shop, instant)) == ("awaiting_seller", ["review_after_sale"])
    refused = shop.call("POST", f"{instant}/actions/refuse", {"reason": "worn", "message": "不退"})
    assert [reason["code"] for reason in refused.json()["reasons"]] == ["cannot_refuse"]


def test_the_sentence_of_a_refusal_is_kept(shop: Shop) -> None:
    """As a person's would be: by reference in the story, the words among the texts of the case."""
    sentence = f"已使用的商品不退 {shop.prefix}"
    set_up(shop, strategy("true", "refuse", refuse_with={"reason": "worn", "message": sentence}))
    order = shop.open()
    order.pay()
    order.ship()
    path = request(order, "refund_only")
    until(shop, path, lambda seen: seen["stage"] == "refused")
    (decided,) = told(shop, path, "strategy.decided")
    texts = {memo["memo_id"]: memo["text"] for memo in shop.get(f"{path}/memos")["items"]}
    assert texts[decided["data"]["message"]] == sentence
    assert sentence not in str(shop.get(f"{path}/timeline"))


def test_strategies_may_ask_about_the_buyer(shop: Shop) -> None:
    """A buyer's trades and credit are looked up when they decide."""
    set_up(shop, strategy("buyer_trades != null && buyer_trades >= 3 && buyer_credit == 5"))
    orders = [shop.open(buyer={"id": f"{shop.prefix}-{trades}", "trades": trades, "credit": 5}) for trades in (3, 2)]
    for order in orders:
        order.pay()
    known, unknown = (request(order, "refund_only") for order in orders)
    until(shop, known, lambda seen: seen["stage"] == "succeeded")
    until(shop, unknown, lambda seen: tasks(shop, unknown))


@pytest.mark.rule("S3-06")
def test_receiving_and_processing(shop: Shop) -> None:
    """A return counts as conforming when it arrives; the money waits until somebody lets it go."""
    set_up(shop, strategy("true", "conforming"), strategy("amount <= 10", "pay", name="small"))
    order = shop.open()
    order.pay()
    order.ship()
    path = request(order, "return_refund", "quality")
    parcel = f"R-{order.opened['order_id']}"
    assert shop.call("POST", f"{path}/actions/agree", {}).status_code == 200
    sent = {"carrier": "yto", "tracking_no": parcel}
    assert shop.call("POST", f"{path}/actions/submit_return", sent, "demo-buyer").status_code == 200
    shop.event("parcel.signed", f"parcel/yto/{parcel}", "demo-carrier")
    until(shop, path, lambda seen: "approve_refund" in tasks(shop, path))
    assert "inspect_return" not in tasks(shop, path)
    assert shop.get(path)["stage"] == "refunding"
    approved = shop.call("POST", f"{path}/actions/approve_refund", {})
    assert approved.status_code == 200, approved.text
    until(shop, path, lambda seen: seen["stage"] == "succeeded")


@pytest.mark.rule("S4-66")
def test_a_refund_beyond_ones_authority_is_approved_by_the_owner(shop: Shop) -> None:
    """The agent's approval is refused by itself and as the task's outcome; the owner's lets the money go."""
    set_up(shop, strategy("true", "conforming"), strategy("false", "pay", name="never"))
    order = shop.open(lines=[line("1", "6000.00")])
    order.pay()
    path = request(order, "refund_only")
    assert shop.call("POST", f"{path}/actions/agree", {}, "demo-owner").status_code == 200
    until(shop, path, lambda seen: "approve_refund" in tasks(shop, path))
    refused = shop.call("POST", f"{path}/actions/approve_refund", {})
    assert (refused.status_code, _codes(refused)) == (409, ["over_authority"])
    offers = {offer["name"]: offer for offer in shop.get(f"{path}/actions")["items"]}
    assert [reason["code"] for reason in offers["approve_refund"]["reasons"]] == ["over_authority"]
    listed = shop.get(f"/v1/work-items?state=open&type=approve_refund&case_id={path.rpartition('/')[2]}")["items"]
    completed = {"outcome": "approved"}
    (item,) = (f"/v1/work-items/{one['item_id']}/complete" for one in listed)
    refused = shop.call("POST", item, completed)
    assert (refused.status_code, _codes(refused)) == (409, ["over_authority"])
    assert shop.call("POST", item, completed, "demo-owner").status_code == 200
    assert until(shop, path, lambda seen: seen["stage"] == "succeeded")["refunded"] == "6010.00"


def _codes(answer: httpx.Response) -> list[str]:
    return [reason["code"] for reason in answer.json()["reasons"]]


@pytest.mark.rule("S3-06")
@pytest.mark.parametrize(("method", "path"), [("PUT", SETTINGS), ("POST", TRIAL)])
def test_strategies_that_cannot_work_are_refused(shop: Shop, method: str, path: str) -> None:
    """Each is named with its place and why, switched on or not; nothing is saved."""
    wrong = [strategy("ammount <= 100"), strategy("amount +", name="two", enabled=False), strategy("true", name="fine")]
    answer = shop.call(method, path, {"strategies": wrong}, "demo-owner")
    assert answer.status_code == 422
    places = [reason["message"].split(": ")[0] for reason in answer.json()["reasons"]]
    assert places == ["strategies.0.when", "strategies.1.when"]
    assert "ammount" in answer.json()["detail"]
    assert shop.get(SETTINGS) == {"strategies": [], "keywords": []}


def test_owner_and_supervisor_try_strategies(shop: Shop) -> None:
    """Others may not, whatever they send; another shop's are not there."""
    for role in ("agent", "finance", "buyer", "ops"):
        refused = shop.call("POST", TRIAL, {"nonsense": 1}, f"demo-{role}")
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert shop.call("POST", TRIAL, {}, "other-owner").status_code == 404
    for role in ("owner", "supervisor"):
        assert shop.call("POST", TRIAL, {}, f"demo-{role}").status_code == 200


@pytest.mark.rule("S3-06")
def test_a_trial_counts_what_strategies_would_have_decided(shop: Shop) -> None:
    """How many, how, and whether people thought the same; what is off takes part if it is asked to."""
    category = f"c-{shop.prefix}"
    orders = [shop.open(lines=[line("1", amount, category=category)]) for amount in ("50.00", "60.00", "500.00")]
    for order in orders:
        order.pay()
        order.ship()
    agreed, refused, open_ = (request(order, "refund_only") for order in orders)
    assert shop.call("POST", f"{agreed}/actions/agree", {}).status_code == 200
    answer = shop.call("POST", f"{refused}/actions/refuse", {"reason": "worn", "message": "已使用"})
    assert answer.status_code == 200, answer.text
    small = strategy(f"'{category}' in categories && amount <= 100", name="small")
    off = strategy(f"'{category}' in categories && amount > 100", "person", name="dear", enabled=False)
    report = shop.call("POST", f"{TRIAL}?switch_on=dear", {"strategies": [small, off]}, "demo-supervisor").json()
    counts = {
        one["strategy"]: (one["decided"], one["agreed"], one["disagreed"], one["failed"])
        for one in report["strategies"]
    }
    assert counts == {"small": (2, 1, 1, 0), "dear": (1, 0, 0, 0)}
    first = report["strategies"][0]["examples"][0]
    assert (first["case_id"], first["decision"], first["decided"]) == (refused[10:], "agree", "refuse")
    assert (report["decided"], report["tried"] >= 3) == (2, True)
    assert shop.get(open_)["stage"] == "awaiting_seller"
    alone = shop.call("POST", TRIAL, {"strategies": [off]}, "demo-owner").json()
    assert alone["strategies"] == []
