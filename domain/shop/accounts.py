"""What the main account gives the shop's other accounts: permissions, and how much they may agree to."""

from decimal import Decimal
from enum import StrEnum

from domain.roles import Role
from domain.shop.settings import Authority


class Permission(StrEnum):
    """What the main account may grant: `logistics_tools`, intercepting parcels (S1-27, S1-40)."""

    LOGISTICS_TOOLS = "logistics_tools"


def authority_of(own: Decimal | None, role: Role, of_roles: Authority) -> Decimal | None:
    """How many yuan an account may agree to in a role (S4-66); None: no limit.

    Args:
        own: what the owner set for the account; None: nothing.
        role: the role it acts in.
        of_roles: what the owner set for the shop's roles.
    """
    if own is not None:
        return own
    limits = {Role.AGENT: of_roles.agent, Role.SUPERVISOR: of_roles.supervisor}
    return limits.get(role)
