"""The life of a webhook, from its first delivery to its removal, played on the sandbox."""

from tests.receiver import running_receiver
from tests.sandbox_server import Shop

PATH = "/v1/webhooks"


def webhook(shop: Shop) -> str:
    """Delivers, fails for three days, is resumed, goes back, gets another address, is tried and removed."""
    with running_receiver() as receiver:
        body = {"url": receiver.url, "types": ["*"]}
        made = shop.call("POST", PATH, body, "demo-owner").json()
        path = f"{PATH}/{made['webhook_id']}"
        case = shop.open()
        receiver.until(lambda got: got.events)
        receiver.status = 503
        case.pay()
        receiver.until(lambda got: got.refused)
        shop.advance(days=3, hours=2)
        assert shop.get(path, "demo-owner")["status"] == "failing"
        receiver.status, came = 200, len(receiver.events)
        assert shop.call("POST", f"{path}/resume", token="demo-owner").status_code == 200
        receiver.until(lambda got: len(got.events) > came)
        receiver.until(lambda got: not shop.get(f"/v1/changes?after={shop.get(path, 'demo-owner')['cursor']}")["items"])
        assert shop.call("POST", f"{path}/test", token="demo-owner").json()["delivered"]
        receiver.status, refused = 503, receiver.refused
        shop.call("POST", f"{path}/redeliver", {"after": 0}, "demo-owner")
        receiver.until(lambda got: got.refused > refused)
        receiver.until(lambda got: shop.get(path, "demo-owner")["away_since"])
        assert shop.call("PUT", path, body | {"types": ["order.*"]}, "demo-owner").status_code == 200
        receiver.until(lambda got: got.refused > refused + 1)
        receiver.until(lambda got: shop.get(f"{path}/deliveries?status=failed", "demo-owner")["items"])
        assert shop.call("DELETE", path, token="demo-owner").status_code == 204
    webhook_id: str = made["webhook_id"]
    return webhook_id
