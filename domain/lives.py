"""Every kind of case there is, and what all of them together know: facts from outside, people's tasks."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.after_sale.life import AFTER_SALE
from domain.after_sale.opening import begin as begin_after_sale
from domain.case.declare import AnyFact, Life, SubjectKind
from domain.case.errand import StartCase
from domain.case.ids import CaseKind
from domain.case.live import LiveCase
from domain.complaint.life import COMPLAINT
from domain.complaint.opening import begin as begin_complaint
from domain.hold.life import SHIP_HOLD
from domain.hold.opening import begin as begin_hold
from domain.intercept.life import PARCEL_INTERCEPT
from domain.intercept.opening import begin as begin_intercept
from domain.message.life import PLATFORM_MESSAGE
from domain.message.opening import begin as begin_message
from domain.order.life import ORDER
from domain.parcels.facts import ParcelException, Scan

_KINDS: tuple[Life[Any], ...] = (ORDER, AFTER_SALE, SHIP_HOLD, PARCEL_INTERCEPT, COMPLAINT, PLATFORM_MESSAGE)

LIVES: Mapping[CaseKind, Life[Any]] = {life.kind: life for life in _KINDS}

FACTS: Mapping[str, AnyFact[Any]] = {fact.event_type: fact for life in LIVES.values() for fact in life.facts}

SCANS = frozenset(event_type for event_type, rule in FACTS.items() if issubclass(rule.data, Scan))
"""What carriers report of a parcel on its way; not every scan wakes its case (see `domain/parcels/scans.py`)."""

ANNOUNCING = frozenset(event_type for event_type, rule in FACTS.items() if rule.announces_parcel)
"""The facts that say which parcel carries goods of their case."""

EXCEPTIONS = frozenset(event_type for event_type, rule in FACTS.items() if issubclass(rule.data, ParcelException))
"""What carriers report to have gone wrong with a parcel: its case waits for the next sign of life."""

HEARD_LATER = frozenset(
    rule.event_type
    for life in LIVES.values()
    if any(rule.announces_parcel for rule in life.facts)
    for rule in life.facts
    if rule.subject is SubjectKind.PARCEL
)
"""What a case that announces a parcel must hear of it although others have heard it before: all that its kind knows."""

_BEGIN: Mapping[CaseKind, Callable[[Any], LiveCase[Any]]] = {
    CaseKind.AFTER_SALE: begin_after_sale,
    CaseKind.SHIP_HOLD: begin_hold,
    CaseKind.PARCEL_INTERCEPT: begin_intercept,
    CaseKind.COMPLAINT: begin_complaint,
    CaseKind.PLATFORM_MESSAGE: begin_message,
}


def begin_any(start: StartCase) -> LiveCase[Any]:
    """A child at version 1: its parent's write and its own workflow start from the very same."""
    return _BEGIN[start.kind](start.opening)
