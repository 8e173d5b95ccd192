"""Ways of telling a day of a shop; each order has a number, and an id of its own in each way."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.policy import Platform, current_policy
from domain.times import CHINA
from tests.patience import PATIENCE
from tests.sandbox_server import Shop

CLOSED_AFTER = timedelta(minutes=45)
"""How long after it was placed the script closes an unpaid order."""
SHOWN = ("stage", "outcome", "open", "money", "platform")


@dataclass
class Teller:
    """One way of telling the day."""

    shop: Shop
    prefix: str
    platform: str

    def case(self, number: int) -> dict[str, Any]:
        """How an order stands in the end, its requests and parcels with it.

        Whether an unpaid order was closed by its clock or by somebody's word is left out where the marketplace waits no
        longer than the script: either may come first.
        """
        seen = self.shop.get(self.path(number))
        races = current_policy(Platform(self.platform)).payment.within.value <= CLOSED_AFTER
        left_out = "payment" if races and seen["outcome"] == "unpaid" else ""
        deadlines = [(one["kind"], one["state"]) for one in seen["deadlines"] if one["kind"] != left_out]
        ship_by = [one["due_at"] for one in seen["deadlines"] if one["kind"] == "ship_by"]
        parcels = [(one["status"], one["status_at"]) for one in seen["parcels"]]
        children = [(one["kind"], one["stage"]) for one in seen["children"]]
        shown = {name: seen[name] for name in SHOWN}
        return shown | {"deadlines": deadlines, "ship_by": ship_by, "parcels": parcels, "children": children}

    def path(self, number: int) -> str:
        """The order's case."""
        return f"/v1/cases/order:demo:{self.platform}:{self.prefix}{number}"


@dataclass
class ByEvents(Teller):
    """Told as anybody would: openings, CloudEvents, steps."""

    def _subject(self, number: int) -> str:
        return f"order/{self.platform}/{self.prefix}{number}"

    def _act(self, path: str, name: str, body: Any, token: str, *, unless: str = "") -> None:
        """Takes a step once, unless it is refused for that reason; not done yet, under load, it is asked again."""
        end = time.monotonic() + PATIENCE
        while True:
            answer = self.shop.call("POST", f"{path}/actions/{name}", body, token, Idempotency_Key=f"{name}-{path}")
            if answer.status_code != 503 or time.monotonic() > end:
                break
            time.sleep(0.5)
        refused = [reason["code"] for reason in answer.json().get("reasons", [])]
        assert answer.status_code == 200 or unless in refused, answer.text

    def _heard(self, number: int, probe: Callable[[dict[str, Any]], Any]) -> None:
        end = time.monotonic() + PATIENCE
        while not probe(self.shop.get(self.path(number))):
            assert time.monotonic() < end, "never came true"
            time.sleep(0.02)

    def ordered(self, number: int, at: datetime) -> None:
        tid = f"{self.prefix}{number}"
        line = {
            "line_id": f"{tid}-1", "sku": "S1", "title": "连衣裙", "category": "general", "quantity": 1,
            "amount": "199.00",
        }  # fmt: skip
        body = {
            "platform": self.platform, "order_id": tid, "source": "silent", "placed_at": at.isoformat(),
            "lines": [line], "freight": "10.00", "buyer": {"id": f"trade-{tid}"},
        }  # fmt: skip
        assert self.shop.call("POST", "/v1/cases", body).status_code == 201

    def paid(self, number: int, at: datetime) -> None:
        self.shop.event("payment.received", self._subject(number), "demo-payment", at, amount="209.00")
        self._heard(number, lambda seen: seen["money"]["paid"] == "209.00")

    def closed(self, number: int, at: datetime) -> None:
        closed = {"reason": "平台上已关闭", "buyer_consent": True}
        self._act(self.path(number), "close_unpaid", closed, "demo-agent", unless="already_closed")

    def noted(self, number: int, at: datetime) -> None:
        self._act(self.path(number), "add_memo", {"text": "加急", "flag": 1}, "demo-agent")

    def shipped(self, number: int, at: datetime) -> None:
        parcel = {"carrier": "zto", "tracking_no": f"ZT{self.prefix}{number}", "line_ids": [f"{self.prefix}{number}-1"]}
        self.shop.event("parcel.consigned", self._subject(number), "demo-erp", at, **parcel)

    def scanned(self, number: int, at: datetime, state: str) -> None:
        type_ = {"1": "picked_up", "0": "scanned", "5": "out_for_delivery", "3": "signed"}[state]
        self.shop.event(f"parcel.{type_}", f"parcel/zto/ZT{self.prefix}{number}", "demo-carrier", at)

    def done(self, number: int, at: datetime) -> None:
        self._heard(number, lambda seen: seen["stage"] == "delivered")
        self._act(self.path(number), "confirm_receipt", {}, "demo-buyer")

    def asked(self, number: int, at: datetime) -> None:
        demand = {"service": "refund_only", "reason": "no_reason", "amount": "209.00"}
        self._act(self.path(number), "request_after_sale", demand, "demo-buyer")

    def refunded(self, number: int, at: datetime) -> None:
        request = f"/v1/cases/after-sale:demo:{self.platform}:{self.prefix}{number}:1"
        self._act(request, "agree", {}, "demo-agent")  # and the sandbox's payments partner pays


def clock(at: datetime) -> str:
    """As platforms write times."""
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
