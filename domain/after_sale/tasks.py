"""The catalogue of an after-sale request's work items, and when their matter has settled itself."""

from datetime import timedelta

from domain.after_sale.state import AfterSaleStage, AfterSaleState
from domain.case.work import Group, WorkItem, WorkType
from domain.times import iso_instant

REVIEW_AFTER_SALE = WorkType(
    name="review_after_sale",
    title="处理售后申请 · Answer an after-sale request",
    group=Group.AFTERSALE,
    outcomes=("agreed", "refused"),
    script="Read what the buyer asks for and why, look at the evidence, then agree or refuse in the case. A refund of "
    "goods on their way: have the parcel intercepted where the case offers it; else ask the buyer to refuse the "
    "parcel, or to ask for a return once she has it.",
    rules=("S1-06", "S4-21", "S4-26", "S4-51", "S4-53"),
)
KEYWORD_MISMATCH = WorkType(
    name="keyword_mismatch",
    title="申请与描述不符 · The text contradicts the request",
    group=Group.AFTERSALE,
    outcomes=("as_requested", "amended"),
    script="The buyer's words speak for another service than the one chosen: ask which is meant before answering.",
    rules=("S3-07", "S3-08", "S4-53"),
)
INSPECT_RETURN = WorkType(
    name="inspect_return",
    title="验收退货 · Inspect a return",
    group=Group.WAREHOUSE,
    outcomes=("conforming", "not_conforming"),
    script="The return has arrived: compare it with the request and the photos, then report what you found.",
    rules=("S4-27", "S4-28", "S4-31", "S4-57"),
)
SHIP_REPLACEMENT = WorkType(
    name="ship_replacement",
    title="发出换货、补发或修好的商品 · Send the replacement",
    group=Group.WAREHOUSE,
    outcomes=("sent",),
    script="Send the goods that replace or complete what the buyer had, then report carrier and number in the case.",
    rules=("S2-60", "S2-94", "S4-44", "S4-46", "S4-65"),
    within=timedelta(hours=72),
)
APPROVE_REFUND = WorkType(
    name="approve_refund",
    title="审核打款 · Let a refund go",
    group=Group.AFTERSALE,
    outcomes=("approved",),
    script="No strategy of the shop let this refund go by itself: check the amount, then approve it in the case.",
    rules=("S3-06", "S4-66"),
)
PAY_REFUND = WorkType(
    name="pay_refund",
    title="人工退款 · Pay the buyer by hand",
    group=Group.FINANCE,
    outcomes=("paid",),
    script="Pay the amount that the case names to the buyer, then confirm it.",
    rules=("S4-29", "S4-38", "S4-64"),
)
REPAIR_BY_SHOP = WorkType(
    name="repair_by_shop",
    title="店铺维修 · Tell the owner of a repair",
    group=Group.OWNER,
    outcomes=("noted",),
    script="Goods come to the shop for repair: make room for it and tell the warehouse where they go.",
    rules=("S4-48",),
)
PLATFORM_FOLLOW_UP = WorkType(
    name="platform_follow_up",
    title="小二介入跟进 · Follow up with the platform's agent",
    group=Group.AFTERSALE,
    outcomes=("done",),
    script="The platform's agent is in: look today what is asked for, answer it, so that slowness does not decide.",
    rules=("S4-67",),
)

CHECK_RETURN = WorkType(
    name="check_return",
    title="核查退货物流 · Look where a return is",
    group=Group.AFTERSALE,
    outcomes=("on_its_way", "arrived", "lost"),
    script="The return has not arrived: look up its tracking, and whether the warehouse has taken it in unreported. "
    "Arrived: have it inspected today. Not arrived: tell the buyer kindly that it is watched, or put the return off.",
    rules=("S4-28", "S4-30", "S4-33", "S4-57"),
)
CLAIM_FROM_CARRIER = WorkType(
    name="claim_from_carrier",
    title="快递索赔 · Claim from the carrier",
    group=Group.WAREHOUSE,
    outcomes=("compensated", "found", "declined"),
    script="A parcel was lost or damaged on its way: settle with the carrier what it pays for the goods in it.",
    rules=("S2-95", "S4-45"),
    within=timedelta(hours=72),
)

STOPPED_IN_VAIN = WorkType(
    name="stopped_in_vain",
    title="退款已关闭但包裹已拦截 · Goods come back for a closed request",
    group=Group.AFTERSALE,
    outcomes=("refund_requested", "sent_again"),
    script="The request was closed before the carrier stopped its parcel: ask the buyer whether she wants her money "
    "back, by a new request, or the goods sent again.",
    rules=("S1-04", "S1-35"),
)

SEND_GOODS_BACK = WorkType(
    name="send_goods_back",
    title="退回验收不合格的商品 · Send goods back that did not conform",
    group=Group.WAREHOUSE,
    outcomes=("sent", "collected", "disposed"),
    script="The return did not conform and nothing is paid back: send the goods back to the buyer, or agree with her.",
    rules=("S2-97", "S4-31"),
    within=timedelta(hours=72),
)
TASKS = (
    REVIEW_AFTER_SALE,
    KEYWORD_MISMATCH,
    INSPECT_RETURN,
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

_STAGES: dict[str, tuple[AfterSaleStage, ...]] = {
    REVIEW_AFTER_SALE.name: (AfterSaleStage.AWAITING_SELLER,),
    KEYWORD_MISMATCH.name: (AfterSaleStage.AWAITING_SELLER,),
    INSPECT_RETURN.name: (AfterSaleStage.AWAITING_SELLER_RECEIPT,),
    SHIP_REPLACEMENT.name: (AfterSaleStage.AWAITING_REPLACEMENT,),
    APPROVE_REFUND.name: (AfterSaleStage.REFUNDING,),
    PAY_REFUND.name: (AfterSaleStage.REFUNDING,),
    REPAIR_BY_SHOP.name: (AfterSaleStage.AWAITING_BUYER_RETURN, AfterSaleStage.AWAITING_SELLER_RECEIPT),
    PLATFORM_FOLLOW_UP.name: (AfterSaleStage.PLATFORM_INTERVENTION,),
    CHECK_RETURN.name: (AfterSaleStage.AWAITING_SELLER_RECEIPT,),
}


def still_needed(state: AfterSaleState, item: WorkItem) -> bool:
    """Whether the request still stands where the task is due; what comes back or is lost, stays so."""
    if item.type in (CLAIM_FROM_CARRIER.name, STOPPED_IN_VAIN.name, SEND_GOODS_BACK.name):
        return True
    held = item.type != APPROVE_REFUND.name or state.money_held
    return state.outcome is None and state.at in _STAGES[item.type] and _of_today(state, item) and held


def _of_today(state: AfterSaleState, item: WorkItem) -> bool:
    """An amendment makes another task of the answer; each day makes another of a look, in place of the one before."""
    match item.type:
        case REVIEW_AFTER_SALE.name | KEYWORD_MISMATCH.name:
            return item.matter == iso_instant(state.requested_at)
        case PLATFORM_FOLLOW_UP.name:
            return item.matter == follow_up_matter(state)
        case CHECK_RETURN.name:
            return item.matter == check_matter(state) and not arrived(state)
        case _:
            return True


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
