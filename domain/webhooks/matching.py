"""Which changes a webhook is told: those that put a line of one of its types on a timeline."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import StringConstraints

TypePattern = Annotated[str, StringConstraints(max_length=100, pattern=r"^(\*|[a-z0-9_]+(\.[a-z0-9_]+)*(\.\*)?)$")]
"""A timeline type (`order.stage`), all of a family (`after_sale.*`), or `*` for everything."""

ELAPSED = ".elapsed"
DEADLINE_ELAPSED = "deadline.elapsed"
"""What every `ship_by.elapsed` and its like are called too, so that `deadline.*` names them all."""


def is_wanted(patterns: Iterable[str], line_type: str) -> bool:
    """Whether one of the patterns takes a line of that type."""
    names = (line_type, DEADLINE_ELAPSED) if line_type.endswith(ELAPSED) else (line_type,)
    return any(_takes(pattern, name) for pattern in patterns for name in names)


def _takes(pattern: str, name: str) -> bool:
    if pattern.endswith("*"):
        return name.startswith(pattern[:-1])
    return name == pattern
