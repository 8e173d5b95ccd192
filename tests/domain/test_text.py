"""What can be kept and answered: the one rule for text and numbers from outside."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.text import LARGEST, find_unfit, is_fit

HOSTILE = st.sampled_from(["a\x00b", "\ud800", "x\udfffy", "\x00"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | HOSTILE
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text() | HOSTILE, inner), max_leaves=12
)


def _can_be_kept(value: Any) -> bool:
    """What PostgreSQL says of JSON and of a 64-bit column, without one."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (ValueError, UnicodeEncodeError):
        return False
    return "\\u0000" not in text.replace("\\\\", "") and all(abs(number) <= LARGEST for number in _numbers(value))


def _numbers(value: Any) -> list[int]:
    if isinstance(value, dict | list):
        return [number for part in (value.values() if isinstance(value, dict) else value) for number in _numbers(part)]
    return [value] if isinstance(value, int) else []


@given(VALUES)
def test_what_is_fit_can_be_kept_and_nothing_else(value: Any) -> None:
    """However deep it stands, in a name as in a value; and whoever is refused hears where."""
    assert is_fit(value) == _can_be_kept(value)
    unfit = list(find_unfit(value))
    assert bool(unfit) != is_fit(value)
    assert all(is_fit([*one.place, one.why]) for one in unfit)


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"lines": [{"title": "ok"}, {"title": "a\x00b"}]}, ("lines", 1, "title")),
        ({"data": {"\ud800": 1}}, ("data", "\\ud800")),
        ({"n": 2**63}, ("n",)),
        ({"n": float("inf")}, ("n",)),
    ],
)
def test_the_place_is_named(value: Any, place: tuple[str | int, ...]) -> None:
    """As pydantic names fields, and so that the answer itself can be written."""
    (unfit,) = find_unfit(value)
    assert unfit.place == place
