"""Errors in Chinese; in English each says by itself what it is."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.policy.refusal_words import REFUSALS

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "action_refused": "案件现在不能做这一步",
        "below_reserved": "案件占用的库存超过这个数",
        "forbidden": "没有权限",
        "idempotency_conflict": "案件现在不能做这一步",
        "internal_error": "服务出错",
        "invalid": "输入有误",
        "not_found": "没有找到",
        "nothing_to_invoice": "没有可开票的费用",
        "openings_slowed": "新订单过多",
        "order_conflict": "案件现在不能做这一步",
        "source_exists": "已有同名来源",
        "too_deep": "内容嵌套过深",
        "too_large": "内容过大",
        "too_many_attempts": "尝试次数过多",
        "unauthorized": "需要有效的令牌",
        "unavailable": "暂时无法处理",
        "wrong_password": "登录失败",
    }
)
"""What went wrong, in a few words, by the code of the kind of error."""

_DETAILS: Mapping[str, str] = MappingProxyType(
    {
        "idempotency_conflict": "这个幂等键已用于另一份内容。",
        "internal_error": "请重试；再次出现请告诉我们。",
        "not_found": "没有找到，或不属于您的店铺。",
        "openings_slowed": "新订单过多，请稍后重新提交；这笔订单没有保存任何内容。",
        "order_conflict": "这笔订单已用其他内容打开。",
        "too_many_attempts": "请稍后再试。",
        "unauthorized": "请发送有效的令牌，或重新登录。",
        "unavailable": "数据没有丢失，请重试。",
        "wrong_password": "没有这个账号，或密码不对。",
    }
)


def detail_in_chinese(code: str, title: str) -> str:
    """The sentence of an error that has no reasons, by its own code; else its title."""
    return _DETAILS.get(code) or REFUSALS.get(code) or f"{title}。"
