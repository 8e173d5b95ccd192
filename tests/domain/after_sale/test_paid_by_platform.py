"""Where the marketplace pays refunds itself nobody here pays them, and its word books them once."""

from domain.roles import Role
from tests.domain.after_sale.made import paid, signed
from tests.domain.after_sale.trade import Request


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


def failed(ask: Request) -> None:
    """The marketplace says that it could not pay."""
    ask.happened("request.refund_failed", {"request_case_id": ask.state.case_id})


def granted(service: str = "refund_only") -> Request:
    """A request that the marketplace is to pay for."""
    ask = paid(refunds_by_platform=True).ask(service)
    ask.act("agree")
    return ask


def test_what_the_marketplace_cannot_pay_finance_pays() -> None:
    """As where the payments partner refuses for good: one task, and its outcome books the money once."""
    ask = granted()
    failed(ask)
    failed(ask)
    assert (ask.stage, ask.open_tasks(), ask.got()) == ("refunding", ["pay_refund"], {})
    ask.done("pay_refund", "paid", Role.FINANCE)
    assert (ask.ended, ask.got()) == (("succeeded", "refunded"), {"refund": "209.00"})
    assert ask.refused("confirm_refund_paid", Role.FINANCE)


def test_the_marketplace_may_pay_after_all() -> None:
    """Then its word books the money, and nothing is left for finance to do."""
    ask = granted()
    failed(ask)
    ask.act("confirm_refund_paid", Role.FINANCE)
    assert (ask.ended, ask.open_tasks(), ask.got()) == (("succeeded", "refunded"), [], {"refund": "209.00"})


def test_what_the_marketplace_does_not_pay_cannot_fail() -> None:
    """Before the request is granted, after it was paid, or where the shop pays: it is on the timeline, no more."""
    undecided = paid(refunds_by_platform=True).ask("refund_only")
    done = granted()
    done.act("confirm_refund_paid", Role.FINANCE)
    ours = paid().ask("refund_only")
    ours.act("agree")
    for ask in (undecided, done, ours):
        before = ask.open_tasks(), ask.got(), ask.stage
        failed(ask)
        assert (ask.open_tasks(), ask.got(), ask.stage) == before
