"""Photos and documents as evidence: uploaded to a case, then named by a step."""

from typing import Annotated

from fastapi import File, Response, UploadFile

from api import documented
from api.beside import file_shown
from api.dependencies import Caller, Here, OwnCase
from api.paging import ListPage, shown
from api.routing import Router
from api.schemas import FileShown, PageShown
from services.files import read_file, take_file
from store import files

router = Router(prefix="/v1", tags=["cases"], responses=documented.PROBLEMS)

GUARDS = {
    "Cache-Control": "private, max-age=3600, immutable",
    "Content-Disposition": "inline",
    "Content-Security-Policy": "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}
"""What somebody uploaded is shown and never run, whatever is in it."""

_BYTES = {"schema": {"type": "string", "format": "binary"}}
_MEDIA = ("application/octet-stream", "image/jpeg", "image/png", "image/webp", "application/pdf")
"""What a file may be, after the name for all of them, by which generated clients know that it is bytes."""


@router.post("/cases/{case_id}/files", status_code=201)
async def upload_file(
    case: OwnCase,
    caller: Caller,
    here: Here,
    file: Annotated[UploadFile, File(description="A JPEG, PNG, WebP or PDF of up to 10 MiB.")],
) -> FileShown:
    """Keeps a photo or document of a case, for a step to name in its `files`."""
    return file_shown(await take_file(here, caller, case, await file.read()))


@router.get("/cases/{case_id}/files")
async def list_files(case: OwnCase, here: Here, page: ListPage) -> PageShown[FileShown]:
    """What was uploaded to a case and its whole family, the oldest first."""
    return shown(await here.db.read(files.files, case.case_id, page.limit, page.cursor), file_shown)


@router.get(
    "/files/{file_id}",
    response_class=Response,
    responses={200: {"content": dict.fromkeys(_MEDIA, _BYTES)}},
)
async def get_file(file_id: str, caller: Caller, here: Here) -> Response:
    """A file, for those who may see its case."""
    found = await read_file(here, caller, file_id)
    return Response(found.content, media_type=found.about.media_type, headers=GUARDS)
