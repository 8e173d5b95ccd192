"""Photos and documents that were uploaded as evidence; what they show stands elsewhere (`store/file_store.py`)."""

from datetime import datetime

from sqlalchemy import Column, Index, Named, Table, Text, TypedColumns

from store.tables.base import METADATA
from store.types import UtcTime


class FileColumns(TypedColumns):
    """A file of a case: what it is, and who gave it when; its name on their device is not kept."""

    file_id: Named[str] = Column(Text, primary_key=True)
    case_id: Named[str] = Column(Text)
    merchant: Named[str] = Column(Text)
    media_type: Named[str] = Column(Text)
    size: Named[int]
    role: Named[str] = Column(Text)
    account: Named[str] = Column(Text)
    at: Named[datetime] = Column(UtcTime)


FILES = Table("files", METADATA, FileColumns, Index("ix_files_case", "case_id", "at", "file_id"))
