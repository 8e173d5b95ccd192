"""Words with places and parts, and the values that are said in them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.policy.places import known, said
from domain.policy.wording import bare_places, check, fill, places

NOW = datetime(2026, 11, 27, tzinfo=UTC)
SHIPS = "{items}[ ships by {ship_by}| is late since {late_since}].[ By {carrier}.]"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"items": "dress", "ship_by": "noon"}, "dress ships by noon."),
        ({"items": "dress", "late_since": "noon"}, "dress is late since noon."),
        ({"items": "dress"}, "dress."),
        ({"items": "dress", "carrier": "ZTO"}, "dress. By ZTO."),
    ],
)
def test_a_part_is_said_in_the_first_form_that_can_be_said(values: dict[str, str], words: str) -> None:
    """And left out where there is none."""
    assert fill(SHIPS, values) == words
    assert places(SHIPS) == {"items", "ship_by", "late_since", "carrier"}
    assert bare_places(SHIPS) == {"items"}


def test_a_form_without_places_is_said_where_nothing_else_can_be() -> None:
    """So a script can ask for what is missing rather than leave a hole."""
    asks = "[Goes to {return_to}.|Ask the owner where.]"
    assert (fill(asks, {}), fill(asks, {"return_to": "No. 1"})) == ("Ask the owner where.", "Goes to No. 1.")


def test_a_line_that_lacks_a_value_is_not_said() -> None:
    """What a shop's words of before still name cannot put a hole before an agent; the rest is said."""
    assert fill("one\n{gone}\nthree", {}) == "one\nthree"


def test_values_are_no_words() -> None:
    """Brackets and braces in a title are the title's."""
    assert fill("{items}[ for {buyer}]", {"items": "[a|b] {c}"}) == "[a|b] {c}"


@pytest.mark.parametrize("words", ["[open", "closed]", "[a[b]]", "{}", "{a.b}", "{a!r}", "{a:d}"])
def test_words_that_cannot_be_filled_are_refused(words: str) -> None:
    """Where they are written, not where they are read."""
    with pytest.raises(ValueError, match=r"part|place|expected|Single"):
        check(words)


@pytest.mark.parametrize(
    ("values", "can_be_said"),
    [
        ({"amount": "0.00", "freight": "0.01"}, {"freight"}),
        ({"ship_by": "2026-11-27T00:00:00Z", "late_since": "2026-11-27T00:00:00Z"}, {"late_since"}),
        ({"ship_by": "2026-11-27T00:00:01Z", "late_since": "2026-11-27T00:00:01Z"}, {"ship_by"}),
        ({"ships_on": "2026-11-27", "placed_at": "2026-11-20T00:00:00Z"}, {"ships_on", "placed_at"}),
        ({"ships_on": "2026-11-26", "items": ""}, set()),
    ],
)
def test_what_is_nothing_or_has_passed_is_not_said(values: dict[str, str], can_be_said: set[str]) -> None:
    """No 0.00, and no time to come that has passed when the words are read (China time)."""
    assert known(values, NOW).keys() == can_be_said


@pytest.mark.parametrize(
    ("place", "value", "zh", "en"),
    [
        ("ship_by", "2026-11-26T14:45:00Z", "11月26日 22:45", "26 Nov 22:45"),
        ("ships_on", "2026-12-01", "12月1日", "1 Dec"),
        ("carrier", "zto", "中通", "ZTO"),
        ("reason", "no_reason", "七天无理由", "no reason"),
        ("items", "裙×1（A）、裤×2（B）", "裙×1（A）、裤×2（B）", "裙×1 (A), 裤×2 (B)"),
        ("tracking_no", "ZT1", "ZT1", "ZT1"),
    ],
)
def test_values_are_said_as_people_say_them(place: str, value: str, zh: str, en: str) -> None:
    """Each language in its own way."""
    assert said(place, value) == (zh, en)
