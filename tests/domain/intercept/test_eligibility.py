"""What can be intercepted, who may have it done, and what it costs."""

from typing import Any

import pytest
from pydantic import ValidationError

from domain.after_sale.intercepts import quotes
from domain.after_sale.life import AFTER_SALE
from domain.case.action import ActionContext, ActionRequest, Circumstances
from domain.errors import Forbidden
from domain.intercept.eligibility import Quoted
from domain.order.opening import OrderLine
from domain.roles import Role
from tests.domain.after_sale.trade import Request
from tests.domain.intercept.stopping import LATER, SIGNED, Stopping, asked_back, failed, on_its_way
from tests.domain.orders import line


def codes(trade: Stopping, request: Request, *parcels: str) -> list[str]:
    return [refusal.code for refusal in trade.against_stopping(request, *parcels)]


def quoted(trade: Stopping, request: Request) -> list[Quoted]:
    circumstances = Circumstances(shop=trade.shop, goods=trade.goods(request.state))
    return quotes(
        ActionContext(request.state, request.case.policy, trade.by(Role.AGENT), trade.now, None, circumstances)
    )


def offered(trade: Stopping, request: Request) -> list[str]:
    """The codes of what speaks against it whatever parcels are named."""
    circumstances = Circumstances(shop=trade.shop, goods=trade.goods(request.state))
    by = ActionRequest(action_id="", actor=trade.by(Role.AGENT), circumstances=circumstances)
    return [one.code for one in request.case.refusals(AFTER_SALE.action("intercept_parcels"), by, trade.now, None)]


@pytest.mark.parametrize(
    ("shop", "code"),
    [
        pytest.param({"parcel_intercept": {"agreements": []}}, "no_agreement", marks=pytest.mark.rule("S1-12")),
        pytest.param(
            {"parcel_intercept": {"agreements": ["service"]}}, "no_agreement", marks=pytest.mark.rule("S1-28")
        ),
        pytest.param(
            {"parcel_intercept": {"agreements": ["deduction"]}}, "no_agreement", marks=pytest.mark.rule("S1-28")
        ),
        pytest.param(SIGNED | {"shop": {"cross_border": True}}, "cross_border", marks=pytest.mark.rule("S1-10")),
        pytest.param(SIGNED | {"shop": {"status": "restricted"}}, "shop_status", marks=pytest.mark.rule("S1-11")),
    ],
)
def test_the_shop_must_be_one_that_intercepts(shop: dict[str, Any], code: str) -> None:
    """Both agreements, no cross-border shop, normal operation: refused, quoted and offered with the same reason."""
    trade = on_its_way()
    request = asked_back(trade)
    trade.set_up(**shop)
    assert codes(trade, request) == [code]
    assert offered(trade, request) == [code]
    assert [[one.code for one in quote.reasons] for quote in quoted(trade, request)] == [[code]]
    assert trade.intercepts() == []


@pytest.mark.rule("S1-26", "S1-28")
def test_what_was_not_signed_is_named() -> None:
    """The agreement that is missing is in the sentence, the other is not."""
    trade = on_its_way()
    request = asked_back(trade)
    trade.set_up(parcel_intercept={"agreements": ["service"]})
    (refusal,) = trade.against_stopping(request)
    assert "deduction" in refusal.message
    assert "service" not in refusal.message


@pytest.mark.rule("S1-13")
@pytest.mark.parametrize(
    "category", ["fresh", "virtual", "jewellery", "antique", "second_hand", "tea", "large_appliance", "custom"]
)
def test_excluded_goods_are_not_intercepted(category: str) -> None:
    """One such line makes its parcel one that is left alone; it says which category it is."""
    trade = on_its_way(line("1", "100.00"), _of(line("2", "100.00"), category))
    request = asked_back(trade)
    (refusal,) = trade.against_stopping(request)
    assert refusal.code == "excluded_category"
    assert category in refusal.message


@pytest.mark.rule("S1-15")
@pytest.mark.parametrize(("amount", "against"), [("999.99", []), ("1000.00", ["value_limit"])])
def test_a_parcel_is_worth_less_than_a_thousand(amount: str, against: list[str]) -> None:
    """Strictly less; freight does not count."""
    trade = on_its_way(line("1", amount), freight="20.00")
    assert codes(trade, asked_back(trade)) == against


@pytest.mark.rule("S1-15")
def test_the_value_is_that_of_the_parcel_not_of_the_order() -> None:
    """Two parcels of 600 yuan are intercepted, one of 1,200 yuan is not, though only half of it is asked back."""
    two = on_its_way(line("1", "600.00"), line("2", "600.00"), parcels={"zto/ZT1": ["1"], "zto/ZT2": ["2"]})
    assert codes(two, asked_back(two), "zto/ZT1", "zto/ZT2") == []
    one = on_its_way(line("1", "600.00"), line("2", "600.00"))
    assert codes(one, asked_back(one, "1")) == ["value_limit"]


@pytest.mark.rule("S1-19")
@pytest.mark.parametrize("carrier", ["sf", "sto", "jd"])
def test_other_carriers_do_not_intercept(carrier: str) -> None:
    """The sentence names those that do."""
    trade = on_its_way(parcels={f"{carrier}/N1": ["1"]})
    (refusal,) = trade.against_stopping(asked_back(trade), f"{carrier}/N1")
    assert refusal.code == "unsupported_carrier"
    assert "zto, yto, yunda" in refusal.message


@pytest.mark.rule("S1-39")
@pytest.mark.parametrize(
    ("scans", "against"),
    [
        (["scanned"], []),
        (["out_for_delivery"], ["out_of_window"]),
        (["out_for_delivery", "refused"], ["out_of_window"]),
        (["returned"], ["out_of_window"]),
    ],
)
def test_between_pick_up_and_delivery(scans: list[str], against: list[str]) -> None:
    """Picked up and on its way is in time; out for delivery and later is not."""
    trade = on_its_way()
    request = asked_back(trade)
    for scan in scans:
        trade.reported(scan)
    assert codes(trade, request) == against


@pytest.mark.rule("S1-39")
def test_before_pick_up_is_too_early() -> None:
    """The carrier cannot stop what it does not have."""
    trade = Stopping()
    trade.pay()
    trade.consign()
    assert codes(trade, asked_back(trade)) == ["out_of_window"]


@pytest.mark.rule("S1-25")
def test_only_for_a_refund_without_return() -> None:
    """A return brings the goods back by itself."""
    trade = on_its_way()
    request = trade.ask("return_refund")
    assert codes(trade, request) == ["wrong_service"]
    assert offered(trade, request) == ["wrong_service"]


@pytest.mark.rule("S1-25")
def test_only_while_the_request_is_not_finished() -> None:
    """Once the money is back nothing is stopped for it."""
    trade = on_its_way()
    request = asked_back(trade)
    request.act("agree")
    circumstances = Circumstances(shop=trade.shop, goods=trade.goods(request.state))
    (quote,) = quotes(
        ActionContext(request.state, request.case.policy, trade.by(Role.AGENT), trade.now, None, circumstances)
    )
    assert [one.code for one in quote.reasons] == ["after_sale_ended"]
    assert "after_sale_ended" in offered(trade, request)


@pytest.mark.rule("S1-37")
@pytest.mark.parametrize("first", [LATER, failed()])
def test_a_parcel_is_asked_for_once(first: Any) -> None:
    """While the carrier or its branch may still stop it, it is not asked for again."""
    trade = on_its_way(answer=first)
    request = asked_back(trade)
    trade.stop(request)
    assert codes(trade, request) == ["already_requested"]
    assert offered(trade, request) == ["already_requested"]
    assert trade.asked == ["zto/ZT1"]


@pytest.mark.rule("S1-37")
def test_a_parcel_of_two_requests_is_stopped_once() -> None:
    """Each of the two asks for one line of the same parcel: one fee."""
    trade = on_its_way(line("1", "100.00"), line("2", "100.00"))
    one, other = asked_back(trade, "1"), asked_back(trade, "2")
    trade.stop(one)
    assert codes(trade, other) == ["already_requested"]
    assert [quote.eligible for quote in quoted(trade, other)] == [False]


def test_a_parcel_is_named_once() -> None:
    """The same parcel twice in one step is no input."""
    trade = on_its_way()
    with pytest.raises(ValidationError, match="intercepted once"):
        trade.stop(asked_back(trade), "zto/ZT1", "zto/ZT1")


def test_a_parcel_of_other_goods_is_unknown() -> None:
    """What does not carry the request's lines is not stopped for it."""
    trade = on_its_way(line("1"), line("2"), parcels={"zto/ZT1": ["1"], "zto/ZT2": ["2"]})
    assert codes(trade, asked_back(trade, "1"), "zto/ZT2") == ["unknown_parcel"]


@pytest.mark.rule("S1-10", "S1-11", "S1-12", "S1-13", "S1-15", "S1-19", "S1-25", "S1-39")
def test_every_reason_is_given_at_once() -> None:
    """Not the first only: the person who asks learns all that is in the way."""
    trade = on_its_way(_of(line("1", "1500.00"), "fresh"), parcels={"sf/SF1": ["1"]})
    trade.reported("out_for_delivery", "sf/SF1")
    request = trade.ask("return_refund")
    trade.set_up(shop={"cross_border": True, "status": "restricted"})
    everything = {
        "wrong_service",
        "no_agreement",
        "cross_border",
        "shop_status",
        "excluded_category",
        "value_limit",
        "unsupported_carrier",
        "out_of_window",
    }
    assert set(codes(trade, request, "sf/SF1")) == everything
    assert set(offered(trade, request)) == everything
    (quote,) = quoted(trade, request)
    assert {one.code for one in quote.reasons} == everything


def test_where_no_parcel_can_be_stopped_the_reasons_of_all_are_given() -> None:
    """One is too dear, the other with another carrier."""
    trade = on_its_way(line("1", "1200.00"), line("2"), parcels={"zto/ZT1": ["1"], "sf/SF1": ["2"]})
    assert offered(trade, asked_back(trade)) == ["value_limit", "unsupported_carrier"]


@pytest.mark.rule("S1-20", "S1-21", "S1-22", "S1-29", "S1-38")
def test_a_quote_names_fee_and_value_of_each_parcel() -> None:
    """By carrier; the way back is in it, freight of the order is not in the value."""
    parcels = {"zto/A": ["1"], "yto/B": ["2"], "yunda/C": ["3"]}
    trade = on_its_way(line("1", "100.00"), line("2", "200.00"), line("3", "300.00"), parcels=parcels)
    found = quoted(trade, asked_back(trade))
    assert [(one.carrier, f"{one.fee}", f"{one.value}", one.eligible) for one in found] == [
        ("zto", "3.00", "100.00", True),
        ("yto", "4.00", "200.00", True),
        ("yunda", "3.00", "300.00", True),
    ]


@pytest.mark.parametrize(
    ("role", "initiator"),
    [
        pytest.param(Role.AGENT, "seller", marks=pytest.mark.rule("S1-16")),
        pytest.param(Role.PLATFORM, "platform_agent", marks=pytest.mark.rule("S1-17")),
        pytest.param(Role.ERP, "erp", marks=pytest.mark.rule("S1-18")),
    ],
)
def test_three_may_start_it_and_the_shop_pays(role: Role, initiator: str) -> None:
    """Who did is kept; the fee is the merchant's in any case."""
    trade = on_its_way()
    (stopped,) = trade.stop(asked_back(trade), role=role)
    assert stopped.state.initiator == initiator
    assert [(entry.debit, entry.credit) for entry in stopped.state.ledger] == [("merchant", "carrier")]


@pytest.mark.rule("S1-17")
def test_the_platforms_agent_starts_it_in_an_arbitration() -> None:
    """After a refusal the buyer calls the platform, and its agent has the parcel stopped: the refund goes on."""
    trade = on_its_way()
    request = asked_back(trade)
    request.act("refuse", reason="other", message="已发货")
    request.act("ask_platform", Role.BUYER, text="请介入")
    assert request.stage == "platform_intervention"
    trade.stop(request, role=Role.PLATFORM)
    assert (request.stage, request.state.outcome) == ("succeeded", "refunded")


@pytest.mark.rule("S1-27", "S1-40")
def test_an_agent_needs_the_permission() -> None:
    """The sentence names it, and who grants it."""
    trade = on_its_way()
    request = asked_back(trade)
    trade.permissions = ()
    with pytest.raises(Forbidden, match="the permission to intercept parcels, which the main account grants"):
        trade.stop(request)


@pytest.mark.parametrize("role", [Role.BUYER, Role.WAREHOUSE, Role.CARRIER, Role.FINANCE])
def test_others_may_not(role: Role) -> None:
    """Only the three initiators."""
    trade = on_its_way()
    with pytest.raises(Forbidden):
        trade.stop(asked_back(trade), role=role)


def _of(plain: OrderLine, category: str) -> OrderLine:
    return plain.model_copy(update={"category": category})
