"""A driver for an order with its holds: one clock, and an ERP that answers as it is told."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.case.deadline import Deadline, DeadlineState, find
from domain.case.errand import ErrandResult, LockOrder, PendingErrand, SendToBuyer, StampMemo
from domain.case.fact import Fact
from domain.case.live import LiveCase
from domain.case.work import WorkItem
from domain.errors import ActionRefused
from domain.hold.life import SHIP_HOLD
from domain.hold.state import HoldState
from domain.order.opening import OrderLine
from domain.order.state import CampaignTerms
from domain.roles import Role
from tests.domain.after_sale.trade import Trade
from tests.domain.orders import PLACED, actor, at

ON = {"enabled": True, "memo": "双11拦截", "terms_accepted": True}
LOCKING = ON | {"erp_lock": True, "routing": "platform_erp_wms"}


class Erp(StrEnum):
    """How the ERP answers; `away`: it is asked until it does; `will_not`: it says no, or there is none."""

    LOCKS = "locks"
    FAILS = "fails"
    SILENT = "silent"
    AWAY = "away"
    WILL_NOT = "will_not"


class Held(Trade):
    """An order in a campaign that allows holds, in a shop that has them switched on.

    `locks`, `memos` and `messages` are what was carried out, in that order.
    """

    def __init__(
        self, *lines: OrderLine, erp: Erp = Erp.LOCKS, frozen_to: datetime | None = None, **options: Any
    ) -> None:
        super().__init__(*lines, **{"campaign": sale(frozen_to)} | options)
        self.erp = erp
        self.unlocks = True
        self.locks: list[LockOrder] = []
        self.memos: list[StampMemo] = []
        self.messages: list[SendToBuyer] = []
        self.set_up(ship_hold=ON)
        self.pay()

    def hold(self, *line_ids: str, role: Role = Role.AGENT) -> Hold:
        """Asks for a hold; no lines means the whole order."""
        result = self.act("hold_shipment", role, line_ids=list(line_ids) or None, requested_by="buyer")
        return Hold(self, result["case_id"])

    def hold_refused(self, *line_ids: str, role: Role = Role.AGENT) -> list[str]:
        """The codes of what speaks against a hold."""
        return self.refused("hold_shipment", role, line_ids=list(line_ids) or None, requested_by="buyer")

    def campaign_changes(self, terms: CampaignTerms) -> None:
        """The marketplace sets other terms."""
        self.happened("campaign.changed", terms.model_dump(mode="json"))

    def sent(self) -> list[str]:
        """The templates of the messages that the buyer got."""
        return [str(message.template) for message in self.messages]

    def _waits(self, pending: PendingErrand) -> bool:
        return (isinstance(pending.errand, LockOrder) and self.erp is Erp.AWAY) or super()._waits(pending)

    def _carried_out(self, pending: PendingErrand) -> ErrandResult:
        match pending.errand:
            case LockOrder() as errand:
                self.locks.append(errand)
                return self._lock_answer() if errand.lock else ErrandResult(refused=not self.unlocks, yes=False)
            case StampMemo() as memo:
                self.memos.append(memo)
            case SendToBuyer() as message:
                self.messages.append(message)
        return super()._carried_out(pending)

    def _lock_answer(self) -> ErrandResult:
        match self.erp:
            case Erp.LOCKS:
                return ErrandResult(yes=True)
            case Erp.FAILS:
                return ErrandResult(yes=False, reason="already_packed")
            case Erp.WILL_NOT:
                return ErrandResult(refused=True, reason="erp_refused")
        return ErrandResult()


class Hold:
    """One hold, on its order's clock."""

    def __init__(self, order: Held, case_id: str) -> None:
        self.order = order
        self.case: LiveCase[HoldState] = order.children[case_id]  # type: ignore[assignment]

    @property
    def state(self) -> HoldState:
        return self.case.state

    @property
    def stage(self) -> str:
        return self.state.stage

    def release(self, role: Role = Role.AGENT) -> None:
        """To be shipped after all."""
        self.order.take(self.case, SHIP_HOLD.action("release"), role, {})

    def release_refused(self, role: Role = Role.AGENT) -> list[str]:
        """The codes of what speaks against a release."""
        try:
            self.release(role)
        except ActionRefused as error:
            return [reason.code for reason in error.reasons]
        return []

    def erp_says(self, *, locked: bool, reason: str | None = None, id_: str | None = None) -> bool:
        """The ERP reports a lock's result; answers whether the case had not heard it before."""
        fact = Fact(
            id=id_ or self.order.next_id("erp"),
            source="erp",
            type="erp.lock_result",
            at=self.order.now,
            actor=actor(Role.ERP),
            data={"hold_case_id": self.state.case_id, "locked": locked, "reason": reason},
        )
        new = self.case.happened(fact, self.order.now)
        self.order.run_errands()
        return new

    def deadline(self, kind: str) -> Deadline:
        """The newest deadline of that kind."""
        found = find(self.state.deadlines, kind)
        assert found is not None, f"no {kind} among {[d.kind for d in self.state.deadlines]}"
        return found

    def clock(self, kind: str) -> tuple[DeadlineState, datetime]:
        """How the newest deadline of that kind stands, and when it is due."""
        return self.deadline(kind).state, self.deadline(kind).due_at

    def open_tasks(self) -> list[str]:
        """The types of the work items that nobody has done yet."""
        return [item.type for item in self.state.open_work()]

    def tasks(self, type_: str) -> list[WorkItem]:
        """Every work item of that type."""
        return [item for item in self.state.work_items if item.type == type_]

    def told(self, type_: str) -> list[str]:
        """The summaries of the timeline's lines of that type."""
        return [told.summary for told in self.state.story if told.type == type_]


def sale(frozen_to: datetime | None = None, **changes: Any) -> CampaignTerms:
    """A campaign of one day that allows holds; refunds are frozen from its start where an end is named."""
    terms: dict[str, Any] = {
        "id": "double-11",
        "starts_at": PLACED,
        "ends_at": at(days=1),
        "ship_within": "PT72H",
        "ship_hold": True,
        "refunds_frozen_from": PLACED if frozen_to else None,
        "refunds_frozen_to": frozen_to,
    }
    return CampaignTerms.model_validate(terms | changes)


def locking(*lines: OrderLine, erp: Erp = Erp.LOCKS, **options: Any) -> Held:
    """An order of a shop whose ERP locks."""
    order = Held(*lines, erp=erp, **options)
    order.set_up(ship_hold=LOCKING)
    return order
