"""What was uploaded to which case, and by whom."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, literal, select, tuple_

from store.database import Row, add_rows
from store.families import family_of
from store.pages import Page, page_of, read_cursor
from store.tables import FILES
from store.types import UtcTime


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A photo or document of a case.

    Attributes:
        size: in bytes.
        role, account: whose it is.
    """

    file_id: str
    case_id: str
    merchant: str
    media_type: str
    size: int
    role: str
    account: str
    at: datetime


def keep(tx: Connection, file: FileRecord) -> None:
    """Notes a file whose bytes are kept already."""
    add_rows(tx, FILES, [asdict(file)])


def find(tx: Connection, file_id: str) -> FileRecord | None:
    """The file of that id."""
    row = tx.execute(select(FILES).where(FILES.c.file_id == file_id)).one_or_none()
    return _file(row) if row else None


def files(tx: Connection, case_id: str, limit: int = 50, cursor: str | None = None) -> Page[FileRecord]:
    """A page of what was uploaded to a case and its family, the oldest first. Raises BadCursor."""
    query = select(FILES).where(FILES.c.case_id.in_(family_of(case_id))).order_by(FILES.c.at, FILES.c.file_id)
    if cursor:
        at, file_id = read_cursor(cursor, datetime, str)
        query = query.where(tuple_(FILES.c.at, FILES.c.file_id) > tuple_(literal(at, UtcTime), literal(file_id)))
    rows = tx.execute(query.limit(limit + 1)).all()
    return page_of(rows, limit, _file, lambda row: (row.at, row.file_id))


def unknown_to(tx: Connection, case_id: str, file_ids: Collection[str]) -> set[str]:
    """Those of the files that were not uploaded to a case of that family."""
    known = select(FILES.c.file_id).where(FILES.c.file_id.in_(file_ids), FILES.c.case_id.in_(family_of(case_id)))
    return set(file_ids) - set(tx.scalars(known))


def _file(row: Row) -> FileRecord:
    return FileRecord(
        file_id=row.file_id,
        case_id=row.case_id,
        merchant=row.merchant,
        media_type=row.media_type,
        size=row.size,
        role=row.role,
        account=row.account,
        at=row.at,
    )
