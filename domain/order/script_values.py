"""What of an order the words of tasks and scripts may name; never personal data."""

from collections.abc import Callable, Mapping

from domain.case.ledger import EntryKind, net
from domain.case.script_values import when_due
from domain.order.payment.receiving import PAYMENT
from domain.order.shipping.clock import SHIP_BY
from domain.order.shipping.ladder import lacking
from domain.order.shipping.promises import ships_on
from domain.order.state import OrderState
from domain.order.words import goods
from domain.parcels.journey import last_scan_at
from domain.policy import Policy
from domain.times import iso_instant


def _ships_on(state: OrderState, policy: Policy) -> str:
    ships = ships_on(state, policy)
    return ships.isoformat() if ships else ""


def _promised_at(state: OrderState, policy: Policy) -> str:
    """When the buyer last said that they would pay."""
    pays = [call.promised_pay_at for call in state.calls if call.promised_pay_at]
    return iso_instant(pays[-1]) if pays else ""


def _promised_ship(state: OrderState, policy: Policy) -> str:
    """The ship time that the warehouse last stood by."""
    promised = [promise.ship_by for promise in state.promises if promise.feasible_since]
    return iso_instant(promised[-1]) if promised else ""


def _carrier(state: OrderState, policy: Policy) -> str:
    """That of the newest parcel; before there is one, that which it is to go by."""
    return state.parcels[-1].carrier if state.parcels else state.wanted_carrier or ""


def _tracking_no(state: OrderState, policy: Policy) -> str:
    return state.parcels[-1].tracking_no if state.parcels else ""


def _last_scan_at(state: OrderState, policy: Policy) -> str:
    scanned = last_scan_at(state.parcels[-1]) if state.parcels else None
    return iso_instant(scanned) if scanned else ""


SCRIPT_VALUES: Mapping[str, Callable[[OrderState, Policy], str]] = {
    "items": lambda state, policy: goods(state, {line.line_id: line.quantity for line in state.lines}),
    "amount": lambda state, policy: str(state.total),
    "freight": lambda state, policy: str(state.freight),
    "cod_fees": lambda state, policy: str(state.cod_fees) if state.at_the_door else "",
    "placed_at": lambda state, policy: iso_instant(state.placed_at),
    "pay_by": when_due(PAYMENT),
    "unpaid_since": when_due(PAYMENT),
    "ship_by": when_due(SHIP_BY),
    "late_since": when_due(SHIP_BY),
    "owed": lambda state, policy: str(net(state.ledger, EntryKind.LATE_SHIPMENT_COMPENSATION)),
    "lacking": lambda state, policy: goods(state, lacking(state)),
    "ships_on": _ships_on,
    "shop_cutoff": lambda state, policy: policy.ship.cutoff.value.strftime("%H:%M"),
    "promised_at": _promised_at,
    "promised_ship": _promised_ship,
    "carrier": _carrier,
    "tracking_no": _tracking_no,
    "last_scan_at": _last_scan_at,
}
"""Plain values: how they are said, and which of them may be said now, `domain/policy/places.py` knows."""

ALWAYS_KNOWN = frozenset({"items", "placed_at", "shop_cutoff"})
"""Those that every order has at any time."""
