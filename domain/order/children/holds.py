"""An order's ship holds: what speaks against a new one, what each has told, and what each must know (S0)."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from domain.case.child import fact_between_cases, hear_child, open_child, shared_fields, tell_child
from domain.case.deadline import DeadlineState, find
from domain.case.declare import ActionRule, Nothing, OutcomeRule, TaskRule
from domain.case.ids import CaseKind
from domain.case.story import Story
from domain.case.units import Quantities, against_missing, against_unknown, counted, in_words, meant, minus, plus
from domain.case.work import WorkItem
from domain.errors import Refusal
from domain.hold.life import MOVED, standing
from domain.hold.opening import HoldOpening, HoldShipment, begin
from domain.hold.state import HoldStanding, HoldSurroundings, Requester
from domain.order.context import OrderContext
from domain.order.shipping.clock import SHIP_BY
from domain.order.shipping.handover import is_consigned, to_consign, to_hand_over, waits_to_ship_again
from domain.order.shipping.ladder import note_lacking
from domain.order.state import OrderState
from domain.roles import Role

SHIP_AGAIN = "ship_again"


def _hold_refusals(context: OrderContext[HoldShipment | None]) -> Iterable[Refusal]:
    state, settings = context.state, context.shop.ship_hold
    if not settings.enabled:
        yield Refusal(code="not_enabled", message="The shop's main account has not switched ship holds on.")
    if context.actor.role is Role.BUYER and not settings.self_service:
        yield Refusal(code="no_self_service", message="This shop holds goods through its customer service only.")
    terms = state.campaign
    if terms is None or not terms.ship_hold or not terms.starts_at <= context.now < terms.ends_at:
        yield Refusal(code="not_in_campaign", message="Goods are held during campaigns that allow it only.")
    if state.over:
        yield Refusal(code="already_ended", message="The order is completed or closed.")
    named, waiting = context.input.named if context.input else None, to_consign(state)
    yield from against_unknown(named, (line.line_id for line in state.lines))
    lines = state.remaining() if named is None else [line for line in state.lines if line.line_id in named]
    shipped = [line for line in lines if line.line_id not in waiting or (named is None and is_consigned(state, line))]
    if shipped and (context.input or len(shipped) == len(lines)):
        yield Refusal(code="already_shipped", message="The goods have been shipped: ask for an interception instead.")
    held = [line for line in lines if line.held and (named is None or line.held >= waiting.get(line.line_id, 0))]
    if held and (context.input or len(held) == len(lines)):
        yield Refusal(code="already_held", message="The goods are held already.")
    free = _free(state)
    yield from against_missing({one: units for one, units in (named or {}).items() if one in free}, free, "to hold")


def _hold(context: OrderContext[HoldShipment], story: Story) -> dict[str, Any]:
    state, settings = context.state, context.shop.ship_hold
    units = meant(context.input.named, _free(state))
    opening = HoldOpening(
        **shared_fields(state, CaseKind.SHIP_HOLD, context.actor, story),
        units=units,
        whole_order=context.input.named is None,
        requested_by=Requester.BUYER if context.actor.role is Role.BUYER else context.input.requested_by,
        locks=settings.locks,
        surroundings=_surroundings(state, units, _Fate(units, {})),
        asked_by=story.cause.evidence,
    )
    case_id = opening.case_id
    begun = standing(begin(opening).state)
    state.holds.append(begun)
    state.cancelled_before[case_id] = counted({line.line_id: line.cancelled for line in state.lines})
    state.hold_surroundings[case_id] = opening.surroundings
    _mark_held(state)
    story.tell("hold.requested", f"Hold on line {in_words(units)}: {case_id}", case_id=case_id)
    open_child(state, opening, begun, story)
    return {"case_id": case_id}


def on_hold_moved(state: OrderState, data: HoldStanding, story: Story) -> None:
    """A hold tells how it stands; the order's own stage is not touched (S0-04)."""
    if hear_child(state, state.holds, data, story) is None:
        return
    _mark_held(state)
    story.tell(MOVED, f"{data.case_id}: {data.stage}", case_id=data.case_id, stage=data.stage)
    if data.by_hand and not state.over and waits_to_ship_again(state, data.case_id):
        story.ask_for(SHIP_AGAIN, matter=data.case_id)


def tell_holds(state: OrderState, story: Story) -> None:
    """Tells every open hold what changed around it."""
    _mark_held(state)
    for case_id, fate in _fates(state).items():
        held = next(one.units for one in state.holds if one.case_id == case_id)
        tell_child(story, state.hold_surroundings, case_id, _surroundings(state, held, fate))


def _waits_to_ship(state: OrderState, item: WorkItem) -> bool:
    return not state.over and waits_to_ship_again(state, hold_id=item.matter)


def _on_out_of_stock(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    """What the released hold set free is not there any more."""
    state = context.state
    released = next(hold for hold in state.holds if hold.case_id == item.matter)
    note_lacking(state, meant(dict(released.units), to_hand_over(state)), item, story)


class _Fate(NamedTuple):
    """What became of the goods of a hold: those that are here, or were refunded before they left; the others left."""

    here: Quantities
    refunded: Quantities


def _fates(state: OrderState) -> dict[str, _Fate]:
    """What became of the goods of every open hold.

    Of a line that is held in part, refunds are of the held units first, and the others leave first.
    """
    waiting, fates = to_consign(state), {}
    cancelled = {line.line_id: line.cancelled for line in state.lines}
    for hold in (one for one in state.holds if one.open):
        refunded = _up_to(hold.asked, minus(cancelled, state.cancelled_before.get(hold.case_id, {})))
        here = _up_to(minus(hold.asked, refunded), waiting)
        fates[hold.case_id] = _Fate(here, refunded)
        waiting, cancelled = minus(waiting, here), minus(cancelled, refunded)
    return fates


def _up_to(units: Quantities, most: Quantities) -> Quantities:
    return counted({line_id: min(quantity, most.get(line_id, 0)) for line_id, quantity in units.items()})


def _mark_held(state: OrderState) -> None:
    held = plus(*(fate.here for fate in _fates(state).values()))
    for line in state.lines:
        line.held = held.get(line.line_id, 0)


def _free(state: OrderState) -> Quantities:
    """The units that have not left and are not held."""
    return minus(to_consign(state), {line.line_id: line.held for line in state.lines})


def _surroundings(state: OrderState, held: Quantities, fate: _Fate) -> HoldSurroundings:
    """`held`: what it held until now; where the last of that was refunded, it is over by the refund."""
    lines = [line for line in state.lines if line.line_id in fate.here]
    ship_by = find(state.deadlines, SHIP_BY)
    return HoldSurroundings(
        refund_open=bool(lines) and all(line.refunding >= fate.here[line.line_id] for line in lines),
        refunded=not fate.here and not minus(held, fate.refunded),
        shipped=not fate.here and bool(minus(held, fate.refunded)),
        over=state.over,
        here=fate.here,
        ship_by=ship_by.due_at if ship_by and ship_by.state is DeadlineState.RUNNING else None,
        refunds_open_at=state.campaign.refunds_frozen_to if state.campaign else None,
    )


HOLD_SHIPMENT = ActionRule(
    name="hold_shipment",
    title="Hold the shipment",
    input=HoldShipment,
    roles=(Role.AGENT, Role.SUPERVISOR, Role.OWNER, Role.BUYER),
    refusals=_hold_refusals,
    take=_hold,
    example={"line_ids": None, "requested_by": "buyer"},
)

HOLD_MOVED = fact_between_cases(MOVED, "A hold moved on", HoldStanding, on_hold_moved)

_OUT_OF_STOCK = OutcomeRule(name="out_of_stock", data=Nothing, take=_on_out_of_stock)

SHIP_AGAIN_TASK = TaskRule(name=SHIP_AGAIN, needed=_waits_to_ship, outcomes=(_OUT_OF_STOCK,))
