"""What is tried of an after-sale request: how each service begins, and samples of what is reported and asked for."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from commands.diagrams.orders import opened, reported
from commands.diagrams.walk import A_WHILE, Edge, Sample, Walk
from domain.after_sale.life import AFTER_SALE
from domain.after_sale.services import SERVICES, ServiceRule
from domain.after_sale.state import AfterSaleState
from domain.case.action import ActionRequest, Circumstances
from domain.case.declare import AnyAction, AnyFact
from domain.case.errand import Decide, ErrandResult, PendingErrand, StartCase
from domain.lives import begin_any
from domain.order.children.requests import REQUEST_AFTER_SALE
from domain.order.opening import OpenedUnder
from domain.order.state import Source
from domain.parcels.journey import where_is
from domain.roles import Actor, Role
from domain.shop.automation import Decided, StrategyStage, Verdict
from domain.shop.offers import Offer
from domain.shop.service import ON_OFFER, Service
from domain.shop.settings import ShopTerms

OTHER_SERVICE = "another_service"
"""Where a request goes that becomes one for another service: that one's own diagram goes on from there."""

PAID = ("payment.received",)
IN_TRANSIT = (*PAID, "parcel.consigned", "parcel.picked_up")
DELIVERED = (*IN_TRANSIT, "parcel.signed")
OFFERING = OpenedUnder(offers=tuple(Offer(service=service) for service in ON_OFFER))
"""A shop that offers what it need not."""
ASKS_STRATEGIES = Circumstances(shop=ShopTerms(automated=tuple(StrategyStage)))
"""A shop whose strategies are asked first; where none decides, people do as they do in any other."""

_INPUTS: Mapping[str, Sequence[Sample]] = {
    "inspect_return": [Sample({"conforming": True}, "conforming"), Sample({"conforming": False}, "not conforming")],
    "rule": [Sample({"in_favour_of": "buyer"}, "for the buyer"), Sample({"in_favour_of": "seller"}, "for the seller")],
}
_DECISIONS: Mapping[StrategyStage, Sequence[Verdict]] = {
    StrategyStage.REVIEW: (Verdict.AGREE, Verdict.REFUSE),
    StrategyStage.RECEIVING: (Verdict.CONFORMING,),
    StrategyStage.PROCESSING: (Verdict.PAY,),
}


def request_edges(service: Service) -> list[Edge]:
    """Everything that can happen to a request for a service, whoever is to fill in the waybill of its return."""
    begins = [(facts, agent_may) for agent_may in (True, False) for facts in _begins(SERVICES[service])]
    return _walk(service).edges([_asked_for(service, facts, agent_may=agent_may) for facts, agent_may in begins])


def _begins(service: ServiceRule) -> tuple[tuple[str, ...], ...]:
    """The facts of the order after which a service is asked for."""
    if service.leaves_goods:
        return PAID, IN_TRANSIT
    return (DELIVERED,) if service.goods_back or service.pays else (IN_TRANSIT,)


def _walk(service: Service) -> Walk[AfterSaleState]:
    """A walk that leaves off where the request becomes one for another service."""

    def left(state: AfterSaleState) -> bool:
        return state.demand.service is not service

    return Walk(
        life=AFTER_SALE,
        inputs=_inputs,
        data=_data,
        answers=_answers,
        at_once=lambda pending: isinstance(pending.errand, Decide),
        distinct=_distinct,
        stage=lambda state: OTHER_SERVICE if left(state) else state.stage,
        stops=left,
        circumstances=ASKS_STRATEGIES,
    )


def _asked_for(service: Service, facts: tuple[str, ...], *, agent_may: bool) -> AfterSaleState:
    order = reported(opened(Source.INQUIRY, OFFERING), *facts)
    buyer = Actor(role=Role.BUYER, account="demo-buyer")
    by = ActionRequest(action_id="ask", actor=buyer, circumstances=ASKS_STRATEGIES)
    amount = {"amount": "20.00"} if SERVICES[service].amount_required else {}
    input_ = REQUEST_AFTER_SALE.input.model_validate(
        {"service": service, "reason": "quality", "agent_may_return": agent_may} | amount
    )
    now = order.state.updated_at + A_WHILE
    order.check(REQUEST_AFTER_SALE, by, now, input_)
    order.act(REQUEST_AFTER_SALE, by, now, input_)
    (start,) = [one.errand for one in order.state.errands if isinstance(one.errand, StartCase)]
    child: AfterSaleState = begin_any(start).state
    return child


def _inputs(action: AnyAction[AfterSaleState], state: AfterSaleState) -> Sequence[Sample]:
    if action.name == "amend":
        return [
            Sample(_amended(service), "" if service is state.demand.service else "other service") for service in Service
        ]
    return _INPUTS.get(action.name, [Sample(action.example)])


def _amended(service: Service) -> dict[str, Any]:
    return {"service": service} | ({"amount": "20.00"} if SERVICES[service].amount_required else {})


def _data(fact: AnyFact[AfterSaleState], state: AfterSaleState) -> Sequence[Sample]:
    """What carriers and the ERP may report of the return; what the order tells changes no stage."""
    if state.sent_back is None or not fact.senders:
        return []
    carrier, _, tracking_no = state.sent_back.parcel.partition("/")
    parcel = {"carrier": carrier, "tracking_no": tracking_no}
    if fact.event_type == "return.received":
        return [
            Sample(parcel | {"conforming": True}, "conforming"),
            Sample(parcel | {"conforming": False}, "not conforming"),
        ]
    return [Sample(parcel)] if "kind" not in fact.data.model_fields else []


def _answers(pending: PendingErrand) -> Sequence[Sample]:
    if isinstance(pending.errand, Decide):
        verdicts = _DECISIONS[pending.errand.stage]
        decided = [Decided(strategy="walk", decision=verdict, reason="other") for verdict in verdicts]
        return [
            *(Sample(ErrandResult(decided=one), f"a strategy decides: {one.decision}") for one in decided),
            Sample(ErrandResult(), "no strategy decides"),
        ]
    return [
        Sample(ErrandResult(reference="P-1"), "paid by the partner"),
        Sample(ErrandResult(refused=True), "the partner will not pay"),
    ]


def _distinct(state: AfterSaleState) -> Hashable:
    return (
        all(question.answered for question in state.questions),
        state.sent_back is None and state.demand.agent_may_return,
        state.surroundings.shipped,
        state.goods_back,
        state.inspection is not None,
        state.money_held,
        tuple(sorted({(payout.kind, payout.by_hand, payout.paid) for payout in state.payouts})),
        state.intervention is not None and state.intervention.evidence_closed,
        tuple(where_is(parcel) for parcel in state.parcels),
    )
