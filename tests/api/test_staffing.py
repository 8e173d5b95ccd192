"""Tasks change hands over HTTP: given to a colleague, handed over for one who is away, assigned by load."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.patience import PATIENCE
from tests.sandbox_server import Shop

STAFF = "/v1/merchants/demo/settings/staff"


@pytest.fixture(autouse=True)
def _by_hand(shop: Shop) -> Iterator[None]:
    """The sandbox is shared: assignment by load ends with the test."""
    yield
    assert shop.call("PUT", STAFF, {}, "demo-owner").status_code == 200


def _task(shop: Shop) -> dict[str, Any]:
    """Somebody in after-sale has to change an order that the ERP has read; no time has to pass for it."""
    case = shop.open()
    case.pay()
    shop.event("order.erp_read", case.subject, "demo-erp")
    case.until(lambda seen: "order.erp_read" in {line["type"] for line in case.items("timeline")})
    assert case.act("change_order", {"line_id": "1", "sku": "OTHER"}).status_code == 200
    (item,) = shop.get(f"/v1/work-items?case_id={case.case_id}&state=open&type=order_audit")["items"]
    return dict(item)


def _post(shop: Shop, item: dict[str, Any], step: str, token: str = "demo-agent", **body: Any) -> Any:
    return shop.call("POST", f"/v1/work-items/{item['item_id']}/{step}", body, token)


def _hand_over(shop: Shop, body: dict[str, Any], token: str = "demo-supervisor") -> Any:
    return shop.call("POST", "/v1/work-items/hand-over", body, token)


def _holder(shop: Shop, item: dict[str, Any]) -> str | None:
    (found,) = [
        one
        for one in shop.get(f"/v1/work-items?case_id={item['case_id']}")["items"]
        if one["item_id"] == item["item_id"]
    ]
    return found["assignee"]  # type: ignore[no-any-return]


def _until(probe: Callable[[], bool]) -> None:
    """A round comes every few seconds."""
    end = time.monotonic() + PATIENCE
    while not probe():
        assert time.monotonic() < end, "never came true"
        time.sleep(0.1)


def test_the_holder_hands_their_task_to_a_colleague(shop: Shop) -> None:
    """Their own only: then it is the colleague's, and no longer theirs to give; the case's story says nothing of it."""
    item = _task(shop)
    unheld = _post(shop, item, "assign", account="demo-warehouse")
    assert (unheld.status_code, unheld.json()["code"]) == (409, "not_claimed")
    assert _post(shop, item, "claim").status_code == 200
    over = _post(shop, item, "assign", account="demo-warehouse")
    assert (over.status_code, over.json()["assignee"], over.json()["state"]) == (200, "demo-warehouse", "open")
    again = _post(shop, item, "assign", account="demo-agent")
    assert (again.status_code, again.json()["code"]) == (409, "already_claimed")
    assert "demo-warehouse" in again.json()["detail"]
    assert _post(shop, item, "claim").status_code == 409
    told = [line["type"] for line in shop.get(f"/v1/cases/{item['case_id']}/timeline")["items"]]
    assert not [type_ for type_ in told if "assign" in type_]


@pytest.mark.parametrize("token", ["demo-supervisor", "demo-owner"])
def test_leads_hand_over_anybodys(shop: Shop, token: str) -> None:
    """What nobody has, and what somebody else has."""
    item = _task(shop)
    for account in ("demo-agent", "demo-warehouse"):
        assert _post(shop, item, "assign", token, account=account).json()["assignee"] == account


def test_a_task_that_is_settled_is_nobodys_to_give(shop: Shop) -> None:
    """Not even for the owner."""
    item = _task(shop)
    assert _post(shop, item, "complete", outcome="changed").status_code == 200
    for token in ("demo-agent", "demo-owner"):
        refused = _post(shop, item, "assign", token, account="demo-agent")
        assert (refused.status_code, refused.json()["code"]) == (409, "already_settled")


@pytest.mark.parametrize("account", ["nobody", "other-agent", "demo-buyer", "demo-carrier"])
def test_only_the_shops_staff_can_have_tasks(shop: Shop, account: str) -> None:
    """An account that the shop does not have, or that could not act on a task, is refused, and the task stays."""
    item = _task(shop)
    _post(shop, item, "claim")
    for refused in (
        _post(shop, item, "assign", account=account),
        _hand_over(shop, {"from": "demo-agent", "to": account}),
    ):
        assert (refused.status_code, refused.json()["code"]) == (422, "unknown_account")
        assert refused.json()["reasons"][0]["message"].startswith(("account:", "to:"))
    assert _holder(shop, item) == "demo-agent"


def test_checks_of_a_hand_over_come_in_order(shop: Shop) -> None:
    """401, 404, 403, 422, 409: the first that applies answers."""
    item = _task(shop)
    for token, status in (("nobody", 401), ("other-agent", 404), ("demo-buyer", 403), ("demo-agent", 422)):
        assert _post(shop, item, "assign", token, account=7).status_code == status
    for token, status in (("nobody", 401), ("demo-agent", 403), ("demo-buyer", 403), ("demo-owner", 422)):
        assert _hand_over(shop, {"nonsense": 1}, token).status_code == status
    same = _hand_over(shop, {"from": "demo-agent", "to": "demo-agent"})
    assert (same.status_code, same.json()["reasons"][0]["message"].split(":")[0]) == (422, "to")


def test_all_that_somebody_has_is_handed_over(shop: Shop) -> None:
    """Of one group, or of all; to a colleague, or back to the group."""
    _hand_over(shop, {"from": "demo-agent"})
    items = [_task(shop) for _ in range(2)]
    for item in items:
        assert _post(shop, item, "claim").status_code == 200
    assert _hand_over(shop, {"from": "demo-agent", "to": "demo-finance", "group": "finance"}).json() == {"moved": 0}
    assert _hand_over(shop, {"from": "demo-agent", "to": "demo-finance"}).json() == {"moved": 2}
    assert [_holder(shop, item) for item in items] == ["demo-finance"] * 2
    assert _hand_over(shop, {"from": "demo-finance", "to": None, "group": "aftersale"}).json() == {"moved": 2}
    assert [_holder(shop, item) for item in items] == [None] * 2


def test_tasks_go_to_people_by_load(shop: Shop) -> None:
    """Where the owner wants it so, an open task goes to somebody by itself; not on a day on which they are away."""
    item = _task(shop)
    today = shop.now().date().isoformat()
    person = {"account": "demo-agent", "groups": ["aftersale"]}
    colleague = {"account": "demo-warehouse", "groups": ["aftersale"]}
    away = [{"from": today, "to": "2199-01-01"}]
    staff = {"assign": "by_load", "people": [person | {"away": away}, colleague]}
    assert shop.call("PUT", STAFF, staff, "demo-owner").status_code == 200
    _until(lambda: _holder(shop, item) is not None)
    assert _holder(shop, item) == "demo-warehouse"
