"""Goods are counted in units: how many of which line, how inputs name them, and what some of a line come to."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_DOWN, Decimal
from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from domain.errors import Refusal
from domain.invalid import InvalidValue
from domain.money import CENT

Quantities: TypeAlias = dict[str, int]
"""How many units of each line, by its id; a line of which there are none is left out."""

Named: TypeAlias = dict[str, int | None]
"""The lines that somebody named, and how many units of each; None: all that are left."""

MOST_UNITS = 100_000
"""How many units a line may have."""


class LineQuantity(BaseModel):
    """Some units of a line."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    line_id: Annotated[str, Field(min_length=1, max_length=64)]
    quantity: Annotated[int, Field(ge=1, le=MOST_UNITS, strict=True)]


class NamesLines(BaseModel):
    """Which goods: `lines` says how many units of each; `line_ids` means all units that are left of them; not both."""

    lines: Annotated[list[LineQuantity], Field(min_length=1, max_length=200)] | None = None
    line_ids: Annotated[list[str], Field(min_length=1, max_length=200)] | None = None

    @field_validator("lines")
    @classmethod
    def _each_line_once(cls, lines: list[LineQuantity] | None) -> list[LineQuantity] | None:
        if lines and len({line.line_id for line in lines}) < len(lines):
            raise InvalidValue("name each line once, with all its units", "每行只列一次，数量写在一起")
        return lines

    @model_validator(mode="after")
    def _one_way(self) -> "NamesLines":
        if self.lines is not None and self.line_ids is not None:
            raise InvalidValue("give lines or line_ids, not both", "lines 和 line_ids 只能填一个")
        return self

    @property
    def named(self) -> Named | None:
        """What is named; None: everything that is left."""
        if self.lines is not None:
            return {line.line_id: line.quantity for line in self.lines}
        return None if self.line_ids is None else dict.fromkeys(self.line_ids)


def meant(named: Named | None, left: Mapping[str, int]) -> Quantities:
    """The units that are meant, out of those that are left; never more than there are."""
    if named is None:
        return counted(left)
    return counted({line_id: _of(line_id, quantity, left) for line_id, quantity in named.items()})


def _of(line_id: str, quantity: int | None, left: Mapping[str, int]) -> int:
    there = left.get(line_id, 0)
    return there if quantity is None else min(quantity, there)


def counted(units: Mapping[str, int]) -> Quantities:
    """The same without lines of which there are none."""
    return {line_id: quantity for line_id, quantity in units.items() if quantity > 0}


def plus(*parts: Mapping[str, int]) -> Quantities:
    """All of them together."""
    together: Quantities = {}
    for part in parts:
        for line_id, quantity in part.items():
            together[line_id] = together.get(line_id, 0) + quantity
    return counted(together)


def minus(whole: Mapping[str, int], part: Mapping[str, int]) -> Quantities:
    """What is left of the whole; never less than none."""
    return counted({line_id: quantity - part.get(line_id, 0) for line_id, quantity in whole.items()})


def of_lines(units: Mapping[str, int]) -> list[LineQuantity]:
    """The same as a list."""
    return [LineQuantity(line_id=line_id, quantity=quantity) for line_id, quantity in units.items()]


def in_words(units: Mapping[str, int], between: str = ", ") -> str:
    """`1, 2 ×3`: the lines, with how many units of each where it is more than one."""
    return between.join(line_id if quantity == 1 else f"{line_id} ×{quantity}" for line_id, quantity in units.items())


def against_unknown(named: Named | None, known: Iterable[str]) -> Iterable[Refusal]:
    """Lines that the order does not have."""
    lines = set(known)
    for line_id in named or ():
        if line_id not in lines:
            yield Refusal(code="unknown_line", message=f"The order has no line {line_id}.", figures={"line": line_id})


def against_missing(named: Named | None, left: Mapping[str, int], there: str) -> Iterable[Refusal]:
    """More units than there are of a line; `there` says in words where they would have to be (`to be shipped`)."""
    for line_id, quantity in (named or {}).items():
        if quantity is not None and quantity > (found := left.get(line_id, 0)):
            are = "is 1 unit" if found == 1 else f"are {found} units"
            yield Refusal(
                code="not_enough_units",
                message=f"There {are} of line {line_id} {there}, not {quantity}.",
                figures={"line": line_id, "left": f"{found}", "asked": f"{quantity}"},
            )


def share(amount: Decimal, ordered: int, units: int) -> Decimal:
    """What the first units of a line come to, yuan: the same for each, the odd fen with the last; all: the amount."""
    if units >= ordered:
        return amount
    return (amount / ordered).quantize(CENT, ROUND_DOWN) * units
