"""What somebody reads out in a case now, checked: nothing missing, nothing of a machine's, nothing that has passed."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from domain.case.live import LiveCase
from domain.case.script_values import script_values
from domain.policy.catalogue import Text
from domain.policy.places import DAYS_AHEAD, MONEY, SHOPS, TIMES, Tense, known
from domain.times import CHINA

HOLES = re.compile(r"[\[\]{}|…]|None|\b0\.00\b|\d{4}-\d\d-\d\d|\d\dT\d\d|\b\d\d-\d\d \d\d:\d\d")
"""What no reader should meet: a place left open, no money at all, a time as machines write it."""


def check_words(case: LiveCase[Any], now: datetime) -> int:
    """Every open task and all there is to know at the stage; answers how many words were looked at."""
    state, work = case.state, case.policy.work
    spoken = 0
    for item in state.open_work():
        check(case, work.tasks[item.type].script_for(item.variant), item.values, now, f"{item.type}/{item.variant}")
        spoken += 1
    values = script_values(case.life, state, case.policy)
    for name, piece in work.knowledge.items():
        if piece.kind == case.life.kind and state.stage in piece.stages:
            check(case, piece.script, values, now, name)
            spoken += 1
    return spoken


def check(case: LiveCase[Any], words: Text, values: dict[str, str], now: datetime, where: str) -> None:
    """The words say all that they cannot do without, and nothing that nobody should read out."""
    can_be_said = known(values, now)
    lacking = words.bare_places() - can_be_said.keys() - SHOPS
    assert not lacking, (where, lacking)
    filled = case.policy.work.fill(words, values, now)
    for said in (filled.zh, filled.en):
        assert not HOLES.search(said), (where, said)
    for place in can_be_said:
        _check_value(place, can_be_said[place], now)


def _check_value(place: str, value: str, now: datetime) -> None:
    if place in MONEY:
        assert float(value) > 0, place
    if place in DAYS_AHEAD:
        assert date.fromisoformat(value) >= now.astimezone(CHINA).date(), place
    if TIMES.get(place) is Tense.AHEAD:
        assert datetime.fromisoformat(value) > now, place
