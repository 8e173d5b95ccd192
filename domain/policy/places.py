"""What stands at the places of words, and how it is said: codes by their names, times as people write them.

A case gives plain values: `zto`, `209.00`, `2026-11-26T14:45:00Z`. What is nothing is not said: no amount of 0.00, and
no time to come that has passed by the time it is read.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from domain.policy.labels import LABELS, in_chinese, in_english
from domain.times import CHINA, china_clock, china_day, chinese_clock, chinese_day


class Said(NamedTuple):
    """A value as it is said in each language."""

    zh: str
    en: str


class Tense(StrEnum):
    """When a time may be named: only before it, only once it has passed, or at any time."""

    AHEAD = "ahead"
    PASSED = "passed"
    ANY = "any"


TIMES: Mapping[str, Tense] = MappingProxyType(
    {
        "placed_at": Tense.ANY,
        "pay_by": Tense.AHEAD,
        "unpaid_since": Tense.PASSED,
        "ship_by": Tense.AHEAD,
        "late_since": Tense.PASSED,
        "promised_at": Tense.ANY,
        "promised_ship": Tense.AHEAD,
        "last_scan_at": Tense.ANY,
        "answer_by": Tense.AHEAD,
        "reacts_by": Tense.AHEAD,
        "sent_by": Tense.AHEAD,
        "refunds_open": Tense.ANY,
        "due_at": Tense.ANY,
    }
)
DAYS_AHEAD = frozenset({"ships_on"})
MONEY = frozenset({"amount", "paid", "freight", "cod_fees", "fee", "owed", "taken_back", "given_back"})
LISTS = frozenset({"items", "lines", "lacking"})
SHOPS = frozenset({"return_to", "repair_to"})
"""What is the shop's rather than the case's, filled in when the words are read."""


def known(values: Mapping[str, str], now: datetime) -> dict[str, str]:
    """The values that can be said now."""
    return {place: value for place, value in values.items() if value and _is_news(place, value, now)}


def _is_news(place: str, value: str, now: datetime) -> bool:
    if place in MONEY:
        return Decimal(value) != 0
    if place in DAYS_AHEAD:
        return date.fromisoformat(value) >= now.astimezone(CHINA).date()
    tense = TIMES.get(place, Tense.ANY)
    if tense is Tense.ANY:
        return True
    return (datetime.fromisoformat(value) > now) is (tense is Tense.AHEAD)


def said(place: str, value: str) -> Said:
    """What is read out at that place."""
    if place in TIMES:
        moment = datetime.fromisoformat(value)
        return Said(chinese_clock(moment), china_clock(moment))
    if place in DAYS_AHEAD:
        day = date.fromisoformat(value)
        return Said(chinese_day(day), china_day(day))
    if place in LISTS:
        return Said(value, value.replace("、", ", ").replace("（", " (").replace("）", ")"))
    if place in LABELS:
        return Said(in_chinese(place, value), in_english(place, value))
    return Said(value, value)
