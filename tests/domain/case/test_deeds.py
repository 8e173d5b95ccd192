"""A task ends by the deed: an outcome that means an action is that action."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from domain.after_sale.life import AFTER_SALE
from domain.case.completing import completing
from domain.case.declare import AnyOutcome, Life
from domain.case.deeds import by_action
from domain.case.work import WorkState
from domain.errors import ActionRefused, Forbidden
from domain.lives import LIVES
from domain.policy import policy
from domain.roles import Group, Role
from tests.domain.after_sale.made import paid, shipped, signed
from tests.domain.after_sale.trade import Request, Trade
from tests.domain.orders import request_by

WORK = policy("taobao-2012").work

WORKS_IN = {
    Group.PRESALE: Role.AGENT,
    Group.AFTERSALE: Role.AGENT,
    Group.WAREHOUSE: Role.WAREHOUSE,
    Group.FINANCE: Role.FINANCE,
    Group.SUPERVISOR: Role.SUPERVISOR,
    Group.OWNER: Role.OWNER,
}
"""In which role those of a group act."""


def deeds() -> list[tuple[Life[Any], str, AnyOutcome[Any]]]:
    return [
        (life, task.name, rule)
        for life in LIVES.values()
        for task in life.tasks
        for rule in task.outcomes
        if rule.action is not None
    ]


def complete(ask: Request, type_: str, outcome: str, role: Role, **data: Any) -> dict[str, Any]:
    """Completes the one open task of that type of a request."""
    (item,) = [item for item in ask.state.open_work() if item.type == type_]
    rule, by = completing(ask.case.life), request_by(role, ask.trade.next_id("step"), ask.trade.circumstances())
    input_ = rule.read({"item_id": item.item_id, "outcome": outcome, "data": data}, lambda: ask.state)
    ask.case.check(rule, by, ask.trade.now, input_)
    result = ask.case.act(rule, by, ask.trade.now, input_)
    ask.trade.until(ask.trade.now)
    return result


@pytest.mark.parametrize(("life", "task", "rule"), deeds(), ids=lambda one: getattr(one, "name", str(one))[:30])
def test_a_deed_is_an_action_of_its_kind_that_the_tasks_group_may_take(
    life: Life[Any], task: str, rule: AnyOutcome[Any]
) -> None:
    """Same roles, same permission; whoever finds the task in their inbox is among them."""
    assert rule.action is not None
    assert life.action(rule.action.name) is rule.action
    assert (rule.roles, rule.permission) == (rule.action.roles, rule.action.permission)
    assert WORKS_IN[WORK.tasks[task].group] in rule.roles


def test_no_outcome_says_that_it_only_closes_its_task() -> None:
    """Nobody is left to believe that something was done."""
    words = [
        words
        for task in WORK.tasks.values()
        for form in ("", *task.variants)
        for words in task.outcomes_for(form).values()
    ]
    assert not [one for one in words if "only closes the task" in one.en]


def test_agreeing_by_the_task_is_agreeing() -> None:
    """The money goes, and the task is done rather than superseded."""
    ask = paid().ask("refund_only")
    complete(ask, "review_after_sale", "agreed", Role.AGENT)
    assert ask.ended == ("succeeded", "refunded")
    assert [item.state for item in ask.tasks("review_after_sale")] == [WorkState.DONE]


def test_the_outcome_is_refused_as_the_action_is() -> None:
    """Goods not shipped are never refused; too much is never granted."""
    ask = paid().ask("refund_only")
    with pytest.raises(ActionRefused) as refused:
        complete(ask, "review_after_sale", "refused", Role.AGENT, reason="no", message="不同意")
    assert [reason.code for reason in refused.value.reasons] == ask.refused("refuse", reason="no", message="不同意")
    assert ask.open_tasks() == ["review_after_sale"]


def test_taking_the_action_ends_the_task() -> None:
    """Its matter is settled."""
    ask = paid().ask("refund_only")
    ask.act("agree")
    assert [item.state for item in ask.tasks("review_after_sale")] == [WorkState.SUPERSEDED]


def arrived(trade: Trade) -> Request:
    """A return that has arrived at the warehouse."""
    ask = trade.ask("return_refund")
    ask.act("agree")
    ask.send_back()
    ask.scan("signed")
    return ask


def test_an_outcome_says_some_of_the_input_by_itself() -> None:
    """Conforming is what it is called; whose fault it was is said with it, and the contrary cannot be."""
    ask = arrived(signed())
    with pytest.raises(ValidationError):
        complete(ask, "inspect_return", "conforming", Role.WAREHOUSE, conforming=False)
    complete(ask, "inspect_return", "conforming", Role.WAREHOUSE, cause="buyer")
    assert ask.state.inspection is not None
    assert (ask.state.inspection.conforming, ask.state.inspection.cause) == (True, "buyer")
    assert ask.ended == ("succeeded", "refunded")


def test_only_those_who_may_take_the_action_may_say_it() -> None:
    """An agent has not seen the goods."""
    ask = arrived(signed())
    with pytest.raises((ActionRefused, Forbidden)) as refused:
        complete(ask, "inspect_return", "conforming", Role.AGENT)
    assert "warehouse" in str(refused.value)


def test_what_is_sent_by_the_task_is_on_its_way() -> None:
    """The buyer has something to confirm, or the clock does it for them."""
    ask = shipped().ask("reship", reason="not_received")
    ask.act("agree")
    complete(ask, "ship_replacement", "sent", Role.WAREHOUSE, carrier="zto", tracking_no="ZT2")
    assert ask.stage == "awaiting_buyer_receipt"
    assert ask.state.replacements == ["zto/ZT2"]


def test_what_the_outcome_says_stands_in_its_schema() -> None:
    """So that a form can be made of it: the field is there, with its one value."""
    rule = by_action("conforming", AFTER_SALE.action("inspect_return"), conforming=True)
    schema = rule.data.model_json_schema()
    assert schema["properties"]["conforming"]["default"] is True
    assert "conforming" not in schema.get("required", [])
