"""Whoever sets up a webhook is told what changes: in order, signed, without a loss, however long they are away."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from tests.receiver import Receiver, running_receiver
from tests.sandbox_server import OrderUnderTest, Shop

PATH = "/v1/webhooks"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running_receiver() as receiver:
        yield receiver


@pytest.fixture
def webhook(shop: Shop, receiver: Receiver) -> Iterator[dict[str, Any]]:
    """A webhook for everything, gone afterwards."""
    made = added(shop, receiver, "*")
    yield made
    shop.call("DELETE", f"{PATH}/{made['webhook_id']}", token="demo-owner")


def added(shop: Shop, receiver: Receiver, *types: str) -> dict[str, Any]:
    answer = shop.call("POST", PATH, {"url": receiver.url, "types": list(types)}, "demo-owner")
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    receiver.secret = made["secret"]
    return made


def has_all(shop: Shop, path: str) -> bool:
    """Whether a webhook has got everything."""
    return not shop.get(f"/v1/changes?after={shop.get(path, 'demo-owner')['cursor']}")["items"]


def own(case: OrderUnderTest, receiver: Receiver) -> list[dict[str, Any]]:
    return [event for event in receiver.events if event["subject"] == case.case_id]


def of_timeline(case: OrderUnderTest, receiver: Receiver, lines: list[str]) -> list[str]:
    """The types of what was told of a case, but for scans that are on no timeline."""
    told = [event["type"].removeprefix("caseline.") for event in own(case, receiver)]
    return [type_ for type_ in told if type_ in lines]


def test_what_changes_is_told(shop: Shop, receiver: Receiver, webhook: dict[str, Any]) -> None:
    """Every line of the timeline and every scan, in the order of the feed, each once."""
    case = shop.open()
    case.pay()
    case.ship()
    case.scan("signed")
    case.until(lambda seen: seen["stage"] == "delivered")
    lines = [line["type"] for line in case.items("timeline")]
    receiver.until(lambda got: of_timeline(case, got, lines) == lines)
    seqs = [event["data"]["seq"] for event in receiver.events]
    assert seqs == sorted(seqs)
    assert len(set(receiver.ids())) == len(receiver.ids())
    first = own(case, receiver)[0]
    assert (first["source"], first["specversion"], first["type"]) == ("/merchants/demo", "1.0", "caseline.case.opened")
    assert "13800000000" not in str(receiver.events)
    told = {event["id"] for event in own(case, receiver)}
    log = f"{PATH}/{webhook['webhook_id']}/deliveries?status=delivered&limit=200"
    receiver.until(lambda got: told <= {one["event_id"] for one in shop.get(log, "demo-owner")["items"]})


def test_what_is_told_is_as_it_is_described(shop: Shop, receiver: Receiver, webhook: dict[str, Any]) -> None:
    """Each event is a value of the schema that the OpenAPI document has for it."""
    case = shop.open()
    case.pay()
    path = f"{PATH}/{webhook['webhook_id']}"
    receiver.until(lambda got: has_all(shop, path) and got.events)
    shop.call("POST", f"{path}/test", token="demo-owner")
    described = shop.get("/openapi.json")
    for event in receiver.events:
        schema = {"$ref": "#/components/schemas/" + ("TrialEvent" if event["id"].startswith("test") else "ChangeEvent")}
        jsonschema.validate(event, schema | {"components": described["components"]})
    assert receiver.events[-1]["type"] == "caseline.webhook.test"


def test_the_log_is_read_page_by_page(shop: Shop, receiver: Receiver, webhook: dict[str, Any]) -> None:
    """The newest change first, each event once; what did not arrive apart from what did."""
    path = f"{PATH}/{webhook['webhook_id']}"
    case = shop.open()
    case.pay()
    receiver.until(lambda got: has_all(shop, path) and got.events)
    pages: list[list[dict[str, Any]]] = []
    cursor = ""
    while True:
        page = shop.get(f"{path}/deliveries?limit=2{cursor}", "demo-owner")
        pages.append(page["items"])
        if not page["next"]:
            break
        cursor = f"&cursor={page['next']}"
    log = [one for page in pages for one in page]
    assert max(map(len, pages)) == 2
    assert len(pages) > 1
    assert sorted(one["event_id"] for one in log) == sorted(receiver.ids())
    assert [one["seq"] for one in log] == sorted((one["seq"] for one in log), reverse=True)
    assert {one["status"] for one in log} == {"delivered"}
    assert shop.get(f"{path}/deliveries?status=failed", "demo-owner")["items"] == []


def test_a_receiver_that_is_away_for_two_days_gets_everything(
    shop: Shop, receiver: Receiver, webhook: dict[str, Any]
) -> None:
    """In order and once, though its first event was tried again and again."""
    receiver.status = 503
    case = shop.open()
    receiver.until(lambda got: got.refused)
    case.pay()
    shop.advance(days=2)
    assert receiver.refused > 20
    failed = shop.get(f"{PATH}/{webhook['webhook_id']}/deliveries?status=failed", "demo-owner")["items"]
    assert [(one["http_status"], one["error"]) for one in failed] == [(503, "http_503")]
    assert shop.get(f"{PATH}/{webhook['webhook_id']}", "demo-owner")["status"] == "active"
    receiver.status = 200
    shop.advance(hours=2)
    case.act("add_memo", {"text": "@11.13 阿华 又来了"})
    lines = [line["type"] for line in case.items("timeline")]
    receiver.until(lambda got: of_timeline(case, got, lines) == lines)
    assert "又来了" not in str(receiver.events)
    seqs = [event["data"]["seq"] for event in receiver.events]
    assert seqs == sorted(seqs)


def test_after_three_days_somebody_resumes_it(shop: Shop, receiver: Receiver, webhook: dict[str, Any]) -> None:
    """Until then it waits, and nothing is lost; one that fails holds up no other."""
    path = f"{PATH}/{webhook['webhook_id']}"
    assert shop.call("POST", f"{path}/resume", token="demo-owner").json()["reasons"][0]["code"] == "not_failing"
    with running_receiver() as well:
        other = added(shop, well, "case.opened")
        receiver.status = 500
        case = shop.open()
        receiver.until(lambda got: got.refused)
        well.until(lambda got: own(case, got))
        shop.advance(days=3, hours=2)
        assert shop.get(path, "demo-owner")["status"] == "failing"
        later = shop.open()
        well.until(lambda got: own(later, got))
        shop.call("DELETE", f"{PATH}/{other['webhook_id']}", token="demo-owner")
    assert own(case, receiver) == []
    receiver.status = 200
    resumed = shop.call("POST", f"{path}/resume", token="demo-owner")
    assert (resumed.status_code, resumed.json()["status"]) == (200, "active")
    receiver.until(lambda got: own(later, got))
    assert own(case, receiver)[0]["type"] == "caseline.case.opened"


def test_another_address_is_tried_at_once(shop: Shop, receiver: Receiver, webhook: dict[str, Any]) -> None:
    """Whoever mends the address does not wait for the next attempt."""
    receiver.status = 503
    case = shop.open()
    receiver.until(lambda got: got.refused)
    shop.advance(hours=12)
    with running_receiver() as mended:
        body = {"url": mended.url, "types": ["*"], "description": "mended"}
        assert shop.call("PUT", f"{PATH}/{webhook['webhook_id']}", body, "demo-owner").status_code == 200
        mended.until(lambda got: own(case, got))


def test_what_was_delivered_comes_again(shop: Shop, receiver: Receiver, webhook: dict[str, Any]) -> None:
    """Under the same ids, in the same order, from the change that was named."""
    case = shop.open()
    case.pay()
    path = f"{PATH}/{webhook['webhook_id']}"
    receiver.until(lambda got: has_all(shop, path))
    first, before = own(case, receiver)[0]["data"]["seq"], list(receiver.ids())
    again = shop.call("POST", f"{path}/redeliver", {"after": first - 1}, "demo-owner")
    assert again.status_code == 200, again.text
    receiver.until(lambda got: len(got.ids()) == 2 * len(before))
    assert receiver.ids() == before * 2
    far = shop.call("POST", f"{path}/redeliver", {"after": first + 10_000}, "demo-owner")
    assert (far.status_code, far.json()["reasons"][0]["code"]) == (409, "not_delivered_yet")


def test_a_receiver_that_wants_no_more(shop: Shop, receiver: Receiver, webhook: dict[str, Any]) -> None:
    """410 ends it for good."""
    receiver.status, path = 410, f"{PATH}/{webhook['webhook_id']}"
    shop.open()
    receiver.until(lambda got: shop.get(path, "demo-owner")["status"] == "ended")
    assert shop.call("POST", f"{path}/resume", token="demo-owner").status_code == 409
    assert shop.call("POST", f"{path}/test", token="demo-owner").json()["reasons"][0]["code"] == "webhook_ended"


def test_a_secret_is_shown_once_and_gone_over_from_within_a_day(
    shop: Shop, receiver: Receiver, webhook: dict[str, Any]
) -> None:
    """Both sign until then; the test delivery says what came of it."""
    path = f"{PATH}/{webhook['webhook_id']}"
    assert webhook["secret"].startswith("whsec_")
    assert "secret" not in shop.get(path, "demo-owner")
    rotated = shop.call("POST", f"{path}/rotate", token="demo-owner").json()
    for secret in (webhook["secret"], rotated["secret"]):
        receiver.secret = secret
        tried = shop.call("POST", f"{path}/test", token="demo-owner").json()
        assert (tried["delivered"], tried["http_status"]) == (True, 200), tried
        assert receiver.events[-1] | {"time": ""} == {
            "specversion": "1.0", "id": tried["event_id"], "source": "/merchants/demo", "time": "",
            "type": "caseline.webhook.test", "datacontenttype": "application/json", "data": {},
        }  # fmt: skip
    shop.advance(days=1, seconds=1)
    shop.call("POST", f"{path}/test", token="demo-owner")
    assert len(receiver.signatures) == 1


def test_only_the_owner_sets_it_up(shop: Shop, receiver: Receiver, webhook: dict[str, Any]) -> None:
    """Ops look; nobody else, and no other shop."""
    path = f"{PATH}/{webhook['webhook_id']}"
    body = {"url": receiver.url, "types": ["*"]}
    assert shop.call("POST", PATH, body, "demo-agent").status_code == 403
    assert shop.call("GET", path, token="demo-agent").status_code == 403
    assert shop.call("GET", path, token="demo-ops").status_code == 200
    assert shop.call("GET", path, token="other-owner").status_code == 404
    assert webhook["webhook_id"] in str(shop.get(PATH, "demo-owner"))
    faults: list[dict[str, Any]] = [
        {"types": []},
        {"types": ["Order.Stage"]},
        {"url": "ftp://x"},
        {"url": "https://a:b@x"},
    ]
    for fault in faults:
        assert shop.call("POST", PATH, body | fault, "demo-owner").status_code == 422, fault
    assert shop.call("DELETE", path, token="demo-owner").status_code == 204
    assert shop.call("GET", path, token="demo-owner").status_code == 404


def test_a_receiver_says_how_long_it_wants_to_be_left_alone(
    shop: Shop, receiver: Receiver, webhook: dict[str, Any]
) -> None:
    """It is not called before; who looks sees since when it takes nothing, until it takes what it got."""
    path = f"{PATH}/{webhook['webhook_id']}"
    receiver.status, receiver.retry_after = 503, str(6 * 3600)
    case = shop.open()
    receiver.until(lambda got: got.refused)
    receiver.until(lambda got: shop.get(path, "demo-owner")["away_since"])
    shop.advance(hours=5)
    assert receiver.refused == 1
    shop.advance(hours=2)
    assert receiver.refused == 2
    shop.advance(hours=4)
    assert receiver.refused == 2
    receiver.status, receiver.retry_after = 200, ""
    shop.advance(hours=2)
    receiver.until(lambda got: own(case, got))
    receiver.until(lambda got: shop.get(path, "demo-owner")["away_since"] is None)
