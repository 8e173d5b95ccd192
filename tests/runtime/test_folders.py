"""Folders and log files."""

from __future__ import annotations

from pathlib import Path

import pytest

from runtime.errors import FolderUnusable
from runtime.folders import KEEP_BYTES, last_lines, open_log, usable_folder


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    """With every folder above it, and nothing left inside by the try."""
    folder = usable_folder(tmp_path / "a" / "b")
    assert folder.is_dir()
    assert not list(folder.iterdir())


def test_a_folder_that_cannot_be_made_is_named() -> None:
    """The error names the folder, the system's reason and the setting that chooses another."""
    with pytest.raises(FolderUnusable, match=r"/proc/caseline: .+CASELINE_DATA_DIR"):
        usable_folder(Path("/proc/caseline"))


def test_a_log_is_continued(tmp_path: Path) -> None:
    """A restart adds to the log of the run before."""
    for line in (b"before\n", b"after\n"):
        with open_log(tmp_path / "api.log") as log:
            log.write(line)
    assert (tmp_path / "api.log").read_text() == "before\nafter\n"


def test_a_log_grown_large_is_put_aside(tmp_path: Path) -> None:
    """One old log is kept, so that the folder does not grow for ever."""
    (tmp_path / "api.log").write_bytes(b"x" * (KEEP_BYTES + 1))
    (tmp_path / "api.log.1").write_text("older still")
    open_log(tmp_path / "api.log").close()
    assert (tmp_path / "api.log").stat().st_size == 0
    assert (tmp_path / "api.log.1").stat().st_size == KEEP_BYTES + 1


def test_the_end_of_a_log_is_read(tmp_path: Path) -> None:
    """Only the last lines, and nothing of a log that was never written."""
    (tmp_path / "api.log").write_text("\n".join(map(str, range(100_000))))
    assert last_lines(tmp_path / "api.log", 2) == "99998\n99999"
    assert last_lines(tmp_path / "none.log") == ""
