"""Random steps through an order: facts of every kind, actions with right and wrong input, refunds, and time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from hypothesis import strategies as st

from domain.case.parcel import ParcelStatus
from domain.complaint.state import ComplaintType
from domain.errors import ActionRefused, Forbidden
from domain.order.life import ORDER
from domain.order.state import Source
from domain.parcels.facts import ExceptionKind
from domain.roles import Role
from tests.domain.orders import Order, at, campaign, line


class Step(Protocol):
    """Something that may be done to an order at any time."""

    def take(self, order: Order) -> bool:
        """Does it; answers whether it is a change of its own."""


@dataclass(frozen=True)
class Report:
    """A fact that happened so many hours ago; one with a number seen before is a doubled one."""

    type: str
    data: dict[str, Any]
    hours_ago: int
    number: int

    def take(self, order: Order) -> bool:
        when = order.now - timedelta(hours=self.hours_ago)
        seen = f"test/{self.number}" in order.state.seen
        assert order.happened(self.type, self.data, when=when, id_=str(self.number)) is not seen
        return not seen


@dataclass(frozen=True)
class Wait:
    """Time that passes, and the clocks that pass with it."""

    hours: int

    def take(self, order: Order) -> bool:
        order.until(order.now + timedelta(hours=self.hours))
        return False


@dataclass(frozen=True)
class Refund:
    """A refund of the first line is opened, closed in vain, or paid; none is opened again once it is paid."""

    to: str

    def take(self, order: Order) -> bool:
        if order.line("1").refunded:
            return False
        version, passed = order.state.version, order.passed
        if self.to == "paid":
            order.refund()
        else:
            order.open_refund(is_open=self.to == "opened")
        return order.state.version - (order.passed - passed) > version


@dataclass(frozen=True)
class Ask:
    """Somebody asks for a step, with one of the inputs of `inputs`."""

    action: str
    role: Role
    choice: int

    def take(self, order: Order) -> bool:
        input_ = inputs(order, self.action)
        try:
            order.act(self.action, self.role, **input_[self.choice % len(input_)])
        except (ActionRefused, Forbidden):
            return False
        return True


def inputs(order: Order, action: str) -> list[dict[str, Any]]:
    """Inputs of an action, one of which must do where the action is allowed at all."""
    of_one = [{"line_id": "1", "quantity": 1}]
    soon, gone = order.now + timedelta(days=1), order.now - timedelta(hours=1)
    input_: dict[str, list[dict[str, Any]]] = {
        "confirm_receipt": [{}],
        "extend_receipt": [{"days": days} for days in (3, 5, 7, 10, 4, 0, -1)],
        "agree_ship_by": [{"ship_by": soon}, {"ship_by": gone}],
        "report_out_of_stock": [
            {"line_ids": ids, "told_buyer": told}
            for ids in (["1"], ["2"], ["unknown"], ["1", "2"])
            for told in (True, False)
        ]
        + [{"lines": of_one}],
        "close_unpaid": [{"reason": "memo:why", "buyer_consent": consent} for consent in (True, False)],
        "change_order": [
            {"line_id": "1", "sku": "RED"},
            {"line_id": "2", "sku": "RED"},
            {"line_id": "unknown", "sku": "RED"},
            {"address": "memo:address"},
        ],
        "confirm_cod": [{}],
        "report_remittance": [{"amount": "210.00", "paid_at": paid_at} for paid_at in (gone, soon)],
        "quote_price": [
            {"line_id": "1", "amount": "50.00"},
            {"line_id": "2", "amount": "90.00", "valid_until": soon},
            {"line_id": "2", "amount": "90.00", "valid_until": gone},
            {"line_id": "1", "amount": "5000.00"},
            {"line_id": "unknown", "amount": "50.00"},
        ],
        "take_quote": [{"quote_id": id_} for id_ in ("unknown", *(quote.id for quote in order.state.quotes))],
        "urge_shipment": [{}],
        "promise_ship_by": [{"ship_by": soon}, {"ship_by": gone}],
        "add_memo": [{"text": "memo:text", "flag": 1}, {"text": "memo:text", "tracking_no": "ZT1"}],
        "register_invoice": [{"kind": "personal", "title": "memo:title"}],
        "issue_invoice": [{"carrier": "zto", "tracking_no": "ZT900"}],
        "return_overpayment": [{}],
        "confirm_refund_paid": [{}],
        "compensate": [
            {"amount": amount, "reason": "memo:why", "line_ids": ids}
            for amount in ("0.01", "60.00", "5000.00")
            for ids in (None, ["1"], ["2"], ["unknown"])
        ],
        "hold_shipment": [{"line_ids": ids, "requested_by": "buyer"} for ids in (None, ["1"], ["2"], ["unknown"])]
        + [{"lines": of_one, "requested_by": "buyer"}],
        "file_complaint": [{"type": type_} for type_ in ComplaintType],
        "request_after_sale": [
            {"service": service, "line_ids": [line_id], "reason": reason}
            for service in ("refund_only", "return_refund", "exchange")
            for line_id in ("1", "2", "unknown")
            for reason in ("no_reason", "quality")
        ]
        + [{"service": "refund_only", "lines": of_one, "reason": "other"}],
    }
    return input_[action]


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """An order just opened, or paid, or shipped."""
    flags = st.sampled_from((False, False, False, True))
    quantities = {1: draw(st.sampled_from((1, 1, 3))), 2: 1}
    lines = [
        line(str(n), "100.00", quantity=quantities[n], made_to_order=draw(flags), virtual=draw(flags)) for n in (1, 2)
    ]
    order = Order(
        *lines,
        source=draw(st.sampled_from(Source)),
        policy=draw(st.sampled_from(("taobao-2012", "tmall", "douyin", "jd"))),
        campaign=draw(st.sampled_from((None, campaign()))),
        promised_ship_by=draw(st.sampled_from((None, at(days=5)))),
    )
    far = draw(st.integers(0, 3))
    if far > 0:
        order.pay()
    if far > 1:
        order.consign()
    if far > 2:
        order.scan()
    return order


SCANS = tuple(f"parcel.{status}" for status in ParcelStatus if status is not ParcelStatus.CONSIGNED)


def facts_drawn() -> dict[str, st.SearchStrategy[dict[str, Any]]]:
    """What is reported from outside, with its data."""
    parcel = st.sampled_from(({"carrier": "zto", "tracking_no": "ZT1"}, {"carrier": "zto", "tracking_no": "ZT2"}))
    of_one = [{"line_id": "1", "quantity": 1}]
    goods: list[dict[str, Any]] = [
        {},
        {"lines": of_one},
        *({"line_ids": ids} for ids in (["1"], ["2"], ["1", "2"], ["9"])),
    ]
    amounts = [{"amount": amount} for amount in ("70.00", "210.00", "210.00")]
    terms = [campaign(within).model_dump(mode="json") for within in ("P4D", "P9D", None)]
    kinds = st.sampled_from([*ExceptionKind])
    return {
        "payment.received": st.sampled_from(amounts),
        "payment.reversed": st.sampled_from(amounts),
        "order.erp_read": st.just({}),
        "order.waybill_printed": st.just({}),
        "parcel.consigned": st.builds(lambda where, what: where | what, parcel, st.sampled_from(goods)),
        **dict.fromkeys(SCANS, parcel),
        "parcel.exception": st.builds(lambda where, kind: where | {"kind": kind}, parcel, kinds),
        "campaign.changed": st.sampled_from(terms),
        "order.rated": st.sampled_from([{"grade": "bad", "words": 20}, {"grade": "good", "words": 3}]),
        "shop.reported": st.just({"kind": "report"}),
        "order.time_stated": st.builds(
            lambda deadline, days: {"deadline": deadline, "until": at(days=days).isoformat()},
            st.sampled_from(["auto_confirm", "ship_by"]),
            st.integers(0, 20),
        ),
        "order.differs": st.just({"step": "agree", "request": "refund/9", "codes": ["wrong_stage"]}),
        "parcel.withdrawn": st.builds(lambda where: where | {"event_id": "nothing"}, parcel),
    }


def _facts() -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    drawn, often = facts_drawn(), ("payment.received", "parcel.consigned", *SCANS, *SCANS)
    return st.sampled_from([*drawn, *often]).flatmap(lambda type_: st.tuples(st.just(type_), drawn[type_]))


def _asks() -> st.SearchStrategy[Ask]:
    return st.sampled_from(ORDER.actions).flatmap(
        lambda action: st.builds(
            Ask, st.just(action.name), st.sampled_from((*action.roles, Role.CARRIER)), st.integers(0, 7)
        )
    )


def steps() -> st.SearchStrategy[list[Step]]:
    """Eight to thirty steps."""
    return st.lists(step(), min_size=8, max_size=30)


def step() -> st.SearchStrategy[Step]:
    """One step: a fact, somebody's wish, time that passes, or a refund."""
    report = st.builds(
        lambda fact, ago, number: Report(fact[0], fact[1], ago, number),
        _facts(),
        st.sampled_from((0, 0, 0, 5, 60)),
        st.integers(1, 60),
    )
    wait = st.builds(Wait, st.sampled_from((1, 5, 20, 30, 49, 100, 250)))
    refund = st.builds(Refund, st.sampled_from(("opened", "opened", "closed", "closed", "paid")))
    return st.one_of(report, report, report, _asks(), _asks(), wait, refund)
