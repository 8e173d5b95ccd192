"""What is wrong with a field in Chinese, by pydantic's name for it and the limit that was passed."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.policy.field_names import FIELDS

INVALID_FIELD = "invalid_field"
"""The code of a reason that is about a field of the input."""

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "missing": "必填",
        "string_too_short": "至少 {min_length} 个字",
        "string_too_long": "最多 {max_length} 个字",
        "too_short": "至少 {min_length} 项",
        "too_long": "最多 {max_length} 项",
        "greater_than": "须大于 {gt}",
        "greater_than_equal": "不能小于 {ge}",
        "less_than": "须小于 {lt}",
        "less_than_equal": "不能大于 {le}",
        "enum": "须为所列选项之一",
        "literal_error": "须为所列选项之一",
        "string_pattern_mismatch": "格式不正确",
        "string_type": "须为文字",
        "extra_forbidden": "没有这一项",
        "decimal": "须为数字",
        "int": "须为整数",
        "bool": "须为是或否",
        "date": "须为有效的日期",
        "datetime": "须为有效的日期和时间",
    }
)
"""By the whole name, else by the part before its first underscore: `decimal_parsing`."""
OTHER = "填写不正确"
WHOLE = "内容"
"""Where no single field is wrong."""
LIMITS = ("min_length", "max_length", "gt", "ge", "lt", "le")
"""What pydantic tells of the limit that was passed."""


def wrong_in_chinese(figures: Mapping[str, str], own: str = "") -> str:
    """`“金额”：须大于 0。`: the field by its name, where people have one for it, and what is wrong with it.

    Args:
        figures: the `field`, the `kind` of what is wrong with it, and the limit that was passed.
        own: what is wrong in words of our own, where pydantic has none for it.
    """
    field, kind = figures.get("field", ""), figures.get("kind", "")
    named = [FIELDS[part] for part in field.split(".") if part in FIELDS]
    words = KINDS.get(kind) or KINDS.get(kind.partition("_")[0]) or OTHER
    return f"“{named[-1] if named else field or WHOLE}”：{own or words.format_map(figures)}。"
