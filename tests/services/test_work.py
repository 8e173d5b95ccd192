"""People's tasks without HTTP: who may say what, and what is over."""

from collections.abc import Awaitable, Callable

import pytest

from domain.order.parcels.unowed import STOP_PARCEL
from services.context import Context
from services.errors import NotAllowed, Refused
from services.work import Completed, claim_task, complete_task, find_task, give_back_task
from store.tokens import Principal
from store.work_items import WorkItemRecord
from tests.services.parts import AGENT
from tests.store.teams import give_tasks

Do = Callable[[Context, Principal, str], Awaitable[WorkItemRecord]]

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_a_step_that_the_main_account_grants_is_no_outcome_for_others(here: Context) -> None:
    """An agent without the permission stops no parcel by saying so in a task; the task stays as it is."""
    (item_id,) = await give_tasks(here.db, 1, type=STOP_PARCEL)
    item = await find_task(here, AGENT, item_id)
    with pytest.raises(NotAllowed, match="needs the permission"):
        await complete_task(here, AGENT, item, Completed("intercept", "", {}), None)
    assert await find_task(here, AGENT, item_id) == item


@pytest.mark.parametrize("do", [claim_task, give_back_task])
async def test_what_is_done_is_nobodys_to_take_or_give(here: Context, do: Do) -> None:
    """Somebody settled it meanwhile: that is said, and not that somebody holds it."""
    (item_id,) = await give_tasks(here.db, 1, state="done")
    with pytest.raises(Refused, match="done already") as why:
        await do(here, AGENT, item_id)
    assert why.value.code == "already_settled"
