"""The driver: a short run holds every law, and each law can be broken."""

from random import Random

import httpx
import pytest

from tests.drive.__main__ import drive
from tests.drive.laws import check_head, check_life, more_than_paid
from tests.drive.world import World


def test_random_orders_keep_every_law(sandbox_address: str) -> None:
    with httpx.Client(base_url=sandbox_address, timeout=120) as http:
        world = World(http, Random(1), "drive")
        drive(world, orders=50, rounds=4)
    assert not world.found, "\n".join(world.found)
    assert world.calls > 1200


MONEY = {"paid": "100.00", "refunded": "0.00", "compensated": "0.00", "points": 0, "overpaid": "0.00"}
UNITS = {"ordered": 2, "shipped": 0, "delivered": 2, "lost": 0}


@pytest.mark.parametrize(
    ("money", "units", "broken"),
    [
        ({}, {}, ""),
        ({"refunded": "1.00"}, {}, "money.refunded is 1.00, booked 0"),
        ({"overpaid": "5.00"}, {}, "ended with 5.00 overpaid"),
        ({}, {"lost": 1}, "line 1: 2 ordered, but"),
        ({}, {"delivered": 3, "lost": -1}, "line 1: 2 ordered, but"),
    ],
)
def test_a_broken_law_of_money_or_units_is_told(money: dict[str, str], units: dict[str, int], broken: str) -> None:
    head = {"open": False, "money": MONEY | money, "lines": [{"line_id": "1", "units": UNITS | units}]}
    found = list(check_head(head, entries=[]))
    assert [one.startswith(broken) for one in found] == [True] * bool(broken), found


@pytest.mark.parametrize(
    ("case", "tasks", "broken"),
    [
        ({"waits_for": [{"party": "buyer"}]}, [], ""),
        ({}, [], "waits for nothing and nobody"),
        ({}, [{"type": "pay_refund"}], ""),
        ({"open": False}, [{"type": "pay_refund"}], "its task pay_refund is open"),
        ({"open": False, "deadlines": [{"kind": "payment", "state": "running"}]}, [], "its payment runs"),
    ],
)
def test_a_case_that_is_forgotten_is_told(case: dict[str, object], tasks: list[dict[str, str]], broken: str) -> None:
    shown = {"case_id": "order:1", "stage": "delivered", "open": True, "deadlines": [], "waits_for": []} | case
    found = list(check_life(shown, tasks))
    assert [broken in one for one in found] == [True] * bool(broken), found


@pytest.mark.parametrize(
    ("waits_for", "line", "broken"),
    [
        ([], "order.closed", True),
        ([{"party": "carrier", "for": "money"}], "order.closed", False),
        ([], "payment.written_off", False),
    ],
)
def test_money_that_nobody_paid_is_told(waits_for: list[dict[str, str]], line: str, broken: bool) -> None:
    """But for what the carrier took at the door, and owes or keeps."""
    timeline = httpx.MockTransport(lambda request: httpx.Response(200, json={"items": [{"type": line}], "next": None}))
    head = {"case_id": "order:1", "money": MONEY | {"refunded": "100.01"}, "waits_for": waits_for}
    with httpx.Client(transport=timeline, base_url="http://caseline") as http:
        found = list(more_than_paid(World(http, Random(1), "drive"), head))
    assert found == ["100.01 refunded of 100.00 paid, and nobody has a task"] * broken
