"""What a step depends on, as things are."""

from dataclasses import replace

import pytest

from domain.case.ids import CaseKind
from domain.roles import Role
from services.cases import find_case
from services.circumstances import circumstances_now
from services.context import Context
from tests.services.parts import AGENT
from tests.store.scenes import started_order

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_a_request_whose_order_is_not_there_has_no_parcels(here: Context) -> None:
    """Its steps are judged by what is known, not by an error."""
    await started_order(here.db)
    case = await find_case(here, AGENT, "order:demo:taobao:T1001")
    astray = replace(case, kind=CaseKind.AFTER_SALE, order_case_id="order:demo:taobao:T9")
    seen = await here.db.read(circumstances_now, astray, "demo-agent", Role.AGENT)
    assert seen.goods == []
