"""A driver for one complaint of a trade, and trades in which each type of complaint can be filed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from domain.case.deadline import Deadline, DeadlineState, find
from domain.case.ledger import EntryKind, net
from domain.case.live import LiveCase
from domain.case.work import WorkItem
from domain.complaint.life import COMPLAINT
from domain.complaint.state import ComplaintStanding, ComplaintState, ComplaintType
from domain.errors import ActionRefused
from domain.order.opening import OrderLine
from domain.roles import Role
from tests.domain.after_sale.made import paid, shipped, signed
from tests.domain.after_sale.trade import Trade
from tests.domain.orders import at, request_by

BUYER, PLATFORM, FINANCE = Role.BUYER, Role.PLATFORM, Role.FINANCE

Type = ComplaintType


def late(*lines: OrderLine, **options: Any) -> Trade:
    """A paid order that is not with the carrier in the 73rd hour."""
    trade = paid(*lines, **options)
    trade.until(at(hours=73))
    return trade


def faked(*lines: OrderLine, **options: Any) -> Trade:
    """Said shipped an hour after payment; three days later the carrier knows nothing of it, and it is late as well."""
    trade = paid(*lines, **options)
    trade.consign(when=at(hours=1))
    trade.until(at(hours=74))
    return trade


def confirmed(*lines: OrderLine, **options: Any) -> Trade:
    """Receipt confirmed by timeout; no carrier ever delivered it (S2-92)."""
    trade = shipped(*lines, **options)
    trade.until(at(days=11))
    return trade


FILED_ON: Mapping[Type, Callable[..., Trade]] = {
    Type.FAKE_SHIPMENT: faked,
    Type.LATE_SHIPMENT: late,
    Type.BREACH_OF_PROMISE: paid,
    Type.NOT_RECEIVED: confirmed,
    Type.CONSUMER_PROTECTION: signed,
    Type.NO_REASON_RETURN: signed,
}
"""For each type, a trade of which a buyer may complain so."""


def complained(type_: Type, *lines: OrderLine, **options: Any) -> Complaint:
    """A complaint just filed, on a trade that allows it."""
    return Complaint(FILED_ON[type_](*lines, **options), type_)


class Complaint:
    """One complaint; `complaint.act("answer", …)` and the like, on its trade's clock."""

    def __init__(self, trade: Trade, type_: Type) -> None:
        self.trade = trade
        case_id = trade.act("file_complaint", BUYER, type=type_, text="memo:text")["case_id"]
        self.case: LiveCase[Any] = trade.children[case_id]

    @property
    def state(self) -> ComplaintState:
        state: ComplaintState = self.case.state
        return state

    @property
    def stage(self) -> str:
        return self.state.stage

    @property
    def ended(self) -> str | None:
        """The outcome of a complaint that has ended."""
        assert not self.state.open
        assert self.state.stage == self.state.outcome
        return self.state.outcome

    @property
    def view(self) -> ComplaintStanding:
        """The complaint as its order knows it."""
        (found,) = [one for one in self.trade.state.complaints if one.case_id == self.state.case_id]
        return found

    def act(self, action: str, role: Role = Role.AGENT, /, **input_: Any) -> dict[str, Any]:
        """Takes a step; raises ActionRefused or Forbidden as the case does."""
        return self.trade.take(self.case, COMPLAINT.action(action), role, input_)

    def refused(self, action: str, role: Role = Role.AGENT, /, **input_: Any) -> list[str]:
        """The codes of every reason against a step with this input; empty if it was taken."""
        try:
            self.act(action, role, **input_)
        except ActionRefused as error:
            return [reason.code for reason in error.reasons]
        return []

    def against(self, action: str, role: Role = Role.AGENT) -> list[str]:
        """The codes of what speaks against a step whatever its input."""
        return [
            one.code for one in self.case.refusals(COMPLAINT.action(action), request_by(role), self.trade.now, None)
        ]

    def answer(self, reason: str = "shipped_in_time", **input_: Any) -> None:
        """The seller answers."""
        self.act("answer", reason=reason, message="memo:answer", **input_)

    def rule(self, *, upheld: bool, amount: str | None = None) -> None:
        """The platform rules."""
        self.act("rule", PLATFORM, upheld=upheld, amount=amount, text="memo:ruling")

    def until(self, moment: datetime) -> None:
        """Lets time pass for the whole trade."""
        self.trade.until(moment)

    def deadline(self, kind: str) -> Deadline:
        """The newest deadline of that kind."""
        found = find(self.state.deadlines, kind)
        assert found is not None, f"no {kind} among {[d.kind for d in self.state.deadlines]}"
        return found

    def clock(self, kind: str) -> DeadlineState:
        """How the newest deadline of that kind stands."""
        return self.deadline(kind).state

    @property
    def compensation(self) -> str:
        """What the complaint has booked for the buyer, yuan."""
        return f"{net(self.state.ledger, EntryKind.COMPENSATION):.2f}"

    def open_tasks(self) -> list[str]:
        """The types of the work items that nobody has done yet."""
        return [item.type for item in self.state.open_work()]

    def task(self, type_: str) -> WorkItem:
        """The one work item of that type."""
        (found,) = [item for item in self.state.work_items if item.type == type_]
        return found
