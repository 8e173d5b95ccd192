"""A fact for a case between its end and its being taken up: both are looked at again, a few times."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.case.fact import Fact
from domain.roles import Actor, Role
from services import telling
from store.database import Database
from store.ended import AfterEnd

NOW = datetime(2026, 11, 10, 4, tzinfo=UTC)
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def a_fact() -> Fact:
    return Fact(id="1", source="shop", type="order.rated", at=NOW, actor=Actor(role=Role.BUYER, account="demo-buyer"))


async def told(monkeypatch: pytest.MonkeyPatch, database: Database, *after_end: AfterEnd) -> tuple[bool, int]:
    """What `tell` answers where no workflow takes facts in and the row says so, look by look; how often it looked."""
    looks: Iterator[AfterEnd] = iter(after_end)
    seen = 0

    async def nobody(*_: Any) -> bool:
        nonlocal seen
        seen += 1
        return False

    monkeypatch.setattr(telling, "signal", nobody)
    monkeypatch.setattr(telling, "note_after_end", lambda *_: next(looks))
    client: Any = None
    return await telling.tell(database, client, "order:demo:taobao:T1", a_fact(), NOW), seen


async def test_an_open_case_that_takes_nothing_in_is_looked_at_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its workflow may just be about to run; after a few looks the fact waits in the inbox."""
    assert await told(monkeypatch, database, *[AfterEnd.OPEN] * telling.TRIES) == (False, telling.TRIES)


async def test_a_case_that_was_taken_up_meanwhile_is_signalled_next(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its row says no longer that it has ended, so nothing is taken up twice."""
    assert await told(monkeypatch, database, AfterEnd.COUNTS, AfterEnd.NOTED) == (True, 2)
