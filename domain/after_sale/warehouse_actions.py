"""What the warehouse does in a request: takes goods in, sends goods out."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import ConfigDict, StringConstraints

from domain.after_sale import transitions
from domain.after_sale.paid_unseen import is_paid_unseen, note_finding
from domain.after_sale.parcels import send, to_send
from domain.after_sale.stages import RequestContext, only_at
from domain.after_sale.state import AfterSaleStage, FaultOf
from domain.after_sale.stock import units_wanted
from domain.after_sale.tasks import CLAIM_FROM_CARRIER
from domain.case.declare import ActionRule
from domain.case.errand import StockChange, TakeStock
from domain.case.files import NamesFiles, show
from domain.case.ids import Carrier, TrackingNo
from domain.case.story import Story
from domain.case.units import Named, NamesLines, Quantities, against_missing, in_words, meant, minus
from domain.errors import Refusal
from domain.privacy import Private
from domain.roles import Role


class Inspect(NamesLines, NamesFiles):
    """What the warehouse found; with `lines` or `line_ids`, of the goods that came: the others stay with the buyer."""

    model_config = ConfigDict(extra="forbid")

    conforming: bool
    cause: FaultOf | None = None
    notes: Annotated[str, StringConstraints(max_length=1000), Private("inspection_notes")] = ""


class ShipReplacement(NamesLines):
    """The parcel that goes to the buyer; `lines` or `line_ids` where not all of the goods are in it."""

    model_config = ConfigDict(extra="forbid")

    carrier: Carrier
    tracking_no: TrackingNo


def _inspect_refusals(context: RequestContext[Inspect | None]) -> Iterable[Refusal]:
    if not is_paid_unseen(context.state):
        yield from only_at(context.state, AfterSaleStage.AWAITING_SELLER_RECEIPT)
    if context.input:
        yield from _against_goods(context.input.named, context.state.units, "in this request")


def _against_goods(named: Named | None, left: Quantities, there: str) -> Iterable[Refusal]:
    for line_id in named or ():
        if line_id not in left:
            yield Refusal(
                code="unknown_line", message=f"There is nothing of line {line_id} {there}.", figures={"line": line_id}
            )
    yield from against_missing({one: units for one, units in (named or {}).items() if one in left}, left, there)


def _inspect(context: RequestContext[Inspect], story: Story) -> dict[str, Any]:
    """What was found decides: the goods count as back, or the buyer hears why not (S2-97, S4-31)."""
    state, input_ = context.state, context.input
    show(story, input_.files)
    if is_paid_unseen(state):
        note_finding(state, story, conforming=input_.conforming, named=input_.named, cause=input_.cause)
        return {}
    state.automated = list(context.shop.automated)
    missing = minus(state.units, meant(input_.named, state.units))
    transitions.note_inspection(state, story, conforming=input_.conforming, cause=input_.cause, came=input_.named)
    if input_.cause is FaultOf.CARRIER and state.sent_back:
        story.ask_for(CLAIM_FROM_CARRIER, matter=state.sent_back.parcel)
    found = f", cause: {input_.cause}" if input_.cause else ""
    found += f"; did not come: line {in_words(missing)}" if missing else ""
    if input_.conforming:
        story.tell("return.inspected", f"The return conforms{found}", conforming=True)
        transitions.take_goods_back(state, context.policy, story)
    else:
        transitions.refuse(state, story, f"The return does not conform{found}")
    return {}


def _ship_replacement_refusals(context: RequestContext[ShipReplacement | None]) -> Iterable[Refusal]:
    yield from only_at(context.state, AfterSaleStage.AWAITING_REPLACEMENT)
    if context.input:
        yield from _against_goods(context.input.named, to_send(context.state), "to be sent")


def _ship_replacement(context: RequestContext[ShipReplacement], story: Story) -> dict[str, Any]:
    """Sends goods out; with the last of them the request waits for the buyer."""
    state, input_ = context.state, context.input
    units = meant(input_.named, to_send(state))
    parcel = send(state, units, input_.carrier, input_.tracking_no, story)
    state.replacements = [one for one in state.replacements if one != parcel] + [parcel]
    state.replacement_sent_at, state.replacement_by = story.cause.at, story.cause.evidence
    left = to_send(state)
    _take_stock(context, units, story, last=not left)
    if left:
        story.tell("replacement.sent", f"Sent in {parcel}: line {in_words(units)}; to be sent: line {in_words(left)}")
        transitions.ask_to_send(state, story)
    else:
        summary = f"The replacement is on its way: {parcel}"
        transitions.move(state, AfterSaleStage.AWAITING_BUYER_RECEIPT, story, summary)
    return {}


def _take_stock(context: RequestContext[object], units: Quantities, story: Story, *, last: bool) -> None:
    """What was reserved is used up; where nothing was, the shop may want the units taken from stock (S3-13)."""
    state = context.state
    lines = [line.model_copy(update={"quantity": units[line.line_id]}) for line in state.lines if line.line_id in units]
    wanted = units_wanted(state.demand.service, state.demand.wanted_sku, lines)
    if wanted and state.reservation_id is None and context.shop.exchange_stock.auto_deduct:
        story.send(TakeStock(sku=wanted.sku, quantity=wanted.quantity))
    if last:
        transitions.end_reservation(state, story, StockChange.CONSUME)


INSPECT = ActionRule(
    name="inspect_return",
    title="Inspect the return",
    input=Inspect,
    roles=(Role.WAREHOUSE,),
    refusals=_inspect_refusals,
    take=_inspect,
    after_end=True,
    example={"conforming": True, "cause": "buyer"},
)

SHIP = ActionRule(
    name="ship_replacement",
    title="Send the replacement",
    input=ShipReplacement,
    roles=(Role.WAREHOUSE,),
    refusals=_ship_replacement_refusals,
    take=_ship_replacement,
    example={"carrier": "zto", "tracking_no": "ZT2"},
)

WAREHOUSE_ACTIONS = (INSPECT, SHIP)
