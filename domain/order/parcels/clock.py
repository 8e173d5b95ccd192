"""The clocks of each parcel: does the carrier have it, and does it move? (S2-56, S2-80, S2-81)."""

from collections.abc import Iterable

from domain.case.deadline import Because, Deadline, DeadlineState, Plan
from domain.case.declare import LastScan
from domain.case.parcel import Parcel
from domain.case.story import Story
from domain.order.shipping.handover import is_virtual
from domain.order.shipping.packing import pack
from domain.order.state import OrderState
from domain.parcels.journey import Where, first_scan_at, journey, last_scan, last_scan_at, where_is
from domain.parcels.scans import add_scan
from domain.policy import Policy
from domain.times import iso_instant

TRACKING_START = "tracking_start"
TRACKING_STALL = "tracking_stall"

SUSPECTED_FAKE_SHIPMENT, TRACKING_STALLED = "suspected_fake_shipment", "tracking_stalled"
"""The tasks about a silent parcel; what comes of them is in `problems.py`."""


def tracking_start_plans(state: OrderState, policy: Policy) -> Iterable[Plan]:
    """`tracking_start`: said shipped, so the carrier must have scanned it within 1 to 3 days (S2-81)."""
    within = policy.tracking.start_within
    for parcel in _carried(state):
        limit = parcel.consigned_at + within.value
        scanned_at = first_scan_at(parcel)
        in_time = scanned_at is not None and scanned_at <= limit
        never = where_is(parcel) is Where.RETURNED
        over = DeadlineState.CANCELLED if state.over or never else None
        yield Plan(
            kind=TRACKING_START,
            subject=parcel.subject,
            started_at=parcel.consigned_at,
            due_at=limit,
            because=Because.since(parcel.consigned_by, "tracking.start_within", policy.id, within.text),
            outcome=DeadlineState.MET if in_time else over,
        )


def tracking_stall_plans(state: OrderState, policy: Policy) -> Iterable[Plan]:
    """`tracking_stall`: two days from the last scan, or since somebody looked, until it is signed for, back or lost.

    Whoever answers that it is waited for has it watched on (S2-56).
    """
    after = policy.tracking.stall_after
    for parcel in _carried(state):
        scan, where = last_scan(parcel), where_is(parcel)
        if scan is None:
            continue
        arrived = where in _ARRIVED or (where is Where.LOST and any(leg.where in _ARRIVED for leg in journey(parcel)))
        over = None if is_watched(state, parcel) and where is not Where.LOST else DeadlineState.CANCELLED
        since = max(scan.at, parcel.watched_since or scan.at)
        yield Plan(
            kind=TRACKING_STALL,
            subject=parcel.subject,
            started_at=since,
            due_at=since + after.value,
            because=Because.since(scan.by, "tracking.stall_after", policy.id, after.text),
            outcome=DeadlineState.MET if arrived else over,
        )


def pass_tracking_start(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Suspected fake shipment: somebody calls the carrier (S2-80..82)."""
    story.ask_for(SUSPECTED_FAKE_SHIPMENT, matter=_silent_since(state, deadline.subject))


def pass_tracking_stall(state: OrderState, policy: Policy, deadline: Deadline, story: Story) -> None:
    """Somebody chases the carrier and tells the buyer (S2-56)."""
    story.ask_for(TRACKING_STALLED, matter=_silent_since(state, deadline.subject))


def hear_scan(state: OrderState, deadline: Deadline, scan: LastScan) -> bool:
    """Takes in a scan that did not wake the case; True if the parcel has moved since the last one known."""
    parcel = state.parcel_named(deadline.subject)
    known = last_scan_at(parcel)
    if known and scan.at <= known:
        return False
    add_scan(parcel, scan)
    parcel.version = state.version
    pack(state)
    return True


def watches_any(state: OrderState) -> bool:
    """Whether a parcel's next scan is waited for."""
    return any(clock.kind == TRACKING_STALL for clock in state.running_deadlines())


def is_watched(state: OrderState, parcel: Parcel) -> bool:
    """Whether it matters where a parcel is: while the order runs; once it is completed, for goods that turn back."""
    turned_back = state.completed_at is not None and where_is(parcel) is Where.COMING_BACK
    return not state.over or turned_back


_ARRIVED = (Where.DELIVERED, Where.ASTRAY, Where.RETURNED)
"""Where the carrier has nothing left to scan."""


def _carried(state: OrderState) -> list[Parcel]:
    return [parcel for parcel in state.parcels if not is_virtual(state, parcel)]


def _silent_since(state: OrderState, subject: str) -> str:
    """The matter of a task about a silent parcel: which parcel, and since which scan."""
    parcel = state.parcel_named(subject)
    watched = f"#{parcel.watches}" if parcel.watches else ""
    return f"{subject}@{iso_instant(last_scan_at(parcel) or parcel.consigned_at)}{watched}"
