"""Folders and log files of the embedded servers and supervised processes."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from runtime.errors import FolderUnusable

KEEP_BYTES = 10 * 1024 * 1024


def usable_folder(path: Path, chosen_by: str = "CASELINE_DATA_DIR") -> Path:
    """The folder, made where it was missing and tried by writing.

    Args:
        path: which.
        chosen_by: the setting or option that chooses another, for the error.

    Raises:
        FolderUnusable: it cannot be made or written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe = path / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise FolderUnusable(path, error.strerror or str(error), chosen_by) from error
    return path.absolute()


def open_log(path: Path) -> BinaryIO:
    """A log file to append to; one grown past 10 MiB is first put aside as `.1`, over the one before it."""
    if path.exists() and path.stat().st_size > KEEP_BYTES:
        path.replace(path.with_name(f"{path.name}.1"))
    return path.open("ab")


def last_lines(path: Path, count: int = 10) -> str:
    """The end of a log file, for an error message."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 64 * 1024))
        return "\n".join(file.read().decode(errors="replace").splitlines()[-count:])
