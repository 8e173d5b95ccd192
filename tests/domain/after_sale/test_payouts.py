"""Money to the buyer: through the partner, or by hand where the partner will not; never twice."""

from __future__ import annotations

from domain.case.errand import ErrandResult, Lane
from domain.roles import Role
from tests.domain.after_sale.made import paid, signed
from tests.domain.after_sale.outside import Payer
from tests.domain.after_sale.trade import Request, Trade
from tests.domain.orders import at

FINANCE = Role.FINANCE


def owed_both(trade: Trade) -> Request:
    """A return for quality whose refund and return freight are on their way."""
    ask = trade.ask("return_refund", reason="quality")
    ask.act("agree")
    ask.send_back(freight="12.00")
    ask.inspect()
    return ask


def answer(ask: Request, *, refused: bool) -> None:
    """The partner answers the payment that is next in turn."""
    pending = ask.state.next_errand(Lane.PAYMENTS)
    assert pending is not None
    ask.case.take_result(pending, ErrandResult(refused=refused), ask.trade.now)
    ask.trade.until(ask.trade.now)


def test_each_payment_is_asked_for_once() -> None:
    """With an id of its own that the partner answers repeats by."""
    trade = signed()
    owed_both(trade)
    assert sorted((pay.matter, f"{pay.amount}") for pay in trade.paid_out.values()) == [
        ("freight_subsidy", "12.00"),
        ("refund", "209.00"),
    ]


def test_a_partner_that_is_down_delays() -> None:
    """Days later the request ends as it would have; nobody is asked to pay by hand."""
    trade = paid(payer=Payer.SILENT)
    ask = trade.ask("refund_only")
    ask.act("agree")
    trade.until(at(days=2))
    assert (ask.stage, ask.open_tasks(), ask.refused("confirm_refund_paid", FINANCE)) == (
        "refunding",
        [],
        ["paid_by_partner"],
    )
    trade.payer = Payer.PAYS
    trade.until(at(days=2))
    assert (ask.ended, ask.got(), len(trade.paid_out)) == (("succeeded", "refunded"), {"refund": "209.00"}, 1)


def test_what_the_partner_will_not_pay_finance_pays() -> None:
    """A task, and their word books it."""
    trade = paid(payer=Payer.REFUSES)
    ask = trade.ask("refund_only")
    ask.act("agree")
    assert (ask.stage, ask.open_tasks(), ask.got()) == ("refunding", ["pay_refund"], {})
    ask.act("confirm_refund_paid", FINANCE)
    assert (ask.ended, ask.got(), ask.open_tasks()) == (("succeeded", "refunded"), {"refund": "209.00"}, [])
    assert trade.state.outcome == "refunded"


def test_finance_pays_only_what_the_partner_refused() -> None:
    """The refund refused, the freight still with the partner: their word covers the refund alone."""
    ask = owed_both(signed(payer=Payer.SILENT))
    answer(ask, refused=True)
    ask.act("confirm_refund_paid", FINANCE)
    assert (ask.stage, ask.got()) == ("refunding", {"refund": "209.00"})
    assert ask.refused("confirm_refund_paid", FINANCE) == ["paid_by_partner"]
    answer(ask, refused=False)
    assert (ask.ended, ask.got()) == (("succeeded", "refunded"), {"refund": "209.00", "freight_subsidy": "12.00"})


def test_the_freight_refused_after_the_refund_was_paid() -> None:
    """Ends once, with the last of the money."""
    ask = owed_both(signed(payer=Payer.SILENT))
    answer(ask, refused=False)
    answer(ask, refused=True)
    assert (ask.stage, ask.open_tasks()) == ("refunding", ["pay_refund"])
    ask.act("confirm_refund_paid", FINANCE)
    assert ask.got() == {"refund": "209.00", "freight_subsidy": "12.00"}
    assert len(ask.told("after_sale.succeeded")) == 1


def test_nothing_can_be_done_to_money_on_its_way() -> None:
    """No amendment, no withdrawal, no second ruling."""
    ask = owed_both(signed(payer=Payer.SILENT))
    assert {tuple(ask.against(name, role)) for name, role in STEPS} == {("wrong_stage",)}


STEPS = [
    ("agree", Role.AGENT),
    ("refuse", Role.AGENT),
    ("amend", Role.BUYER),
    ("withdraw", Role.BUYER),
    ("ask_platform", Role.BUYER),
    ("rule", Role.PLATFORM),
]
