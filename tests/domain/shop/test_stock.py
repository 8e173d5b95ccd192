"""Stock and reservations as values."""

from datetime import UTC, datetime

import pytest

from domain.shop.stock import Reservation, Stock


def test_free_is_what_nobody_reserved() -> None:
    """Reserved units are on hand and not free."""
    assert Stock("DRESS", available=5, reserved=2).free == 3
    assert Stock("DRESS").free == 0


@pytest.mark.parametrize("quantity", [0, -1])
def test_a_reservation_is_of_something(quantity: int) -> None:
    """Nothing, or less, cannot be reserved: it would free what others hold."""
    with pytest.raises(ValueError, match="at least one unit"):
        Reservation(
            "r1", "demo", "DRESS", quantity, "after-sale:demo:taobao:T1001:1", datetime(2026, 11, 11, tzinfo=UTC)
        )
