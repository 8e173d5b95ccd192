"""How much an account may agree to by itself."""

from decimal import Decimal

import pytest

from domain.roles import Role
from domain.shop.accounts import authority_of
from domain.shop.settings import Authority


@pytest.mark.rule("S4-66")
@pytest.mark.parametrize(
    ("own", "role", "authority"),
    [
        (None, Role.AGENT, Decimal("5000.00")),
        (None, Role.SUPERVISOR, None),
        (None, Role.OWNER, None),
        (Decimal("200.00"), Role.AGENT, Decimal("200.00")),
        (Decimal("200.00"), Role.SUPERVISOR, Decimal("200.00")),
        (Decimal("0.00"), Role.AGENT, Decimal("0.00")),
    ],
)
def test_what_the_owner_set_goes_before_the_role(own: Decimal | None, role: Role, authority: Decimal | None) -> None:
    """An agent has 5000.00 yuan unless the owner set another amount, even nothing; others have no limit."""
    assert authority_of(own, role, Authority()) == authority


@pytest.mark.parametrize(
    ("role", "authority"), [(Role.AGENT, "300.00"), (Role.SUPERVISOR, "900.00"), (Role.OWNER, None)]
)
def test_the_owner_sets_what_roles_may(role: Role, authority: str | None) -> None:
    """Other amounts for the shop's agents and supervisors; the owner has no limit."""
    of_roles = Authority(agent=Decimal("300.00"), supervisor=Decimal("900.00"))
    assert authority_of(None, role, of_roles) == (None if authority is None else Decimal(authority))
