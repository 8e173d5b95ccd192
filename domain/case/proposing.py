"""Proposing a step beyond one's authority: it goes to the owner as a task, and is taken by one approval (S4-66)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict

from domain.case.action import ActionContext, S
from domain.case.completing import COMPLETE
from domain.case.declare import ActionRule, Life
from domain.case.escalating import ESCALATION, OVER_AUTHORITY
from domain.case.story import Story
from domain.case.work import ProposedStep, work_item_id
from domain.errors import Refusal
from domain.roles import SELLER

PROPOSE = "propose_step"
"""The name of the update that carries it; the API sends it for a step refused for its account's authority alone."""

BEYOND = "over_authority"
"""The reason that makes a refused step a proposed one."""


class Proposal(BaseModel):
    """A step as its account wanted to take it."""

    model_config = ConfigDict(extra="forbid")

    action: str
    input: dict[str, Any]


def proposing(life: Life[S]) -> ActionRule[S, Proposal]:
    """The step by which another one is proposed to the owner."""

    def refusals(context: ActionContext[S, Proposal | None]) -> Iterable[Refusal]:
        known = {COMPLETE, *(action.name for action in life.actions)}
        if context.input is not None and context.input.action not in known:
            yield Refusal(code="unknown_step", message=f"A case of this kind has no step {context.input.action}.")

    def take(context: ActionContext[S, Proposal], story: Story) -> dict[str, Any]:
        step = ProposedStep(action=context.input.action, input=context.input.input, by=context.actor)
        waiting = next((item for item in context.state.open_work() if _same(item.proposal, step)), None)
        if waiting is None:
            story.ask_for(ESCALATION, matter=story.cause.id, variant=OVER_AUTHORITY, proposal=step)
            return {"item_id": work_item_id(context.state.case_id, ESCALATION, story.cause.id)}
        return {"item_id": waiting.item_id}

    return ActionRule(
        name=PROPOSE,
        title="Propose a step to the owner",
        input=Proposal,
        roles=SELLER,
        refusals=refusals,
        take=take,
        after_end=True,
    )


def _same(waiting: ProposedStep | None, step: ProposedStep) -> bool:
    """Whether the same step waits already, whoever wanted it first."""
    return waiting is not None and (waiting.action, waiting.input) == (step.action, step.input)


def against_authority(context: ActionContext[S, object], amount: Decimal) -> Iterable[Refusal]:
    """An account may grant money up to its authority (S4-66)."""
    authority = context.shop.authority
    if authority is not None and amount > authority:
        yield Refusal(
            code=BEYOND,
            message=f"This account may grant {authority} yuan at most; {amount} yuan go to the owner.",
            figures={"most": f"{authority}", "amount": f"{amount}"},
        )
