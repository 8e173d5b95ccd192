"""An order as platforms tell it: the same facts and steps, whatever the platform calls them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.telling import fact, fingerprint, memo_text, order_subject
from connectors.translation import StatedTimeout, Step
from domain.events import CloudEvent
from domain.order.people.changes import MemoFlag
from domain.policy import Platform
from domain.roles import Role

CLOSED_THERE = "平台上已关闭"
"""Why an order is closed that its platform has closed: nobody can pay it any more."""

STAGED = "paid in stages, and not all of it yet: the order is opened when it is"
"""Our orders are closed when a day passes unpaid; the rest of a staged payment comes weeks after the deposit."""


@dataclass(frozen=True, slots=True)
class Order:
    """The order that a message is about.

    Attributes:
        source: the connector.
        name: the platform's name for it: ids and keys begin so.
    """

    source: str
    platform: Platform
    order_id: str
    name: str

    @property
    def subject(self) -> str:
        """`order/taobao/T1001`."""
        return order_subject(self.platform, self.order_id)

    def _step(self, key: str, action: str, role: Role, input_: dict[str, Any], at: datetime | None = None) -> Step:
        return Step(key=f"{self.name}/{key}", action=action, input=input_, order=self.subject, role=role, at=at)

    def paid(self, amount: Decimal, at: datetime | None, part: str = "paid") -> list[CloudEvent]:
        """Money came in; nothing is no payment."""
        if not amount:
            return []
        data = {"amount": f"{amount:.2f}"}
        return [fact(self.source, "payment.received", self.subject, f"{self.name}/{part}", at, data)]

    def consigned(
        self, carrier: str, tracking_no: str, units: Mapping[str, int] | Sequence[str], at: datetime | None
    ) -> CloudEvent:
        """The seller says that lines left.

        Args:
            carrier: ours.
            tracking_no: the waybill.
            units: the lines in the parcel, whole, or how many units of each; none: what is in no parcel yet.
            at: when; None: not said.
        """
        data: dict[str, Any] = {"carrier": carrier, "tracking_no": tracking_no}
        if isinstance(units, Mapping):
            data["lines"] = [{"line_id": line, "quantity": count} for line, count in sorted(units.items())]
        elif units:
            data["line_ids"] = sorted(units)
        content = fingerprint(data.get("lines") or data.get("line_ids") or ())
        id_ = f"{self.name}/parcel/{carrier}/{tracking_no}/{content}"
        return fact(self.source, "parcel.consigned", self.subject, id_, at, data)

    def confirmed(self, at: datetime | None) -> Step:
        """The platform says that the trade is done: received, or its time has passed."""
        return self._step("confirmed", "confirm_receipt", Role.BUYER, {}, at)

    def closed_unpaid(self, at: datetime | None) -> Step:
        """The platform says that it is closed before it was paid."""
        return self._step("closed", "close_unpaid", Role.AGENT, {"reason": CLOSED_THERE, "buyer_consent": True}, at)

    def memo(self, text: str, flag: MemoFlag, at: datetime | None = None) -> Step:
        """The shop's memo on the platform, with its flag."""
        short = memo_text(text)
        key = f"memo/{fingerprint(short, flag)}"
        return self._step(key, "add_memo", Role.AGENT, {"text": short, "flag": int(flag)}, at)

    def other_sku(self, line_id: str, sku: str) -> Step:
        """Another article for a line."""
        key = f"line/{line_id}/{fingerprint(sku)}"
        return self._step(key, "change_order", Role.AGENT, {"line_id": line_id, "sku": sku})

    def other_address(self, address: str) -> Step:
        """Another address, in plain words."""
        key = f"address/{fingerprint(address)}"
        return self._step(key, "change_order", Role.AGENT, {"address": address[:500]})

    def until(self, deadline: str, at: datetime | None) -> list[StatedTimeout]:
        """A time that the platform set for the order."""
        return (
            [] if at is None else [StatedTimeout(about=self.subject, order=self.subject, deadline=deadline, until=at)]
        )
