"""A driver for order cases in tests: lives one as its workflow would, on a clock that the test moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from domain.after_sale.relation import Standing, Surroundings
from domain.after_sale.state import AfterSaleStage
from domain.case.action import ActionRequest, Circumstances
from domain.case.deadline import Deadline, DeadlineState, find
from domain.case.fact import Fact
from domain.case.ids import CaseKind
from domain.case.ledger import EntryKind, net
from domain.case.live import LiveCase
from domain.case.pauses import Pause
from domain.case.record import WITHIN, record
from domain.case.state import Child
from domain.case.work import WorkItem
from domain.errors import ActionRefused
from domain.order.life import ORDER
from domain.order.line import Line
from domain.order.opening import Buyer, OpenedOrder, OpenedUnder, OpenOrder, OrderLine, accept_opening, begin
from domain.order.state import CampaignTerms, OrderStage, OrderState, Source
from domain.policy import Platform, policy
from domain.policy.catalogue import WorkType
from domain.roles import Actor, Role
from domain.shop.service import Service
from domain.shop.settings import ShopTerms

PLACED = datetime(2026, 11, 10, 16, 0, 30, tzinfo=UTC)
"""Half a minute past midnight of 11 November on the China clock."""


def at(days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> datetime:
    """So long after the order was placed."""
    return PLACED + timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def request_by(role: Role, action_id: str = "", circumstances: Circumstances | None = None) -> ActionRequest:
    """A step asked for by somebody in that role."""
    return ActionRequest(action_id=action_id, actor=actor(role), circumstances=circumstances or Circumstances())


def actor(role: Role) -> Actor:
    """Somebody in that role."""
    return Actor(role=role, account=f"demo-{role}")


def line(
    line_id: str = "1",
    amount: str = "199.00",
    *,
    quantity: int = 1,
    made_to_order: bool = False,
    virtual: bool = False,
) -> OrderLine:
    """A line as a client gives it."""
    return OrderLine(
        line_id=line_id,
        sku=f"SKU-{line_id}",
        title="连衣裙",
        category="apparel",
        quantity=quantity,
        amount=Decimal(amount),
        made_to_order=made_to_order,
        virtual=virtual,
    )


def campaign(ship_within: str | None = None, id_: str = "double-11") -> CampaignTerms:
    """A campaign that runs on the day of the order."""
    return CampaignTerms(id=id_, starts_at=PLACED, ends_at=at(days=1), ship_within=ship_within)


def read_ended(case: LiveCase[Any]) -> None:
    """Whatever reaches a case after its end finds it as its row has it."""
    if not case.state.open:
        kept = {name: getattr(case.state, name) for name in WITHIN}
        case.state = case.life.state.model_validate(record(case.state, since=0).state).model_copy(update=kept)


def work(task: str) -> WorkType:
    """A kind of task as the catalogue of the edition has it."""
    return policy("taobao-2012").work.tasks[task]


class Order:
    """One order case with its clock `now`. Opening is version 1; facts happen now unless told otherwise.

    `passed` counts the deadlines that have passed. After every step those that are due by then pass too.
    """

    def __init__(
        self,
        *lines: OrderLine,
        source: Source = Source.SILENT,
        freight: str = "10.00",
        policy: str = "taobao-2012",
        campaign: CampaignTerms | None = None,
        promised_ship_by: datetime | None = None,
        presale: bool = False,
        placed: datetime = PLACED,
        charged_since: datetime | None = None,
        refunds_by_platform: bool = False,
        under: OpenedUnder | None = None,
    ) -> None:
        request = OpenOrder(
            platform=Platform.TAOBAO,
            order_id="T1001",
            source=source,
            placed_at=placed,
            lines=list(lines) or [line()],
            freight=Decimal(freight),
            buyer=Buyer(id="b-77", name="陈小姐", phone="13800000000", address="广州市天河区"),
            presale=presale,
            promised_ship_by=promised_ship_by,
            charged_since=charged_since,
            refunds_by_platform=refunds_by_platform,
        )
        order = accept_opening(request, "demo", policy, campaign, actor(Role.AGENT), PLACED, under)
        self.case = begin(order)
        self.now = PLACED
        self.passed = 0
        self.shop = ShopTerms()
        self._ids = count(1)

    @property
    def state(self) -> OrderState:
        return self.case.state

    @property
    def stage(self) -> str:
        return self.state.stage

    def until(self, moment: datetime) -> None:
        """Lets time pass: every clock passes at its own time, the earliest first, as the workflow's timer has it."""
        before = self.passed
        while self.state.open and (due := self.case.overdue(moment)):
            assert self.passed - before < 100, f"{due.kind} passes without end"
            self.now = max(self.now, due.due_at)
            self.case.pass_deadline(due, self.now)
            self.passed += 1
        self.now = max(self.now, moment)

    def happened(
        self,
        event_type: str,
        data: dict[str, Any] | None = None,
        *,
        when: datetime | None = None,
        id_: str | None = None,
    ) -> bool:
        """Reports a fact, now; `when` is the time it happened. Answers whether it was new."""
        if when is not None:
            self.until(when)
        rule = ORDER.fact(event_type)
        fact = Fact(
            id=id_ or self.next_id(event_type),
            source="test",
            type=event_type,
            at=when or self.now,
            actor=actor(rule.senders[0] if rule.senders else Role.SYSTEM),
            data=data or {},
        )
        return self.deliver(fact)

    def deliver(self, fact: Fact) -> bool:
        """Hands a fact to the case now; answers whether it was new."""
        read_ended(self.case)
        new = self.case.take_in(fact, self.now)
        self.until(self.now)
        return new

    def pay(self, amount: str | None = None, *, when: datetime | None = None, id_: str | None = None) -> bool:
        """The buyer paid: all that is owed, unless an amount is given."""
        return self.happened("payment.received", {"amount": amount or str(self.state.total)}, when=when, id_=id_)

    def consign(
        self,
        parcel: str = "ZT1",
        *line_ids: str,
        units: dict[str, int] | None = None,
        when: datetime | None = None,
        id_: str | None = None,
    ) -> bool:
        """The seller says that these lines, or units of them, left; none named means all that are in no parcel yet."""
        lines = [{"line_id": line_id, "quantity": quantity} for line_id, quantity in (units or {}).items()]
        data = {"carrier": "zto", "tracking_no": parcel, "line_ids": list(line_ids) or None, "lines": lines or None}
        return self.happened("parcel.consigned", data, when=when, id_=id_)

    def scan(
        self, status: str = "picked_up", parcel: str = "ZT1", *, when: datetime | None = None, id_: str | None = None
    ) -> bool:
        """The carrier scanned a parcel."""
        return self.happened(f"parcel.{status}", {"carrier": "zto", "tracking_no": parcel}, when=when, id_=id_)

    def next_id(self, of: str) -> str:
        """An id that nothing had before."""
        return f"{of}-{next(self._ids)}"

    def circumstances(self) -> Circumstances:
        """What beside the order a step may depend on."""
        return Circumstances(shop=self.shop)

    def act(self, action: str, role: Role = Role.AGENT, /, **values: Any) -> dict[str, Any]:
        """Takes a step; raises ActionRefused or Forbidden as the case does."""
        rule, by = ORDER.action(action), request_by(role, self.next_id("action"), self.circumstances())
        input_ = rule.input.model_validate(values)
        self.case.check(rule, by, self.now, input_)
        result = self.case.act(rule, by, self.now, input_)
        self.until(self.now)
        return result

    def refused(self, action: str, role: Role = Role.AGENT, /, **values: Any) -> list[str]:
        """The codes of every reason against a step with this input; empty if it was taken."""
        try:
            self.act(action, role, **values)
        except ActionRefused as error:
            return [reason.code for reason in error.reasons]
        return []

    def against(self, action: str, role: Role = Role.AGENT) -> list[str]:
        """The codes of what speaks against a step whatever its input."""
        by = request_by(role, circumstances=self.circumstances())
        return [reason.code for reason in self.case.refusals(ORDER.action(action), by, self.now, None)]

    def open_refund(self, line_id: str = "1", *, is_open: bool = True) -> None:
        """A refund of a line is asked for, or closed in vain, as an after-sale case would tell."""
        stage = AfterSaleStage.AWAITING_SELLER if is_open else AfterSaleStage.CLOSED
        self._request_stands(line_id, stage, is_open=is_open, in_vain=not is_open)

    def refund(self, line_id: str = "1") -> None:
        """A line is refunded: its money is back, as an after-sale case would tell."""
        amount, units = self.line(line_id).amount, {line_id: self.line(line_id).quantity}
        self._request_stands(
            line_id,
            AfterSaleStage.SUCCEEDED,
            is_open=False,
            ended_at=self.now,
            done=units,
            forgone=units,
            back={line_id: amount},
            refunded=amount,
        )

    def _request_stands(self, line_id: str, stage: AfterSaleStage, *, is_open: bool, **told: Any) -> None:
        case_id = f"after-sale:demo:taobao:T1001:{line_id}"
        before = next((one for one in self.state.requests if one.case_id == case_id), None)
        undecided = list(before.undecided) if before else []
        if is_open and not (before and before.open):
            undecided.append(Pause(since=self.now))
        elif not is_open:
            since = undecided.pop().since if before and before.open else self.now
            undecided.append(Pause(since=since, until=self.now))
            told.setdefault("ended_at", self.now)
        request = Standing(
            case_id=case_id,
            version=self.state.version + 1,
            service=Service.REFUND_ONLY,
            stage=stage,
            open=is_open,
            ended=not is_open,
            undecided=undecided,
            units={line_id: self.line(line_id).quantity},
            requested_at=before.requested_at if before and before.open else self.now,
            **told,
        )
        if request.case_id not in self.state.request_surroundings:
            self.state.request_surroundings[request.case_id] = Surroundings()
            self.state.requests.append(request.model_copy(update={"version": 0}))
            self.state.children.append(Child(case_id=request.case_id, kind=CaseKind.AFTER_SALE, stage=stage))
        self.happened("after_sale.moved", request.model_dump(mode="json"))

    def line(self, line_id: str = "1") -> Line:
        found = self.state.line(line_id)
        assert found is not None
        return found

    def deadline(self, kind: str, subject: str = "") -> Deadline:
        """The newest deadline of that kind."""
        found = find(self.state.deadlines, kind, subject)
        assert found is not None, f"no {kind} among {[d.kind for d in self.state.deadlines]}"
        return found

    def clock(self, kind: str, subject: str = "") -> tuple[DeadlineState, datetime]:
        """How the newest deadline of that kind stands, and when it is due."""
        found = self.deadline(kind, subject)
        return found.state, found.due_at

    def has(self, kind: str) -> bool:
        """Whether a deadline of that kind was ever started."""
        return any(deadline.kind == kind for deadline in self.state.deadlines)

    @property
    def points(self) -> Decimal:
        return net(self.state.ledger, EntryKind.LATE_SHIPMENT_POINTS)

    @property
    def compensation(self) -> Decimal:
        return net(self.state.ledger, EntryKind.LATE_SHIPMENT_COMPENSATION)

    @property
    def penalty(self) -> tuple[int, str]:
        """Points, and yuan to the buyer."""
        return int(self.points), f"{self.compensation:.2f}"

    def open_tasks(self) -> list[str]:
        """The types of the work items that nobody has done yet."""
        return [item.type for item in self.state.open_work()]

    def task(self, type_: str) -> WorkItem:
        """The one work item of that type."""
        (found,) = [item for item in self.state.work_items if item.type == type_]
        return found

    def told(self, type_: str) -> list[str]:
        """The summaries of the timeline's lines of that type."""
        return [told.summary for told in self.state.story if told.type == type_]


def order_opened_at(moment: datetime) -> OpenedOrder:
    """The opening of a plain order of one line."""
    request = OpenOrder(
        platform=Platform.TAOBAO,
        order_id="T1001",
        source=Source.INQUIRY,
        placed_at=moment,
        lines=[line()],
        freight=Decimal("10.00"),
        buyer=Buyer(id="b-77"),
    )
    return accept_opening(request, "demo", "taobao-2012", None, actor(Role.AGENT), moment)


def shipped_order(**options: Any) -> Order:
    """An order paid when it was placed, consigned and picked up an hour later."""
    order = Order(**options)
    order.pay()
    order.consign(when=at(hours=1))
    order.scan("picked_up")
    assert order.stage == OrderStage.IN_TRANSIT
    return order
