"""Random steps through an order: facts of every kind, actions with right and wrong input, time, refunds, writes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st

from domain.errors import ActionRefused, Forbidden
from domain.order.life import ORDER
from domain.order.opening import OrderLine
from domain.order.state import Source
from domain.roles import Role
from tests.domain.orders import Order, at, campaign, line

PARCELS = ("ZT1", "ZT2")


class Report(NamedTuple):
    """A fact that happened so many hours ago."""

    type: str
    data: dict[str, Any]
    hours_ago: int


class Again(NamedTuple):
    """A fact delivered once more, counted from the first."""

    number: int


class Wait(NamedTuple):
    """Time that passes."""

    hours: int


class Refund(NamedTuple):
    """A refund of the first line is opened or closed."""

    is_open: bool


class Ask(NamedTuple):
    """Somebody asks for a step."""

    action: str
    role: Role
    given: dict[str, Any]


Step = Report | Again | Wait | Refund | Ask


def inputs(order: Order, action: str) -> list[dict[str, Any]]:
    """Inputs of an action, one of which must do where the action is allowed at all."""
    soon, gone = order.now + timedelta(days=1), order.now - timedelta(hours=1)
    lines: tuple[list[str], ...] = (["1"], ["2"], ["unknown"], ["1", "2"])
    given: dict[str, list[dict[str, Any]]] = {
        "confirm_receipt": [{}],
        "extend_receipt": [{"days": days} for days in (3, 5, 7, 10, 4, 0, -1)],
        "agree_ship_by": [{"ship_by": soon}, {"ship_by": gone}],
        "report_out_of_stock": [{"line_ids": ids, "told_buyer": told} for ids in lines for told in (True, False)],
        "close_unpaid": [{"reason": "memo:why", "buyer_consent": consent} for consent in (True, False)],
        "change_order": [
            {"line_id": "1", "sku": "RED"},
            {"line_id": "2", "sku": "RED"},
            {"line_id": "unknown", "sku": "RED"},
            {"address": "memo:address"},
        ],
        "add_memo": [{"text": "memo:text", "flag": 1}],
    }
    return given[action]


ACTIONS = [action.name for action in ORDER.actions]


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """An order just opened."""
    kinds = st.sampled_from(({}, {}, {"made_to_order": True}, {"virtual": True}))
    lines: list[OrderLine] = [line(str(number), "100.00", **draw(kinds)) for number in (1, 2)]
    return Order(
        *lines,
        source=draw(st.sampled_from(Source)),
        policy=draw(st.sampled_from(("taobao-2012", "tmall", "douyin", "jd"))),
        campaign=draw(st.sampled_from((None, campaign()))),
        promised_ship_by=draw(st.sampled_from((None, at(days=5)))),
    )


def _facts() -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    parcel = st.sampled_from(PARCELS).map(lambda number: {"carrier": "zto", "tracking_no": number})
    scans = [fact.type for fact in ORDER.facts if fact.type.startswith("parcel.")]
    ids = st.lists(st.sampled_from(("1", "2", "unknown")), max_size=2, unique=True)
    return st.one_of(
        st.tuples(st.just("payment.received"), st.sampled_from(("70.00", "210.00")).map(lambda x: {"amount": x})),
        st.tuples(
            st.just("parcel.consigned"), st.builds(lambda where, lines: {**where, "line_ids": lines}, parcel, ids)
        ),
        st.tuples(st.sampled_from(scans), st.builds(lambda where: {**where, "kind": "lost"}, parcel)),
        st.tuples(st.sampled_from(("order.erp_read", "order.waybill_printed")), st.just({})),
        st.tuples(
            st.just("campaign.changed"),
            st.sampled_from(("P4D", "P9D", None)).map(lambda within: campaign(within).model_dump(mode="json")),
        ),
    )


def steps() -> st.SearchStrategy[list[Any]]:
    """Up to thirty steps; for `Ask`, the number of the input to give."""
    step = st.one_of(
        st.builds(lambda fact, ago: Report(*fact, ago), _facts(), st.sampled_from((0, 0, 0, 5, 80))),
        st.builds(lambda fact, ago: Report(*fact, ago), _facts(), st.sampled_from((0, 0, 0, 5, 80))),
        st.builds(Again, st.integers(0, 20)),
        st.builds(Wait, st.sampled_from((1, 20, 49, 100, 250))),
        st.builds(Refund, st.booleans()),
        st.tuples(st.sampled_from(ACTIONS), st.sampled_from(Role), st.integers(0, 7)),
    )
    return st.lists(step, max_size=30)
