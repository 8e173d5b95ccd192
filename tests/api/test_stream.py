"""What changes, as it comes: whoever lost the connection goes on where it was."""

import json
from collections.abc import Iterator
from typing import Any

import httpx

from tests.sandbox_server import Shop

PATH = "/v1/changes/stream"


def events(answer: httpx.Response) -> Iterator[tuple[str, dict[str, Any]]]:
    """The id and the data of each event."""
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
    last = ""
    for line in answer.iter_lines():
        if line.startswith("id: "):
            last = line.removeprefix("id: ")
        elif line.startswith("data: "):
            yield last, json.loads(line.removeprefix("data: "))


def streamed(shop: Shop, path: str = PATH, **headers: str) -> Any:
    return shop.http.stream("GET", path, headers={"Authorization": "Bearer demo-erp", **headers})


def test_changes_come_as_they_are_made(shop: Shop) -> None:
    """As the feed shows them; a client that names nothing is told from now on."""
    shop.open()
    with streamed(shop) as answer:
        coming = events(answer)
        case = shop.open()
        id_, first = next(coming)
        assert (first["case_id"], first["version"], id_) == (case.case_id, 1, str(first["seq"]))
        case.pay()
        assert next(data for _, data in coming if "payment.received" in data["what"])["stage"] == "awaiting_shipment"
    fed = shop.get(f"/v1/changes?after={first['seq'] - 1}&limit=1", "demo-erp")["items"]
    assert fed == [first]


def test_it_goes_on_where_it_was(shop: Shop) -> None:
    """By the header that browsers send, or by the query; both are the last known."""
    with streamed(shop) as answer:
        case = shop.open()
        id_, first = next(events(answer))
    case.pay()
    for path, headers in ((PATH, {"Last-Event-ID": id_}), (f"{PATH}?after={id_}", {})):
        with streamed(shop, path, **headers) as answer:
            _, second = next(events(answer))
            assert (second["case_id"], second["seq"]) == (case.case_id, first["seq"] + 1)
    with streamed(shop, f"{PATH}?after={first['seq'] - 1}") as answer:
        assert next(events(answer)) == (id_, first)


def test_who_may_not_read_the_feed_gets_no_stream(shop: Shop) -> None:
    """The same roles; a place that is none is refused."""
    assert shop.call("GET", PATH, token="demo-buyer").status_code == 403
    assert shop.call("GET", PATH, token="nobody").status_code == 401
    assert shop.call("GET", PATH, Last_Event_ID="abc").status_code == 422
