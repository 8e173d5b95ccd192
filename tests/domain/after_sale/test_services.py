"""Services are declared once: what the declarations say, and that every service has one."""

from collections.abc import Callable

import pytest

from domain.after_sale.services import CLOSING_LINES, SERVICES, ServiceRule
from domain.policy.labels import LABELS
from domain.shop.service import Service


def test_every_service_is_declared_and_has_a_name_in_chinese() -> None:
    """None is left to a default."""
    assert list(SERVICES) == list(Service)
    assert set(LABELS["service"]) == set(Service)


def test_goods_or_money_move() -> None:
    """A service that brings the buyer neither would be none."""
    assert all(rule.pays or rule.goods_out for rule in SERVICES.values())


@pytest.mark.rule("S1-25")
def test_what_is_derived() -> None:
    """Lines are done with once their goods are paid back; only goods that need not come back are intercepted."""

    def such(holds: Callable[[ServiceRule], bool]) -> set[Service]:
        return {service for service, rule in SERVICES.items() if holds(rule)}

    assert set(CLOSING_LINES) == {Service.REFUND_ONLY, Service.RETURN_REFUND, Service.TRIAL_USE}
    assert such(lambda rule: rule.leaves_goods) == {Service.REFUND_ONLY}
    assert such(lambda rule: rule.moves_goods) == set(Service) - {Service.REFUND_ONLY, Service.PRICE_PROTECTION}
    assert such(lambda rule: rule.takes_stock) == {Service.EXCHANGE, Service.RESHIP}
