"""Who acts on a case: the roles of the marketplace, the actor that a timeline names, the groups that tasks go to."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Role(StrEnum):
    """Roles a token may carry; `system` is Caseline itself (timers, recovery)."""

    OWNER = "owner"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    WAREHOUSE = "warehouse"
    FINANCE = "finance"
    BUYER = "buyer"
    PLATFORM = "platform"
    ERP = "erp"
    CARRIER = "carrier"
    PAYMENT = "payment"
    OPS = "ops"
    SYSTEM = "system"


class Group(StrEnum):
    """The groups of people that work items go to."""

    PRESALE = "presale"
    AFTERSALE = "aftersale"
    WAREHOUSE = "warehouse"
    FINANCE = "finance"
    SUPERVISOR = "supervisor"
    OWNER = "owner"


GROUPS: dict[Role, tuple[Group, ...]] = {
    Role.AGENT: (Group.PRESALE, Group.AFTERSALE),
    Role.SUPERVISOR: (Group.PRESALE, Group.AFTERSALE, Group.SUPERVISOR),
    Role.WAREHOUSE: (Group.WAREHOUSE,),
    Role.FINANCE: (Group.FINANCE,),
    Role.OWNER: (Group.OWNER,),
}
"""Whose tasks somebody of a role looks after, where the shop's staff settings do not say otherwise."""

SHOP_STAFF = (Role.AGENT, Role.SUPERVISOR, Role.WAREHOUSE, Role.FINANCE, Role.OWNER)
SELLER = (Role.AGENT, Role.SUPERVISOR, Role.OWNER)


class Actor(BaseModel):
    """Who did something, as the token says, never as the body says.

    Attributes:
        role: the role the step was taken in.
        account: the token's account, e.g. `demo-agent`.
        permissions: what the main account granted this account, e.g. `logistics_tools` (S1-27).
    """

    model_config = ConfigDict(frozen=True)

    role: Role
    account: str
    permissions: tuple[str, ...] = ()


SYSTEM = Actor(role=Role.SYSTEM, account="caseline")
