"""Steps without HTTP: who may, what is kept when Temporal is away, and what recovery then does."""

from datetime import timedelta

import pytest

from domain.language import Language
from domain.policy.refusal_words import refusal_in
from domain.roles import Role
from services.cases import find_case
from services.context import Context
from services.errors import KeyConflict, NotAllowed, NotFound, Unavailable
from services.recovery import recover
from services.steps import find_step, list_offers, take_step
from store import actions
from store.tokens import Principal
from tests.services.parts import AGENT, STRANGER, Noon, NoTemporal
from tests.store.scenes import NOON, open_order, order, started_order

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
CASE = "order:demo:taobao:T1001"
LATER = Noon(timedelta(minutes=1))
"""What was asked for at noon counts as left behind."""
CARRIER = Principal("demo", "demo-carrier", (Role.CARRIER,), ())


async def test_who_may_not_hears_so_before_anything_is_looked_at(here: Context) -> None:
    """Another shop's case is not there; then the action, then the role."""
    await started_order(here.db)
    with pytest.raises(NotFound, match="no case"):
        await find_case(here, STRANGER, CASE)
    case = await find_case(here, CARRIER, CASE)
    with pytest.raises(NotFound, match="no action nonsense"):
        find_step(CARRIER, case, "nonsense")
    with pytest.raises(NotAllowed, match="“Put off receipt” is for agents, supervisors, the owner and the buyer"):
        find_step(CARRIER, case, "extend_receipt")


async def test_every_action_is_offered_or_says_why_not(here: Context) -> None:
    """The caller's own reasons: the role where it is that, else what the case says."""
    await started_order(here.db)
    case = await find_case(here, AGENT, CASE)
    by_name = {offer.action.name: offer.reasons for offer in await list_offers(here, AGENT, case)}
    assert by_name["add_memo"] == []
    (forbidden,) = by_name["confirm_receipt"]
    assert (forbidden.code, forbidden.message) == ("forbidden", "This step is for the buyer.")
    assert refusal_in(Language.ZH, forbidden).message == "这一步由买家办理。"
    assert "not_shipped" in [reason.code for reason in by_name["extend_receipt"]]


async def test_a_step_stays_noted_while_temporal_is_away(here: Context, temporal: NoTemporal) -> None:
    """Recovery sends it again by the id it had; its key stands for it and for nothing else."""
    await started_order(here.db)
    step = find_step(AGENT, await find_case(here, AGENT, CASE), "add_memo")
    body = {"text": "顾客明天下午付款"}
    with pytest.raises(Unavailable):
        await take_step(here, step, body, "key-1")
    with pytest.raises(KeyConflict):
        await take_step(here, step, {"text": "another"}, "key-1")
    (noted,) = await here.db.read(actions.pending, NOON + timedelta(seconds=1))
    await recover(here.db, here.temporal, LATER)
    assert temporal.updated == [noted.request.action_id] * 2
    assert len(await here.db.read(actions.pending, NOON + timedelta(seconds=1))) == 1


async def test_recovery_starts_what_was_opened_and_never_started(here: Context, temporal: NoTemporal) -> None:
    """An order for which something is due is tried; one that waits is left alone, and so is one that runs."""
    await open_order(here.db, order("T1", at=NOON - timedelta(hours=1)))
    await open_order(here.db, order("T2"))
    await started_order(here.db, "T3", at=NOON - timedelta(hours=1))
    await recover(here.db, here.temporal, LATER)
    assert temporal.started == ["order:demo:taobao:T1"]
