"""The ladder for orders unshipped after 48 hours, step by step (S4-34..40).

Out of stock: something else is offered; declined, the buyer is guided to a refund; if they will not ask, the shop
registers it. The true cause is kept with the line, whatever reason the buyer states (S4-37). Shipped and not reported:
the parcel is reported here, or by somebody who finds its number.
"""

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from domain.after_sale.state import Reason
from domain.case.declare import Nothing, OutcomeRule, TaskRule
from domain.case.ids import Carrier, TrackingNo
from domain.case.story import Story
from domain.case.units import NamesLines, Quantities, against_missing, counted, in_words, meant
from domain.case.work import WorkItem
from domain.errors import Refusal
from domain.invalid import InvalidValue
from domain.order.children.shop_requests import against_request, open_agreed, refund_of
from domain.order.context import OrderContext
from domain.order.people.auditing import CHANGE, ORDER_AUDIT
from domain.order.people.interactions import Promise
from domain.order.shipping.breach import UNSHIPPED_48H
from domain.order.shipping.facts import ParcelConsigned, on_parcel_consigned
from domain.order.shipping.handover import to_hand_over
from domain.order.shipping.out_of_stock import take_out_of_stock, tell_out_of_stock
from domain.order.state import OrderState
from domain.order.words import only
from domain.times import Instant, china_clock

REPORT_SHIPMENT, OFFER_ALTERNATIVE, GUIDE_REFUND = "report_shipment", "offer_alternative", "guide_refund"


class WhichLines(NamesLines):
    """The goods that are out of stock; none named: all that the carrier does not have."""

    model_config = ConfigDict(extra="forbid")


class Alternative(BaseModel):
    """What the buyer takes instead; `line_id` where several lines are out of stock."""

    model_config = ConfigDict(extra="forbid")

    sku: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    line_id: str | None = None


class WhichParcel(BaseModel):
    """The parcel that left and was not reported; both or, while nobody knows them, neither."""

    model_config = ConfigDict(extra="forbid")

    carrier: Carrier | None = None
    tracking_no: TrackingNo | None = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> "WhichParcel":
        if (self.carrier is None) is not (self.tracking_no is None):
            raise InvalidValue("carrier and tracking_no go together", "carrier 和 tracking_no 须一起填写")
        return self


class WillShip(BaseModel):
    """When the warehouse says that it leaves, where it has said so."""

    model_config = ConfigDict(extra="forbid")

    ship_by: Instant | None = None


class ThatParcel(BaseModel):
    """The parcel that left."""

    model_config = ConfigDict(extra="forbid")

    carrier: Carrier
    tracking_no: TrackingNo


def lacking(state: OrderState) -> Quantities:
    """The goods that were found to be out of stock and have not left."""
    missing = to_hand_over(state)
    return counted({line.line_id: min(line.out_of_stock, missing.get(line.line_id, 0)) for line in state.lines})


def lacks_what_is_wanted(state: OrderState) -> bool:
    """Whether goods are out of stock for which no refund is asked."""
    units = lacking(state)
    return any(units.get(line.line_id, 0) > line.refunding for line in state.lines)


def note_lacking(state: OrderState, units: Quantities, item: WorkItem, story: Story) -> None:
    """The true cause stands in the timeline, whatever reason the buyer states later (S4-37)."""
    new = take_out_of_stock(state, units, story, told=False)
    ask_to_offer(state, story, matter=item.item_id, new=new)


def ask_to_offer(state: OrderState, story: Story, *, matter: str, new: bool) -> None:
    """Somebody calls the buyer at once, whoever found it out and however early (S2-86, S4-15, S4-35).

    One offer at a time, about all that is lacking; a buyer who is being guided to their refund hears of what is `new`.
    """
    asked = {item.type for item in state.open_work()}
    if OFFER_ALTERNATIVE in asked or (GUIDE_REFUND in asked and not new):
        return
    if lacks_what_is_wanted(state):
        story.ask_for(OFFER_ALTERNATIVE, matter=matter)


def _out_of_stock_refusals(context: OrderContext[WhichLines], item: WorkItem) -> Iterable[Refusal]:
    missing, named = to_hand_over(context.state), context.input.named
    for line_id in named or ():
        if line_id not in missing:
            yield Refusal(
                code="unknown_line",
                message=f"No line {line_id} of this order waits to be shipped.",
                figures={"line": line_id},
            )
    yield from against_missing(
        {one: units for one, units in (named or {}).items() if one in missing}, missing, "to ship"
    )


def _on_out_of_stock(context: OrderContext[WhichLines], item: WorkItem, story: Story) -> None:
    state = context.state
    note_lacking(state, meant(context.input.named, to_hand_over(state)), item, story)


def _will_ship_refusals(context: OrderContext[WillShip], item: WorkItem) -> Iterable[Refusal]:
    ship_by = context.input.ship_by
    if ship_by is not None and ship_by <= context.now:
        yield Refusal(code="ship_by_in_past", message="The time at which it is to leave has passed already.")


def _on_will_ship(context: OrderContext[WillShip], item: WorkItem, story: Story) -> None:
    """The time that the warehouse has named is a promise like any other, and has its clock."""
    state, ship_by = context.state, context.input.ship_by
    if ship_by is not None:
        promise = Promise(id=f"promise-{len(state.promises) + 1}", ship_by=ship_by, feasible_since=story.cause.at)
        state.promises.append(promise)
        story.tell("promise.made", f"The warehouse ships by {china_clock(ship_by)} (China time)")


def _on_shipped_not_reported(context: OrderContext[WhichParcel], item: WorkItem, story: Story) -> None:
    input_ = context.input
    if input_.carrier and input_.tracking_no:
        on_parcel_consigned(
            context.state, ParcelConsigned(carrier=input_.carrier, tracking_no=input_.tracking_no), story
        )
    else:
        story.ask_for(REPORT_SHIPMENT, matter=item.item_id)


def _on_reported(context: OrderContext[ThatParcel], item: WorkItem, story: Story) -> None:
    """The status is updated here and now (S4-39, S4-40)."""
    parcel = ParcelConsigned(carrier=context.input.carrier, tracking_no=context.input.tracking_no)
    on_parcel_consigned(context.state, parcel, story)


def _accepted_refusals(context: OrderContext[Alternative], item: WorkItem) -> Iterable[Refusal]:
    lines, line_id = lacking(context.state), context.input.line_id
    if line_id is None and len(lines) > 1:
        yield Refusal(code="which_line", message="Several lines are out of stock: name the one that is changed.")
    if line_id is not None and line_id not in lines:
        yield Refusal(code="unknown_line", message=f"Line {line_id} is not out of stock.", figures={"line": line_id})


def _on_accepted(context: OrderContext[Alternative], item: WorkItem, story: Story) -> None:
    """Other goods in place of those that are out of stock; the ERP's order is changed too where it has read it."""
    state, input_ = context.state, context.input
    line_id, units = next(one for one in lacking(state).items() if input_.line_id in (None, one[0]))
    line = next(line for line in state.lines if line.line_id == line_id)
    story.tell(
        "order.changed", f"Line {in_words({line_id: units})}: {input_.sku} instead of {line.sku}", line_id=line_id
    )
    line.swap(units, input_.sku)
    line.out_of_stock, line.out_of_stock_at = 0, None
    if state.erp_read_at:
        story.ask_for(ORDER_AUDIT, matter=story.cause.id, variant=CHANGE)
    ask_to_offer(state, story, matter=item.item_id, new=False)


def _on_declined(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    """The buyer has heard that it is out of stock, and takes nothing else: that is a late shipment (S2-83)."""
    tell_out_of_stock(context.state, lacking(context.state), story)
    if all(task.type != GUIDE_REFUND for task in context.state.open_work()):
        story.ask_for(GUIDE_REFUND, matter=item.item_id)


def _register_refusals(context: OrderContext[object], item: WorkItem) -> Iterable[Refusal]:
    return against_request(context, refund_of(lacking(context.state), Reason.OUT_OF_STOCK))


def _on_register(context: OrderContext[object], item: WorkItem, story: Story) -> None:
    open_agreed(context, refund_of(lacking(context.state), Reason.OUT_OF_STOCK), story)


def _goods_not_moved(state: OrderState, item: WorkItem) -> bool:
    missing = to_hand_over(state)
    return not state.over and any(not line.made_to_order for line in state.lines if line.line_id in missing)


def _out_of_stock_still(state: OrderState, item: WorkItem) -> bool:
    """Not once a refund is asked for: that is how the matter ends."""
    return not state.over and lacks_what_is_wanted(state)


_FOUND_OUT = (
    OutcomeRule(name="out_of_stock", data=WhichLines, take=_on_out_of_stock, refusals=_out_of_stock_refusals),
    OutcomeRule(name="shipped_not_reported", data=WhichParcel, take=_on_shipped_not_reported),
    OutcomeRule(name="will_ship", data=WillShip, take=_on_will_ship, refusals=_will_ship_refusals),
)
_REPORTED = (OutcomeRule(name="reported", data=ThatParcel, take=_on_reported),)
_OFFERED = (
    OutcomeRule(name="accepted", data=Alternative, take=_on_accepted, refusals=_accepted_refusals),
    OutcomeRule(name="declined", data=Nothing, take=_on_declined),
)
_GUIDED = (OutcomeRule(name="register", data=Nothing, take=_on_register, refusals=_register_refusals),)
_NOT_LEFT, _LACKING = {"items": only(to_hand_over)}, {"items": only(lacking)}

LADDER_TASKS = (
    TaskRule(name=UNSHIPPED_48H, needed=_goods_not_moved, outcomes=_FOUND_OUT, script_values=_NOT_LEFT),
    TaskRule(name=REPORT_SHIPMENT, needed=_goods_not_moved, outcomes=_REPORTED, script_values=_NOT_LEFT),
    TaskRule(name=OFFER_ALTERNATIVE, needed=_out_of_stock_still, outcomes=_OFFERED, script_values=_LACKING),
    TaskRule(name=GUIDE_REFUND, needed=_out_of_stock_still, outcomes=_GUIDED, script_values=_LACKING),
)
