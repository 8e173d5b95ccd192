"""What people call the codes that steps, outcomes and settings let them choose from; English from the code itself."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.policy.labels import LABELS

CHOICES: Mapping[str, str] = MappingProxyType(
    {
        **LABELS["service"],
        **LABELS["complaint_type"],
        **LABELS["reason"],
        "aftersale": "售后组",
        "agent": "客服",
        "agree": "同意",
        "balance_short": "余额不足",
        "buyer": "买家",
        "by_hand": "自行领取",
        "by_load": "按任务量分派",
        "carrier": "快递公司",
        "closed": "关闭",
        "company": "企业",
        "conforming": "验收合格",
        "considering": "还在考虑",
        "damaged": "破损",
        "deduction": "扣款协议",
        "en": "英文",
        "factory": "厂家",
        "finance": "财务组",
        "fri": "周五",
        "lost": "丢失",
        "mon": "周一",
        "normal": "正常",
        "not_wanted": "不想要了",
        "open": "照常",
        "own": "自有仓库",
        "owner": "店主",
        "paused": "暂停",
        "pay": "打款",
        "payment_problem": "付款遇到问题",
        "payment_tool": "没有支付工具",
        "person": "转人工",
        "personal": "个人",
        "platform_erp_wms": "平台—ERP—仓库",
        "platform_wms": "平台—仓库",
        "presale": "售前组",
        "processing": "打款",
        "receiving": "收货",
        "refuse": "拒绝",
        "restricted": "受限",
        "review": "审核",
        "sat": "周六",
        "seller": "商家",
        "service": "服务协议",
        "shop": "店铺",
        "sun": "周日",
        "supervisor": "主管",
        "thu": "周四",
        "too_expensive": "价格偏高",
        "tue": "周二",
        "warehouse": "仓库组",
        "wed": "周三",
        "zh": "中文",
    }
)
"""In Chinese, by code: a code means the same wherever it can be chosen."""


def choice_in_chinese(code: str) -> str:
    """What people call a choice."""
    return CHOICES[code]


def choice_in_english(code: str) -> str:
    """The same in English."""
    return code.replace("_", " ").capitalize()
