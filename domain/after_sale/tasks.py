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
    script="Read what the buyer asks for and why, look at the evidence, then agree or refuse in the case.",
    rules=("S4-21", "S4-26", "S4-53"),
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

TASKS = (
    REVIEW_AFTER_SALE,
    KEYWORD_MISMATCH,
    INSPECT_RETURN,
    SHIP_REPLACEMENT,
    APPROVE_REFUND,
    PAY_REFUND,
    REPAIR_BY_SHOP,
    PLATFORM_FOLLOW_UP,
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
}

_ANSWERS = (REVIEW_AFTER_SALE.name, KEYWORD_MISMATCH.name)
"""Tasks about what was asked for at a certain time: an amendment makes a new one."""


def still_needed(state: AfterSaleState, item: WorkItem) -> bool:
    """Whether the request still stands where the task is due."""
    answers_now = item.type not in _ANSWERS or item.matter == iso_instant(state.requested_at)
    held = item.type != APPROVE_REFUND.name or state.money_held
    return state.outcome is None and state.at in _STAGES[item.type] and answers_now and held
