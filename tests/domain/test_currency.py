"""Amounts are in CNY: every input that holds one can say so, and no other."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel, BeforeValidator, TypeAdapter, ValidationError

from domain.lives import FACTS, LIVES
from domain.money import InYuan, Yuan
from domain.order.opening import OpenOrder
from domain.order.payment.facts import PaymentReceived

_YUAN = next(mark for mark in get_args(Yuan) if isinstance(mark, BeforeValidator))


def _inputs() -> Iterator[type[BaseModel]]:
    """What clients send, as far as the cases declare it."""
    yield OpenOrder
    yield from (fact.data for fact in FACTS.values() if fact.senders)
    for life in LIVES.values():
        yield from (action.input for action in life.actions)
        yield from (outcome.data for task in life.tasks for outcome in task.outcomes if hasattr(outcome, "data"))


def _holds_yuan(annotation: Any, metadata: tuple[Any, ...] = ()) -> bool:
    return _YUAN in metadata or any(
        _holds_yuan(part, getattr(part, "__metadata__", ())) for part in get_args(annotation)
    )


def test_every_input_with_an_amount_knows_its_currency() -> None:
    """Else a client that names dollars would be booked in yuan, or told something else."""
    with_amounts = [
        model
        for model in _inputs()
        if any(_holds_yuan(field.annotation, tuple(field.metadata)) for field in model.model_fields.values())
    ]
    assert PaymentReceived in with_amounts
    assert [model for model in with_amounts if not issubclass(model, InYuan)] == []


@pytest.mark.parametrize("currency", ["USD", "cny", "", None, 156])
def test_another_currency_is_named(currency: object) -> None:
    """One that is named stands nowhere afterwards."""
    with pytest.raises(ValidationError, match="currency"):
        PaymentReceived.model_validate({"amount": "5.00", "currency": currency})
    read = TypeAdapter(PaymentReceived).validate_python({"amount": "5.00", "currency": "CNY"})
    assert read.model_dump(mode="json") == {"amount": "5.00"}
