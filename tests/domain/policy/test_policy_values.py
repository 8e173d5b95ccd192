"""The values of an edition: in Python to calculate with, in JSON as they were written."""

from __future__ import annotations

import json
import pickle
import re
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.policy import Cited, Duration, Policy, leaves, policy


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("P3D", timedelta(days=3)),
        ("PT72H", timedelta(days=3)),
        ("P1W", timedelta(days=7)),
        ("P1DT12H30M5S", timedelta(days=1, hours=12, minutes=30, seconds=5)),
    ],
)
def test_a_duration_keeps_its_text(text: str, length: timedelta) -> None:
    """Three days and 72 hours are equally long, yet each reads as it was written, after pickling too."""
    duration = Duration(text)
    assert duration == length
    assert str(duration) == str(pickle.loads(pickle.dumps(duration))) == text


def test_a_duration_moves_a_date_like_any_timedelta() -> None:
    """A duration is used in date arithmetic as it is, and results are plain timedeltas."""
    paid = datetime(2026, 11, 11, tzinfo=UTC)
    assert paid + Duration("PT72H") == datetime(2026, 11, 14, tzinfo=UTC)
    assert type(Duration("P2D") + Duration("P1D")) is timedelta


@given(st.text(alphabet="PT0123456789WDHMS.-+ ", max_size=12))
def test_a_duration_accepts_only_iso_8601(text: str) -> None:
    """Any other text is a ValueError; an accepted one starts with P and ends with a unit."""
    try:
        duration = Duration(text)
    except ValueError:
        return
    assert re.fullmatch(r"P.*\d[WDHMS]", text)
    assert timedelta() <= duration <= timedelta(days=3650)


def test_the_text_of_a_value_is_what_the_api_shows() -> None:
    """Evidence of a deadline quotes a value as the edition shows it."""
    edition = policy("taobao-2012")
    assert edition.ship.within.text == "PT72H"
    assert edition.ship.late.rate.text == "0.05"
    assert edition.ship.late.cap.text == "30.00"
    assert edition.ship.cutoff.text == "16:00"
    assert edition.receipt.seller_extensions.text == "[3, 5, 7, 10]"


def test_values_have_types_to_calculate_with() -> None:
    """In Python, money is Decimal, terms are timedeltas and the cut-off is a time."""
    edition = policy("taobao-2012")
    assert isinstance(edition.ship.late.cap.value, Decimal)
    assert isinstance(edition.ship.within.value, timedelta)
    assert edition.ship.cutoff.value == time(16, 0)


@pytest.mark.parametrize("policy_id", ["taobao-2012", "tmall", "douyin", "jd"])
def test_an_edition_survives_json(policy_id: str) -> None:
    """An edition read back from its JSON is the same to the last letter."""
    edition = policy(policy_id)
    assert Policy.model_validate_json(edition.model_dump_json()) == edition


def test_an_edition_cannot_be_changed() -> None:
    """A running case's edition is not changed under it."""
    with pytest.raises(ValueError, match="frozen"):
        policy("jd").ship.late.points.value = 0  # type: ignore[misc]


def test_leaves_are_named_by_policy_path() -> None:
    """Each value is found under the path that deadlines name, the fees by carrier."""
    by_path: dict[str, Cited[object]] = dict(leaves(policy("douyin")))
    assert by_path["ship.within"] == policy("douyin").ship.within
    assert by_path["ship.late.rate"].rule == "2.3"
    assert by_path["intercept.fees.yto"].text == "4.00"


def test_the_published_schema_names_its_types_plainly() -> None:
    """API documents refer to short names, not to spelled-out generics."""
    schema = Policy.model_json_schema(mode="serialization")
    assert all(re.fullmatch(r"[A-Za-z]+", name) for name in schema["$defs"])
    assert json.dumps(schema["$defs"]["CitedTerm"]["properties"]["value"]).count("duration") == 1
