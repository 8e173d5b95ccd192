"""The law of the store: a case read from its row is the very case that was lived, so that it goes on as it would have.

After its end, and after a run that went on as another, a case lives on from what was stored of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from domain.after_sale.life import AFTER_SALE
from domain.after_sale.standing import standing
from domain.case.live import LiveCase
from domain.case.record import WITHIN, record
from domain.case.state import CaseState
from tests.domain.after_sale.made import paid
from tests.domain.order.histories import bounded
from tests.domain.whole import Step, Whole, steps, wholes

BY_ITS_NAME = "stage"
"""A stage is compared as what it is by `at` of each kind."""


def stored(case: LiveCase[Any]) -> CaseState:
    """The case as its row has it."""
    state: CaseState = case.life.state.model_validate(record(case.state, since=0).state)
    return state


def kinds(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value in it, and of what type it is, where that can be lost on the way through the store."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name != BY_ITS_NAME and (path or name not in WITHIN):
                yield from kinds(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from kinds(one, f"{path}[{key}]")
    elif isinstance(value, list | tuple):
        for place, one in enumerate(value):
            yield from kinds(one, f"{path}[{place}]")
    else:
        yield path, repr(value) if isinstance(value, Enum) else _plain(value)


def _plain(value: object) -> str:
    """As it reads, whatever zeros and time zone it is written with."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else f"{value}"


def check_stored(case: LiveCase[Any]) -> None:
    """Nothing of it is lost or becomes something else: what a rule compares by identity is the same."""
    assert list(kinds(stored(case))) == list(kinds(case.state))


@bounded
@given(data=st.data(), to_take=steps())
def test_what_is_stored_is_what_was_lived(data: st.DataObject, to_take: list[Step]) -> None:
    """For every kind of case, whatever happened."""
    whole: Whole = data.draw(wholes(lambda case: None))
    for step in to_take:
        step.take(whole)
        for case in whole.every_case():
            check_stored(case)


def test_a_request_that_has_ended_stands_as_it_did() -> None:
    """Read from its row it has refunded what it had refunded: its order is not told otherwise."""
    ask = paid().ask("refund_only")
    ask.act("agree")
    assert AFTER_SALE.state.model_validate(stored(ask.case).model_dump()) == stored(ask.case)
    assert standing(stored(ask.case)) == standing(ask.state)  # type: ignore[arg-type]
    assert standing(ask.state).done == {"1": 1}
