"""The tasks of an after-sale request: when each is still needed, and what comes of it."""

from collections.abc import Callable
from dataclasses import replace

from domain.after_sale.following_up import FOLLOWING_UP, answer_needed
from domain.after_sale.handing_back import to_the_buyer
from domain.after_sale.late_returns import LATE_RETURN_TASK
from domain.after_sale.paid_unseen import PAID_UNSEEN_TASK, is_here_unseen
from domain.after_sale.return_checks import CHECK_RETURN_TASK
from domain.after_sale.seller_actions import AGREE, APPROVE, REFUSE
from domain.after_sale.stages import stands_at
from domain.after_sale.state import AfterSaleStage, AfterSaleState
from domain.after_sale.tasks import (
    APPROVE_REFUND,
    CLAIM_FROM_CARRIER,
    COLLECTED,
    INSPECT_RETURN,
    INSPECT_TRIAL,
    PLATFORM_FOLLOW_UP,
    REPAIR_BY_SHOP,
    REVIEW_AFTER_SALE,
    SEND_GOODS_BACK,
    SENT,
    SHIP_REPLACEMENT,
    STOPPED_IN_VAIN,
    UNSEEN,
    follow_up_matter,
)
from domain.after_sale.transitions import finish_paying
from domain.after_sale.warehouse_actions import INSPECT, SHIP
from domain.case.declare import TaskRule
from domain.case.deeds import by_action
from domain.case.payouts import paid_by_hand_task
from domain.case.work import WorkItem
from domain.policy import Policy


def _while_at(*stages: AfterSaleStage) -> Callable[[AfterSaleState, WorkItem], bool]:
    return lambda state, item: stands_at(state, *stages)


def _inspection_needed(state: AfterSaleState, item: WorkItem) -> bool:
    """Until somebody has looked; what was paid for meanwhile makes another task of it."""
    if item.variant == UNSEEN:
        return is_here_unseen(state)
    return stands_at(state, AfterSaleStage.AWAITING_SELLER_RECEIPT)


def _approval_needed(state: AfterSaleState, item: WorkItem) -> bool:
    return stands_at(state, AfterSaleStage.REFUNDING) and state.money_held


def _follow_up_needed(state: AfterSaleState, item: WorkItem) -> bool:
    """Each day makes another task, in place of the one before."""
    intervening = stands_at(state, AfterSaleStage.PLATFORM_INTERVENTION)
    return intervening and item.matter == follow_up_matter(state)


def _until_ended(state: AfterSaleState, item: WorkItem) -> bool:
    """What comes back or is lost, stays so while the request is open; then it is the order's."""
    return state.open


def _parcel_of(state: AfterSaleState, item: WorkItem) -> str:
    """The parcel that a task is about: its matter, or what the interception stopped that is its matter."""
    stopped = (one.parcel for one in state.intercepts if one.case_id == item.matter)
    return next(stopped, item.matter.rstrip("+") if "/" in item.matter else "")


def _carrier(state: AfterSaleState, policy: Policy, item: WorkItem) -> str:
    return _parcel_of(state, item).partition("/")[0]


def _tracking_no(state: AfterSaleState, policy: Policy, item: WorkItem) -> str:
    return _parcel_of(state, item).partition("/")[2]


_OF_ITS_PARCEL = {"carrier": _carrier, "tracking_no": _tracking_no}
_ITS_NUMBER = frozenset({"carrier", "tracking_no"})
_RETURNING = (AfterSaleStage.AWAITING_BUYER_RETURN, AfterSaleStage.AWAITING_SELLER_RECEIPT)

_ANSWERED = (by_action("agreed", AGREE), by_action("refused", REFUSE))
_INSPECTED = (
    by_action("conforming", INSPECT, conforming=True),
    by_action("not_conforming", INSPECT, conforming=False),
)

TASKS: tuple[TaskRule[AfterSaleState], ...] = (
    TaskRule(name=REVIEW_AFTER_SALE, needed=answer_needed, outcomes=_ANSWERED),
    *FOLLOWING_UP,
    TaskRule(
        name=INSPECT_RETURN,
        needed=_inspection_needed,
        outcomes=_INSPECTED,
        script_values=_OF_ITS_PARCEL,
    ),
    TaskRule(
        name=INSPECT_TRIAL,
        needed=_inspection_needed,
        outcomes=_INSPECTED,
        script_values=_OF_ITS_PARCEL,
    ),
    TaskRule(
        name=SHIP_REPLACEMENT,
        needed=_while_at(AfterSaleStage.AWAITING_REPLACEMENT),
        outcomes=(by_action("sent", SHIP),),
    ),
    TaskRule(name=APPROVE_REFUND, needed=_approval_needed, outcomes=(by_action("approved", APPROVE),)),
    paid_by_hand_task(finish_paying),
    TaskRule(name=REPAIR_BY_SHOP, needed=_while_at(*_RETURNING)),
    TaskRule(name=PLATFORM_FOLLOW_UP, needed=_follow_up_needed),
    CHECK_RETURN_TASK,
    TaskRule(name=CLAIM_FROM_CARRIER, needed=_until_ended, script_values=_OF_ITS_PARCEL, always_known=_ITS_NUMBER),
    TaskRule(name=STOPPED_IN_VAIN, needed=_until_ended, script_values=_OF_ITS_PARCEL, always_known=_ITS_NUMBER),
    replace(LATE_RETURN_TASK, script_values=_OF_ITS_PARCEL, always_known=_ITS_NUMBER),
    replace(PAID_UNSEEN_TASK, script_values=_OF_ITS_PARCEL, always_known=_ITS_NUMBER),
    TaskRule(
        name=SEND_GOODS_BACK, needed=_until_ended, outcomes=to_the_buyer(SENT, COLLECTED), script_values=_OF_ITS_PARCEL
    ),
)
