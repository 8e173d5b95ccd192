"""A webhook is told what it asked for, and nothing else."""

import pytest

from domain.webhooks.matching import is_wanted


@pytest.mark.parametrize(
    ("pattern", "line", "wanted"),
    [
        ("order.stage", "order.stage", True),
        ("order.stage", "order.stages", False),
        ("order.*", "order.closed", True),
        ("order.*", "orders.closed", False),
        ("*", "parcel.scanned", True),
        ("deadline.*", "ship_by.elapsed", True),
        ("deadline.elapsed", "seller_answer.elapsed", True),
        ("deadline.*", "ship_by.agreed", False),
        ("ship_by.*", "ship_by.elapsed", True),
    ],
)
def test_a_pattern_takes_its_types(pattern: str, line: str, wanted: bool) -> None:
    """A type, a family, everything; and every deadline that passed is of the family `deadline`."""
    assert is_wanted(["never.told", pattern], line) is wanted


def test_nothing_is_wanted_without_a_pattern() -> None:
    """No pattern takes nothing."""
    assert not is_wanted([], "order.stage")
