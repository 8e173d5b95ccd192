"""The one rule for text and numbers from outside: what both databases and every answer can hold.

PostgreSQL takes no NUL, UTF-8 no half of a character (a lone surrogate), and a whole number ends at 64 bits. Whoever
lets values in from outside asks here: bodies, addresses, events, partners' answers, commands.
"""

from collections.abc import Iterator
from math import isfinite
from typing import NamedTuple

LARGEST = 2**63 - 1
"""The largest whole number."""
LARGEST_COUNT = 2**31 - 1
"""The largest where a column of its own counts something."""


class Unfit(NamedTuple):
    """A value that nothing could keep, or its name: where it stands, and what is wrong with it."""

    place: tuple[str | int, ...]
    why: str


def is_text(value: str) -> bool:
    """Whether it can be kept and answered."""
    if value.isascii():
        return "\x00" not in value
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in value


def is_fit(value: object) -> bool:
    """Whether all of a JSON value can be kept: every text, every name, every number."""
    if isinstance(value, str):
        return is_text(value)
    if isinstance(value, dict):
        return all(map(is_text, value)) and all(map(is_fit, value.values()))
    if isinstance(value, list):
        return all(map(is_fit, value))
    if isinstance(value, int):
        return -LARGEST <= value <= LARGEST
    return not isinstance(value, float) or isfinite(value)


def find_unfit(value: object, place: tuple[str | int, ...] = ()) -> Iterator[Unfit]:
    """Everything in a JSON value that cannot be kept."""
    if is_fit(value):
        return
    if isinstance(value, dict):
        for name, part in value.items():
            inside = (*place, name if is_text(name) else name.encode("unicode_escape").decode())
            if not is_text(name):
                yield Unfit(inside, f"the name {_TEXT}")
            yield from find_unfit(part, inside)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from find_unfit(part, (*place, number))
    else:
        yield Unfit(place, _TEXT if isinstance(value, str) else "must be a number of at most 64 bits")


_TEXT = "must be text without NUL characters and half characters (lone surrogates)"
