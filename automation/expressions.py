"""CEL expressions over a request's facts: checked by type, run without side effects, bounded in size and work.

Why work is bounded: an expression has at most 1,000 characters (`Strategy.when`) and one loop, so neither time nor
text can grow exponentially; the library caps nesting and iterations on its own and matches patterns in linear time.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cel_expr_python import cel

from domain.money import to_fen
from domain.shop.automation import RequestFacts

LOOPS = re.compile(r"\b(all|exists|exists_one|filter|map)\b")
MAX_LOOPS = 1

_TYPES = {
    "service": cel.Type.STRING,
    "reason": cel.Type.STRING,
    # A literal of yuan may be 200 or 199.99: only a dynamic type compares with both.
    "amount": cel.Type.DYN,
    "amount_fen": cel.Type.INT,
    "paid": cel.Type.DYN,
    "paid_fen": cel.Type.INT,
    "line_count": cel.Type.INT,
    "categories": cel.Type.List(cel.Type.STRING),
    "platform": cel.Type.STRING,
    "edition": cel.Type.STRING,
    "shipped": cel.Type.BOOL,
    "signed": cel.Type.BOOL,
    "phase": cel.Type.STRING,
    "instant_refund": cel.Type.BOOL,
    "cannot_refuse": cel.Type.BOOL,
    "requests_before": cel.Type.INT,
    "evidence_count": cel.Type.INT,
}
_NULLABLE = {
    "days_since_signed": cel.Type("google.protobuf.Int64Value"),
    "buyer_trades": cel.Type("google.protobuf.Int64Value"),
    "buyer_credit": cel.Type("google.protobuf.Int64Value"),
    "return_conforming": cel.Type("google.protobuf.BoolValue"),
    "cause": cel.Type("google.protobuf.StringValue"),
}
# The library checks nullable types but takes no values for them, so that they run as dynamic ones.
_CHECKED = cel.NewEnv(variables=_TYPES | _NULLABLE)
_RUN = cel.NewEnv(variables=_TYPES | dict.fromkeys(_NULLABLE, cel.Type.DYN))

Variable = bool | int | float | str | list[str] | None


class ExpressionError(Exception):
    """The expression does not read, does not fit the facts, or failed on one request; says why."""


def check_expression(text: str) -> None:
    """Whether the expression can be used: syntax, known variables, types, true or false at the end.

    Raises:
        ExpressionError: it cannot.
    """
    if len(LOOPS.findall(text)) > MAX_LOOPS:
        raise ExpressionError("one of all, exists, exists_one, filter and map may be used, once")
    try:
        returned = _CHECKED.compile(text).return_type()
    except (RuntimeError, TypeError) as error:
        raise ExpressionError(_readable(error)) from None
    if returned != cel.Type.BOOL:
        raise ExpressionError(f"gives {returned.name()}, not true or false")


def holds(text: str, facts: RequestFacts) -> bool:
    """What a checked expression says of these facts.

    Raises:
        ExpressionError: it does not pass the check, or fails on them, e.g. compares what is not known.
    """
    try:
        value = _compiled(text).eval(data=variables(facts))
    except (RuntimeError, TypeError, MemoryError) as error:
        raise ExpressionError(_readable(error)) from None
    kind = value.type()
    if kind == cel.Type.BOOL:
        return value.value() is True
    if kind == cel.Type.ERROR:
        raise ExpressionError(_readable(value.value()))
    # Not even looked at: the library's value() of a null gives a reference to None away that it does not own.
    raise ExpressionError(f"gave {kind.name()}, not true or false")


def variables(facts: RequestFacts) -> dict[str, Variable]:
    """The facts by the names that expressions use."""
    plain: dict[str, Variable] = facts.model_dump(mode="json")
    plain["amount"], plain["amount_fen"] = float(facts.amount), to_fen(facts.amount)
    plain["paid"], plain["paid_fen"] = float(facts.paid), to_fen(facts.paid)
    return plain


@lru_cache(maxsize=1024)
def _compiled(text: str) -> cel.Expression:
    check_expression(text)
    return _RUN.compile(text)


def _readable(error: object) -> str:
    """The library's first line without its codes: `INVALID_ARGUMENT: ERROR: <input>:1:3: …` -> `column 3: …`."""
    line = str(error).splitlines()[0]
    line = re.sub(r"^[A-Z_]+: (ERROR: )?", "", line)
    line = re.sub(r"^<input>:1:(\d+): ", r"column \1: ", line)
    line = re.sub(r"^<input>:(\d+):(\d+): ", r"line \1, column \2: ", line)
    return re.sub(r"( \(in container ''\))?( \[[A-Z_]+\])?$", "", line)
