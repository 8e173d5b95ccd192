"""The page of a case without HTTP: one that went away between two looks."""

import pytest

from services.case_pages import read_page
from services.context import Context
from services.errors import NotFound
from tests.services.parts import AGENT

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_the_page_of_a_case_that_is_not_there(here: Context) -> None:
    """As any case that is not there."""
    with pytest.raises(NotFound):
        await read_page(here, AGENT, "order:demo:taobao:T9", [])
