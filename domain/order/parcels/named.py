"""The parcel that a task is about, and how the task's words name it."""

from collections.abc import Callable, Mapping

from domain.case.parcel import Parcel
from domain.case.work import WorkItem
from domain.order.state import OrderState
from domain.order.words import goods
from domain.parcels.journey import last_scan_at
from domain.policy import Policy
from domain.times import iso_instant


def parcel_of(state: OrderState, item: WorkItem) -> Parcel:
    """The parcel that a task is about; its matter begins with it."""
    return state.parcel_named(item.matter.partition("@")[0])


def asked_about(state: OrderState, parcel: Parcel, task: str, variant: str = "") -> list[WorkItem]:
    """The tasks about a parcel, in one form, done or not."""
    return [
        item
        for item in state.work_items
        if (item.type, item.variant) == (task, variant) and parcel_of(state, item) is parcel
    ]


def _items(state: OrderState, policy: Policy, item: WorkItem) -> str | None:
    return goods(state, parcel_of(state, item).units) or None


def _last_scan_at(state: OrderState, policy: Policy, item: WorkItem) -> str:
    scanned = last_scan_at(parcel_of(state, item))
    return iso_instant(scanned) if scanned else ""


OF_ITS_PARCEL: Mapping[str, Callable[[OrderState, Policy, WorkItem], str | None]] = {
    "items": _items,
    "carrier": lambda state, policy, item: parcel_of(state, item).carrier,
    "tracking_no": lambda state, policy, item: parcel_of(state, item).tracking_no,
    "last_scan_at": _last_scan_at,
}

ITS_NUMBER = frozenset({"carrier", "tracking_no"})
