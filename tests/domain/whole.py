"""A driver for an order with every kind of child: requests, holds, interceptions and complaints, on one clock.

Whatever is asked, answered, reported or left alone, `check` looks at every case after each of its versions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from hypothesis import strategies as st
from pydantic import ValidationError

from domain.case.completing import completing, data_of, outcome_rule
from domain.case.errand import ErrandResult, Lane, PendingErrand
from domain.case.fact import Fact
from domain.case.ids import CaseKind
from domain.case.live import LiveCase
from domain.case.work import WorkItem
from domain.errors import ActionRefused, Forbidden
from domain.order.state import Source
from domain.policy import policy
from domain.roles import Role
from domain.shop.automation import Decided, StrategyStage, Verdict
from tests.domain.after_sale import chains
from tests.domain.after_sale.outside import Payer
from tests.domain.after_sale.trade import Request
from tests.domain.hold.held import LOCKING, ON, Erp, Held, sale
from tests.domain.intercept.stopping import LATER, SIGNED, STOPPED, Stopping, failed
from tests.domain.order.steps import inputs as order_inputs
from tests.domain.orders import actor, at, line


class Whole(Held, Stopping):
    """An order of a shop that has everything set up; `check` is called with every case after each change."""

    def __init__(self, *lines: Any, check: Callable[[LiveCase[Any]], None], **options: Any) -> None:
        self.check = check
        self.decides: Verdict | None = None
        Stopping.__init__(self, *lines, **{"campaign": sale(at(hours=6))} | options)
        self.erp, self.unlocks = Erp.LOCKS, True
        self.locks, self.memos, self.messages = [], [], []

    def run_one(self, case: LiveCase[Any], lane: Lane) -> bool:
        ran = super().run_one(case, lane)
        if ran:
            self.look()
        return ran

    def _carried_out(self, pending: PendingErrand) -> ErrandResult:
        if pending.errand.do == "decide" and self.decides:
            return ErrandResult(decided=Decided(strategy="any", decision=self.decides, reason="other"))
        return super()._carried_out(pending)

    def look(self) -> None:
        """Checks every case as it stands."""
        for case in self.every_case():
            self.check(case)

    def run_errands(self) -> None:
        """Carries out what cases want done; every version on the way is looked at."""
        self.look()
        super().run_errands()

    def of_kind(self, kind: CaseKind) -> list[LiveCase[Any]]:
        return [case for case in self.children.values() if case.state.kind is kind]


class Step(Protocol):
    """Something that may happen at any time."""

    def take(self, whole: Whole) -> None:
        """Lets it happen."""


@dataclass(frozen=True)
class Report:
    """A fact of the order, that happened so many hours ago."""

    type: str
    data: dict[str, Any]
    hours_ago: int

    def take(self, whole: Whole) -> None:
        if self.data.get("tracking_no") and self.type != "parcel.consigned":
            if whole.state.parcel("zto", self.data["tracking_no"]) is None:
                return
            data = {name: value for name, value in self.data.items() if name not in ("carrier", "tracking_no")}
            whole.reported(self.type.removeprefix("parcel."), f"zto/{self.data['tracking_no']}", **data)
        else:
            whole.happened(self.type, self.data, when=None)


@dataclass(frozen=True)
class Scan:
    """The carrier reports of a return or a replacement; or the warehouse takes a return in."""

    number: int
    status: str

    def take(self, whole: Whole) -> None:
        for case in whole.of_kind(CaseKind.AFTER_SALE)[self.number : self.number + 1]:
            for parcel in list(case.state.parcels):
                data: dict[str, Any] = {"carrier": parcel.carrier, "tracking_no": parcel.tracking_no}
                if self.status in ("conforms", "unfit"):
                    data["conforming"] = self.status == "conforms"
                    Request(whole, case.state.case_id).happened("return.received", data)
                else:
                    Request(whole, case.state.case_id).happened(f"parcel.{self.status}", data)


@dataclass(frozen=True)
class Wait:
    """Time that passes, and the clocks that pass with it."""

    hours: int

    def take(self, whole: Whole) -> None:
        whole.until(whole.now + timedelta(hours=self.hours))


@dataclass(frozen=True)
class Act:
    """Somebody takes a step of one of the cases, if nothing speaks against it."""

    case: int
    action: int
    choice: int

    def take(self, whole: Whole) -> None:
        cases = [case for case in whole.every_case() if case.state.open]
        if not cases:
            return
        case = cases[self.case % len(cases)]
        for place in range(len(case.life.actions)):
            action = case.life.actions[(self.action + place) % len(case.life.actions)]
            role = action.roles[self.choice % len(action.roles)]
            given = samples(whole, case, action.name, action.example)
            try:
                whole.take(case, action, role, given[self.choice % len(given)])
            except (ActionRefused, Forbidden, ValidationError):
                continue
            return


@dataclass(frozen=True)
class Complete:
    """Somebody does one of the open tasks with one of its outcomes."""

    task: int
    outcome: int
    choice: int

    def take(self, whole: Whole) -> None:
        tasks = [(case, item) for case in whole.every_case() for item in case.state.open_work()]
        if not tasks:
            return
        case, item = tasks[self.task % len(tasks)]
        outcomes = list(policy(case.state.policy).work.tasks[item.type].outcomes_for(item.variant))
        complete(whole, case, item, outcomes[self.outcome % len(outcomes)], self.choice)


def complete(whole: Whole, case: LiveCase[Any], item: WorkItem, outcome: str, choice: int) -> bool:
    """Does a task; False if the case refuses it so."""
    rule = outcome_rule(case.life, item, outcome)
    roles = rule.roles if rule else (Role.OWNER,)
    said = said_with(
        whole, data_of(case.life, item, outcome).__name__, rule.action.example if rule and rule.action else {}
    )
    values = {"item_id": item.item_id, "outcome": outcome, "data": said[choice % len(said)]}
    completing_it = completing(case.life)
    try:
        input_ = completing_it.read(values, lambda: case.state)
        by = Stopping.by(whole, roles[choice % len(roles)])
        request = _request(whole, by)
        case.check(completing_it, request, whole.now, input_)
    except (ActionRefused, Forbidden, ValidationError):
        return False
    case.act(completing_it, request, whole.now, input_)
    whole.until(whole.now)
    return True


def _request(whole: Whole, by: Any) -> Any:
    from domain.case.action import ActionRequest, Circumstances

    return ActionRequest(action_id=whole.next_id("step"), actor=by, circumstances=Circumstances(shop=whole.shop))


def said_with(whole: Whole, model: str, example: dict[str, Any]) -> list[dict[str, Any]]:
    """What may be said with an outcome, by what it asks for."""
    soon = (whole.now + timedelta(hours=30)).isoformat()
    known: dict[str, list[dict[str, Any]]] = {
        "Reached": [{}, {"reason": "considering", "promised_pay_at": soon}],
        "NotWanted": [{}, {"buyer_consent": True}],
        "Received": [{"amount": "70.00"}, {"amount": str(whole.state.total)}],
        "WhichLines": [{}, {"line_ids": ["1"]}],
        "WhichParcel": [{}, {"carrier": "zto", "tracking_no": "ZT1"}],
        "ThatParcel": [{"carrier": "zto", "tracking_no": "ZT2"}],
        "Alternative": [{"sku": "BLUE"}, {"sku": "BLUE", "line_id": "1"}],
        "ShipTime": [{"ship_by": soon}],
        "WillShip": [{}, {"ship_by": soon}],
    }
    return known.get(model, [{}, example])


@dataclass(frozen=True)
class Outside:
    """Partners answer otherwise from now on, or report what they owed."""

    payer: Payer
    erp: Erp
    carrier: int
    decides: Verdict | None
    says: int

    def take(self, whole: Whole) -> None:
        whole.payer, whole.erp, whole.decides = self.payer, self.erp, self.decides
        whole.answer = (STOPPED, failed(), LATER, None)[self.carrier]
        for case in whole.of_kind(CaseKind.SHIP_HOLD)[:1] if self.says == 1 else ():
            tell(whole, case, "erp.lock_result", {"hold_case_id": case.state.case_id, "locked": self.carrier != 1})
        for case in whole.of_kind(CaseKind.PARCEL_INTERCEPT)[:1] if self.says == 2 else ():
            data = {"intercept_case_id": case.state.case_id, "intercepted": self.carrier != 1}
            tell(whole, case, "intercept.result", data)
        whole.until(whole.now)


def tell(whole: Whole, case: LiveCase[Any], type_: str, data: dict[str, Any]) -> None:
    """A partner reports to a child."""
    if case.state.open:
        by = actor(case.life.fact(type_).senders[0])
        fact = Fact(id=whole.next_id(type_), source="test", type=type_, at=whole.now, actor=by, data=data)
        case.take_in(fact, whole.now)
        whole.until(whole.now)


def samples(whole: Whole, case: LiveCase[Any], action: str, example: dict[str, Any]) -> list[dict[str, Any]]:
    """Inputs of an action."""
    match case.state.kind:
        case CaseKind.ORDER:
            return _of_order(whole, action, example)
        case CaseKind.AFTER_SALE if action == "intercept_parcels":
            return [{"parcels": [{"carrier": "zto", "tracking_no": number}]} for number in ("ZT1", "ZT2")]
        case CaseKind.AFTER_SALE:
            return chains.inputs(Request(whole, case.state.case_id)).get(action, [example])
        case CaseKind.COMPLAINT if action == "rule":
            return [{"upheld": True}, {"upheld": True, "amount": "5.00"}, {"upheld": False}]
        case CaseKind.PARCEL_INTERCEPT:
            return [example, {"stopped": False}, {"amount": "0.00"}, {"kind": "lost", "amount": "1.00"}]
    return [example]


def _of_order(whole: Whole, action: str, example: dict[str, Any]) -> list[dict[str, Any]]:
    if action == "request_after_sale":
        lines = [["1"], ["2"], None]
        services = ("refund_only", "return_refund", "exchange", "reship", "repair")
        return [
            {"service": service, "line_ids": ids, "reason": reason}
            for reason in ("other", "quality", "no_reason")
            for service in services
            for ids in lines
        ]
    try:
        return order_inputs(whole, action)
    except KeyError:
        return [example]


def reports() -> st.SearchStrategy[Report]:
    parcels = [{"carrier": "zto", "tracking_no": number} for number in ("ZT1", "ZT2")]
    scans = ("picked_up", "scanned", "out_for_delivery", "signed", "refused", "returned")
    wrong = ("out_of_range", "phone_unreachable", "accident", "weather", "congestion", "lost", "damaged", "wrong_sign")
    facts: list[tuple[str, dict[str, Any]]] = [
        *[("payment.received", {"amount": amount}) for amount in ("50.00", "110.00", "210.00", "210.00")],
        *[("parcel.consigned", parcel | {"line_ids": ids}) for parcel in parcels for ids in ([], ["1"], ["2"])],
        *[(f"parcel.{scan}", parcel) for scan in scans for parcel in parcels],
        *[("parcel.exception", parcel | {"kind": kind}) for kind in wrong for parcel in parcels],
        ("order.erp_read", {}),
        ("order.rated", {"grade": "bad", "words": 20}),
    ]
    return st.builds(lambda fact: Report(fact[0], fact[1], 0), st.sampled_from(facts))


@st.composite
def wholes(draw: st.DrawFn, check: Callable[[LiveCase[Any]], None]) -> Whole:
    """An order placed any way, of one to three lines, gifts and custom goods among them, perhaps paid and shipped."""
    amounts = draw(st.lists(st.sampled_from(("100.00", "100.00", "60.00", "0.00")), min_size=1, max_size=3))
    custom = st.sampled_from((False, False, False, False, True))
    whole = Whole(
        *(line(str(n), amount, made_to_order=draw(custom)) for n, amount in enumerate(amounts, 1)),
        check=check,
        source=draw(st.sampled_from(Source)),
        policy=draw(st.sampled_from(("taobao-2012", "jd", "douyin"))),
    )
    automated = draw(st.sampled_from(((), (), tuple(StrategyStage))))
    whole.set_up(
        **SIGNED,
        ship_hold=draw(st.sampled_from((ON, LOCKING))),
        shop={"refunds_by_hand": draw(st.sampled_from((False, False, True)))},
        automated=automated,
    )
    far = draw(st.sampled_from((0, 1, 1, 2, 3, 3, 4)))
    paid = draw(st.sampled_from(("all", "all", "all", "a part", "nothing")))
    if far > 0 and whole.state.total and paid != "nothing":
        whole.pay("20.00" if paid == "a part" else None)
    if far > 1:
        whole.consign()
    for status in ("picked_up", "signed")[: max(far - 2, 0)]:
        whole.scan(status)
    return whole


def steps() -> st.SearchStrategy[list[Step]]:
    """Ten to thirty steps."""
    number, any_number = st.sampled_from(range(4)), st.sampled_from(range(500))
    act = st.builds(Act, any_number, any_number, any_number)
    done = st.builds(Complete, any_number, any_number, any_number)
    wait = st.builds(Wait, st.sampled_from((1, 3, 12, 25, 49, 73, 200)))
    scan = st.builds(Scan, number, st.sampled_from(("signed", "conforms", "unfit", "picked_up")))
    outside = st.builds(
        Outside,
        st.sampled_from(Payer),
        st.sampled_from(Erp),
        number,
        st.sampled_from((None, None, *Verdict)),
        st.sampled_from(range(3)),
    )
    kinds: list[st.SearchStrategy[Any]] = [
        act,
        act,
        act,
        done,
        done,
        done,
        reports(),
        reports(),
        wait,
        wait,
        scan,
        outside,
    ]
    return st.lists(st.sampled_from(kinds).flatmap(lambda kind: kind), min_size=10, max_size=30)
