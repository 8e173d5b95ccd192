"""Amounts as they are written."""

import json
from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.money import Yuan

AMOUNT = TypeAdapter(Yuan)


@pytest.mark.parametrize("written", ["199.00", "199.0", "199", "0", "0.01", "9999999999.99"])
def test_an_amount_is_a_text(written: str) -> None:
    """With two places at most; it is answered with two."""
    amount = AMOUNT.validate_json(json.dumps(written))
    assert amount == Decimal(written)
    assert AMOUNT.dump_json(amount) == f'"{Decimal(written):.2f}"'.encode()


@pytest.mark.parametrize(
    "written",
    ["1E2", "1_000", "+5.00", "-5.00", "-0", " 5.00", "5.00 ", "５.00", "٣", "1.999", ".5", "5.", "", "NaN", "1,000.00",
     "10000000000", 5, 5.0, 1e2, True, None, ["5.00"]],
)  # fmt: skip
def test_nothing_else_is(written: object) -> None:
    """A number would have lost what was written; other spellings are somebody's mistake."""
    with pytest.raises(ValidationError):
        AMOUNT.validate_json(json.dumps(written))
