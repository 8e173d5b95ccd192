"""Opening an order without HTTP: values and refusals."""

import pytest

from domain.order.opening import OpenOrder
from domain.roles import Role
from services.context import Context
from services.errors import Invalid, OrderConflict
from services.opening import open_order
from tests.services.parts import AGENT, NoTemporal
from tests.store.scenes import BUYER, NOON, paid, report

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
CASE = "order:demo:taobao:T1001"


def opening_request(**other: object) -> OpenOrder:
    line = {"line_id": "1", "sku": "DRESS", "title": "连衣裙", "category": "apparel", "quantity": 1, "amount": "199.00"}
    request = {"platform": "taobao", "order_id": "T1001", "source": "silent", "placed_at": NOON, "lines": [line]}
    return OpenOrder.model_validate(request | {"buyer": BUYER} | other)


async def test_an_order_is_open_though_temporal_is_away(here: Context, temporal: NoTemporal) -> None:
    """The row stands and can be read; recovery starts the workflow later."""
    opened = await open_order(here, AGENT, AGENT.acting_as(Role.AGENT), opening_request())
    assert (opened.created, opened.case.case_id, opened.case.version) == (True, CASE, 1)
    assert temporal.started == [CASE]


async def test_the_same_again_is_the_case_as_it_stands(here: Context, temporal: NoTemporal) -> None:
    """Nothing is started a second time; other content under the same order id is refused."""
    opener = AGENT.acting_as(Role.AGENT)
    await open_order(here, AGENT, opener, opening_request())
    again = await open_order(here, AGENT, opener, opening_request())
    assert (again.created, again.case.case_id) == (False, CASE)
    assert temporal.started == [CASE]
    with pytest.raises(OrderConflict, match="open with other content"):
        await open_order(here, AGENT, opener, opening_request(freight="1.00"))


async def test_what_was_parked_for_an_order_goes_to_it_at_once(here: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """The relay is told of the case, and does not find it only at its next look."""
    woken: list[str] = []
    monkeypatch.setattr(here.relay, "wake", woken.extend)
    await report(here.db, paid())
    await open_order(here, AGENT, AGENT.acting_as(Role.AGENT), opening_request())
    assert woken == [CASE]


@pytest.mark.parametrize(("field", "value"), [("policy", "taobao-1912"), ("campaign", "nobody-knows")])
async def test_what_nobody_knows_is_named(here: Context, field: str, value: str) -> None:
    """An edition or a campaign that there is not is an invalid field."""
    with pytest.raises(Invalid) as refused:
        await open_order(here, AGENT, AGENT.acting_as(Role.AGENT), opening_request(**{field: value}))
    assert [reason.message.partition(":")[0] for reason in refused.value.reasons] == [field]
