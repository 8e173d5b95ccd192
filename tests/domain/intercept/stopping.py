"""A driver for an order whose parcels are intercepted for a refund request: a trade with a carrier to ask."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from domain.case.action import ActionRequest, Circumstances
from domain.case.declare import AnyAction
from domain.case.errand import AskCarrier, ErrandResult, PendingErrand
from domain.case.fact import Fact
from domain.case.ids import CaseKind
from domain.case.ledger import EntryKind, net
from domain.case.live import LiveCase
from domain.case.parcel import ParcelSeen
from domain.errors import ActionRefused, Refusal
from domain.intercept.life import PARCEL_INTERCEPT
from domain.intercept.state import InterceptState
from domain.order.opening import OrderLine
from domain.order.units import worth_of_parcels
from domain.parcels.journey import status_of_parcel
from domain.roles import Actor, Role
from domain.shop.accounts import Permission
from tests.domain.after_sale.trade import Request, Trade
from tests.domain.orders import actor, at

SIGNED = {"parcel_intercept": {"agreements": ["service", "deduction"]}}
STOPPED = ErrandResult(yes=True)
LATER = ErrandResult()


def failed(reason: str = "out_for_delivery") -> ErrandResult:
    """The carrier could not stop it."""
    return ErrandResult(yes=False, reason=reason)


class Stopping(Trade):
    """A trade with a carrier: `answers` by parcel (`zto/ZT1`), else `answer`; None: it does not answer now.

    `asked` is every parcel that the carrier was asked to stop.
    """

    def __init__(self, *lines: OrderLine, answer: ErrandResult | None = STOPPED, **options: Any) -> None:
        super().__init__(*lines, **options)
        self.answer = answer
        self.answers: dict[str, ErrandResult | None] = {}
        self.asked: list[str] = []
        self.permissions: tuple[str, ...] = (Permission.LOGISTICS_TOOLS,)
        self.set_up(**SIGNED)

    def _waits(self, pending: PendingErrand) -> bool:
        if isinstance(pending.errand, AskCarrier):
            return self._answer_to(pending.errand) is None
        return super()._waits(pending)

    def _carried_out(self, pending: PendingErrand) -> ErrandResult:
        if isinstance(pending.errand, AskCarrier):
            self.asked.append(_name(pending.errand))
            answer = self._answer_to(pending.errand)
            assert answer is not None
            return answer
        return super()._carried_out(pending)

    def _answer_to(self, errand: AskCarrier) -> ErrandResult | None:
        return self.answers.get(_name(errand), self.answer)

    def by(self, role: Role) -> Actor:
        """Somebody in that role, with what the main account granted."""
        return actor(role).model_copy(update={"permissions": self.permissions})

    def take(self, case: LiveCase[Any], rule: AnyAction[Any], role: Role, values: dict[str, Any]) -> dict[str, Any]:
        """Takes a step of any of the cases; one that looks at goods sees them as the order has them."""
        if rule.permission is None:
            return super().take(case, rule, role, values)
        input_ = rule.input.model_validate(values)
        circumstances = Circumstances(shop=self.shop, goods=self.goods(case.state))
        by = ActionRequest(action_id=self.next_id("action"), actor=self.by(role), circumstances=circumstances)
        case.check(rule, by, self.now, input_)
        result = case.act(rule, by, self.now, input_)
        self.until(self.now)
        return result

    def goods(self, request: Any) -> list[ParcelSeen]:
        """The parcels that carry a request's lines."""
        if request.kind is not CaseKind.AFTER_SALE:
            return []
        wanted = {line.line_id for line in request.lines}
        stopped = {one.state.parcel_name for one in self.intercepts() if one.state.open or one.stage != "failed"}
        return [
            ParcelSeen(
                carrier=parcel.carrier,
                tracking_no=parcel.tracking_no,
                status=status_of_parcel(parcel)[0],
                units=parcel.units,
                categories=sorted({self.line(line_id).category for line_id in parcel.units}),
                worth=worth_of_parcels(self.state)[parcel.subject],
                being_stopped=parcel.subject in stopped,
            )
            for parcel in self.state.parcels
            if wanted & set(parcel.units)
        ]

    def intercepts(self) -> list[Stopped]:
        """Every interception there is."""
        kind = CaseKind.PARCEL_INTERCEPT
        return [Stopped(self, case) for case in self.children.values() if case.state.kind is kind]

    def stop(self, request: Request, *parcels: str, role: Role = Role.AGENT) -> list[Stopped]:
        """Has parcels of a request intercepted."""
        wanted = [dict(zip(("carrier", "tracking_no"), one.split("/"), strict=True)) for one in parcels or ("zto/ZT1",)]
        result = request.act("intercept_parcels", role, parcels=wanted)
        return [Stopped(self, self.children[one["case_id"]]) for one in result["cases"]]

    def against_stopping(self, request: Request, *parcels: str, role: Role = Role.AGENT) -> list[Refusal]:
        """Everything that speaks against it."""
        try:
            self.stop(request, *parcels, role=role)
        except ActionRefused as error:
            return list(error.reasons)
        return []

    def reported(self, status: str, parcel: str = "zto/ZT1", *, when: datetime | None = None, **data: str) -> None:
        """The carrier reports of a parcel: the order hears of it, and the interceptions that still stand."""
        carrier, tracking_no = parcel.split("/")
        now = when or self.now
        fact = Fact(
            id=self.next_id(status),
            source="test",
            type=f"parcel.{status}",
            at=now,
            actor=actor(Role.CARRIER),
            data={"carrier": carrier, "tracking_no": tracking_no, **data},
        )
        if now > self.now:
            self.until(now)
        for case in (self.case, *(one.case for one in self.intercepts() if one.state.parcel_name == parcel)):
            if case.state.open:
                case.take_in(fact, self.now)
        self.until(self.now)


class Stopped:
    """One interception of a trade."""

    def __init__(self, trade: Stopping, case: LiveCase[Any]) -> None:
        self.trade, self.case = trade, case

    @property
    def state(self) -> InterceptState:
        found: InterceptState = self.case.state
        return found

    @property
    def stage(self) -> str:
        return self.state.stage

    @property
    def fee(self) -> str:
        """Booked, yuan."""
        return f"{net(self.state.ledger, EntryKind.INTERCEPT_FEE):.2f}"

    @property
    def claimed(self) -> str:
        """What the carrier paid, yuan."""
        return f"{net(self.state.ledger, EntryKind.INTERCEPT_CLAIM):.2f}"

    def act(self, action: str, role: Role = Role.AGENT, /, **values: Any) -> dict[str, Any]:
        """Takes a step."""
        return self.trade.take(self.case, PARCEL_INTERCEPT.action(action), role, values)

    def refused(self, action: str, role: Role = Role.AGENT, /, **values: Any) -> list[str]:
        """The codes of every reason against a step; empty if it was taken."""
        try:
            self.act(action, role, **values)
        except ActionRefused as error:
            return [reason.code for reason in error.reasons]
        return []

    def answered(self, *, stopped: bool, reason: str | None = None, when: datetime | None = None) -> None:
        """The carrier's event `intercept.result`, at its own time."""
        data = {"intercept_case_id": self.state.case_id, "intercepted": stopped, "reason": reason}
        now = when or self.trade.now
        fact = Fact(
            id=self.trade.next_id("result"),
            source="test",
            type="intercept.result",
            at=now,
            actor=actor(Role.CARRIER),
            data=data,
        )
        if now > self.trade.now:
            self.trade.until(now)
        if self.state.open:
            self.case.take_in(fact, self.trade.now)
        self.trade.until(self.trade.now)

    def open_tasks(self) -> list[str]:
        """The types of the work items that nobody has done yet."""
        return [item.type for item in self.state.open_work()]

    def told(self, type_: str) -> list[str]:
        """The summaries of the timeline's lines of that type."""
        return [told.summary for told in self.state.story if told.type == type_]


def _name(errand: AskCarrier) -> str:
    return f"{errand.carrier}/{errand.tracking_no}"


def on_its_way(*lines: OrderLine, parcels: dict[str, list[str]] | None = None, **options: Any) -> Stopping:
    """An order paid, consigned an hour later and picked up; `parcels`: the lines of each (`zto/ZT1`), else one."""
    trade = Stopping(*lines, **options)
    trade.pay()
    every = [line.line_id for line in trade.state.lines]
    trade.until(at(hours=1))
    for parcel, line_ids in (parcels or {"zto/ZT1": every}).items():
        carrier, tracking_no = parcel.split("/")
        data = {"carrier": carrier, "tracking_no": tracking_no, "line_ids": line_ids}
        trade.happened("parcel.consigned", data)
        trade.reported("picked_up", parcel)
    return trade


def asked_back(trade: Stopping, *line_ids: str) -> Request:
    """The buyer wants the money back for what is on its way."""
    return trade.ask("refund_only", *line_ids, reason="other")
