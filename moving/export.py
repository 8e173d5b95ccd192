"""Gives everything of a shop back: as lines of JSON, as it was at one instant."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from errno import EEXIST
from pathlib import Path
from typing import Any, TextIO

from runtime.errors import StartupError
from store.database import Database
from store.export import export_rows


class NotWritten(StartupError):
    """The export cannot be written where it should go."""


async def export_shop(db: Database, merchant: str, to: Path) -> int:
    """Writes every row of a shop; answers how many. A file that is there is not written over, nor left in part.

    Raises:
        NotWritten: it cannot be written there.
    """
    try:
        with _whole(to) as file:

            def write(table: str, row: dict[str, Any]) -> None:
                line = json.dumps({"table": table, "row": row}, ensure_ascii=False, default=_plain)
                file.write(line + "\n")

            return await db.read_at_once(export_rows, merchant, write)
    except OSError as error:
        raise NotWritten(f"cannot write the export to {to}: {error.strerror or error}") from error


@contextmanager
def _whole(to: Path) -> Iterator[TextIO]:
    """A new file that has its name once all of it is written."""
    if to.exists():
        raise FileExistsError(EEXIST, "it is there already")
    part = to.with_name(f"{to.name}.part")
    with part.open("w", encoding="utf-8") as file:
        yield file
    part.rename(to)


def _plain(value: object) -> str:
    """Times as RFC 3339, money as decimal text."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    raise TypeError(f"{type(value).__name__} has no JSON")
