"""Why a value that somebody sent does not hold, in Chinese, by what pydantic found; English is its own."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from domain.invalid import InvalidValue

_OTHERWISE = "填写有误"

WRONG: Mapping[str, str] = MappingProxyType(
    {
        "missing": "必填",
        "extra_forbidden": "没有这个字段",
        "string_type": "须为文本",
        "string_too_short": "至少 {min_length} 个字符",
        "string_too_long": "最多 {max_length} 个字符",
        "string_pattern_mismatch": "格式不符合要求",
        "int_type": "须为整数",
        "int_parsing": "须为整数",
        "int_parsing_size": "数字过大",
        "int_from_float": "须为整数",
        "bool_type": "须为 true 或 false",
        "bool_parsing": "须为 true 或 false",
        "enum": "只能是 {expected}",
        "literal_error": "只能是 {expected}",
        "greater_than": "须大于 {gt}",
        "greater_than_equal": "不能小于 {ge}",
        "less_than": "须小于 {lt}",
        "less_than_equal": "不能大于 {le}",
        "decimal_max_digits": "数字过长",
        "decimal_whole_digits": "数字过长",
        "list_type": "须为列表",
        "tuple_type": "须为列表",
        "dict_type": "须为对象",
        "model_type": "须为对象",
        "model_attributes_type": "须为对象",
        "too_short": "至少 {min_length} 项",
        "too_long": "最多 {max_length} 项",
        "timezone_aware": "须带时区",
        "json_invalid": "不是 JSON",
    }
)
"""By pydantic's type of error, with its figures."""


def wrong_in_chinese(error: Mapping[str, Any]) -> str:
    """What one of pydantic's errors says."""
    found = error.get("ctx", {})
    if isinstance(own := found.get("error"), InvalidValue):
        return own.zh
    figures = {name: str(value).replace(" or ", ", ") for name, value in found.items()}
    return WRONG.get(error.get("type", ""), _OTHERWISE).format_map(figures)
