"""Looks at what is in the tables, as the functions of the store that a test runs."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Executable

from store.database import Row


def rows_of(tx: Connection, query: Executable) -> Sequence[Row]:
    """Every row that the query finds."""
    return tx.execute(query).all()


def values_of(tx: Connection, query: Executable) -> Sequence[Any]:
    """The one column that the query asks for."""
    return tx.scalars(query).all()
