"""What people call the codes that scripts name: Chinese for each, English from the code itself."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.policy.outcome_names import OUTCOMES

_SERVICES = {
    "refund_only": "仅退款",
    "return_refund": "退货退款",
    "exchange": "换货",
    "repair": "维修",
    "reship": "补发",
    "price_protection": "价保",
    "trial_use": "试用退货",
}
_REASONS = {
    "no_reason": "七天无理由",
    "quality": "质量问题",
    "wrong_item": "错发漏发",
    "not_received": "未收到货",
    "out_of_stock": "缺货",
    "late": "延迟发货",
    "other": "其他",
}
_COMPLAINTS = {
    "fake_shipment": "虚假发货",
    "late_shipment": "延迟发货",
    "breach_of_promise": "违背承诺",
    "not_received": "未收到货",
    "consumer_protection": "消费者保障服务",
    "no_reason_return": "七天无理由退货",
}
_STEPS = {
    "agree": "同意申请",
    "approve_refund": "同意打款",
    "compensate": "补偿",
}
_PACKING = {
    "ours": "仓库确认是店铺错发或漏发",
    "carrier": "仓库发出时无误，问题出在快递途中",
    "complete": "仓库核对发出的商品无误",
}
_CARRIERS = {
    "sf": "顺丰",
    "yto": "圆通",
    "sto": "申通",
    "zto": "中通",
    "yunda": "韵达",
    "ttk": "天天",
    "ems": "EMS",
    "jd": "京东物流",
    "jt": "极兔",
}
_PACKING_IN_ENGLISH = {
    "ours": "the warehouse sent it so",
    "carrier": "it left whole, and something happened with the carrier",
    "complete": "what it sent was right",
}
LABELS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "service": _SERVICES,
        "reason": _REASONS,
        "complaint_type": _COMPLAINTS,
        "step": _STEPS,
        "internal_cause": _REASONS,
        "packing": _PACKING,
        "carrier": _CARRIERS,
        "outcome": OUTCOMES,
    }
)
"""By place and code."""


def in_chinese(place: str, code: str) -> str:
    """What stands at that place in a Chinese script; a value that is no code of it stays as it is."""
    return LABELS.get(place, {}).get(code, code)


def in_english(place: str, code: str) -> str:
    """What stands at that place in an English script; carriers are known by their letters (S2-55)."""
    if place == "carrier":
        return code.upper()
    if place == "packing":
        return _PACKING_IN_ENGLISH.get(code, code)
    return code.replace("_", " ") if code in LABELS.get(place, {}) else code
