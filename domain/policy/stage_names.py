"""What people call the stages of cases, by kind and stage; English from the code itself."""

from collections.abc import Mapping
from types import MappingProxyType

STAGES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "order": {
            "awaiting_payment": "待付款",
            "awaiting_shipment": "待发货",
            "in_transit": "运输中",
            "delivered": "已签收",
            "completed": "交易成功",
            "closed": "交易关闭",
        },
        "after_sale": {
            "awaiting_seller": "待商家处理",
            "awaiting_buyer_return": "待买家退货",
            "awaiting_seller_receipt": "待商家收货",
            "awaiting_replacement": "待商家发货",
            "awaiting_buyer_receipt": "待买家收货",
            "refused": "已拒绝",
            "platform_intervention": "平台介入中",
            "refunding": "退款中",
            "succeeded": "售后成功",
            "closed": "售后关闭",
        },
        "ship_hold": {
            "requested": "已申请拦截",
            "memo_only": "仅打备注",
            "locking": "锁单中",
            "locked": "已锁单",
            "lock_failed": "锁单失败",
            "released": "已解除",
            "refunded": "已退款",
        },
        "parcel_intercept": {
            "requested": "拦截中",
            "intercepted": "拦截成功",
            "failed": "拦截失败",
            "returned": "已退回",
            "claimed": "已理赔",
        },
        "complaint": {
            "awaiting_seller": "待商家答复",
            "answered": "已答复",
            "platform_intervention": "平台介入中",
            "compensating": "赔付中",
            "upheld": "投诉成立",
            "dismissed": "投诉不成立",
            "withdrawn": "已撤销",
        },
        "platform_message": {
            "unreadable": "无法解析",
            "trying": "重新处理中",
            "taken_in": "已处理",
            "set_aside": "已搁置",
        },
    }
)


def stage_in_chinese(kind: str, stage: str) -> str:
    """What people call a stage of a kind of case."""
    return STAGES[kind][stage]


def stage_in_english(stage: str) -> str:
    """The same in English."""
    return stage.replace("_", " ").capitalize()
