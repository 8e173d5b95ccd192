"""The catalogue of an after-sale request's work items, and when their matter has settled itself."""

from domain.after_sale.state import AfterSaleStage, AfterSaleState
from domain.case.work import WorkItem
from domain.times import iso_instant

REVIEW_AFTER_SALE = "review_after_sale"
KEYWORD_MISMATCH = "keyword_mismatch"
INSPECT_RETURN = "inspect_return"
INSPECT_TRIAL = "inspect_trial"
SHIP_REPLACEMENT = "ship_replacement"
APPROVE_REFUND = "approve_refund"
PAY_REFUND = "pay_refund"
REPAIR_BY_SHOP = "repair_by_shop"
PLATFORM_FOLLOW_UP = "platform_follow_up"

CHECK_RETURN = "check_return"
CLAIM_FROM_CARRIER = "claim_from_carrier"

STOPPED_IN_VAIN = "stopped_in_vain"

SEND_GOODS_BACK = "send_goods_back"
TASKS = (
    REVIEW_AFTER_SALE,
    KEYWORD_MISMATCH,
    INSPECT_RETURN,
    INSPECT_TRIAL,
    SHIP_REPLACEMENT,
    APPROVE_REFUND,
    PAY_REFUND,
    REPAIR_BY_SHOP,
    PLATFORM_FOLLOW_UP,
    CHECK_RETURN,
    CLAIM_FROM_CARRIER,
    STOPPED_IN_VAIN,
    SEND_GOODS_BACK,
)

OUTLIVING = (CLAIM_FROM_CARRIER, STOPPED_IN_VAIN, SEND_GOODS_BACK)
"""Tasks that are still to be done when a request has ended: its order takes them over."""

_STAGES: dict[str, tuple[AfterSaleStage, ...]] = {
    REVIEW_AFTER_SALE: (AfterSaleStage.AWAITING_SELLER,),
    KEYWORD_MISMATCH: (AfterSaleStage.AWAITING_SELLER,),
    INSPECT_RETURN: (AfterSaleStage.AWAITING_SELLER_RECEIPT,),
    INSPECT_TRIAL: (AfterSaleStage.AWAITING_SELLER_RECEIPT,),
    SHIP_REPLACEMENT: (AfterSaleStage.AWAITING_REPLACEMENT,),
    APPROVE_REFUND: (AfterSaleStage.REFUNDING,),
    PAY_REFUND: (AfterSaleStage.REFUNDING,),
    REPAIR_BY_SHOP: (AfterSaleStage.AWAITING_BUYER_RETURN, AfterSaleStage.AWAITING_SELLER_RECEIPT),
    PLATFORM_FOLLOW_UP: (AfterSaleStage.PLATFORM_INTERVENTION,),
    CHECK_RETURN: (AfterSaleStage.AWAITING_SELLER_RECEIPT,),
}


def still_needed(state: AfterSaleState, item: WorkItem) -> bool:
    """Whether the request still stands where the task is due; what comes back or is lost, stays so while it is open."""
    if item.type in OUTLIVING:
        return state.open
    held = item.type != APPROVE_REFUND or state.money_held
    return state.outcome is None and state.at in _STAGES[item.type] and _of_today(state, item) and held


def _of_today(state: AfterSaleState, item: WorkItem) -> bool:
    """An amendment makes another task of the answer; each day makes another of a look, in place of the one before."""
    if item.type in (REVIEW_AFTER_SALE, KEYWORD_MISMATCH):
        return item.matter == iso_instant(state.requested_at)
    if item.type == PLATFORM_FOLLOW_UP:
        return item.matter == follow_up_matter(state)
    return item.type != CHECK_RETURN or (item.matter == check_matter(state) and not arrived(state))


def follow_up_matter(state: AfterSaleState) -> str:
    """Which intervention, and its how many-eth day."""
    return f"{state.intervention.asked_at}/{state.intervention.follow_ups}" if state.intervention else ""


def check_matter(state: AfterSaleState) -> str:
    """Which return, and its how many-eth day."""
    return f"{state.sent_back.parcel}/{state.sent_back.checks}" if state.sent_back else ""


def arrived(state: AfterSaleState) -> bool:
    """Whether the carrier delivered the return to the seller."""
    parcel = state.parcel(state.sent_back.parcel) if state.sent_back else None
    return parcel is not None and parcel.signed_at is not None
