"""Money: decimal yuan with two places; the store keeps it as integer fen."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, PlainSerializer, WithJsonSchema

from domain.invalid import InvalidValue

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def yuan(value: Decimal | int | str) -> Decimal:
    """The value in yuan with two places, halves rounded up as shops do."""
    return Decimal(value).quantize(CENT, ROUND_HALF_UP)


def to_fen(value: Decimal) -> int:
    """Yuan to whole fen."""
    return int((value * 100).to_integral_exact())


def from_fen(fen: int) -> Decimal:
    """Whole fen to yuan."""
    return Decimal(fen).scaleb(-2)


def share_out(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Parts of a sum in proportion to the weights, exact to the fen; the odd fen goes to the last that weigh.

    What a marketplace takes off an order as a whole is shared out so, and the parts are the sum again.
    """
    fen, whole = to_fen(total), sum(weights)
    if not whole:
        weights, whole = [Decimal(1)] * len(weights), Decimal(len(weights))
    parts, told, weighed = [], 0, Decimal(0)
    for weight in weights:
        weighed += weight
        until = int(fen * weighed // whole)
        parts.append(from_fen(until - told))
        told = until
    return parts


_AMOUNT = re.compile(r"[0-9]{1,10}(\.[0-9]{1,2})?")


def _as_written(given: object) -> object:
    """An amount as the contract writes it: a JSON number would already have lost what it was."""
    if isinstance(given, Decimal) or (isinstance(given, str) and _AMOUNT.fullmatch(given)):
        return given
    raise InvalidValue(
        'must be an amount in yuan as a text, such as "199.00"', '须为文本形式的金额（元），例如 "199.00"'
    )


Yuan = Annotated[
    Decimal,
    Field(ge=0, max_digits=12, decimal_places=2, examples=["199.00"]),
    BeforeValidator(_as_written),
    AfterValidator(yuan),
    PlainSerializer(lambda value: f"{value:.2f}", return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": f"^{_AMOUNT.pattern}$", "examples": ["199.00"]}),
]
"""An amount of at least nothing, in JSON a string such as `"199.00"`."""


class InYuan(BaseModel):
    """What somebody says with amounts in it: who names their currency can name no other, and it is kept nowhere."""

    currency: Annotated[Literal["CNY"], Field(exclude=True)] = "CNY"
