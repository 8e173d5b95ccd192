"""Photos and documents as evidence: taken in, shown to whoever may see their case."""

from dataclasses import dataclass
from types import MappingProxyType
from uuid import uuid4

import structlog
from pydantic import BaseModel

from domain.case.files import files_in
from services.cases import find_case
from services.context import Context
from services.errors import NotFound, Unavailable, invalid_field
from store import files
from store.cases import CaseRecord
from store.file_store import FilesAway, FileStore
from store.files import FileRecord
from store.tokens import Principal

log = structlog.get_logger(__name__)

MOST_BYTES = 10 * 1024 * 1024
"""Of one file."""

_BEGIN = MappingProxyType(
    {
        "image/jpeg": (0, b"\xff\xd8\xff"),
        "image/png": (0, b"\x89PNG\r\n\x1a\n"),
        "image/webp": (8, b"WEBP"),
        "application/pdf": (0, b"%PDF-"),
    }
)
"""How each kind of file that is taken begins: from which byte on, with what."""


@dataclass(frozen=True, slots=True)
class File:
    """A file and what is in it."""

    about: FileRecord
    content: bytes


async def take_file(here: Context, caller: Principal, case: CaseRecord, content: bytes) -> FileRecord:
    """Keeps a photo or document of a case; its bytes first, so that what is noted is there.

    Raises:
        Invalid: it is too large, or none of the kinds that are taken.
        Unavailable: no place for files is set, or it does not answer.
    """
    place = _place(here)
    if len(content) > MOST_BYTES:
        raise invalid_field("file", f"may have {MOST_BYTES:,} bytes at most", f"最多 {MOST_BYTES:,} 字节")
    media_type = _media_type(content)
    if media_type is None:
        raise invalid_field("file", "must be a JPEG, PNG, WebP or PDF", "须为 JPEG、PNG、WebP 或 PDF")
    file = FileRecord(
        file_id=f"file:{uuid4().hex}",
        case_id=case.case_id,
        merchant=case.merchant,
        media_type=media_type,
        size=len(content),
        role=caller.roles[0],
        account=caller.account,
        at=await here.clock.now(),
    )
    try:
        await place.put(file.file_id, content)
    except FilesAway as away:
        raise _away(away) from away
    await here.db.write(files.keep, file)
    return file


async def read_file(here: Context, caller: Principal, file_id: str) -> File:
    """A file of a case that the caller may see.

    Raises:
        NotFound: there is none, or the caller may not see its case.
        Unavailable: the place for files does not answer.
    """
    about = await here.db.read(files.find, file_id)
    if about is None:
        raise NotFound(f"There is no file {file_id}.")
    await find_case(here, caller, about.case_id)
    try:
        return File(about, await _place(here).get(file_id))
    except FilesAway as away:
        raise _away(away) from away


async def require_files(here: Context, case: CaseRecord, input_: BaseModel) -> None:
    """Raises Invalid where an input names a file that was not uploaded to a case of this family."""
    named = files_in(input_)
    unknown = await here.db.read(files.unknown_to, case.case_id, named) if named else set()
    if unknown:
        those = ", ".join(sorted(unknown))
        raise invalid_field("files", f"nothing was uploaded here as {those}", f"这里没有上传过 {those}")


def _place(here: Context) -> FileStore:
    if here.files is None:
        raise Unavailable("This Caseline keeps no files: CASELINE_FILES_URL is not set.")
    return here.files


def _away(why: FilesAway) -> Unavailable:
    log.warning("files_away", error=str(why))
    return Unavailable("The place where files are kept does not answer. Please try again.")


def _media_type(content: bytes) -> str | None:
    """What it is by its first bytes, whatever its sender calls it."""
    return next((kind for kind, (at, sign) in _BEGIN.items() if content[at : at + len(sign)] == sign), None)
