"""What people call the codes that steps and outcomes let them choose from; English from the code itself."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.policy.labels import LABELS

CHOICES: Mapping[str, str] = MappingProxyType(
    {
        **LABELS["service"],
        **LABELS["complaint_type"],
        **LABELS["reason"],
        "agent": "客服",
        "balance_short": "余额不足",
        "buyer": "买家",
        "carrier": "快递公司",
        "company": "企业",
        "considering": "还在考虑",
        "damaged": "破损",
        "factory": "厂家",
        "lost": "丢失",
        "not_wanted": "不想要了",
        "payment_problem": "付款遇到问题",
        "payment_tool": "没有支付工具",
        "personal": "个人",
        "seller": "商家",
        "shop": "店铺",
        "too_expensive": "价格偏高",
    }
)
"""In Chinese, by code: a code means the same wherever it can be chosen."""


def choice_in_chinese(code: str) -> str:
    """What people call a choice."""
    return CHOICES[code]


def choice_in_english(code: str) -> str:
    """The same in English."""
    return code.replace("_", " ").capitalize()
