"""Whoever follows the feed knows what became of every case, and asks for nothing twice."""

from tests.sandbox_server import Shop


def test_the_feed_tells_every_version(shop: Shop) -> None:
    """From the opening on, as the snapshots count; the last change of a case is how it stands."""
    start = shop.get("/v1/changes?limit=200", "demo-erp")
    while start["items"]:
        start = shop.get(f"/v1/changes?limit=200&after={start['next']}", "demo-erp")
    case = shop.open()
    case.pay()
    case.consign()
    case.scan("picked_up")
    now = case.until(lambda seen: seen["stage"] == "in_transit")
    after, mine = start["next"], []
    while True:
        page = shop.get(f"/v1/changes?limit=3&kind=order&platform=taobao&after={after}", "demo-erp")
        assert page["next"] == (page["items"][-1]["seq"] if page["items"] else after)
        if not page["items"]:
            break
        after = page["next"]
        mine += [one for one in page["items"] if one["case_id"] == case.case_id]
    assert [one["version"] for one in mine] == list(range(1, now["version"] + 1))
    assert (mine[0]["what"][0], mine[-1]["stage"]) == ("case.opened", "in_transit")
    assert any("payment.received" in one["what"] for one in mine)
    assert shop.get("/v1/changes?limit=1", "other-agent")["items"] == [] or case.case_id not in str(
        shop.get("/v1/changes?limit=200", "other-agent")
    )
    assert shop.call("GET", "/v1/changes", token="demo-buyer").status_code == 403
    assert shop.call("GET", "/v1/changes?after=-1").status_code == 422


def test_what_is_known_already_is_not_sent_again(shop: Shop) -> None:
    """304 for the very version; another answers with its tag."""
    case = shop.open()
    first = shop.call("GET", case.path)
    tag = first.headers["etag"]
    assert tag == f'"{first.json()["version"]}"'
    for known in (tag, f'"99", W/{tag}'):
        same = shop.call("GET", case.path, If_None_Match=known)
        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    case.pay()
    changed = shop.call("GET", case.path, If_None_Match=tag)
    assert (changed.status_code, changed.headers["etag"] != tag) == (200, True)


def test_cases_that_moved_since(shop: Shop) -> None:
    """`updated_after` leaves out what has not changed."""
    still, moved = shop.open(), shop.open()
    shop.advance(seconds=2)
    since = shop.now().isoformat().replace("+", "%2B")
    shop.advance(seconds=2)
    moved.pay()
    found = {case["case_id"] for case in shop.get(f"/v1/cases?updated_after={since}&limit=200")["items"]}
    assert moved.case_id in found
    assert still.case_id not in found
