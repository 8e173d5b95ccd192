"""Ship holds over HTTP: released one by one or in bulk, seen by those who ship."""

from typing import Any

import pytest

from tests.api.holding import MEMO, hold, holding, on_sale, put_campaign, scripted
from tests.sandbox_server import Shop, line

BULK = "/v1/holds/release"


def release(shop: Shop, *case_ids: str, token: str = "demo-agent", **headers: str) -> list[dict[str, Any]]:
    """The results of a release in bulk."""
    answer = shop.call("POST", BULK, {"case_ids": list(case_ids)}, token, **headers)
    assert answer.status_code == 200, answer.text
    results: list[dict[str, Any]] = answer.json()["results"]
    return results


@pytest.mark.rule("S0-30")
def test_holds_are_released_in_bulk_and_the_goods_leave_in_time(shop: Shop) -> None:
    """Those without a refund by the time the task comes are released together; shipped then, nothing is late."""
    with holding(shop):
        orders = [on_sale(shop) for _ in range(3)]
        holds = [hold(order) for order in orders]
        shop.advance(hours=49)
        for one in holds:
            tasks = shop.get(f"/v1/work-items?state=open&case_id={one.case_id}")["items"]
            assert [task["type"] for task in tasks] == ["hold_release_due"]
        results = release(shop, *(one.case_id for one in holds))
    assert [(result["case_id"], result["status"]) for result in results] == [(one.case_id, "released") for one in holds]
    for order in orders:
        order.until(lambda seen: not seen["lines"][0]["held"])
        order.ship()
    shop.advance(hours=30)
    assert {order.deadline("ship_by")["state"] for order in orders} == {"met"}
    assert [order.snapshot()["money"]["points"] for order in orders] == [0, 0, 0]


@pytest.mark.rule("S0-30")
def test_one_bad_id_does_not_harm_the_rest(shop: Shop) -> None:
    """Ended ones say why, unknown ones, orders and other shops' are not found; an id named twice stands once."""
    with holding(shop):
        order = on_sale(shop, lines=[line("1"), line("2"), line("3")])
        ended, first, second = (hold(order, line_id) for line_id in ("1", "2", "3"))
        assert ended.act("release").status_code == 200
    wrong = ["hold:demo:taobao:none:1", order.case_id, "no id at all"]
    named = [first.case_id, *wrong, ended.case_id, first.case_id, second.case_id]
    results = release(shop, *named)
    assert [result["case_id"] for result in results] == list(dict.fromkeys(named))
    status = {result["case_id"]: result["status"] for result in results}
    assert [status[one.case_id] for one in (first, second, ended)] == ["released", "released", "refused"]
    assert {status[one] for one in wrong} == {"not_found"}
    (refused,) = [result for result in results if result["status"] == "refused"]
    assert [reason["code"] for reason in refused["reasons"]] == ["case_ended"]
    theirs = shop.call("POST", BULK, {"case_ids": [first.case_id]}, "other-agent")
    assert theirs.json()["results"][0]["status"] == "not_found"


def test_who_may_not_release_one_may_not_release_many(shop: Shop) -> None:
    """401 and 403 before the body is looked at, 422 for too few, too many, and what is unknown."""
    assert shop.call("POST", BULK, {}, "nobody").status_code == 401
    for token in ("demo-warehouse", "demo-carrier", "demo-erp", "demo-finance"):
        assert shop.call("POST", BULK, {}, token).status_code == 403
    bodies: list[Any] = [{}, {"case_ids": []}, {"case_ids": ["x"] * 201}, {"case_ids": ["x"], "more": 1}, "x"]
    for body in bodies:
        assert shop.call("POST", BULK, body).status_code == 422
    assert len(release(shop, *(f"hold:{number}" for number in range(200)))) == 200


def test_the_same_key_answers_the_same(shop: Shop) -> None:
    """A client that heard no answer asks again and hears that they are released."""
    with holding(shop):
        one = hold(on_sale(shop))
        key = f"{shop.prefix}-night"
        first = release(shop, one.case_id, Idempotency_Key=key)
        assert release(shop, one.case_id, Idempotency_Key=key) == first
        assert [result["status"] for result in first] == ["released"]
        assert release(shop, one.case_id)[0]["status"] == "refused"


@pytest.mark.rule("S0-08", "S0-09", "S0-15", "S0-27")
def test_those_who_ship_see_the_memo(shop: Shop) -> None:
    """The shop's own text with the lines held, then that they may leave; a task says it to them too."""
    with holding(shop):
        order = on_sale(shop, lines=[line("1"), line("2")])
        one = hold(order, "2")
        order.until(lambda seen: order.items("memos", "demo-warehouse"))
        one.act("release")
    order.until(lambda seen: len(order.items("memos", "demo-warehouse")) == 2)
    memos = order.items("memos", "demo-warehouse")
    assert [memo["text"] for memo in memos] == [f"{MEMO}（2）", "解除拦截，请正常发货（2）"]
    tasks = shop.get(f"/v1/work-items?state=open&type=ship_again&case_id={order.case_id}", "demo-warehouse")["items"]
    assert [task["group"] for task in tasks] == ["warehouse"]
    assert shop.call("GET", f"{order.path}/memos", token="demo-buyer").status_code == 403


@pytest.mark.rule("S0-25")
def test_buyers_hold_and_release_for_themselves(shop: Shop) -> None:
    """Where the shop lets them; else they are told that it does not."""
    with holding(shop):
        order = on_sale(shop)
        answer = order.act("hold_shipment", {"line_ids": None, "requested_by": "buyer"}, "demo-buyer")
        assert [reason["code"] for reason in answer.json()["reasons"]] == ["no_self_service"]
    with holding(shop, self_service=True):
        one = hold(order, token="demo-buyer")
    one.release("demo-buyer")
    one.reach("released")


@pytest.mark.rule("S0-28")
def test_the_erps_word_after_the_release_goes_on_the_timeline(shop: Shop) -> None:
    """The unlock was sent; the late lock is heard of, and changes neither the hold nor what the buyer is told."""
    with holding(shop, erp_lock=True), scripted(shop, lock="silent", back={"lock": "success"}):
        order = on_sale(shop)
        one = hold(order)
        one.reach("locking")
        one.act("release")
        one.until(lambda seen: len(one.calls()) == 2)
        shop.event("erp.lock_result", order.subject, "demo-erp", hold_case_id=one.case_id, locked=True)
        one.until(lambda seen: any(each["type"] == "hold.lock_answer" for each in _late(one.items("timeline"))))
    assert one.calls() == [("lock", 200), ("unlock", 200)]
    assert one.snapshot()["stage"] == "released"
    assert one.messages() == ["ship_hold_received"]


def _late(timeline: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ended = max(number for number, each in enumerate(timeline) if each["type"] == "case.ended")
    return timeline[ended + 1 :]


@pytest.mark.rule("S0-18", "S0-19")
def test_a_lock_that_failed_asks_for_a_person(shop: Shop) -> None:
    """The ERP's reason is kept, the buyer hears of no success."""
    with holding(shop, erp_lock=True), scripted(shop, lock="failure", back={"lock": "success"}):
        one = hold(on_sale(shop))
        seen = one.reach("lock_failed")
    assert seen["lock_reason"] == "not_lockable"
    tasks = shop.get(f"/v1/work-items?state=open&case_id={one.case_id}")["items"]
    assert [(task["type"], task["group"]) for task in tasks] == [("hold_lock_by_hand", "aftersale")]
    assert one.messages() == ["ship_hold_received"]


def test_a_campaign_that_changes_moves_the_clock_of_a_running_hold(shop: Shop) -> None:
    """Refunds open later than was said: the hold's clock says that it was moved."""
    with holding(shop):
        one = hold(on_sale(shop, frozen_hours=10))
        before = one.deadline("refunds_open")["due_at"]
        put_campaign(shop, frozen_hours=20)
        one.until(lambda seen: one.deadline("refunds_open")["changes"])
        after = one.deadline("refunds_open")
    assert after["state"] == "running"
    assert after["due_at"] > before
    assert [change["change"] for change in after["changes"]] == ["moved"]


def test_an_erp_speaks_of_its_own_shops_holds_only(shop: Shop) -> None:
    """The hold must be one of the order that the event is about."""
    with holding(shop, erp_lock=True), scripted(shop, lock="silent", back={"lock": "success"}):
        order, another = on_sale(shop), on_sale(shop)
        one = hold(order)
        one.reach("locking")
        result = shop.event("erp.lock_result", another.subject, "demo-erp", hold_case_id=one.case_id, locked=True)
        assert result["status"] == "rejected"
        assert one.snapshot()["stage"] == "locking"
