"""What the main account gives the shop's other accounts: permissions, and how much they may agree to."""

from decimal import Decimal
from enum import StrEnum

from domain.money import yuan
from domain.roles import Role

AGENT_AUTHORITY = yuan(5000)
"""Yuan up to which an agent may agree by itself where the owner set nothing for its account (S4-66)."""


class Permission(StrEnum):
    """What the main account may grant: `logistics_tools`, intercepting parcels (S1-27, S1-40)."""

    LOGISTICS_TOOLS = "logistics_tools"


def authority_of(own: Decimal | None, role: Role) -> Decimal | None:
    """How many yuan an account may agree to in a role (S4-66); None: no limit.

    Args:
        own: what the owner set for the account; None: nothing.
        role: the role it acts in.
    """
    if own is not None:
        return own
    return AGENT_AUTHORITY if role is Role.AGENT else None
