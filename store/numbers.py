"""Whose parcel a waybill number means: carriers give their numbers again after months. Sends no SQL.

A number is that of the newest parcel announced under it. In another open order of the shop it is the same parcel, two
orders in one box, if it left at about the same time; an order that has ended hears what was so before it ended, and
for a while after. What was so before an order was placed is never its parcel's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.policy import policies


@dataclass(frozen=True, slots=True)
class CaseOfParcel:
    """A case as far as its parcels' numbers are concerned.

    Attributes:
        order_case_id: the order that it belongs to, or is; `placed_at`: when that was placed.
        ended_at: when the case ended; None while it is open.
        parked_for: how long a fact may have waited for its parcel (`tracking.parked_for` of the edition).
        updated_at: of its row.
    """

    order_case_id: str
    placed_at: datetime
    ended_at: datetime | None
    parked_for: timedelta
    updated_at: datetime


def hearing(announced: Mapping[str, datetime], owners: Mapping[str, CaseOfParcel], at: datetime) -> list[str]:
    """The cases that hear what was so of a number at that time.

    Args:
        announced: when each case of that number says that its parcel left.
        owners: the cases; one that is not there has announced the parcel before its order was opened.
        at: when it was so.
    """
    theirs = {case_id: left for case_id, left in announced.items() if _may_be_of(owners.get(case_id), at)}
    if not theirs:
        return []
    newest = max(theirs, key=lambda case_id: theirs[case_id])
    of_order = _order_of(newest, owners)
    return [
        case_id
        for case_id, left in theirs.items()
        if _order_of(case_id, owners) == of_order or _is_same(owners.get(case_id), left, theirs[newest])
    ]


def is_of_parcel(
    case: CaseOfParcel | None, heard_by: CaseOfParcel | None, at: datetime, received_at: datetime, now: datetime
) -> bool:
    """Whether something told of a number before is about the parcel that a case announces now.

    Args:
        case: whose parcel it is now; None: an order that is not open yet.
        heard_by: the case that heard it then; None: nobody, so it was parked.
        at: when it was so.
        received_at: when it was told.
        now: the present.
    """
    parked_for = case.parked_for if case else min(edition.tracking.parked_for.value for edition in policies().values())
    if now - received_at > parked_for or (case and at < case.placed_at):
        return False
    same_order = heard_by is not None and case is not None and heard_by.order_case_id == case.order_case_id
    return heard_by is None or same_order or heard_by.ended_at is None or received_at > heard_by.ended_at


def _may_be_of(case: CaseOfParcel | None, at: datetime) -> bool:
    """Not what was so before the order, nor long after its end."""
    if case is None:
        return True
    return case.placed_at <= at and (case.ended_at is None or at <= case.ended_at + case.parked_for)


def _is_same(case: CaseOfParcel | None, left: datetime, newest: datetime) -> bool:
    """Whether the parcel of an open case may be the one that left last."""
    return case is None or (case.ended_at is None and newest - left <= case.parked_for)


def _order_of(case_id: str, owners: Mapping[str, CaseOfParcel]) -> str:
    case = owners.get(case_id)
    return case.order_case_id if case else case_id
