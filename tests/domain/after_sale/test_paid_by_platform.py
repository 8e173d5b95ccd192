"""Where the marketplace pays refunds itself nobody here pays them, and its word books them once."""

from domain.roles import Role
from tests.domain.after_sale.made import paid, signed


def test_nobody_pays_what_the_marketplace_does() -> None:
    """No partner is asked and no task is made; its word books the money, and only once."""
    trade = paid(refunds_by_platform=True)
    trade.set_up(shop={"refunds_by_hand": True})
    ask = trade.ask("refund_only")
    ask.act("agree")
    assert (ask.stage, ask.open_tasks(), trade.paid_out, ask.got()) == ("refunding", [], {}, {})
    ask.act("confirm_refund_paid", Role.FINANCE)
    assert (ask.ended, ask.got()) == (("succeeded", "refunded"), {"refund": "209.00"})
    assert ask.refused("confirm_refund_paid", Role.FINANCE)
    assert ask.got() == {"refund": "209.00"}


def test_what_the_shop_owes_beside_it_the_shop_pays() -> None:
    """The freight of a return for quality is not the marketplace's to pay."""
    trade = signed(refunds_by_platform=True)
    trade.set_up(shop={"refunds_by_hand": True})
    ask = trade.ask("return_refund", reason="quality")
    ask.act("agree")
    ask.send_back(freight="12.00")
    ask.inspect()
    assert (ask.open_tasks(), trade.paid_out) == (["pay_refund"], {})
    ask.act("confirm_refund_paid", Role.FINANCE)
    assert (ask.stage, ask.got()) == ("refunding", {"refund": "209.00"})
    ask.done("pay_refund", "paid", Role.FINANCE)
    assert (ask.ended, ask.got()) == (("succeeded", "refunded"), {"refund": "209.00", "freight_subsidy": "12.00"})
