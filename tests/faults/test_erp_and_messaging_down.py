"""ERP and messaging are away for two days in the middle of a hold: it is late, and nothing else."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.api.holding import ERP, HoldUnderTest, hold, holding, on_sale, scripted
from tests.sandbox_server import Shop
from tests.workflows.requests import ask

MESSAGING = "/sandbox/partners/messaging"
AWAY = 503


@pytest.fixture(autouse=True)
def the_erp_locks(shop: Shop) -> Iterator[None]:
    """The shop holds goods in its ERP."""
    with holding(shop, erp_lock=True):
        yield


def left_alone(one: HoldUnderTest) -> None:
    """Nobody does anything."""


def released(one: HoldUnderTest) -> None:
    """The goods are to be shipped after all."""
    one.release()
    one.reach("released")


def refunded(one: HoldUnderTest) -> None:
    """The buyer asks for their money and gets it."""
    request = ask(one.order, "refund_only")
    request.take("agree")
    request.reach("succeeded")
    one.reach("refunded")


@pytest.mark.parametrize(("then", "ends"), [(left_alone, "locked"), (released, "released"), (refunded, "refunded")])
def test_a_hold_ends_as_it_would_have(shop: Shop, then: Callable[[HoldUnderTest], None], ends: str) -> None:
    """Asked for before the two days, decided in them or not: each lock, unlock and message reaches its partner once."""
    untroubled = held(shop)
    untroubled.reach("locked")
    then(untroubled)
    with both_down(shop):
        one = held(shop)
        one.reach("locking")
        shop.advance(days=1)
        then(one)
        shop.advance(days=1)
        assert {status for _, status in one.calls()} == {AWAY}
        assert one.messages() == []
    shop.advance(hours=2)
    one.reach(ends)
    told = told_once(untroubled, success=ends == "locked")
    one.until(lambda seen: done(one) == done(untroubled) and told_once(one) == told)
    assert one.snapshot()["outcome"] == untroubled.snapshot()["outcome"]


def test_a_released_order_goes_on_meanwhile(shop: Shop) -> None:
    """Nothing waits for the ERP's acknowledgement: the goods leave in time though it is away."""
    with both_down(shop):
        one = held(shop)
        released(one)
        one.order.until(lambda seen: not seen["lines"][0]["held"])
        one.order.ship()
        shop.advance(days=2)
        assert one.order.snapshot()["stage"] == "in_transit"
    shop.advance(hours=2)
    one.until(lambda seen: done(one) == Counter(lock=1, unlock=1))
    assert one.order.deadline("ship_by")["state"] == "met"


def test_a_release_during_the_silence_needs_no_second_unlock(shop: Shop) -> None:
    """An ERP that is silent, then away: one lock, one unlock, in that order."""
    with scripted(shop, lock="silent", back={"lock": "success"}):
        one = held(shop)
        one.until(lambda seen: done(one) == Counter(lock=1))
    with both_down(shop):
        released(one)
        shop.advance(days=2)
    shop.advance(hours=2)
    one.until(lambda seen: done(one) == Counter(lock=1, unlock=1))
    kinds = [kind for kind, _ in one.calls()]
    assert (kinds[0], kinds[-1]) == ("lock", "unlock")


def held(shop: Shop) -> HoldUnderTest:
    """A hold on a paid order."""
    return hold(on_sale(shop))


@contextmanager
def both_down(shop: Shop) -> Iterator[None]:
    """ERP and messaging answer 503 meanwhile."""
    back = {"down": False}
    with scripted(shop, ERP, down=True, back=back), scripted(shop, MESSAGING, down=True, back=back):
        yield


def done(one: HoldUnderTest) -> Counter[str]:
    """What the ERP did, each as often as it said so."""
    return Counter(kind for kind, status in one.calls() if status != AWAY)


def told_once(one: HoldUnderTest, *, success: bool = True) -> Counter[str]:
    """What the buyer was told; of the success only where it still counts when the ERP is back."""
    return Counter(template for template in one.messages() if success or template != "ship_hold_succeeded")
