"""What an inbox shows of each task's case, and how much there is to do."""

from typing import Any

from tests.sandbox_server import OrderUnderTest, Shop


def _row(shop: Shop, case: OrderUnderTest, token: str = "demo-agent", query: str = "", **headers: str) -> Any:
    answer = shop.call("GET", f"/v1/work-items?case_id={case.case_id}&state=open{query}", token=token, **headers)
    (row,) = [item for item in answer.json()["items"] if item["type"] == "check_order"]
    return row


def test_a_row_says_what_it_is_about(shop: Shop) -> None:
    """Order, platform, stage in words, amount with freight, the buyer masked, and what passes next."""
    case = shop.open()
    row = _row(shop, case)
    assert {
        "order_id": case.case_id.rpartition(":")[2],
        "platform": "taobao",
        "stage": "awaiting_payment",
        "stage_title": "待付款",
        "amount": "209.00",
        "buyer": "陈**",
        "overdue": False,
    }.items() <= row.items()
    assert row["next_deadline"]["kind"] == "payment_reminder"
    assert _row(shop, case, accept_language="en")["stage_title"] == "Awaiting payment"


def test_a_buyers_name_is_for_staff(shop: Shop) -> None:
    """Others see the same row without it."""
    case = shop.open()
    assert _row(shop, case, "demo-platform")["buyer"] is None


def test_tasks_past_due_are_overdue(shop: Shop) -> None:
    """They count among those of their group."""
    case = shop.open()
    shop.advance(hours=30)
    assert _row(shop, case)["overdue"]
    counts = shop.get("/v1/work-items/counts")
    assert counts["overdue"] == sum(counts["overdue_by_group"].values())
    assert counts["overdue_by_group"]["presale"] >= 1
    assert counts["by_type"]["check_order"] >= 1


def test_mine_are_those_i_claimed(shop: Shop) -> None:
    """`me` is whoever asks."""
    case = shop.open()
    row = _row(shop, case)
    before = shop.get("/v1/work-items/counts")["mine"]
    shop.call("POST", f"/v1/work-items/{row['item_id']}/claim")
    assert shop.get("/v1/work-items/counts")["mine"] == before + 1
    assert _row(shop, case, query="&assignee=me")["item_id"] == row["item_id"]
    others = shop.get(f"/v1/work-items?case_id={case.case_id}&assignee=me", "demo-supervisor")["items"]
    assert others == []


def test_several_groups_are_one_inbox(shop: Shop) -> None:
    """Still the one due first first."""
    case = shop.open()
    assert _row(shop, case, query="&group=presale&group=aftersale")["group"] == "presale"
    found = shop.get(f"/v1/work-items?case_id={case.case_id}&group=finance&group=aftersale")["items"]
    assert found == []


def test_mine_are_the_groups_one_looks_after(shop: Shop) -> None:
    """An agent's are presale and aftersale; whoever has none looks after all; others can be asked for beside them."""
    case = shop.open()
    assert _row(shop, case, query="&group=mine")["group"] == "presale"
    assert _row(shop, case, "demo-platform", query="&group=mine")["group"] == "presale"
    of_finance = shop.get(f"/v1/work-items?case_id={case.case_id}&group=mine", "demo-finance")["items"]
    assert [item for item in of_finance if item["type"] == "check_order"] == []
    assert _row(shop, case, "demo-finance", query="&group=mine&group=presale")["group"] == "presale"


def test_past_due_is_by_the_shops_clock(shop: Shop) -> None:
    """And no later than what else is asked for."""
    case = shop.open()
    of_case = f"/v1/work-items?case_id={case.case_id}&type=check_order&overdue=true"
    assert shop.get(of_case)["items"] == []
    placed = shop.get(f"/v1/cases/{case.case_id}")["opened_at"]
    shop.advance(hours=30)
    assert [item["overdue"] for item in shop.get(of_case)["items"]] == [True]
    assert shop.get(f"{of_case}&due_before={placed}")["items"] == []


def test_a_row_comes_without_words_where_none_are_asked_for(shop: Shop) -> None:
    """What may come of a task is named all the same."""
    case = shop.open()
    whole, row = _row(shop, case), _row(shop, case, query="&words=false")
    assert whole["script"]
    assert whole["outcome_details"]
    assert row == whole | {"script": "", "outcome_details": []}
