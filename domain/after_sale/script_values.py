"""What of a request the words of tasks may name; never personal data."""

from collections.abc import Callable, Mapping

from domain.after_sale.clocks import BUYER_REACTION, BUYER_RETURN, SELLER_ANSWER
from domain.after_sale.refunds import amount_asked
from domain.after_sale.services import SERVICES
from domain.after_sale.state import AfterSaleState
from domain.case.script_values import when_due
from domain.policy import Policy


def _amount(state: AfterSaleState, policy: Policy) -> str:
    """Yuan; empty where the request is not about money."""
    return str(amount_asked(state)) if SERVICES[state.demand.service].pays is not None else ""


def _carrier(state: AfterSaleState, policy: Policy) -> str:
    """That of the return."""
    return state.sent_back.parcel.partition("/")[0] if state.sent_back else ""


def _tracking_no(state: AfterSaleState, policy: Policy) -> str:
    return state.sent_back.parcel.partition("/")[2] if state.sent_back else ""


SCRIPT_VALUES: Mapping[str, Callable[[AfterSaleState, Policy], str]] = {
    "service": lambda state, policy: state.demand.service,
    "reason": lambda state, policy: state.demand.reason,
    "amount": _amount,
    "lines": lambda state, policy: "、".join(f"{line.sku}×{line.quantity}" for line in state.lines),
    "answer_by": when_due(SELLER_ANSWER),
    "reacts_by": when_due(BUYER_REACTION),
    "sent_by": when_due(BUYER_RETURN),
    "packing": lambda state, policy: state.packing or "",
    "internal_cause": lambda state, policy: state.internal_cause or "",
    "carrier": _carrier,
    "tracking_no": _tracking_no,
}
"""Plain values: how they are said, and which of them may be said now, `domain/policy/places.py` knows."""

ALWAYS_KNOWN = frozenset({"service", "reason", "lines"})
"""Those that every request has at any time."""
