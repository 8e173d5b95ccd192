"""Cases as the contract shows them."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from api.snapshots import (
    CaseShown,
    ChildShown,
    ComplaintSnapshot,
    DeadlineBrief,
    HoldSnapshot,
    InterceptSnapshot,
    LineShown,
    MessageSnapshot,
    OtherArticle,
    ParcelShown,
    RequestLine,
    RequestSnapshot,
    Snapshot,
)
from domain.after_sale.refunds import amount_asked, limit
from domain.after_sale.state import AfterSaleState
from domain.case.ids import CaseKind
from domain.case.ledger import EntryKind, net
from domain.case.state import CaseState
from domain.case.units import of_lines
from domain.case.waiting import waiting
from domain.complaint.state import ComplaintState
from domain.hold.state import HoldState
from domain.intercept.state import InterceptState
from domain.lives import LIVES
from domain.message.state import MessageState
from domain.money import ZERO
from domain.order.children.request_phase import request_phase
from domain.order.money import money
from domain.order.shipping.promises import ships_on
from domain.order.state import OrderState
from domain.order.units import units_of
from domain.policy import policy
from domain.roles import SHOP_STAFF, Role
from store.cases import CaseRecord
from store.tokens import Principal


def snapshot(case: CaseRecord, reader: Principal) -> CaseShown:
    """A case as it stands, by its kind; what concerns the shop alone only its own people see."""
    shown = _SNAPSHOTS[case.kind](case)
    if any(role in _INSIDERS for role in reader.roles):
        return shown
    nothing = {name: type(shown).model_fields[name].get_default() for name in shown.INTERNAL}
    return shown.model_copy(update=nothing)


_INSIDERS = (*SHOP_STAFF, Role.OPS)


def _request(case: CaseRecord) -> RequestSnapshot:
    state = AfterSaleState.model_validate(case.state)
    return RequestSnapshot(
        **_common(case, state),
        order_case_id=state.order_case_id,
        service=state.demand.service,
        reason=state.demand.reason,
        phase=state.phase,
        amount=amount_asked(state),
        most=limit(state),
        refunded=state.paid_out(EntryKind.REFUND),
        freight_subsidy=state.paid_out(EntryKind.FREIGHT_SUBSIDY),
        compensated=state.paid_out(EntryKind.COMPENSATION),
        disputed=state.intervention is not None,
        took=timedelta(seconds=state.took // timedelta(seconds=1)) if state.took is not None else None,
        warnings=state.demand.contradicts,
        internal_cause=state.internal_cause,
        lines=[RequestLine(line_id=line.line_id, sku=line.sku, quantity=line.quantity) for line in state.lines],
    )


def _hold(case: CaseRecord) -> HoldSnapshot:
    state = HoldState.model_validate(case.state)
    return HoldSnapshot(
        **_common(case, state),
        order_case_id=state.order_case_id,
        line_ids=list(state.units),
        lines=of_lines(state.units),
        requested_by=state.requested_by,
        locks=state.locks,
        lock_reason=state.lock_reason,
    )


def _complaint(case: CaseRecord) -> ComplaintSnapshot:
    state = ComplaintState.model_validate(case.state)
    return ComplaintSnapshot(
        **_common(case, state),
        order_case_id=state.order_case_id,
        type=state.type,
        line_ids=list(state.units),
        lines=of_lines(state.units),
        answer=state.answer_reason,
        evidence=state.evidence,
        upheld=state.upheld,
        granted=state.granted,
        compensated=state.compensated,
    )


def _intercept(case: CaseRecord) -> InterceptSnapshot:
    state = InterceptState.model_validate(case.state)
    return InterceptSnapshot(
        **_common(case, state),
        order_case_id=state.order_case_id,
        after_sale_case_id=state.after_sale_case_id,
        carrier=state.carrier,
        tracking_no=state.tracking_no,
        line_ids=list(state.units),
        lines=of_lines(state.units),
        initiator=state.initiator,
        fee=net(state.ledger, EntryKind.INTERCEPT_FEE),
        value=state.worth,
        reason=state.reason,
        claim=state.claim,
    )


def _message(case: CaseRecord) -> MessageSnapshot:
    state = MessageState.model_validate(case.state)
    return MessageSnapshot(
        **_common(case, state),
        source=state.source,
        connector=state.connector,
        reason=state.reason,
        tries=state.tries,
    )


def _common(case: CaseRecord, state: CaseState) -> dict[str, Any]:
    latest = {(deadline.kind, deadline.subject): deadline for deadline in state.deadlines}
    return {
        "case_id": case.case_id,
        "kind": case.kind.value,
        "merchant": case.merchant,
        "platform": case.platform,
        "order_id": case.order_id,
        "policy": case.policy,
        "stage": case.stage,
        "outcome": case.outcome,
        "open": case.open,
        "reopened": state.reopened,
        "version": case.revision,
        "opened_at": case.opened_at,
        "updated_at": case.updated_at,
        "parcels": [
            ParcelShown(
                carrier=parcel.carrier,
                tracking_no=parcel.tracking_no,
                status=parcel.status,
                status_at=parcel.status_at,
                line_ids=list(parcel.units),
                lines=of_lines(parcel.units),
            )
            for parcel in case.parcels
        ],
        "deadlines": [
            DeadlineBrief(kind=d.kind, subject=d.subject, state=d.state, due_at=d.due_at) for d in latest.values()
        ],
        "children": [ChildShown(case_id=c.case_id, kind=c.kind, stage=c.stage) for c in state.children],
        "waits_for": waiting(LIVES[case.kind].waits_for, state),
    }


def _order(case: CaseRecord) -> Snapshot:
    state, edition = OrderState.model_validate(case.state), policy(case.policy)
    return Snapshot(
        **_common(case, state),
        source=state.source,
        parked=state.parked,
        phase=request_phase(state, edition),
        ships_on=ships_on(state, edition),
        lines=[
            LineShown(
                line_id=line.line_id,
                sku=line.sku,
                sku_before=line.sku_before,
                others=[OtherArticle(sku=sku, quantity=units) for sku, units in line.others.items()],
                title=line.title,
                quantity=line.quantity,
                amount=f"{line.amount:.2f}",
                units=units_of(state, line),
                held=line.held > 0,
            )
            for line in state.lines
        ],
        freight=state.freight,
        cod_fees=state.cod_fees if state.at_the_door else ZERO,
        carrier_difference=state.carrier_difference,
        total=state.total,
        money=money(state),
    )


_SNAPSHOTS: Mapping[CaseKind, Callable[[CaseRecord], CaseShown]] = {
    CaseKind.ORDER: _order,
    CaseKind.AFTER_SALE: _request,
    CaseKind.SHIP_HOLD: _hold,
    CaseKind.PARCEL_INTERCEPT: _intercept,
    CaseKind.COMPLAINT: _complaint,
    CaseKind.PLATFORM_MESSAGE: _message,
}
