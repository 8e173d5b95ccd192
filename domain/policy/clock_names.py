"""What people call the clocks of cases in Chinese, by kind; English stands with each declaration."""

from collections.abc import Mapping
from types import MappingProxyType

CLOCKS: Mapping[str, str] = MappingProxyType(
    {
        "any_answer": "快递最晚答复",
        "auto_confirm": "自动确认收货",
        "branch_answer": "网点答复",
        "buyer_reaction": "买家处理",
        "buyer_return": "买家退货",
        "carrier_answer": "快递答复",
        "claim": "理赔申请",
        "claim_settled": "理赔完结",
        "comes_back": "包裹退回",
        "complaint_window": "投诉期",
        "erp_answer": "ERP 答复",
        "evidence": "举证",
        "look_again": "再次核查",
        "money_at_the_door": "货到付款收款",
        "payment": "付款",
        "payment_reminder": "催付",
        "platform_follow_up": "每日跟进",
        "promised_ship": "承诺发货",
        "refund_approval": "同意打款",
        "refunds_open": "退款开放",
        "release_due": "按时解除",
        "replacement_receipt": "确认收到换货",
        "return_check": "每日核查退货",
        "return_waybill": "催填退货单号",
        "return_window": "退货期",
        "seller_answer": "商家处理",
        "seller_receipt": "商家收货",
        "ship_alert": "发货预警",
        "ship_by": "发货",
        "task_due": "任务到期",
        "tracking_stall": "物流更新",
        "tracking_start": "揽收",
        "trial_use": "试用退货期",
        "unpaid_again": "再次催付",
        "unshipped_again": "再次询问发货",
    }
)


def clock_in_chinese(kind: str) -> str:
    """What people call a clock."""
    return CLOCKS[kind]
