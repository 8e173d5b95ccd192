"""An after-sale request as platforms tell it, and the steps that its state there stands for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.telling import cut, fingerprint
from connectors.translation import RefundFailed, StatedTimeout, Step
from domain.after_sale.services import SERVICES
from domain.after_sale.state import Reason
from domain.roles import Role
from domain.shop.service import Service

REFUSED_THERE = {"reason": "refused_on_platform", "message": "商家在平台上拒绝了申请"}

REASON_WORDS: tuple[tuple[Reason, str], ...] = (
    (Reason.NO_REASON, "无理由|不想要|不喜欢|拍错|多拍|买错|不合适|不需要"),
    (Reason.OUT_OF_STOCK, "缺货|无货"),
    (Reason.LATE, "未按约定|未按时|延迟发货|发货慢|超时发货|一直未发"),
    (Reason.NOT_RECEIVED, "未收到|没收到|没有收到|丢件|空包裹|物流停滞|无物流|不派送"),
    (Reason.WRONG_ITEM, "错发|发错|漏发|少发|少件|缺件|不符|不一致"),
    (Reason.QUALITY, "质量|破损|损坏|瑕疵|故障|污渍|变质|掉色|开线|做工|假冒|假货|过期|过敏"),
)
"""Buyers' reasons come in words: the first that is in them counts; none is `other`."""

_REASONS = tuple((reason, re.compile(words)) for reason, words in REASON_WORDS)


def reason_of(words: str | None) -> Reason:
    """The reason that a platform's words stand for."""
    return next((reason for reason, known in _REASONS if words and known.search(words)), Reason.OTHER)


@dataclass(frozen=True, slots=True)
class Request:
    """A request as a snapshot has it.

    Attributes:
        order: the order's subject.
        name: the platform's name of the request (`refund/88`); its steps are told under it.
        units: which lines, or how many units of each; none: all that is left.
        amount: what the buyer asks for; None: the most the rules allow.
        wanted_sku: what is wanted instead, of an exchange.
        at: when it was asked for.
        version: when it was last changed, for what is told again with another content.
    """

    order: str
    name: str
    service: Service
    reason: Reason
    units: tuple[str, ...] | Mapping[str, int]
    amount: Decimal | None
    description: str | None
    at: datetime | None
    version: str
    wanted_sku: str | None = None

    def _step(self, what: str, action: str, role: Role, input_: dict[str, Any] | None = None) -> Step:
        return Step(
            key=f"{self.name}/{what}", action=action, input=input_ or {}, order=self.order, request=self.name, role=role
        )

    def _demand(self) -> dict[str, Any]:
        demand: dict[str, Any] = {"service": self.service.value, "reason": self.reason.value}
        if self.amount and SERVICES[self.service].pays is not None:
            demand["amount"] = f"{self.amount:.2f}"
        if words := cut(self.description, 1000):
            demand["description"] = words
        if self.wanted_sku and self.service is Service.EXCHANGE:
            demand["wanted_sku"] = self.wanted_sku[:64]
        return demand

    def _round(self) -> str:
        """What the buyer asks for at present: after an amendment it is agreed to, or refused, anew."""
        return fingerprint(sorted(self._demand().items()))

    def opened(self) -> Step:
        """The buyer asks."""
        if isinstance(self.units, Mapping):
            goods: dict[str, Any] = {
                "lines": [{"line_id": line, "quantity": count} for line, count in sorted(self.units.items())]
            }
        else:
            goods = {"line_ids": list(self.units)} if self.units else {}
        step = self._step("opened", "request_after_sale", Role.BUYER, {**self._demand(), **goods})
        return step.model_copy(update={"at": self.at})

    def amended(self, before: "Request | None") -> list[Step]:
        """The buyer asks for something else than before."""
        was, now = before._demand() if before else {}, self._demand()
        if not was or was == now:
            return []
        changed = {key: value for key, value in now.items() if was.get(key) != value}
        return [self._step(f"amended/{self.version}", "amend", Role.BUYER, changed)] if changed else []

    def withdrawn(self) -> Step:
        """Closed without a result: the buyer took it back, or let a time pass."""
        return self._step("withdrawn", "withdraw", Role.BUYER)

    def agreed(self) -> Step:
        """The seller agrees, to what is asked for."""
        return self._step(f"agreed/{self._round()}", "agree", Role.AGENT)

    def refused(self) -> Step:
        """The seller refuses."""
        return self._step(f"refused/{self._round()}", "refuse", Role.AGENT, dict(REFUSED_THERE))

    def sent_back(self, carrier: str, tracking_no: str) -> Step:
        """The buyer says how the goods come back."""
        sent = {"carrier": carrier, "tracking_no": tracking_no}
        return self._step(f"sent_back/{carrier}/{tracking_no}", "submit_return", Role.BUYER, sent)

    def inspected(self, *, conforming: bool) -> Step:
        """The seller has the goods, and says on the platform whether they are as they should be."""
        what = "conforming" if conforming else "not_conforming"
        return self._step(what, "inspect_return", Role.WAREHOUSE, {"conforming": conforming})

    def replaced(self, carrier: str, tracking_no: str) -> Step:
        """The seller sends the replacement, the repaired or the missing goods."""
        sent = {"carrier": carrier, "tracking_no": tracking_no}
        return self._step(f"replaced/{carrier}/{tracking_no}", "ship_replacement", Role.WAREHOUSE, sent)

    def replacement_confirmed(self) -> Step:
        """The buyer has what was sent."""
        return self._step("replacement_confirmed", "confirm_replacement", Role.BUYER)

    def paid(self) -> Step:
        """The platform has paid the money back, so nobody pays it again."""
        return self._step("paid", "confirm_refund_paid", Role.FINANCE)

    def payment_failed(self) -> RefundFailed:
        """The platform could not pay the money back."""
        return RefundFailed(about=self.name, order=self.order, version=self.version)

    def platform_asked(self) -> Step:
        """The platform's agent is asked in."""
        return self._step("platform_asked", "ask_platform", Role.BUYER)

    def ruled(self, side: str) -> Step:
        """The platform's agent decides; for the buyer as much as is asked for."""
        ruling: dict[str, Any] = {"in_favour_of": side}
        if side == "buyer" and self.amount:
            ruling["amount"] = f"{self.amount:.2f}"
        return self._step("ruled", "rule", Role.PLATFORM, ruling)

    def until(self, deadline: str | None, at: datetime | None) -> list[StatedTimeout]:
        """A time that the platform set for the request."""
        if deadline is None or at is None:
            return []
        return [StatedTimeout(about=self.name, order=self.order, deadline=deadline, until=at)]
