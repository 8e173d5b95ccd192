"""Memos over HTTP: their line, the parcel they are on, and the search; the number that is dialled."""

from collections.abc import Iterator

import pytest

from domain.times import CHINA
from tests.api.holding import MEMO, hold, holding, on_sale
from tests.sandbox_server import Shop

SETTINGS = "/v1/merchants/demo/settings/shop"


def _day(shop: Shop) -> str:
    now = shop.now().astimezone(CHINA)
    return f"{now.month}.{now.day}"


@pytest.mark.rule("S2-06")
def test_a_memo_reads_as_shops_write_it(shop: Shop) -> None:
    """ "@date name text" beside the text as it was written; other texts have no line."""
    case = shop.open(buyer_message="请尽快发货")
    day = _day(shop)
    case.act("add_memo", {"text": "顾客信息错误 重拍订单", "flag": "yellow"})
    message, memo = case.items("memos", "demo-warehouse")
    assert (message["line"], message["tracking_no"]) == (None, None)
    assert memo["line"] in {
        f"@{day} demo-agent 顾客信息错误 重拍订单",
        f"@{_day(shop)} demo-agent 顾客信息错误 重拍订单",
    }
    assert (memo["text"], memo["flag"], memo["tracking_no"]) == ("顾客信息错误 重拍订单", 2, None)


@pytest.mark.rule("S2-06")
def test_memos_are_found_by_waybill(shop: Shop) -> None:
    """On the parcel and on its order; each hit says which case and order it is (S2-23)."""
    case, other = shop.open(), shop.open()
    case.pay()
    case.ship()
    assert case.act("add_memo", {"text": "包裹拒收", "tracking_no": case.tracking_no}).status_code == 200
    case.act("add_memo", {"text": "已联系顾客"})
    other.act("add_memo", {"text": "包裹拒收"})
    hits = shop.get(f"/v1/memos?tracking_no={case.tracking_no}", "demo-warehouse")["items"]
    assert [(hit["text"], hit["tracking_no"]) for hit in hits] == [
        ("已联系顾客", None),
        ("包裹拒收", case.tracking_no),
    ]
    assert {(hit["case_id"], hit["order_id"]) for hit in hits} == {(case.case_id, case.opened["order_id"])}
    assert [item["data"].get("tracking_no") for item in case.items("timeline") if item["type"] == "memo.added"] == [
        case.tracking_no,
        None,
    ]


@pytest.mark.rule("S2-06")
def test_a_memo_on_an_unknown_parcel_is_refused_and_stands_nowhere(shop: Shop) -> None:
    """409 with the reason; neither the case nor the search shows the text."""
    case = shop.open()
    refused = case.act("add_memo", {"text": "包裹拒收", "tracking_no": "ZT-NOWHERE"})
    assert refused.status_code == 409
    assert [reason["code"] for reason in refused.json()["reasons"]] == ["unknown_parcel"]
    assert case.items("memos") == []
    assert shop.get(f"/v1/memos?order_id={case.opened['order_id']}")["items"] == []


def test_the_search_takes_every_filter(shop: Shop) -> None:
    """Words, flag by number or colour, author, time, order, pages."""
    case = shop.open()
    since = shop.now().isoformat().replace("+", "%2B")
    for text, flag, token in (("100% DRESS", "red", "demo-agent"), ("1000 dress", 5, "demo-supervisor")):
        assert case.act("add_memo", {"text": text, "flag": flag}, token).status_code == 200
        shop.advance(seconds=1)
    path = f"/v1/memos?order_id={case.opened['order_id']}"
    for query, texts in (
        ("", ["1000 dress", "100% DRESS"]),
        ("&q=dress", ["1000 dress", "100% DRESS"]),
        ("&q=100%25", ["100% DRESS"]),
        ("&flag=1", ["100% DRESS"]),
        ("&flag=pink", ["1000 dress"]),
        ("&account=demo-supervisor", ["1000 dress"]),
        (f"&from={since}", ["1000 dress", "100% DRESS"]),
        (f"&to={since}", []),
    ):
        assert [hit["text"] for hit in shop.get(f"{path}{query}")["items"]] == texts, query
    first = shop.get(f"{path}&limit=1")
    second = shop.get(f"{path}&limit=1&cursor={first['next']}")
    assert [hit["text"] for hit in (*first["items"], *second["items"])] == ["1000 dress", "100% DRESS"]
    assert second["next"] is None
    for wrong in ("flag=6", "cursor=nonsense", "from=today", "q=a%00b", "limit=0"):
        assert shop.call("GET", f"/v1/memos?{wrong}").status_code == 422, wrong


def test_the_search_is_for_the_shops_own_people(shop: Shop) -> None:
    """Nobody else may, and another shop finds nothing of it."""
    case = shop.open()
    case.act("add_memo", {"text": f"{shop.prefix} 催付"})
    path = f"/v1/memos?q={shop.prefix}"
    for role in ("agent", "supervisor", "warehouse", "finance", "owner"):
        assert len(shop.get(path, f"demo-{role}")["items"]) == 1
    for role in ("buyer", "carrier", "platform", "erp", "payment", "ops"):
        refused = shop.call("GET", f"{path}&flag=9", token=f"demo-{role}")
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert shop.get(path, "other-agent")["items"] == []


@pytest.mark.rule("S2-06")
def test_the_stamp_of_a_hold_is_found_too(shop: Shop) -> None:
    """Those who ship look for it like for any other memo; it is written in the service's own name."""
    with holding(shop):
        order = on_sale(shop)
        hold(order)
        order.until(lambda seen: order.items("memos", "demo-warehouse"))
    path = f"/v1/memos?account=caseline&order_id={order.opened['order_id']}"
    lines = [hit["line"] for hit in shop.get(path, "demo-warehouse")["items"]]
    assert len(lines) == 1
    assert f" caseline {MEMO}" in lines[0]


@pytest.fixture
def in_guangdong(shop: Shop) -> Iterator[None]:
    """The shop telephones from Guangdong; the sandbox is shared, so afterwards nobody knows from where."""
    assert shop.call("PUT", SETTINGS, {"region": "广东省"}, "demo-owner").status_code == 200
    yield
    shop.call("PUT", SETTINGS, {}, "demo-owner")


@pytest.mark.rule("S2-38")
@pytest.mark.usefixtures("in_guangdong")
@pytest.mark.parametrize(
    ("phone", "digits"),
    [("13800138000", "013800138000"), ("13902200000", "13902200000"), ("138****0000", "138****0000"), (None, None)],
)
def test_the_buyers_number_is_shown_as_it_is_dialled(shop: Shop, phone: str | None, digits: str | None) -> None:
    """From Guangdong a number of Beijing gets its 0; the number itself is shown as it was given."""
    case = shop.open(buyer={"id": "b-77", "phone": phone})
    buyer = shop.get(f"{case.path}/buyer")
    assert (buyer["phone"], buyer["dial"]) == (phone, digits)


def test_without_a_region_no_number_gets_a_nought(shop: Shop) -> None:
    """Nothing is known of where the shop telephones from."""
    case = shop.open(buyer={"id": "b-77", "phone": "+86 138 0013 8000"})
    assert shop.get(f"{case.path}/buyer")["dial"] == "13800138000"
