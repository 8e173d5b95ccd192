"""After-sale requests that the shop opens itself, because of what a task found: a refund, or the goods sent again."""

from collections.abc import Iterable

from domain.after_sale.opening import RequestAfterSale
from domain.after_sale.services import SERVICES
from domain.after_sale.stages import WINDOW_CLOSED
from domain.after_sale.state import Reason
from domain.case.declare import StockWanted
from domain.case.proposing import against_authority
from domain.case.story import Story
from domain.case.units import Quantities, of_lines
from domain.errors import Refusal
from domain.money import ZERO
from domain.order.children.request_goods import requested_lines
from domain.order.children.requests import open_request, request_refusals, stock_wanted, units_asked
from domain.order.context import OrderContext
from domain.order.state import OrderState
from domain.shop.service import Service


def refund_of(units: Quantities, reason: Reason) -> RequestAfterSale | None:
    """A refund of these units; None of none."""
    return _request_of(Service.REFUND_ONLY, units, reason)


def reship_of(units: Quantities, reason: Reason) -> RequestAfterSale | None:
    """These units sent again (S2-60, S2-94, S4-44); None of none."""
    return _request_of(Service.RESHIP, units, reason)


def _request_of(service: Service, units: Quantities, reason: Reason) -> RequestAfterSale | None:
    return RequestAfterSale(service=service, lines=of_lines(units), reason=reason) if any(units.values()) else None


def against_request(context: OrderContext[object], input_: RequestAfterSale | None) -> Iterable[Refusal]:
    """What speaks against opening it now; of money, also the account's authority (S4-66).

    The buyer's time to ask does not bind the shop: goods that come back late are paid for all the same.
    """
    if input_ is None:
        yield Refusal(code="nothing_left", message="All of these goods have been paid back already.")
        return
    yield from (reason for reason in request_refusals(context.with_input(input_)) if reason != WINDOW_CLOSED)
    if SERVICES[input_.service].pays:
        lines = requested_lines(context.state, units_asked(context.state, input_))
        yield from against_authority(context, sum((line.worth for line in lines), ZERO))


def stock_for(state: OrderState, input_: RequestAfterSale | None) -> StockWanted | None:
    """The units that it needs."""
    return stock_wanted(state, input_) if input_ else None


def open_agreed(
    context: OrderContext[object], input_: RequestAfterSale | None, story: Story, about: str | None = None
) -> None:
    """Opens it, agreed to by whoever did the task: nobody is asked a second time (S4-38); `about`: for that parcel."""
    if input_ is None:
        raise ValueError("a request of nothing is refused before it is opened")
    open_request(context.with_input(input_), story, agreed=True, about=about)
