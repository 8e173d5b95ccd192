"""Goods that are out of stock: what of them is known, and what of it the buyer has heard (S2-83)."""

from domain.case.story import Story
from domain.case.units import Quantities, in_words
from domain.order.shipping.handover import to_consign
from domain.order.state import OrderState


def take_out_of_stock(state: OrderState, units: Quantities, story: Story, *, told: bool) -> bool:
    """They were found to be out of stock; `told`: and the buyer knows, which makes them late. Whether that is news."""
    new = any(line.out_of_stock < units.get(line.line_id, 0) for line in state.lines)
    for line in state.lines:
        if line.line_id in units:
            line.out_of_stock = max(line.out_of_stock, units[line.line_id])
            line.out_of_stock_at = line.out_of_stock_at or story.cause.at
    if told:
        tell_out_of_stock(state, units, story)
    summary = f"Out of stock: line {in_words(units)}" + (", the buyer knows" if told else "")
    story.tell("order.out_of_stock", summary, units=units, told_buyer=told)
    return new


def tell_out_of_stock(state: OrderState, units: Quantities, story: Story) -> None:
    """The buyer heard that what has not left is out of stock: a late shipment, but of custom goods (S2-83)."""
    waiting = to_consign(state)
    for line in state.lines:
        told = min(units.get(line.line_id, 0), waiting.get(line.line_id, 0))
        if told and not line.made_to_order:
            line.out_of_stock_told = max(line.out_of_stock_told, told)
            line.out_of_stock_told_at = line.out_of_stock_told_at or story.cause.at
