"""The tasks of an after-sale request: when each is still needed, and which outlive it."""

from collections.abc import Callable

from domain.after_sale.state import AfterSaleStage, AfterSaleState
from domain.case.declare import TaskRule
from domain.case.work import WorkItem
from domain.parcels.carriers import carrier_name
from domain.policy import Policy
from domain.times import iso_instant

REVIEW_AFTER_SALE = "review_after_sale"
KEYWORD_MISMATCH = "keyword_mismatch"
INSPECT_RETURN = "inspect_return"
INSPECT_TRIAL = "inspect_trial"
SHIP_REPLACEMENT = "ship_replacement"
APPROVE_REFUND = "approve_refund"
REPAIR_BY_SHOP = "repair_by_shop"
PLATFORM_FOLLOW_UP = "platform_follow_up"
CHECK_RETURN = "check_return"
CLAIM_FROM_CARRIER = "claim_from_carrier"
STOPPED_IN_VAIN = "stopped_in_vain"
SEND_GOODS_BACK = "send_goods_back"

OUTLIVING = (CLAIM_FROM_CARRIER, STOPPED_IN_VAIN, SEND_GOODS_BACK)
"""Tasks that are still to be done when a request has ended: its order takes them over."""


def _stands_at(state: AfterSaleState, *stages: AfterSaleStage) -> bool:
    """Whether the request is undecided, and at one of these stages."""
    return state.outcome is None and state.at in stages


def _while_at(*stages: AfterSaleStage) -> Callable[[AfterSaleState, WorkItem], bool]:
    return lambda state, item: _stands_at(state, *stages)


def _answer_needed(state: AfterSaleState, item: WorkItem) -> bool:
    """An amendment makes another task of the answer."""
    return _stands_at(state, AfterSaleStage.AWAITING_SELLER) and item.matter == iso_instant(state.requested_at)


def _approval_needed(state: AfterSaleState, item: WorkItem) -> bool:
    return _stands_at(state, AfterSaleStage.REFUNDING) and state.money_held


def _follow_up_needed(state: AfterSaleState, item: WorkItem) -> bool:
    """Each day makes another task, in place of the one before."""
    intervening = _stands_at(state, AfterSaleStage.PLATFORM_INTERVENTION)
    return intervening and item.matter == follow_up_matter(state)


def _check_needed(state: AfterSaleState, item: WorkItem) -> bool:
    """Each day makes another look, in place of the one before, until the parcel is there."""
    awaited = _stands_at(state, AfterSaleStage.AWAITING_SELLER_RECEIPT)
    return awaited and item.matter == check_matter(state) and not has_arrived(state)


def _until_ended(state: AfterSaleState, item: WorkItem) -> bool:
    """What comes back or is lost, stays so while the request is open; then it is the order's."""
    return state.open


def follow_up_matter(state: AfterSaleState) -> str:
    """Which intervention, and its how many-eth day."""
    return f"{state.intervention.asked_at}/{state.intervention.follow_ups}" if state.intervention else ""


def check_matter(state: AfterSaleState) -> str:
    """Which return, and its how many-eth day."""
    return f"{state.sent_back.parcel}/{state.sent_back.checks}" if state.sent_back else ""


def has_arrived(state: AfterSaleState) -> bool:
    """Whether the carrier delivered the return to the seller."""
    parcel = state.parcel(state.sent_back.parcel) if state.sent_back else None
    return parcel is not None and parcel.signed_at is not None


def _parcel_of(state: AfterSaleState, item: WorkItem) -> str:
    """The parcel that a task is about: its matter, or what the interception stopped that is its matter."""
    stopped = (one.parcel for one in state.intercepts if one.case_id == item.matter)
    return next(stopped, item.matter if "/" in item.matter else "")


def _carrier(state: AfterSaleState, policy: Policy, item: WorkItem) -> str:
    return carrier_name(_parcel_of(state, item).partition("/")[0])


def _tracking_no(state: AfterSaleState, policy: Policy, item: WorkItem) -> str:
    return _parcel_of(state, item).partition("/")[2]


_OF_ITS_PARCEL = {"carrier": _carrier, "tracking_no": _tracking_no}
_RETURNING = (AfterSaleStage.AWAITING_BUYER_RETURN, AfterSaleStage.AWAITING_SELLER_RECEIPT)

TASKS: tuple[TaskRule[AfterSaleState], ...] = (
    TaskRule(name=REVIEW_AFTER_SALE, needed=_answer_needed),
    TaskRule(name=KEYWORD_MISMATCH, needed=_answer_needed),
    TaskRule(
        name=INSPECT_RETURN, needed=_while_at(AfterSaleStage.AWAITING_SELLER_RECEIPT), script_values=_OF_ITS_PARCEL
    ),
    TaskRule(
        name=INSPECT_TRIAL, needed=_while_at(AfterSaleStage.AWAITING_SELLER_RECEIPT), script_values=_OF_ITS_PARCEL
    ),
    TaskRule(name=SHIP_REPLACEMENT, needed=_while_at(AfterSaleStage.AWAITING_REPLACEMENT)),
    TaskRule(name=APPROVE_REFUND, needed=_approval_needed),
    TaskRule(name=REPAIR_BY_SHOP, needed=_while_at(*_RETURNING)),
    TaskRule(name=PLATFORM_FOLLOW_UP, needed=_follow_up_needed),
    TaskRule(name=CHECK_RETURN, needed=_check_needed),
    TaskRule(name=CLAIM_FROM_CARRIER, needed=_until_ended, script_values=_OF_ITS_PARCEL),
    TaskRule(name=STOPPED_IN_VAIN, needed=_until_ended, script_values=_OF_ITS_PARCEL),
    TaskRule(name=SEND_GOODS_BACK, needed=_until_ended, script_values=_OF_ITS_PARCEL),
)
