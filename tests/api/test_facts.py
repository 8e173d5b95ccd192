"""What becomes of reported facts."""

from datetime import timedelta

import pytest

from tests.sandbox_server import Shop, line


def test_a_bad_event_does_not_harm_its_batch(shop: Shop) -> None:
    """Each event of a batch has a result of its own, in order, with a reason where it was rejected."""
    case = shop.open()
    good = {"specversion": "1.0", "source": "t", "type": "payment.received", "subject": case.subject}
    batch = [
        good | {"id": f"{shop.prefix}-a", "data": {"amount": "209.00"}},
        "no event",
        good | {"id": f"{shop.prefix}-b", "data": {"amount": "-1.00"}},
        good | {"id": f"{shop.prefix}-c", "type": "payment.lost"},
        good | {"id": f"{shop.prefix}-a", "data": {"amount": "209.00"}},
    ]
    answer = shop.call("POST", "/v1/events", batch, "demo-payment")
    assert answer.status_code == 202
    results = answer.json()["results"]
    assert [result["status"] for result in results] == ["accepted", "rejected", "rejected", "rejected", "duplicate"]
    assert results[1]["id"] is None
    assert "amount" in results[2]["reason"]
    case.until(lambda seen: seen["money"]["paid"] == "209.00")


@pytest.mark.parametrize("token", ["demo-agent", "demo-carrier", "demo-erp", "demo-owner"])
def test_only_the_payment_system_reports_payments(shop: Shop, token: str) -> None:
    """A type that the token's role may not send is rejected, and nothing is booked."""
    case = shop.open()
    result = shop.event("payment.received", case.subject, token, amount="209.00")
    assert result["status"] == "rejected"
    assert "payment" in result["reason"]
    assert case.snapshot()["money"]["paid"] == "0.00"


def test_the_future_is_not_believed(shop: Shop) -> None:
    """A fact more than five minutes ahead of us is rejected; a little ahead is a reporter's clock."""
    case, now = shop.open(), shop.now()
    far = shop.event("payment.received", case.subject, "demo-payment", now + timedelta(minutes=6), amount="209.00")
    near = shop.event("payment.received", case.subject, "demo-payment", now + timedelta(minutes=4), amount="209.00")
    assert (far["status"], near["status"]) == ("rejected", "accepted")


def test_scans_wait_for_their_parcel(shop: Shop) -> None:
    """A scan of a parcel that nobody has announced is parked, and delivered when it is."""
    case = shop.open()
    case.pay()
    assert case.scan("picked_up")["status"] == "parked"
    case.consign()
    seen = case.until(lambda seen: seen["stage"] == "in_transit")
    assert seen["parcels"][0]["status"] == "picked_up"


@pytest.mark.rule("S2-56")
def test_a_plain_scan_costs_the_case_nothing(shop: Shop) -> None:
    """Scans that change nothing are recorded and shown without waking the case; the stall clock finds them.

    What is shown has a version of its own, so that a client who polls sees them.
    """
    case = shop.open()
    case.pay()
    case.ship()
    before, told = case.snapshot(), case.items("timeline")
    shop.advance(hours=40)
    case.scan("scanned", location="武汉")
    seen = case.until(lambda seen: seen["parcels"][0]["status"] == "scanned")
    assert (seen["version"], case.items("timeline")) == (before["version"] + 1, told)
    assert seen["updated_at"] > before["updated_at"]
    shop.advance(hours=9)
    assert not _stalled(shop, case.case_id), "the scan 9 hours ago counts, though nobody told the case"
    assert case.deadline("tracking_stall")["state"] == "running"
    shop.advance(hours=40)
    assert len(_stalled(shop, case.case_id)) == 1


@pytest.mark.rule("S2-84", "S2-85")
def test_what_was_picked_up_late_stays_late(shop: Shop) -> None:
    """The carrier's time decides: reported before or after, a pick-up after the 72nd hour is a late shipment."""
    case = shop.open(lines=[line("1", "400.00"), line("2", "60.00")])
    case.pay()
    shop.advance(hours=72, minutes=30)
    case.ship()
    shown = case.snapshot()
    assert shown["money"]["points"] == 3
    assert shown["money"]["compensated"] == "23.00"
    assert case.deadline("ship_by")["state"] == "elapsed"


def test_a_payment_for_an_ended_case_is_booked(shop: Shop) -> None:
    """Nothing that was accepted is lost, even when it comes after the end: somebody decides what comes of it."""
    case = shop.open()
    shop.advance(days=3, minutes=5)
    assert case.snapshot()["open"] is False
    assert shop.event("payment.received", case.subject, "demo-payment", amount="209.00")["status"] == "accepted"
    case.shop.advance(seconds=1)
    assert "payment.received" in [told["type"] for told in case.items("timeline")]
    asked = shop.get(f"/v1/work-items?state=open&case_id={case.case_id}", "demo-supervisor")["items"]
    assert (case.snapshot()["open"], [item["type"] for item in asked]) == (True, ["late_payment"])


def _stalled(shop: Shop, case_id: str) -> list[dict[str, object]]:
    items = shop.get(f"/v1/work-items?state=open&case_id={case_id}", "demo-supervisor")["items"]
    return [item for item in items if item["type"] == "tracking_stalled"]
