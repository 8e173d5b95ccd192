"""Intercepting the parcels of a refund request: each parcel a case of its own, the refund going on at success (S1)."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from domain.after_sale import transitions
from domain.after_sale.services import SERVICES
from domain.after_sale.stages import RequestContext
from domain.after_sale.state import AfterSaleStage, AfterSaleState
from domain.after_sale.tasks import STOPPED_IN_VAIN
from domain.case.child import fact_between_cases, hear_child, open_child, shared_fields
from domain.case.declare import ActionRule
from domain.case.ids import Carrier, CaseKind, TrackingNo
from domain.case.parcel import ParcelSeen, ParcelStatus
from domain.case.story import Story
from domain.case.units import minus, plus
from domain.errors import Refusal
from domain.intercept.eligibility import Quoted, against_parcel, against_shop, quote
from domain.intercept.fees import fee
from domain.intercept.life import MOVED, standing
from domain.intercept.opening import InterceptOpening, begin
from domain.intercept.state import Initiator, InterceptStanding
from domain.invalid import InvalidValue
from domain.policy import InterceptTerms, intercept_terms, policy
from domain.roles import SYSTEM, Role
from domain.shop.accounts import Permission


class ParcelToStop(BaseModel):
    """A parcel by its carrier and number."""

    model_config = ConfigDict(extra="forbid")

    carrier: Carrier
    tracking_no: TrackingNo

    @property
    def subject(self) -> str:
        """`zto/ZT1`."""
        return f"{self.carrier}/{self.tracking_no}"


class InterceptParcels(BaseModel):
    """Which parcels of the request are to be stopped; one of several may be stopped alone (S1-34)."""

    model_config = ConfigDict(extra="forbid")

    parcels: Annotated[list[ParcelToStop], Field(min_length=1, max_length=50)]

    @field_validator("parcels")
    @classmethod
    def _each_once(cls, parcels: list[ParcelToStop]) -> list[ParcelToStop]:
        if len({parcel.subject for parcel in parcels}) < len(parcels):
            raise InvalidValue("a parcel is intercepted once", "同一个包裹只拦截一次")
        return parcels


_ENDED = (AfterSaleStage.REFUNDING, AfterSaleStage.SUCCEEDED, AfterSaleStage.CLOSED)


def quotes(context: RequestContext[object]) -> list[Quoted]:
    """What stopping each parcel that carries the request's lines would cost, or every reason against it."""
    terms = intercept_terms(context.policy)
    return [
        quote(parcel, [*_against_request(context.state), *_against_second(context.state, parcel)], context.shop, terms)
        for parcel in context.goods
    ]


def _against_request(state: AfterSaleState) -> Iterable[Refusal]:
    """Only a refund without a return, and only while it is not finished (S1-25)."""
    if not SERVICES[state.demand.service].leaves_goods:
        yield Refusal(code="wrong_service", message="Only for a refund without a return can a parcel be intercepted.")
    if state.at in _ENDED:
        yield Refusal(code="after_sale_ended", message="The refund is finished or on its way: nothing is intercepted.")


def _against_second(state: AfterSaleState, parcel: ParcelSeen) -> Iterable[Refusal]:
    """A parcel is stopped, and paid for, once, even where it carries the goods of several requests (S1-37)."""
    name = parcel.subject
    known = [one for one in state.intercepts if one.parcel == name]
    if parcel.being_stopped or any(one.open or one.intercepted for one in known):
        yield Refusal(code="already_requested", message=f"An interception of {name} has been asked for already.")


def _intercept_refusals(context: RequestContext[InterceptParcels | None]) -> Iterable[Refusal]:
    state, terms = context.state, intercept_terms(context.policy)
    yield from _against_request(state)
    yield from against_shop(context.shop)
    if context.input is None:
        against = [list(_against_parcel(context, parcel, terms)) for parcel in context.goods]
        if not against:
            yield Refusal(code="out_of_window", message="No parcel carries the request's goods.")
        elif all(against):
            yield from dict.fromkeys(reason for reasons in against for reason in reasons)
        return
    seen = {parcel.subject: parcel for parcel in context.goods}
    for wanted in context.input.parcels:
        if wanted.subject in seen:
            yield from _against_parcel(context, seen[wanted.subject], terms)
        else:
            yield Refusal(code="unknown_parcel", message=f"{wanted.subject} does not carry the request's goods.")


def _against_parcel(context: RequestContext[object], parcel: ParcelSeen, terms: InterceptTerms) -> Iterable[Refusal]:
    yield from _against_second(context.state, parcel)
    yield from against_parcel(parcel, terms)


def _intercept(context: RequestContext[InterceptParcels], story: Story) -> dict[str, Any]:
    state, terms = context.state, intercept_terms(context.policy)
    seen = {parcel.subject: parcel for parcel in context.goods}
    state.on_the_way = sorted(name for name, one in seen.items() if one.status is not ParcelStatus.RETURNED)
    cases = []
    for wanted in context.input.parcels:
        opening = _opening(context, seen[wanted.subject], terms, story)
        begun = standing(begin(opening).state)
        state.intercepts.append(begun)
        story.tell("intercept.requested", f"Interception of {wanted.subject}: {opening.case_id}")
        _tell_order(state, begun, story)
        open_child(state, opening, begun, story)
        cases.append({"case_id": opening.case_id, **wanted.model_dump()})
    return {"cases": cases}


def _opening(
    context: RequestContext[object], parcel: ParcelSeen, terms: InterceptTerms, story: Story
) -> InterceptOpening:
    state, cost = context.state, fee(parcel.carrier, terms)
    return InterceptOpening(
        **shared_fields(state, CaseKind.PARCEL_INTERCEPT, context.actor, story),
        after_sale_case_id=state.case_id,
        carrier=parcel.carrier,
        tracking_no=parcel.tracking_no,
        units=parcel.units,
        worth=parcel.worth,
        fee=cost.amount,
        fee_rule=cost.rule,
        claim_limit=terms.claim_limit.value,
        initiator=_INITIATORS[context.actor.role],
        asked_by=story.cause.evidence,
    )


_INITIATORS = {
    Role.AGENT: Initiator.SELLER,
    Role.PLATFORM: Initiator.PLATFORM_AGENT,
    Role.ERP: Initiator.ERP,
}


def _tell_order(state: AfterSaleState, told: InterceptStanding, story: Story) -> None:
    """The order waits for the interception too: it may last longer than the request."""
    story.tell_case(state.order_case_id, MOVED, told, SYSTEM)


def on_intercept_moved(state: AfterSaleState, data: InterceptStanding, story: Story) -> None:
    """An interception tells how it stands: with the last parcel stopped the refund goes on at once (S1-04)."""
    if hear_child(state, state.intercepts, data, story) is None:
        return
    story.tell(MOVED, f"{data.parcel}: {data.stage}", case_id=data.case_id, stage=data.stage)
    if data.intercepted and SERVICES[state.demand.service].leaves_goods:
        _refund_stopped(state, data, story)


def _refund_stopped(state: AfterSaleState, data: InterceptStanding, story: Story) -> None:
    """Money that is undecided or held back goes; for a request that was closed meanwhile, somebody asks the buyer."""
    if state.at is AfterSaleStage.CLOSED:
        story.ask_for(STOPPED_IN_VAIN, matter=data.case_id)
    elif _are_stopped(state) and state.at in _UNDECIDED:
        state.goods_back = True
        transitions.agree(state, policy(state.policy), story, None, by_seller=True)
    elif _are_stopped(state) and state.money_held:
        state.goods_back = True
        transitions.release(state, story)


def _are_stopped(state: AfterSaleState) -> bool:
    """Whether all that is on its way is stopped, or as many units as the request is about."""
    stopped = [one for one in state.intercepts if one.intercepted]
    units = plus(*(one.units for one in stopped))
    return not minus(state.units, units) or {one.parcel for one in stopped}.issuperset(state.on_the_way)


_UNDECIDED = (AfterSaleStage.AWAITING_SELLER, AfterSaleStage.REFUSED, AfterSaleStage.PLATFORM_INTERVENTION)


INTERCEPT_PARCELS = ActionRule(
    name="intercept_parcels",
    title="Intercept parcels",
    input=InterceptParcels,
    roles=(Role.AGENT, Role.PLATFORM, Role.ERP),
    refusals=_intercept_refusals,
    take=_intercept,
    permission=Permission.LOGISTICS_TOOLS,
    sees_goods=True,
    example={"parcels": [{"carrier": "zto", "tracking_no": "ZT1"}]},
)

INTERCEPT_MOVED = fact_between_cases(MOVED, "An interception moved on", InterceptStanding, on_intercept_moved)
