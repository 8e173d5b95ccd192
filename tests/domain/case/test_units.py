"""Units of lines: named one way or the other, never more than there are, their amounts adding up."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.case.units import NamesLines, against_missing, in_words, meant, minus, plus, share

LEFT = {"1": 3, "2": 1}


@given(fen=st.integers(0, 10**7), ordered=st.integers(1, 500))
def test_the_parts_add_up_to_the_amount(fen: int, ordered: int) -> None:
    """Every unit comes to the same, the odd fen to the last ones, and no part of it to less than nothing."""
    amount = Decimal(fen).scaleb(-2)
    shares = [share(amount, ordered, units) for units in range(ordered + 1)]
    parts = [after - before for before, after in pairwise(shares)]
    assert sum(parts) == amount
    assert len(set(parts[:-1])) <= 1
    assert all(part >= parts[0] for part in parts)


def test_three_units_for_a_hundred() -> None:
    """33.33 each; the last one carries the odd fen."""
    assert [share(Decimal("100.00"), 3, units) for units in (1, 2, 3)] == [
        Decimal("33.33"),
        Decimal("66.66"),
        Decimal("100.00"),
    ]


def test_what_is_meant() -> None:
    """A number of units, never more than are left; an id alone all of them; nothing named, everything."""
    assert meant({"1": 2, "2": 5, "9": 1}, LEFT) == {"1": 2, "2": 1}
    assert meant({"1": None, "9": None}, LEFT) == {"1": 3}
    assert meant(None, LEFT) == LEFT
    assert NamesLines(line_ids=["1"]).named == {"1": None}
    assert NamesLines.model_validate({"lines": [{"line_id": "1", "quantity": 2}]}).named == {"1": 2}
    assert NamesLines().named is None


@pytest.mark.parametrize(
    "raw",
    [
        {"lines": [{"line_id": "1", "quantity": 1}], "line_ids": ["1"]},
        {"lines": []},
        {"line_ids": []},
        {"lines": [{"line_id": "1", "quantity": 0}]},
        {"lines": [{"line_id": "1", "quantity": 1}, {"line_id": "1", "quantity": 2}]},
    ],
)
def test_goods_are_named_one_way(raw: dict[str, object]) -> None:
    """By units or by ids, each line once, and some of it."""
    with pytest.raises(ValidationError):
        NamesLines.model_validate(raw)


def test_more_than_there_are() -> None:
    """The sentence says how many there are."""
    reasons = list(against_missing({"1": 4, "2": 2, "3": None}, LEFT, "to ship"))
    assert {reason.code for reason in reasons} == {"not_enough_units"}
    assert [reason.message for reason in reasons] == [
        "There are 3 units of line 1 to ship, not 4.",
        "There is 1 unit of line 2 to ship, not 2.",
    ]


def test_adding_and_taking_away() -> None:
    """Lines of which nothing is left are left out."""
    assert plus(LEFT, {"2": 1, "3": 2}) == {"1": 3, "2": 2, "3": 2}
    assert minus(LEFT, {"1": 1, "2": 5}) == {"1": 2}
    assert in_words({"1": 3, "2": 1}) == "1 ×3, 2"
