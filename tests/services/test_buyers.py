"""A buyer's token: one of a single buyer reaches that buyer's cases and no others."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.order.opening import OpenOrder
from domain.roles import Role
from services.buyers import find_buyer
from services.cases import find_case
from services.context import Context
from services.errors import NotAllowed, NotFound
from services.events import take_events
from services.opening import open_order
from store import cases, tokens
from store.cases import CaseFilter
from store.database import Database
from store.tokens import Principal
from tests.store.scenes import HOUR, NOON, started_order

CASE = "order:demo:taobao:T1001"
EVERYBODY = Principal("demo", "shop-app", (Role.BUYER,), ())
THEIRS = Principal("demo", "shop-app", (Role.BUYER,), (), buyer="b-77")
ANOTHER = Principal("demo", "shop-app", (Role.BUYER,), (), buyer="b-78")

sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@sqlite
async def test_a_bound_token_sees_its_buyers_cases(here: Context) -> None:
    """Another buyer's are not there at all; a token of no single buyer sees every one of the shop."""
    await started_order(here.db)
    for caller in (EVERYBODY, THEIRS):
        assert (await find_case(here, caller, CASE)).case_id == CASE
    with pytest.raises(NotFound):
        await find_case(here, ANOTHER, CASE)


@sqlite
async def test_a_bound_token_opens_its_buyers_orders(here: Context) -> None:
    """And no order in another's name."""
    now = await here.clock.now()
    line = {"line_id": "1", "sku": "D", "title": "D", "category": "apparel", "quantity": 1, "amount": "5.00"}
    body = {"platform": "taobao", "order_id": "T2", "source": "inquiry", "placed_at": now, "lines": [line]}
    request = OpenOrder.model_validate({**body, "buyer": {"id": "b-78"}})
    with pytest.raises(NotAllowed, match="b-77"):
        await open_order(here, THEIRS, THEIRS.acting_as(Role.BUYER), request)


@sqlite
async def test_a_bound_token_reports_of_its_buyers_orders(here: Context) -> None:
    """A rating of another buyer's order is rejected, as is one of an order that is not there."""
    await started_order(here.db)
    rated = {"specversion": "1.0", "id": "r-1", "source": "app", "type": "order.rated", "data": {"grade": "bad"}}
    rated |= {"subject": "order/taobao/T1001", "time": (await here.clock.now()).isoformat()}
    unknown = rated | {"id": "r-2", "subject": "order/taobao/T9"}
    for caller, statuses in ((ANOTHER, ["rejected"] * 2), (THEIRS, ["accepted", "rejected"])):
        taken = await take_events(here, caller, [rated, unknown])
        assert [one.status for one in taken] == statuses, taken


async def test_lists_show_that_buyers_cases_alone(database: Database) -> None:
    """On both databases; children of an order are its buyer's too."""
    await started_order(database)
    for buyer, seen in (("b-77", [CASE]), ("b-78", []), (None, [CASE])):
        found = await database.read(cases.list_cases, "demo", CaseFilter(buyer=buyer))
        assert [case.case_id for case in found.items] == seen


async def test_a_token_ends_when_it_expires(database: Database) -> None:
    """To the second; what it was bound to is told until then."""
    await database.write(
        tokens.add, "hash", "demo", "shop-app", [Role.BUYER], NOON, expires_at=NOON + HOUR, buyer="b-77"
    )
    assert await database.read(tokens.find, "hash", NOON + HOUR - timedelta(seconds=1)) == THEIRS
    assert await database.read(tokens.find, "hash", NOON + HOUR) is None
    assert not await database.write(tokens.revoke_one, "hash", NOON + HOUR), "it was good no more"


@sqlite
async def test_a_buyer_of_whom_nothing_is_kept_is_not_found(here: Context) -> None:
    """Nobody is told an empty person."""
    await started_order(here.db)
    case = await find_case(here, EVERYBODY, CASE)
    assert (await find_buyer(here, case)).buyer
    with pytest.raises(NotFound, match="nothing is kept"):
        await find_buyer(here, replace(case, order_case_id="order:demo:taobao:T9"))
