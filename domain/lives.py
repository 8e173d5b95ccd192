"""Every kind of case there is, and what all of them together know: facts from outside, people's tasks."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.after_sale.life import AFTER_SALE
from domain.after_sale.opening import begun as after_sale_begun
from domain.case.declare import AnyFact, Life, SubjectKind
from domain.case.errand import StartCase
from domain.case.ids import CaseKind
from domain.case.live import LiveCase
from domain.complaint.life import COMPLAINT
from domain.complaint.opening import begun as complaint_begun
from domain.hold.life import SHIP_HOLD
from domain.hold.opening import begun as hold_begun
from domain.intercept.life import PARCEL_INTERCEPT
from domain.intercept.opening import begun as intercept_begun
from domain.order.life import ORDER
from domain.parcels.facts import Scan

_KINDS: tuple[Life[Any], ...] = (ORDER, AFTER_SALE, SHIP_HOLD, PARCEL_INTERCEPT, COMPLAINT)

LIVES: Mapping[CaseKind, Life[Any]] = {life.kind: life for life in _KINDS}

FACTS: Mapping[str, AnyFact[Any]] = {fact.event_type: fact for life in LIVES.values() for fact in life.facts}

SCANS = frozenset(event_type for event_type, rule in FACTS.items() if issubclass(rule.data, Scan))
"""What carriers report of a parcel on its way; not every scan wakes its case (see `domain/parcels/scans.py`)."""

ANNOUNCING = frozenset(event_type for event_type, rule in FACTS.items() if rule.announces_parcel)
"""The facts that say which parcel carries goods of their case."""

HEARD_LATER = frozenset(
    rule.event_type
    for life in LIVES.values()
    if any(rule.announces_parcel for rule in life.facts)
    for rule in life.facts
    if rule.subject is SubjectKind.PARCEL
)
"""What a case that announces a parcel must hear of it although others have heard it before: all that its kind knows."""

_BEGUN: Mapping[CaseKind, Callable[[Any], LiveCase[Any]]] = {
    CaseKind.AFTER_SALE: after_sale_begun,
    CaseKind.SHIP_HOLD: hold_begun,
    CaseKind.PARCEL_INTERCEPT: intercept_begun,
    CaseKind.COMPLAINT: complaint_begun,
}


def child_begun(start: StartCase) -> LiveCase[Any]:
    """A child at version 1: its parent's write and its own workflow start from the very same."""
    return _BEGUN[start.kind](start.opening)
