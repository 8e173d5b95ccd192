"""Keyset pages: a cursor says after which row the next page starts, so that rows inserted meanwhile shift nothing."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from domain.times import iso_instant

T = TypeVar("T")
R = TypeVar("R")


class BadCursor(ValueError):
    """The cursor was not made by this list."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items, and the cursor of the page after them; `next` is None on the last page."""

    items: list[T]
    next: str | None


def page_of(rows: Sequence[R], limit: int, item: Callable[[R], T], key: Callable[[R], tuple[Any, ...]]) -> Page[T]:
    """A page out of up to `limit + 1` rows; the one too many only tells that there is another page.

    `item` makes an item out of a row; `key` is the row's place in the list: texts, numbers, times or None.
    """
    shown = rows[:limit]
    return Page([item(row) for row in shown], write_cursor(*key(shown[-1])) if len(rows) > limit else None)


def write_cursor(*key: str | int | datetime | None) -> str:
    """The place of a row as an opaque text that fits into a URL."""
    parts = [iso_instant(part) if isinstance(part, datetime) else part for part in key]
    return urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")


def read_cursor(cursor: str, *types: type) -> tuple[Any, ...]:
    """The place that a cursor names; `types` are what its parts must be unless they are None.

    Raises:
        BadCursor: it is no cursor, or one of another list.
    """
    try:
        parts = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(parts, list) or len(parts) != len(types):
            raise ValueError("another list's cursor")
        return tuple(_read(part, type_) for part, type_ in zip(parts, types, strict=True))
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise BadCursor("The cursor is not one that this list gave.") from error


def _read(part: Any, type_: type) -> Any:
    if part is None:
        return None
    if type_ is datetime:
        moment = datetime.fromisoformat(part)
        if moment.tzinfo is None:
            raise ValueError("a time without a zone")
        return moment.astimezone(UTC)
    if not isinstance(part, type_) or not _storable(part):
        raise ValueError("another list's cursor")
    return part


def _storable(part: Any) -> bool:
    """Whether a database takes it at all; PostgreSQL takes no zero bytes, no half characters, no huge numbers."""
    if isinstance(part, int):
        return abs(part) < 2**31
    return "\x00" not in part.encode().decode()
