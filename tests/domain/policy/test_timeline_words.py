"""What lines of a timeline say in Chinese."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import domain
from domain.case.ledger import EntryKind
from domain.lives import LIVES
from domain.policy.stage_names import STAGES
from domain.policy.timeline_words import FOR_ALL, FOR_INSIDERS, LINES, STAGE_OF, hidden_from, told_in_chinese
from domain.roles import Role
from domain.shop.service import ON_OFFER

PAID_OUT = (EntryKind.REFUND, EntryKind.COMPENSATION, EntryKind.FREIGHT_SUBSIDY)


def _told() -> Iterator[str]:
    """Every type that a rule names where it tells something."""
    for file in Path(next(iter(domain.__path__))).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            told = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "tell"
            if told and isinstance(node, ast.Call) and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)


def test_every_line_has_chinese_words() -> None:
    """Those named where they are told, those of facts, and those made of a name; and none too many."""
    facts = {fact.event_type for life in LIVES.values() for fact in life.facts}
    made = {f"{kind}.paid" for kind in PAID_OUT} | {f"{service}.elapsed" for service in ON_OFFER}
    made |= {"ledger.booked", "ledger.reversed"}
    told = {*_told(), *facts, *made}
    of_stages = {f"{about}.moved" for about in STAGE_OF if about != "order"} | {"order.stage"}
    assert set(LINES) == told - of_stages
    assert not set(FOR_ALL) & set(FOR_INSIDERS)


@pytest.mark.parametrize(
    ("readers", "hidden"),
    [
        ((Role.BUYER,), True),
        ((Role.CARRIER, Role.PAYMENT), True),
        ((Role.BUYER, Role.AGENT), False),
        ((Role.ERP,), False),
    ],
)
def test_what_concerns_the_shop_alone_is_for_insiders(readers: tuple[Role, ...], *, hidden: bool) -> None:
    """Who is one by any role reads all of it."""
    assert hidden_from(readers) == (set(FOR_INSIDERS) if hidden else set())


@pytest.mark.parametrize("about", STAGE_OF)
def test_a_line_about_a_stage_says_its_name(about: str) -> None:
    """Of the kind that it is about, also where another case tells it."""
    for stage, name in STAGES[STAGE_OF[about]].items():
        assert told_in_chinese(f"{about}.moved_on", {"stage": stage}) == name


def test_figures_stand_behind_the_words() -> None:
    """Those that the line has; what nobody knows is not put into words."""
    assert told_in_chinese("payment.received", {"amount": "209.00"}) == "收到付款：209.00 元"
    assert told_in_chinese("parcel.signed", {"tracking_no": "ZT1", "location": "广州"}) == "已签收：ZT1，广州"
    failed = told_in_chinese("intercept.failed", {"stage": "failed", "carrier_reason": "out_for_delivery"})
    assert failed == f"{STAGES['parcel_intercept']['failed']}：快递原因 正在派送"
    assert told_in_chinese("brand.new", {}) is None
