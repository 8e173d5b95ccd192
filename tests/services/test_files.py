"""Evidence without HTTP: what happens where nothing can be kept, or what was kept is not to be had."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from services.context import Context
from services.errors import Unavailable
from services.files import read_file, take_file
from store import cases, files
from store.cases import CaseRecord
from store.file_store import FileStore
from tests.services.parts import AGENT
from tests.store.scenes import open_order, order

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

CASE = "order:demo:taobao:T1001"
PHOTO = b"\xff\xd8\xff\xe0 a photo"


async def opened(here: Context) -> CaseRecord:
    await open_order(here.db, order())
    case = await here.db.read(cases.get_case, CASE, "demo")
    assert case
    return case


async def test_where_no_files_are_kept_that_is_said(here: Context) -> None:
    """Not a defect: a setting is missing."""
    case = await opened(here)
    with pytest.raises(Unavailable, match="CASELINE_FILES_URL"):
        await take_file(replace(here, files=None), AGENT, case, b"")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder where files are kept."""
    return tmp_path / "files"


@pytest.fixture
def with_files(here: Context, place: Path) -> Context:
    return replace(here, files=FileStore(place.as_uri()))


def gone(place: Path) -> None:
    shutil.rmtree(place)


def no_folder(place: Path) -> None:
    shutil.rmtree(place)
    place.write_bytes(b"")


async def test_what_cannot_be_kept_is_not_noted(with_files: Context, place: Path) -> None:
    """Its sender is told to try again; no case shows a photo that is nowhere."""
    case = await opened(with_files)
    no_folder(place)
    with pytest.raises(Unavailable, match="does not answer"):
        await take_file(with_files, AGENT, case, PHOTO)
    assert (await with_files.db.read(files.files, CASE)).items == []


@pytest.mark.parametrize("lose", [gone, no_folder])
async def test_what_is_not_to_be_had_is_said(with_files: Context, place: Path, lose: Callable[[Path], None]) -> None:
    """It was kept and shown; then its place is away, or has lost it: nobody is told that there is no such file."""
    file = await take_file(with_files, AGENT, await opened(with_files), PHOTO)
    assert (await read_file(with_files, AGENT, file.file_id)).content == PHOTO
    lose(place)
    with pytest.raises(Unavailable, match="does not answer"):
        await read_file(with_files, AGENT, file.file_id)
