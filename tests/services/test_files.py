"""Evidence without HTTP: what happens where nothing can be kept."""

from dataclasses import replace

import pytest

from services.context import Context
from services.errors import Unavailable
from services.files import take_file
from store import cases
from tests.services.parts import AGENT
from tests.store.scenes import open_order, order

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_where_no_files_are_kept_that_is_said(here: Context) -> None:
    """Not a defect: a setting is missing."""
    await open_order(here.db, order())
    case = await here.db.read(cases.get_case, "order:demo:taobao:T1001", "demo")
    assert case
    with pytest.raises(Unavailable, match="CASELINE_FILES_URL"):
        await take_file(replace(here, files=None), AGENT, case, b"")
