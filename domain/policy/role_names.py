"""What people call those who act, as a sentence about who may take a step names them."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from domain.language import Language
from domain.roles import Role

ROLES: Mapping[Role, tuple[str, str]] = MappingProxyType(
    {
        Role.OWNER: ("店主", "the owner"),
        Role.AGENT: ("客服", "agents"),
        Role.SUPERVISOR: ("主管", "supervisors"),
        Role.WAREHOUSE: ("仓库", "the warehouse"),
        Role.FINANCE: ("财务", "finance"),
        Role.BUYER: ("买家", "the buyer"),
        Role.PLATFORM: ("平台", "the platform"),
        Role.ERP: ("ERP", "the ERP"),
        Role.CARRIER: ("快递公司", "the carrier"),
        Role.PAYMENT: ("支付渠道", "the payment partner"),
        Role.OPS: ("运维", "operations"),
        Role.SYSTEM: ("系统", "Caseline itself"),
    }
)
"""In Chinese and English."""
PERMISSIONS: Mapping[str, tuple[str, str]] = MappingProxyType({"logistics_tools": ("拦截快递", "to intercept parcels")})
"""What an owner grants: its name in Chinese; in English what it permits."""


def roles_in(language: Language, roles: Iterable[str]) -> str:
    """Several of them in a row: `agents, supervisors and the owner`."""
    chinese, english = zip(*(ROLES[Role(role)] for role in roles), strict=True)
    if language is Language.ZH:
        return "、".join(chinese)
    *others, last = english
    return f"{', '.join(others)} and {last}" if others else last
