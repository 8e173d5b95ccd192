"""What the seller's people do in a request: answer it, put it off, let the money go."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from domain.after_sale import transitions
from domain.after_sale.refunds import amount_asked, limit
from domain.after_sale.services import SERVICES, GoodsOut
from domain.after_sale.stages import RequestContext, cannot_refuse, only_at
from domain.after_sale.state import AfterSaleStage, AfterSaleState, RepairBy
from domain.after_sale.tasks import REPAIR_BY_SHOP
from domain.case.declare import ActionRule, Nothing
from domain.case.payouts import confirm_refund_paid
from domain.case.proposing import against_authority
from domain.case.story import Story
from domain.errors import Refusal
from domain.money import ZERO, InYuan, Yuan
from domain.privacy import Private
from domain.roles import SELLER


class Agree(InYuan):
    """Grants the request; `amount` absent: what the buyer asks for. `repair_by` only for a repair (S4-48).

    Granted already, it corrects the amount until that is paid.
    """

    model_config = ConfigDict(extra="forbid")

    amount: Annotated[Yuan, Field(gt=0)] | None = None
    repair_by: RepairBy | None = None


class Refuse(BaseModel):
    """Refuses, with a reason and 2 to 200 characters that the buyer reads."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
    message: Annotated[str, StringConstraints(min_length=2, max_length=200), Private("refusal_message")]


class ExtendReturn(BaseModel):
    """By how many days sending back or taking in is put off."""

    model_config = ConfigDict(extra="forbid")

    days: int


_AGREED_AT = (AfterSaleStage.AWAITING_BUYER_RETURN, AfterSaleStage.AWAITING_SELLER_RECEIPT)
_ANSWERED_AT = (AfterSaleStage.AWAITING_SELLER, AfterSaleStage.REFUSED, AfterSaleStage.PLATFORM_INTERVENTION)


def _agree_refusals(context: RequestContext[Agree | None]) -> Iterable[Refusal]:
    state, input_ = context.state, context.input
    if not _can_be_corrected(state):
        yield from only_at(state, *_ANSWERED_AT)
    if input_ is None:
        if not _lowers(state):
            yield from against_authority(context, amount_asked(state))
        return
    amount = input_.amount
    if amount is not None:
        yield from _against_amount(state, amount)
    if input_.repair_by and not _repairs(state):
        yield Refusal(code="not_a_repair", message="Who repairs is said only where a repair was asked for.")
    yield from against_authority(context, amount_asked(state) if amount is None else amount)


def _can_be_corrected(state: AfterSaleState) -> bool:
    """Whether the amount that was granted can still become another one: until it is paid, or the partner asked to."""
    if state.at is AfterSaleStage.REFUNDING:
        return bool(transitions.correctable(state))
    return state.at in _AGREED_AT and SERVICES[state.demand.service].pays is not None


def _repairs(state: AfterSaleState) -> bool:
    return SERVICES[state.demand.service].goods_out is GoodsOut.REPAIRED


def _lowers(state: AfterSaleState) -> bool:
    """Whether less may be granted than was asked for."""
    return SERVICES[state.demand.service].pays is not None and cannot_refuse(state) is None


def _against_amount(state: AfterSaleState, amount: Decimal) -> Iterable[Refusal]:
    if SERVICES[state.demand.service].pays is None:
        yield Refusal(code="no_money_asked", message=f"The buyer asked for {state.demand.service}, not for money.")
    elif amount > limit(state):
        yield Refusal(
            code="amount_too_high",
            message=f"No more than {limit(state)} yuan can be paid back.",
            figures={"most": f"{limit(state)}"},
        )
    elif amount < amount_asked(state) and (why := cannot_refuse(state)):
        yield Refusal(code="cannot_refuse", message=f"{why} Nor can less than {amount_asked(state)} yuan be granted.")


def _agree(context: RequestContext[Agree], story: Story) -> dict[str, Any]:
    state, input_ = context.state, context.input
    if _can_be_corrected(state):
        transitions.correct_amount(state, story, input_.amount)
        return {}
    state.automated = list(context.shop.automated)
    state.repair_by = input_.repair_by
    if _repairs(state) and input_.repair_by is RepairBy.SHOP:
        story.ask_for(REPAIR_BY_SHOP, matter=story.cause.id)
    transitions.agree(state, context.policy, story, input_.amount, by_seller=True)
    return {}


def _refuse_refusals(context: RequestContext[object]) -> Iterable[Refusal]:
    yield from only_at(context.state, AfterSaleStage.AWAITING_SELLER)
    if why := cannot_refuse(context.state):
        yield Refusal(code="cannot_refuse", message=why)


def _refuse(context: RequestContext[Refuse], story: Story) -> dict[str, Any]:
    transitions.refuse(context.state, story, f"Refused by the seller: {context.input.reason}")
    return {"message": context.input.message}


def _extend_refusals(context: RequestContext[ExtendReturn | None]) -> Iterable[Refusal]:
    yield from only_at(context.state, AfterSaleStage.AWAITING_BUYER_RETURN, AfterSaleStage.AWAITING_SELLER_RECEIPT)
    allowed = context.policy.after_sale.return_extensions.value
    if context.input and context.input.days not in allowed:
        days = ", ".join(str(day) for day in allowed)
        yield Refusal(
            code="invalid_days",
            message=f"A return can be put off by {days} days, not {context.input.days}.",
            figures={"days": days},
        )


def _extend(context: RequestContext[ExtendReturn], story: Story) -> dict[str, Any]:
    state, days = context.state, context.input.days
    waits_for_buyer = state.at is AfterSaleStage.AWAITING_BUYER_RETURN
    (state.return_extensions if waits_for_buyer else state.receipt_extensions).append(days)
    story.tell("return.extended", f"The return is put off by {days} days", days=days)
    return {"days": days}


def _against_confirming(state: AfterSaleState) -> Iterable[Refusal]:
    yield from only_at(state, AfterSaleStage.REFUNDING)
    if state.money_held:
        yield Refusal(code="not_approved", message="The refund has not been approved yet, so it is not to be paid.")


def _approve_refusals(context: RequestContext[object]) -> Iterable[Refusal]:
    state = context.state
    yield from only_at(state, AfterSaleStage.REFUNDING)
    if state.at is AfterSaleStage.REFUNDING and not state.money_held:
        yield Refusal(code="not_held", message="This refund waits for nobody: it is on its way to the buyer.")
    yield from against_authority(context, sum((payout.amount for payout in state.unpaid_payouts()), ZERO))


def _approve(context: RequestContext[object], story: Story) -> dict[str, Any]:
    state = context.state
    story.tell("refund.approved", "The refund is approved")
    if state.approval:
        state.approval.granted_by = story.cause.evidence
    transitions.release(state, story)
    return {}


AGREE = ActionRule(
    name="agree",
    title="Agree",
    input=Agree,
    roles=SELLER,
    refusals=_agree_refusals,
    take=_agree,
    example={"amount": None},
)

REFUSE = ActionRule(
    name="refuse",
    title="Refuse",
    input=Refuse,
    roles=SELLER,
    refusals=_refuse_refusals,
    take=_refuse,
    example={"reason": "already_shipped", "message": "包裹已在途，请拒收"},
)

EXTEND = ActionRule(
    name="extend_return",
    title="Put the return off",
    input=ExtendReturn,
    roles=SELLER,
    refusals=_extend_refusals,
    take=_extend,
    extends=True,
    example={"days": 7},
)

APPROVE = ActionRule(
    name="approve_refund",
    title="Let a refund go",
    input=Nothing,
    roles=SELLER,
    refusals=_approve_refusals,
    take=_approve,
)

CONFIRM_PAID = confirm_refund_paid("Confirm a refund paid by hand", transitions.finish_paying, _against_confirming)

SELLER_ACTIONS = (AGREE, REFUSE, EXTEND, APPROVE, CONFIRM_PAID)
