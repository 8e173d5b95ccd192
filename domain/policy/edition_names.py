"""What people call an edition of a marketplace's rules; in English it says so itself."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.errors import UnknownPolicy
from domain.language import Language
from domain.policy.editions import policy

EDITIONS: Mapping[str, str] = MappingProxyType(
    {
        "douyin": "抖音小店规则",
        "jd": "京东 POP 规则",
        "taobao-2012": "淘宝规则（约 2012 年）",
        "tmall": "天猫规则",
    }
)
"""In Chinese, by id."""


def edition_in(language: Language, edition: str) -> str:
    """Its title; its id where it has none in that language, or this process does not have it."""
    if language is Language.ZH:
        return EDITIONS.get(edition, edition)
    try:
        return policy(edition).title
    except UnknownPolicy:
        return edition
