"""The ways a ship hold goes, each with its order."""

from tests.api.holding import hold, holding, on_sale, put_campaign, scripted
from tests.sandbox_server import OrderUnderTest, Shop, line
from tests.workflows.requests import ask, ended

ERP_LOCKS = {"lock": "success", "down": False}


def held_by_memo_and_released(shop: Shop) -> OrderUnderTest:
    """Refunds open and nobody asks; released before the ship deadline, the goods leave in time."""
    with holding(shop):
        order = on_sale(shop, frozen_hours=20)
        one = hold(order)
        shop.advance(hours=49)
        one.release()
    order.until(lambda seen: not seen["lines"][0]["held"])
    order.ship()
    return ended(order)


def locked_and_refunded(shop: Shop) -> OrderUnderTest:
    """The ERP locks one of two lines; both are refunded when refunds open."""
    with holding(shop, erp_lock=True):
        order = on_sale(shop, frozen_hours=20, lines=[line("1", "120.00"), line("2", "80.00")])
        one = hold(order, "2")
        one.reach("locked")
        shop.advance(hours=21)
        request = ask(order, "refund_only", line_ids=["1", "2"])
        request.take("agree")
        request.reach("succeeded")
        one.reach("refunded")
    return ended(order)


def silent_then_locked(shop: Shop) -> OrderUnderTest:
    """The ERP reports its lock hours later, and once more; released, it unlocks."""
    with holding(shop, erp_lock=True), scripted(shop, lock="silent", back=ERP_LOCKS):
        order = on_sale(shop)
        one = hold(order)
        one.reach("locking")
        shop.advance(hours=5)
        for _ in range(2):
            shop.event("erp.lock_result", order.subject, "demo-erp", hold_case_id=one.case_id, locked=True)
        one.reach("locked")
        one.release()
        one.reach("released")
    return order


def lock_failed_and_left(shop: Shop) -> OrderUnderTest:
    """The ERP cannot lock, and the goods leave all the same."""
    with holding(shop, erp_lock=True), scripted(shop, lock="failure", back=ERP_LOCKS):
        order = on_sale(shop)
        one = hold(order)
        one.reach("lock_failed")
        order.ship()
        one.reach("released")
    return ended(order)


def released_while_the_erp_was_away(shop: Shop) -> OrderUnderTest:
    """Released at once; lock and unlock reach the ERP two days later."""
    with holding(shop, erp_lock=True):
        order = on_sale(shop)
        with scripted(shop, down=True, back=ERP_LOCKS):
            one = hold(order)
            one.reach("locking")
            one.release()
            shop.advance(days=2)
        shop.advance(hours=2)
    one.until(lambda seen: [call for call in one.calls() if call[1] == 200] == [("lock", 200), ("unlock", 200)])
    return order


def held_through_a_change_of_campaign(shop: Shop) -> OrderUnderTest:
    """Refunds open later than was said, then the buyer asks and takes it back: they are asked themselves."""
    with holding(shop):
        order = on_sale(shop, frozen_hours=10)
        one = hold(order)
        put_campaign(shop, frozen_hours=20)
        one.until(lambda seen: one.deadline("refunds_open")["changes"])
        shop.advance(hours=21)
        request = ask(order, "refund_only")
        request.take("withdraw", token="demo-buyer")
        request.reach("closed")
        one.release()
    return order


def no_erp_is_connected(shop: Shop) -> OrderUnderTest:
    """The shop wants locks and no ERP takes them: people lock and unlock by hand."""
    with holding(shop, erp_lock=True):
        order = on_sale(shop)
        one = hold(order)
        one.reach("lock_failed")
        one.release()
    order.until(lambda seen: shop.get(f"/v1/work-items?type=ship_again&case_id={order.case_id}")["items"])
    return order


HOLD_PATHS = (
    held_by_memo_and_released,
    locked_and_refunded,
    silent_then_locked,
    lock_failed_and_left,
    released_while_the_erp_was_away,
    held_through_a_change_of_campaign,
)

WITHOUT_ERP = (no_erp_is_connected,)
"""Played where the ERP says no to everything."""
