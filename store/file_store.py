"""The bytes of photos and documents: in a folder, or in any S3 (`CASELINE_FILES_URL`)."""

from datetime import timedelta
from typing import TYPE_CHECKING

from obstore.exceptions import BaseError
from obstore.store import ObjectStore, from_url

if TYPE_CHECKING:
    from obstore.store import RetryConfig

RETRY: "RetryConfig" = {"max_retries": 2, "retry_timeout": timedelta(seconds=10)}
"""Somebody waits for it: what does not answer soon is away. (The library's own patience is three minutes.)"""


class FilesAway(Exception):
    """The place where files are kept does not answer, or has lost one."""


class FileStore:
    """Keeps files by their ids; none is ever written twice."""

    def __init__(self, url: str) -> None:
        self._place: ObjectStore = (
            from_url(url, mkdir=True) if url.startswith("file:") else from_url(url, retry_config=RETRY)
        )

    async def put(self, file_id: str, content: bytes) -> None:
        """Keeps a file. Raises FilesAway."""
        try:
            await self._place.put_async(_path(file_id), content)
        except (BaseError, OSError) as error:
            raise FilesAway(str(error)) from error

    async def get(self, file_id: str) -> bytes:
        """A file's content. Raises FilesAway."""
        try:
            found = await self._place.get_async(_path(file_id))
            return bytes(await found.bytes_async())
        except (BaseError, OSError) as error:
            raise FilesAway(str(error)) from error


def _path(file_id: str) -> str:
    """Many folders with few files each."""
    key = file_id.removeprefix("file:")
    return f"{key[:2]}/{key}"
