"""The ways a message that cannot be read goes: it belongs to no order."""

from tests.sandbox_server import OrderUnderTest, Shop

SOURCES = "/v1/merchants/demo/sources"


def unreadable_and_set_aside(shop: Shop) -> OrderUnderTest:
    """Tried again in vain, then set aside."""
    added = shop.call("POST", f"{SOURCES}/jd", {"name": f"{shop.prefix}-jd", "connection": {}}, "demo-owner").json()
    assert shop.call("POST", added["address"], {"hello": "world"}).status_code == 200
    sent = f"{SOURCES}/{added['source_id']}/messages"
    (message,) = shop.get(sent, "demo-owner")["items"]
    case = OrderUnderTest(shop, message["case_id"], {})
    case.until(lambda seen: seen["stage"] == "unreadable")
    assert case.act("try_again").status_code == 200
    case.until(lambda seen: seen["stage"] == "unreadable")
    assert case.act("set_aside").status_code == 200
    case.until(lambda seen: not seen["open"])
    return case


MESSAGE_PATHS = (unreadable_and_set_aside,)
