"""What speaks against a request, and against each answer to it."""

from __future__ import annotations

import pytest

from domain.errors import Forbidden
from domain.order.state import CampaignTerms, Source
from domain.roles import Role
from tests.domain.after_sale.made import paid, shipped, signed, three_lines
from tests.domain.after_sale.trade import Trade
from tests.domain.orders import PLACED, at, line

BUYER = Role.BUYER


def frozen() -> Trade:
    """An order of a campaign that closes refunds for its second day."""
    terms = CampaignTerms(
        id="double-11",
        starts_at=PLACED,
        ends_at=at(days=1),
        refunds_frozen_from=at(days=1),
        refunds_frozen_to=at(days=2),
    )
    return paid(campaign=terms)


def test_a_line_has_one_open_request() -> None:
    """The other lines may have theirs; once it is closed the line may be asked about again."""
    trade = shipped(*three_lines())
    ask = trade.ask("refund_only", "1", reason="other")
    assert trade.ask_refused("exchange", "1") == ["already_open"]
    assert trade.ask_refused("refund_only", reason="other") == [], "none named: what is left"
    assert trade.ask_refused("refund_only", "2", reason="other") == []
    ask.act("withdraw", BUYER)
    assert trade.ask("refund_only", "1", reason="other").state.case_id.endswith(":2")


def test_every_line_under_an_open_request_is_known_without_input() -> None:
    """Then nothing is left to ask for."""
    trade = shipped(line("1"), line("2"))
    trade.ask("return_refund", "1")
    assert trade.against("request_after_sale", BUYER) == []
    trade.ask("return_refund", "2")
    assert trade.against("request_after_sale", BUYER) == ["already_open"]


def test_what_was_refunded_cannot_be_asked_for_again() -> None:
    """Neither the line, nor anything of an order that is closed by it."""
    trade = paid(line("1"), line("2"))
    trade.ask("refund_only", "1").act("agree")
    assert trade.ask_refused("refund_only", "1") == ["already_refunded"]
    trade.ask("refund_only", "2").act("agree")
    assert set(trade.against("request_after_sale", BUYER)) >= {"already_refunded"}


def test_unpaid_orders_have_nothing_to_pay_back() -> None:
    """Not before they are paid in full."""
    trade = Trade()
    assert trade.against("request_after_sale", BUYER) == ["not_paid"]
    trade.pay("100.00")
    assert trade.against("request_after_sale", BUYER) == ["not_paid"]
    trade.pay("109.00")
    assert trade.against("request_after_sale", BUYER) == []


def test_cash_on_delivery_is_paid_at_the_door() -> None:
    """Delivered counts as paid, and stays so after the trade has succeeded."""
    trade = Trade(source=Source.CASH_ON_DELIVERY)
    trade.consign(when=at(hours=1))
    trade.scan("picked_up")
    assert trade.against("request_after_sale", BUYER) == ["not_paid"]
    trade.scan("signed", when=at(days=2))
    assert trade.against("request_after_sale", BUYER) == []
    trade.act("confirm_receipt", BUYER)
    assert trade.against("request_after_sale", BUYER) == []


def test_lines_that_are_none() -> None:
    """Named in the refusal."""
    (refusal,) = paid().against_request("refund_only", "9")
    assert (refusal.code, "9" in refusal.message) == ("unknown_line", True)


@pytest.mark.parametrize(("amount", "codes"), [("209.00", []), ("209.01", ["amount_too_high"])])
def test_no_more_than_the_rules_allow_can_be_asked(amount: str, codes: list[str]) -> None:
    """To the fen: lines and freight before shipping."""
    assert paid().ask_refused("refund_only", amount=amount) == codes


def test_freight_cannot_be_asked_for_with_a_part() -> None:
    """Nor without reason, nor more by an amendment."""
    trade = signed(line("1", "100.00"), line("2", "100.00"))
    assert trade.ask_refused("return_refund", "1", reason="quality", amount="100.01") == ["amount_too_high"]
    assert trade.ask_refused("return_refund", amount="200.01") == ["amount_too_high"]
    ask = trade.ask("return_refund", "1", reason="quality", amount="50.00")
    assert ask.refused("amend", BUYER, amount="100.01") == ["amount_too_high"]
    assert ask.refused("agree", amount="100.01") == ["amount_too_high"]


def test_while_a_campaign_freezes_refunds() -> None:
    """Refused with the time that they open; before and after it, accepted."""
    trade = frozen()
    trade.until(at(hours=23, minutes=59))
    assert trade.against("request_after_sale", BUYER) == []
    trade.until(at(days=1))
    (refusal,) = trade.against_request("refund_only")
    assert refusal.code == "refunds_frozen"
    assert "13" in refusal.message
    assert "00:00" in refusal.message
    trade.until(at(days=2))
    assert trade.against("request_after_sale", BUYER) == []


@pytest.mark.rule("S4-66")
def test_beyond_an_accounts_authority() -> None:
    """The agent may not grant it, the owner may; of what the rules leave to the seller, the agent may grant less."""
    trade = signed(line("1", "6000.00"))
    ask = trade.ask("return_refund", reason="quality")
    trade.set_up(authority="5000.00")
    assert ask.refused("agree") == ["over_authority"]
    assert ask.against("agree") == [], "less may be granted"
    assert ask.refused("agree", amount="5000.01") == ["over_authority"]
    trade.set_up()
    assert ask.refused("agree", Role.OWNER) == []


def test_beyond_authority_where_the_sum_is_not_theirs_to_choose() -> None:
    """Then it is known without input that they may not."""
    trade = signed(line("1", "6000.00"))
    trade.set_up(authority="5000.00")
    assert trade.ask("return_refund", reason="no_reason").against("agree") == ["over_authority"]


def test_a_return_without_reason_in_time_cannot_be_refused() -> None:
    """Nor cut down; a return for a reason that the seller may look into can."""
    trade = signed(line("1"), line("2"))
    ask = trade.ask("return_refund", "1")
    assert ask.refused("refuse", reason="no", message="不同意") == ["cannot_refuse"]
    assert ask.refused("agree", amount="1.00") == ["cannot_refuse"]
    assert trade.ask("return_refund", "2", reason="quality").against("refuse") == []


@pytest.mark.rule("S4-58")
@pytest.mark.parametrize("service", ["refund_only", "return_refund", "exchange"])
def test_an_instant_refund_is_never_refused(service: str) -> None:
    """Whatever is asked of such an order."""
    trade = signed()
    trade.state.instant_refund = True
    assert trade.ask(service, reason="quality").against("refuse") == ["cannot_refuse"]


@pytest.mark.rule("S4-53")
def test_a_wrong_reason_is_changed_by_the_buyer() -> None:
    """Asked for another reason than the true one: amended before the seller answers, and that is answered."""
    ask = paid().ask("refund_only", reason="late")
    ask.trade.until(at(hours=1))
    ask.act("amend", BUYER, reason="no_reason")
    assert (ask.stage, ask.state.demand.reason) == ("awaiting_seller", "no_reason")
    assert ask.open_tasks() == ["review_after_sale"]


@pytest.mark.rule("S3-07", "S3-08", "S4-53")
def test_a_text_that_contradicts_is_asked_about_first() -> None:
    """Words that speak for another service: a task of its own instead of the ordinary one."""
    trade = signed()
    trade.contradicts = ["退货"]
    assert trade.ask("exchange").open_tasks() == ["keyword_mismatch"]


STEPS = {
    "awaiting_seller": {"agree", "refuse", "amend", "withdraw", "submit_evidence"},
    "awaiting_buyer_return": {"agree", "submit_return", "extend_return", "amend", "withdraw", "submit_evidence"},
    "awaiting_seller_receipt": {"agree", "inspect_return", "extend_return", "submit_evidence", "ask_platform"},
    "refused": {"agree", "amend", "withdraw", "submit_evidence", "ask_platform"},
    "platform_intervention": {"agree", "withdraw", "submit_evidence", "rule"},
    "refunding": {"agree", "confirm_refund_paid"},
}


@pytest.mark.parametrize("stage", STEPS)
def test_the_steps_of_each_stage(stage: str) -> None:
    """At each stage just these can be taken, each by its own roles alone."""
    trade = signed()
    trade.set_up(shop={"refunds_by_hand": True})
    ask = trade.ask("return_refund", reason="quality", agent_may_return=True)
    if stage not in ("awaiting_seller", "refused", "platform_intervention"):
        ask.act("agree")
    if stage in ("awaiting_seller_receipt", "refunding"):
        ask.send_back()
    if stage == "refunding":
        ask.inspect()
    if stage in ("refused", "platform_intervention"):
        ask.act("refuse", reason="no_defect", message="照片看不出质量问题")
    if stage == "platform_intervention":
        ask.act("ask_platform", BUYER)
    assert ask.stage == stage
    steps = {action.name for action in ask.case.life.actions if not ask.against(action.name, action.roles[0])}
    assert steps & CONTRACT == STEPS[stage] & CONTRACT
    for name in STEPS[stage]:
        with pytest.raises(Forbidden):
            ask.act(name, Role.CARRIER, **dict(ask.case.life.action(name).example))


CONTRACT = {
    "agree",
    "refuse",
    "amend",
    "withdraw",
    "submit_return",
    "inspect_return",
    "extend_return",
    "ship_replacement",
    "confirm_replacement",
    "ask_platform",
    "submit_evidence",
    "rule",
    "confirm_refund_paid",
}
