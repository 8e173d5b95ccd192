"""What is tried of an order: its openings, and samples of what is reported and asked for."""

from collections.abc import Hashable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from commands.diagrams.walk import A_WHILE, Edge, Sample, Walk
from domain.after_sale.relation import Standing
from domain.case.declare import AnyAction, AnyFact
from domain.case.errand import PendingErrand
from domain.case.fact import Fact
from domain.case.live import LiveCase
from domain.case.work import WorkItem
from domain.order.life import ORDER
from domain.order.opening import Buyer, OpenedUnder, OpenOrder, OrderLine, accept_opening, begin
from domain.order.payment import cash_on_delivery, reminders, remittances
from domain.order.payment.invoices import invoice_owed
from domain.order.people.interactions import Grade
from domain.order.people.ratings import ReportKind
from domain.order.shipping.clock import SHIP_ALERT
from domain.order.shipping.handover import unshipped
from domain.order.shipping.lateness import late_units
from domain.order.state import OrderState, Source
from domain.parcels.facts import ExceptionKind
from domain.parcels.journey import where_is
from domain.policy import Platform
from domain.roles import SYSTEM, Actor, Role
from domain.shop.service import Service

PLACED = datetime(2026, 11, 10, 16, 0, tzinfo=UTC)
EDITION = "taobao-2012"
PARCEL = {"carrier": "zto", "tracking_no": "ZT1"}


def opened(source: Source, under: OpenedUnder | None = None) -> LiveCase[OrderState]:
    """An order of one line and its freight, just opened."""
    line = OrderLine(line_id="1", sku="DRESS", title="连衣裙", category="apparel", quantity=1, amount=Decimal("199.00"))
    request = OpenOrder(
        platform=Platform.TAOBAO,
        order_id="T1001",
        source=source,
        placed_at=PLACED,
        lines=[line],
        freight=Decimal("10.00"),
        buyer=Buyer(id="b-77"),
    )
    agent = Actor(role=Role.AGENT, account="demo-agent")
    return begin(accept_opening(request, "demo", EDITION, None, agent, PLACED, under))


def reported(case: LiveCase[OrderState], *event_types: str) -> LiveCase[OrderState]:
    """The order after these facts, a while between each."""
    for event_type in event_types:
        now = case.state.updated_at + A_WHILE
        (sample, *_) = samples(ORDER.fact(event_type), case.state)
        case.take_in(Fact(id=event_type, source="walk", type=event_type, at=now, actor=SYSTEM, data=sample.input), now)
    return case


def samples(fact: AnyFact[OrderState], state: OrderState) -> Sequence[Sample]:
    """What may be reported now; nothing of parcels that nobody has announced."""
    match fact.event_type.partition("."):
        case "payment", *_:
            return [Sample({"amount": str(state.total)})] if state.paid_at() is None else []
        case "parcel", _, "consigned":
            return [Sample(PARCEL)] if unshipped(state) and not state.parcels else []
        case "parcel", _, "exception":
            return [Sample(PARCEL | {"kind": ExceptionKind.LOST}, "lost")] if state.parcels else []
        case "parcel", *_:
            return [Sample(PARCEL)] if state.parcels else []
        case "after_sale", *_:
            return _refunded(state)
        case "order", _, "rated":
            return [Sample({"grade": Grade.BAD})]
        case "shop", *_:
            return [Sample({"kind": ReportKind.REPORT})]
        case "order", _, "time_stated":
            return []  # moves a clock, and no stage
        case "order", *_:
            return [Sample({})]
    return []  # told by other cases or campaigns, whose changes leave the stage alone


def _refunded(state: OrderState) -> list[Sample]:
    """Each open request may pay its lines back."""
    return [
        Sample(
            request.model_copy(
                update={
                    "version": request.version + 1,
                    "stage": "succeeded",
                    "open": False,
                    "done": request.units,
                    "back": {line.line_id: line.amount for line in state.lines},
                    "refunded": sum(line.amount for line in state.lines),
                }
            ).model_dump(mode="json"),
            "every line refunded",
        )
        for request in state.requests
        if isinstance(request, Standing) and request.open
    ]


def _inputs(action: AnyAction[OrderState], state: OrderState) -> list[Sample]:
    later = state.updated_at + timedelta(days=5)
    match action.name:
        case "agree_ship_by" | "promise_ship_by":
            return [Sample({"ship_by": later.isoformat()})]
        case "report_remittance":
            return [Sample({"amount": str(state.total), "paid_at": state.placed_at.isoformat()})]
        case "request_after_sale":
            return [Sample({"service": Service.REFUND_ONLY, "line_ids": ["1"], "reason": "other"})]
    return [Sample(action.example)]


def _completed(item: WorkItem, state: OrderState) -> list[Sample]:
    """What of people's work moves an order from one stage to another."""
    match item.type:
        case reminders.PAYMENT_REMINDER:
            return [Sample({"buyer_consent": True}, "not_wanted")]
        case cash_on_delivery.CONFIRM_COD:
            return [Sample({}, outcome) for outcome in ("confirmed", "other_payment", "declined")]
        case remittances.VERIFY_REMITTANCE:
            return [Sample({"amount": str(state.total)}, "received")]
    return []


def _distinct(state: OrderState) -> Hashable:
    return (
        state.paid_at() is None,
        invoice_owed(state),
        bool(late_units(state)),
        tuple(where_is(parcel) for parcel in state.parcels),
        any(request.open for request in state.requests),
        state.has_open_child(),
    )


def _no_answers(_: PendingErrand) -> Iterable[Sample]:
    return ()


def order_edges(*, thorough: bool = False) -> list[Edge]:
    """Everything that can happen to an order, paid online or at the door.

    Args:
        thorough: takes nearly twice as long and finds the same; a test of the night compares them.
    """
    walk = Walk(
        life=ORDER,
        inputs=_inputs,
        data=samples,
        answers=_no_answers,
        distinct=_distinct,
        stage=lambda state: state.stage,
        completed=_completed,
        reminders=(SHIP_ALERT,),
        thorough=thorough,
    )
    return walk.edges([opened(source).state for source in (Source.INQUIRY, Source.CASH_ON_DELIVERY)])
