"""The law of life, for every kind of case at every version: nothing is answered and then forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.case.action import ActionContext, Circumstances
from domain.case.ids import CaseKind
from domain.case.live import LiveCase
from domain.case.state import CaseState
from domain.case.waited import Awaited
from domain.case.waiting import Wait, waiting
from domain.order.shipping.handover import unshipped
from domain.order.state import OrderState
from domain.policy.stage_ways import WAYS
from domain.roles import Role
from domain.shop.accounts import Permission
from domain.shop.settings import ShopTerms
from tests.domain.hold.held import ON
from tests.domain.intercept.stopping import SIGNED
from tests.domain.orders import actor
from tests.domain.whole import Step, Whole, steps, wholes

ACTS_AS = {
    Awaited.SELLER: (Role.AGENT, Role.SUPERVISOR, Role.OWNER),
    Awaited.BUYER: (Role.BUYER,),
    Awaited.WAREHOUSE: (Role.WAREHOUSE, Role.ERP),
    Awaited.FINANCE: (Role.FINANCE,),
    Awaited.CARRIER: (Role.CARRIER,),
    Awaited.PLATFORM: (Role.PLATFORM,),
    Awaited.PARTNER: (Role.ERP,),
}
OPEN_SHOP = Circumstances(shop=ShopTerms.model_validate({"ship_hold": ON, **SIGNED}))


def by_action(case: LiveCase[Any], wait: Wait) -> bool:
    """Whether the party may take one of the actions that are waited for."""
    for name in wait.by:
        action = next((one for one in case.life.actions if one.name == name), None)
        for role in ACTS_AS[wait.party] if action else ():
            by = actor(role).model_copy(update={"permissions": tuple(Permission)})
            context = ActionContext(case.state, case.policy, by, case.state.updated_at, None, OPEN_SHOP)
            if action and action.forbids(by) is None and not list(action.refusals(context)):
                return True
    return False


def by_fact(case: LiveCase[Any], wait: Wait) -> bool:
    """Whether the party can report one of the facts that are waited for; what it pays, the bank reports."""
    facts = [fact for fact in case.life.facts if fact.event_type in wait.by]
    pays = wait.party in (Awaited.BUYER, Awaited.CARRIER)
    senders = {*ACTS_AS[wait.party], *((Role.PAYMENT,) if pays else ())}
    return any(senders & {*fact.senders} for fact in facts)


TOLD_BY = {
    CaseKind.SHIP_HOLD: "hold.",
    CaseKind.PARCEL_INTERCEPT: "intercept.",
    CaseKind.COMPLAINT: "complaint.",
}
"""How lines about the stages begin of those kinds that `tests/docs/test_diagrams.py` does not try."""


def check_way(state: CaseState) -> None:
    """A case comes from stage to stage by the ways that a desk draws."""
    own = TOLD_BY.get(state.kind)
    if own is None:
        return
    told = [str(line.data["stage"]) for line in state.story if line.type.startswith(own) and "stage" in line.data]
    before, after = told[-2:] if len(told) > 1 else ("", "")
    following = {stage for ways in WAYS[state.kind].values() for stage in ways.get(before, ())}
    assert before == after or after in following, f"{state.kind} went from {before} to {after}"


def check_life(case: LiveCase[Any]) -> None:
    """A case as it stands, and how it came there."""
    state, life = case.state, case.life
    check_way(state)
    if isinstance(state, OrderState) and state.completed_at:
        assert state.at_the_door or state.was_paid, "a trade has succeeded that nobody paid for"
    waits = list(life.waits_for(state))
    if not state.open:
        assert not state.running_deadlines()
        assert not state.open_work()
        assert waiting(life.waits_for, state) == []
        return
    assert all(by_action(case, wait) or by_fact(case, wait) for wait in waits), f"cannot act: {waits}"
    runs = bool(state.running_deadlines())
    named = waiting(life.waits_for, state) or state.has_open_child()
    assert runs or named, f"{state.kind} at {state.stage} waits for nobody"
    awaited = any(pending.answered for pending in state.errands)
    alive = runs or state.open_work() or state.has_open_child() or awaited or rests(case)
    assert alive, f"{state.kind} at {state.stage} is forgotten: {waits}, {state.story[-6:]}"


def rests(case: LiveCase[Any]) -> bool:
    """What may wait without a clock or a task: an order set aside (S2-19), and custom goods, whose time is nobody's."""
    state = case.state
    if not isinstance(state, OrderState):
        return False
    left = unshipped(state)
    return state.parked or (bool(left) and all(line.made_to_order for line in left))


@given(data=st.data(), to_take=steps())
def test_nothing_is_forgotten(data: st.DataObject, to_take: list[Step]) -> None:
    """An open case has a running deadline, an open task or waits for a party that can act; an ended one nothing."""
    whole: Whole = data.draw(wholes(check_life))
    for step in to_take:
        step.take(whole)
    for _ in range(6):
        whole.until(whole.now + timedelta(days=20))
