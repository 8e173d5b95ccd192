"""A driver for an order together with its after-sale requests: one clock, and every errand between them carried out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from domain.after_sale.life import AFTER_SALE
from domain.after_sale.opening import RequestAfterSale
from domain.after_sale.relation import Standing
from domain.after_sale.state import AfterSaleState
from domain.case.action import ActionRequest, Circumstances, StockAnswer
from domain.case.completing import completing
from domain.case.deadline import Deadline, DeadlineState, find
from domain.case.declare import AnyAction
from domain.case.errand import (
    EndReservation,
    ErrandResult,
    Lane,
    PayBuyer,
    PendingErrand,
    StartCase,
    TakeStock,
    TellCase,
)
from domain.case.fact import Fact
from domain.case.live import LiveCase
from domain.case.work import WorkItem
from domain.errors import ActionRefused, Refusal
from domain.lives import begin_any
from domain.money import ZERO
from domain.order.life import ORDER
from domain.order.opening import OrderLine
from domain.roles import Role
from domain.shop.settings import ShopTerms
from tests.domain.after_sale.outside import Payer, Warehouse
from tests.domain.orders import Order, actor, read_ended, request_by


class Trade(Order):
    """An order and its requests. `payer` answers for the payments partner, `letters_wait` keeps what cases tell back.

    `paid_out` is what the partner has paid, by the errand's id, `by_hand` what it would not.
    """

    def __init__(self, *lines: OrderLine, payer: Payer = Payer.PAYS, **options: Any) -> None:
        super().__init__(*lines, **options)
        self.payer = payer
        self.letters_wait = False
        self.contradicts: list[str] = []
        self.warehouse = Warehouse()
        self.children: dict[str, LiveCase[AfterSaleState]] = {}
        self.paid_out: dict[str, PayBuyer] = {}

    def set_up(self, **sections: Any) -> None:
        """What the shop has set up from now on: `shop={"outbound_freight": "8.00"}`, `authority="5000.00"`."""
        self.shop = ShopTerms.model_validate(sections)

    def until(self, moment: datetime) -> None:
        """Lets time pass for the order and its requests: every clock at its own time, the earliest first."""
        passes = 0
        self.run_errands()
        while due := self._next_due(moment):
            passes += 1
            assert passes < 1000, f"{due[1].kind} passes without end"
            self.now = max(self.now, due[1].due_at)
            due[0].pass_deadline(due[1], self.now)
            self.passed += due[0] is self.case
            self.run_errands()
        self.now = max(self.now, moment)

    def _next_due(self, moment: datetime) -> tuple[LiveCase[Any], Deadline] | None:
        cases = [case for case in self.every_case() if case.state.open]
        due = [(case, deadline) for case in cases if (deadline := case.overdue(moment))]
        return min(due, key=lambda one: one[1].due_at, default=None)

    def run_errands(self) -> None:
        """Carries out everything that cases want done outside themselves, as far as partners and letters let it."""
        while any(self.run_one(case, lane) for case in self.every_case() for lane in Lane):
            pass

    def every_case(self) -> list[LiveCase[Any]]:
        """The order and its children."""
        return [self.case, *self.children.values()]

    def run_one(self, case: LiveCase[Any], lane: Lane) -> bool:
        """Carries out the next errand of a lane, unless it waits; whether it did."""
        pending = case.state.next_errand(lane)
        starting = case.state.not_started(case.state.version)
        if pending is None or (self._waits(pending) and not starting):
            return False
        case.take_result(pending, self._carried_out(pending), self.now)
        return True

    def _waits(self, pending: PendingErrand) -> bool:
        if isinstance(pending.errand, TellCase):
            return self.letters_wait
        return isinstance(pending.errand, PayBuyer) and self.payer is Payer.SILENT

    def _carried_out(self, pending: PendingErrand) -> ErrandResult:
        match pending.errand:
            case StartCase() as start:
                self.children[start.case_id] = begin_any(start)
            case TellCase() as tell:
                told = self.case if tell.case_id == self.state.case_id else self.children[tell.case_id]
                read_ended(told)
                told.take_in(Fact.model_validate(tell.fact.model_dump(mode="json")), self.now)
            case EndReservation() as end:
                self.warehouse.end(end.reservation_id, end.change, end.quantity)
            case TakeStock() as take:
                self.warehouse.units[take.sku] -= take.quantity
            case PayBuyer() as pay if self.payer is Payer.REFUSES:
                return ErrandResult(refused=True)
            case PayBuyer() as pay:
                self.paid_out[pending.errand_id] = pay
                return ErrandResult(reference=pending.errand_id)
        return ErrandResult()

    def act(self, action: str, role: Role = Role.AGENT, /, **values: Any) -> dict[str, Any]:
        """Takes a step of the order; what it wants of stock is reserved, and released if it is refused."""
        return self.take(self.case, ORDER.action(action), role, values)

    def take(self, case: LiveCase[Any], rule: AnyAction[Any], role: Role, values: dict[str, Any]) -> dict[str, Any]:
        """Takes a step of any of the cases."""
        input_ = rule.input.model_validate(values)
        by = request_by(role, self.next_id("action"), self.stocked(case, rule, input_))
        if by.circumstances.stock is StockAnswer.HELD:
            wanted = rule.wants(case.state, input_) if rule.wants else None
            assert wanted is not None
            self.warehouse.held[by.action_id] = (wanted.sku, wanted.quantity)
        try:
            case.check(rule, by, self.now, input_)
        except Exception:
            self.warehouse.held.pop(by.action_id, None)
            raise
        result = case.act(rule, by, self.now, input_)
        self.until(self.now)
        return result

    def done(self, type_: str, outcome: str, role: Role = Role.AGENT, /, **data: Any) -> dict[str, Any]:
        """Does the one open task of that type, the order's own."""
        return self.done_in(self.case, type_, outcome, role, **data)

    def done_in(
        self, case: LiveCase[Any], type_: str, outcome: str, role: Role = Role.AGENT, /, **data: Any
    ) -> dict[str, Any]:
        """Does the one open task of that type of any of the cases; raises ActionRefused as the case does."""
        (item,) = [item for item in case.state.open_work() if item.type == type_]
        return self.complete_in(case, item, outcome, role, **data)

    def complete(self, item: WorkItem, outcome: str, role: Role = Role.AGENT, /, **data: Any) -> dict[str, Any]:
        """Does this task of the order's own."""
        return self.complete_in(self.case, item, outcome, role, **data)

    def complete_in(
        self, case: LiveCase[Any], item: WorkItem, outcome: str, role: Role, /, **data: Any
    ) -> dict[str, Any]:
        """Does this task of any of the cases."""
        rule, by = completing(case.life), request_by(role, self.next_id("action"), self.circumstances())
        input_ = rule.read({"item_id": item.item_id, "outcome": outcome, "data": data}, lambda: case.state)
        case.check(rule, by, self.now, input_)
        result = case.act(rule, by, self.now, input_)
        self.until(self.now)
        return result

    def stocked(self, case: LiveCase[Any], rule: AnyAction[Any], input_: Any) -> Circumstances:
        """What the step may depend on, with the stock that it wants looked up."""
        settings = self.shop.exchange_stock
        wanted = rule.wants(case.state, input_) if rule.wants else None
        if wanted is None or not (settings.reserve or settings.require_stock):
            return Circumstances(shop=self.shop, contradicts=self.contradicts)
        there = self.warehouse.free(wanted.sku) >= wanted.quantity
        good = StockAnswer.HELD if settings.reserve else StockAnswer.FREE
        return Circumstances(shop=self.shop, stock=good if there else StockAnswer.MISSING)

    def ask(
        self, service: str, *line_ids: str, reason: str = "no_reason", role: Role = Role.BUYER, **values: Any
    ) -> Request:
        """Asks for after-sale service; no lines means every line."""
        goods = {"line_ids": list(line_ids)} if line_ids else {}
        result = self.act("request_after_sale", role, service=service, reason=reason, **goods | values)
        return Request(self, result["case_id"])

    def ask_refused(self, service: str, *line_ids: str, reason: str = "no_reason", **values: Any) -> list[str]:
        """The codes of what speaks against a request."""
        return [refusal.code for refusal in self.against_request(service, *line_ids, reason=reason, **values)]

    def against_request(self, service: str, *line_ids: str, reason: str = "no_reason", **values: Any) -> list[Refusal]:
        """What speaks against a request."""
        goods = {"line_ids": list(line_ids)} if line_ids else {}
        input_ = RequestAfterSale.model_validate({"service": service, "reason": reason} | goods | values)
        rule = ORDER.action("request_after_sale")
        by = ActionRequest(action_id="", actor=actor(Role.BUYER), circumstances=self.stocked(self.case, rule, input_))
        return self.case.refusals(rule, by, self.now, input_)


class Request:
    """One request of a trade; `request.act("agree")` and the like, on the trade's clock."""

    def __init__(self, trade: Trade, case_id: str) -> None:
        self.trade = trade
        self.case = trade.children[case_id]

    @property
    def state(self) -> AfterSaleState:
        return self.case.state

    @property
    def stage(self) -> str:
        return self.state.stage

    @property
    def ended(self) -> tuple[str, str | None]:
        """Stage and outcome of a request that has ended."""
        assert not self.state.open
        return self.state.stage, self.state.outcome

    @property
    def view(self) -> Standing:
        """The request as its order knows it."""
        (found,) = [one for one in self.trade.state.requests if one.case_id == self.state.case_id]
        return found

    def act(self, action: str, role: Role = Role.AGENT, /, **values: Any) -> dict[str, Any]:
        """Takes a step; raises ActionRefused or Forbidden as the case does."""
        return self.trade.take(self.case, AFTER_SALE.action(action), role, values)

    def refused(self, action: str, role: Role = Role.AGENT, /, **values: Any) -> list[str]:
        """The codes of every reason against a step with this input; empty if it was taken."""
        try:
            self.act(action, role, **values)
        except ActionRefused as error:
            return [reason.code for reason in error.reasons]
        return []

    def against(self, action: str, role: Role = Role.AGENT) -> list[str]:
        """The codes of what speaks against a step whatever its input."""
        by = request_by(role, circumstances=self.trade.circumstances())
        return [one.code for one in self.case.refusals(AFTER_SALE.action(action), by, self.trade.now, None)]

    def happened(self, event_type: str, data: dict[str, Any], *, when: datetime | None = None) -> None:
        """Reports a fact to the request, now; `when` is the time it happened."""
        if when is not None:
            self.trade.until(when)
        by = actor((AFTER_SALE.fact(event_type).senders or (Role.SYSTEM,))[0])
        fact = Fact(
            id=self.trade.next_id(event_type),
            source="test",
            type=event_type,
            at=when or self.trade.now,
            actor=by,
            data=data,
        )
        self.case.take_in(fact, self.trade.now)
        self.trade.until(self.trade.now)

    def scan(self, status: str, parcel: str = "yto/R1", *, when: datetime | None = None) -> None:
        """The carrier scanned the return or the replacement."""
        carrier, _, tracking_no = parcel.partition("/")
        self.happened(f"parcel.{status}", {"carrier": carrier, "tracking_no": tracking_no}, when=when)

    def send_back(self, parcel: str = "yto/R1", freight: str = "0.00", role: Role = Role.BUYER) -> None:
        """The buyer sends the goods back."""
        carrier, _, tracking_no = parcel.partition("/")
        self.act("submit_return", role, carrier=carrier, tracking_no=tracking_no, freight_paid=freight)

    def done(self, type_: str, outcome: str, role: Role = Role.AGENT, /, **data: Any) -> dict[str, Any]:
        """Does the one open task of that type."""
        return self.trade.done_in(self.case, type_, outcome, role, **data)

    def inspect(self, *, conforming: bool = True, cause: str | None = None) -> None:
        """The warehouse says what it found."""
        self.act("inspect_return", Role.WAREHOUSE, conforming=conforming, cause=cause)

    def send_replacement(self, parcel: str = "zto/ZT2") -> None:
        """The warehouse sends goods to the buyer."""
        carrier, _, tracking_no = parcel.partition("/")
        self.act("ship_replacement", Role.WAREHOUSE, carrier=carrier, tracking_no=tracking_no)

    def deadline(self, kind: str) -> Deadline:
        """The newest deadline of that kind."""
        found = find(self.state.deadlines, kind)
        assert found is not None, f"no {kind} among {[d.kind for d in self.state.deadlines]}"
        return found

    def clock(self, kind: str) -> tuple[DeadlineState, datetime]:
        """How the newest deadline of that kind stands, and when it is due."""
        return self.deadline(kind).state, self.deadline(kind).due_at

    def got(self) -> dict[str, str]:
        """What the buyer has got by this request, yuan, by kind, as the ledger has it."""
        kinds = {entry.kind for entry in self.state.ledger}
        booked = {kind: sum((e.amount for e in self.state.ledger if e.kind is kind), ZERO) for kind in kinds}
        return {str(kind): f"{amount:.2f}" for kind, amount in booked.items()}

    def open_tasks(self) -> list[str]:
        """The types of the work items that nobody has done yet."""
        return [item.type for item in self.state.open_work()]

    def tasks(self, type_: str) -> list[WorkItem]:
        """Every work item of that type."""
        return [item for item in self.state.work_items if item.type == type_]

    def told(self, type_: str) -> list[str]:
        """The summaries of the timeline's lines of that type."""
        return [told.summary for told in self.state.story if told.type == type_]
