"""What of an order the words of tasks and scripts may name; never personal data."""

from collections.abc import Callable, Mapping

from domain.case.deadline import find
from domain.order.payment.receiving import PAYMENT
from domain.order.shipping.clock import SHIP_BY
from domain.order.shipping.promises import ships_on
from domain.order.state import OrderState
from domain.order.words import goods
from domain.parcels.carriers import carrier_name
from domain.policy import Policy
from domain.times import china_clock


def _due(kind: str) -> Callable[[OrderState, Policy], str]:
    def value(state: OrderState, policy: Policy) -> str:
        deadline = find(state.deadlines, kind)
        return china_clock(deadline.due_at) if deadline else ""

    return value


def _ships_on(state: OrderState, policy: Policy) -> str:
    ships = ships_on(state, policy)
    return ships.strftime("%m-%d") if ships else ""


def _promised_at(state: OrderState, policy: Policy) -> str:
    """When the buyer last said that they would pay."""
    pays = [call.promised_pay_at for call in state.calls if call.promised_pay_at]
    return china_clock(pays[-1]) if pays else ""


def _carrier(state: OrderState, policy: Policy) -> str:
    """That of the newest parcel."""
    return carrier_name(state.parcels[-1].carrier) if state.parcels else ""


def _tracking_no(state: OrderState, policy: Policy) -> str:
    return state.parcels[-1].tracking_no if state.parcels else ""


def _last_scan_at(state: OrderState, policy: Policy) -> str:
    scanned = state.parcels[-1].last_scan_at if state.parcels else None
    return china_clock(scanned) if scanned else ""


SCRIPT_VALUES: Mapping[str, Callable[[OrderState, Policy], str]] = {
    "items": lambda state, policy: goods(state.lines),
    "amount": lambda state, policy: str(state.total),
    "freight": lambda state, policy: str(state.freight),
    "cod_fees": lambda state, policy: str(state.cod_fees) if state.at_the_door else "",
    "placed_at": lambda state, policy: china_clock(state.placed_at),
    "pay_by": _due(PAYMENT),
    "ship_by": _due(SHIP_BY),
    "ships_on": _ships_on,
    "shop_cutoff": lambda state, policy: policy.ship.cutoff.value.strftime("%H:%M"),
    "promised_at": _promised_at,
    "carrier": _carrier,
    "tracking_no": _tracking_no,
    "last_scan_at": _last_scan_at,
}
"""Times are of the China clock, money is yuan."""
