"""What is known of a platform's fields and values, as data: translations read it, `docs/connectors` shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Source(NamedTuple):
    """A public page or file in which a fact was seen."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """A field, or one value of it.

    Attributes:
        name: the platform's.
        meaning: what it is.
        ours: what becomes of it; empty: nothing.
        sources: where it was seen. One alone is marked so in the documents.
    """

    name: str
    meaning: str
    ours: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Fields of one message, or values of one field."""

    title: str
    rows: tuple[Row, ...]

    @property
    def names(self) -> frozenset[str]:
        """The names in it."""
        return frozenset(row.name for row in self.rows)


@dataclass(frozen=True, slots=True)
class Page:
    """All that is known of a platform.

    Attributes:
        notes: how it is read, beyond its fields.
    """

    name: str
    title: str
    introduction: str
    notes: tuple[str, ...]
    tables: tuple[Table, ...]


def rows(sources: Iterable[Source], of: Mapping[str, tuple[str, str]]) -> tuple[Row, ...]:
    """Rows that share their sources: meaning and what becomes of it, by name."""
    shared = tuple(sources)
    return tuple(Row(name, meaning, ours, shared) for name, (meaning, ours) in of.items())
