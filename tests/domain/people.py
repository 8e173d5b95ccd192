"""A driver for people's work in tests: an order whose tasks are done, as the API would hand them in."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import Any

from domain.after_sale.opening import AfterSaleOpening
from domain.case.action import ActionRequest, Circumstances
from domain.case.completing import completing
from domain.case.errand import SendToBuyer, StartCase, WriteMemo
from domain.case.proposing import proposing
from domain.case.work import WorkItem
from domain.errors import ActionRefused, Refusal
from domain.order.life import ORDER
from domain.order.opening import Buyer, OpenedUnder, OpenOrder, OrderLine, accept_opening, begin
from domain.order.state import Source
from domain.policy import Platform
from domain.roles import Role
from domain.shop.settings import ShopTerms
from tests.domain.orders import PLACED, Order, actor, line

BUYER = Buyer(id="b-77", name="陈小姐", phone="13800000000", address="广州市天河区体育西路1号", region="广东")


class Worked(Order):
    """An order opened under what a shop has set up; its tasks are done with an outcome and data."""

    def __init__(
        self,
        *lines: OrderLine,
        source: Source = Source.SILENT,
        freight: str = "10.00",
        policy: str = "taobao-2012",
        placed: datetime = PLACED,
        buyer: Buyer = BUYER,
        under: OpenedUnder | None = None,
    ) -> None:
        request = OpenOrder(
            platform=Platform.TAOBAO,
            order_id="T1001",
            source=source,
            placed_at=placed,
            lines=list(lines) or [line()],
            freight=Decimal(freight),
            buyer=buyer,
        )
        self.case = begin(accept_opening(request, "demo", policy, None, actor(Role.AGENT), placed, under))
        self.now = placed
        self.passed = 0
        self.shop = ShopTerms()
        self._ids = count(1)

    def open_task(self, type_: str) -> WorkItem:
        """The one open task of that type."""
        found = [item for item in self.state.open_work() if item.type == type_]
        assert len(found) == 1, f"{type_}: {self.open_tasks()}"
        return found[0]

    def done(self, type_: str, outcome: str, role: Role = Role.AGENT, /, **data: Any) -> dict[str, Any]:
        """Does the one open task of that type; raises ActionRefused as the case does."""
        return self.complete(self.open_task(type_), outcome, role, **data)

    def complete(self, item: WorkItem, outcome: str, role: Role = Role.AGENT, /, **data: Any) -> dict[str, Any]:
        """Does this task."""
        rule, by = completing(ORDER), self._by(role)
        input_ = rule.read({"item_id": item.item_id, "outcome": outcome, "data": data}, lambda: self.state)
        self.case.check(rule, by, self.now, input_)
        result = self.case.act(rule, by, self.now, input_)
        self.until(self.now)
        return result

    def not_done(self, type_: str, outcome: str, role: Role = Role.AGENT, /, **data: Any) -> list[str]:
        """The codes of every reason against doing it so; empty if it was done."""
        try:
            self.done(type_, outcome, role, **data)
        except ActionRefused as refused:
            return [reason.code for reason in refused.reasons]
        return []

    def propose(self, action: str, role: Role = Role.AGENT, /, **input_: Any) -> str:
        """Proposes a step to the owner; answers the task's id."""
        rule = proposing(ORDER)
        result = self.case.act(rule, self._by(role), self.now, rule.input(action=action, input=input_))
        return str(result["item_id"])

    def _by(self, role: Role) -> ActionRequest:
        circumstances = Circumstances(shop=self.shop)
        return ActionRequest(action_id=self.next_id("step"), actor=actor(role), circumstances=circumstances)

    @property
    def messages(self) -> list[str]:
        """The templates of what the buyer was sent, in order."""
        sent = (pending.errand for pending in self.state.errands)
        return [errand.template for errand in sent if isinstance(errand, SendToBuyer)]

    @property
    def memos(self) -> list[str]:
        """The memos that were written by the case, in order."""
        return [pending.errand.text for pending in self.state.errands if isinstance(pending.errand, WriteMemo)]

    @property
    def after_messages(self) -> list[str]:
        """Messages and memos in the order in which they are carried out."""
        errands = (pending.errand for pending in self.state.errands)
        return [
            "memo" if isinstance(errand, WriteMemo) else str(errand.template)
            for errand in errands
            if isinstance(errand, (WriteMemo, SendToBuyer))
        ]

    @property
    def requests(self) -> list[AfterSaleOpening]:
        """The openings of after-sale requests that the case asked for."""
        openings = [pending.errand.opening for pending in self.state.errands if isinstance(pending.errand, StartCase)]
        return [opening for opening in openings if isinstance(opening, AfterSaleOpening)]

    def reasons(self, type_: str, outcome: str, /, **data: Any) -> list[Refusal]:
        """Every reason against doing it so, without doing it."""
        rule = completing(ORDER)
        item_id = self.open_task(type_).item_id
        input_ = rule.read({"item_id": item_id, "outcome": outcome, "data": data}, lambda: self.state)
        return self.case.refusals(rule, self._by(Role.AGENT), self.now, input_)
