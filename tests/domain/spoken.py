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


def check_tasks(case: LiveCase[Any], now: datetime) -> None:
    """What every open task says."""
    tasks = case.policy.work.tasks
    for item in case.state.open_work():
        check(case, tasks[item.type].script_for(item.variant), item.values, now, f"{item.type}/{item.variant}")


def check_knowledge(case: LiveCase[Any], now: datetime) -> None:
    """All there is to know at the stage."""
    values = script_values(case.life, case.state, case.policy)
    for name, piece in case.policy.work.knowledge.items():
        if piece.kind == case.life.kind and case.state.stage in piece.stages:
            check(case, piece.script, values, now, name)


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
