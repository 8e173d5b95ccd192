"""A day of a shop, told twice: as its platforms push it, a part of their pushes lost, and as plain CloudEvents.

`python -m tests.sandbox.day 200` plays a day of so many orders on a sandbox of its own and compares case by case.
"""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx

from domain.times import CHINA
from tests.sandbox_server import Shop, started_sandbox

SLOT = timedelta(hours=1)
SOURCES = "/v1/merchants/demo/sources"
CONNECTORS = "/v1/merchants/demo/connectors"
SHOWN = ("stage", "outcome", "open", "money", "platform")


@dataclass
class Teller:
    """One way of telling the day; each order under a number of its own."""

    shop: Shop
    prefix: str

    def case(self, number: int) -> dict[str, Any]:
        """How an order stands in the end, its requests and parcels with it."""
        seen = self.shop.get(f"/v1/cases/order:demo:taobao:{self.prefix}{number}")
        deadlines = [(one["kind"], one["state"]) for one in seen["deadlines"]]
        ship_by = [one["due_at"] for one in seen["deadlines"] if one["kind"] == "ship_by"]
        parcels = [(one["status"], one["status_at"]) for one in seen["parcels"]]
        children = [(one["kind"], one["stage"]) for one in seen["children"]]
        shown = {name: seen[name] for name in SHOWN}
        return shown | {"deadlines": deadlines, "ship_by": ship_by, "parcels": parcels, "children": children}


@dataclass
class ByPlatform(Teller):
    """Told by Taobao and Kuaidi100 as they push."""

    taobao: str = ""
    kuaidi100: str = ""
    trades: dict[int, dict[str, Any]] = field(default_factory=dict)
    tracks: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    again: list[dict[str, Any]] = field(default_factory=list)

    def set_up(self, script: dict[str, Any]) -> None:
        """Both sources; Taobao is asked for what changed, beside its pushes."""
        for name in ("taobao", "kuaidi100"):
            pull = {"pull": name == "taobao", "key": f"{self.prefix}-{name}"}
            body = {"name": f"{self.prefix}-{name}", "connection": pull, "secret": "secret"}
            added = self.shop.call("POST", f"{CONNECTORS}/{name}/sources", body, "demo-owner")
            assert added.status_code == 201, added.text
            setattr(self, name, added.json()["source_id"])
            path = f"/sandbox/platforms/{name}/{added.json()['source_id']}/script"
            assert self.shop.call("PUT", path, script, "demo-ops").status_code == 200

    def take_down(self) -> None:
        """Nobody is asked any more."""
        for source in (self.taobao, self.kuaidi100):
            self.shop.call("DELETE", f"{SOURCES}/{source}", token="demo-owner")

    def counts(self) -> dict[str, int]:
        """What came of Taobao's pushes and of calls."""
        return dict(self.shop.get(f"/sandbox/platforms/taobao/{self.taobao}", "demo-ops"))

    def _change(self, connector: str, change: dict[str, Any]) -> bool:
        source = getattr(self, connector)
        told = self.shop.call("POST", f"/sandbox/platforms/{connector}/{source}/changes", change, "demo-ops")
        assert told.status_code == 200, told.text
        return bool(told.json()["pushed"])

    def _trade(self, number: int, topic: str, at: datetime, **more: Any) -> None:
        trade = self.trades.setdefault(number, {}) | more | {"modified": clock(at)}
        self.trades[number] = trade
        self._change("taobao", {"topic": f"taobao_trade_{topic}", "trade": trade})

    def ordered(self, number: int, at: datetime) -> None:
        tid = f"{self.prefix}{number}"
        line = {"oid": f"{tid}-1", "num": 1, "title": "连衣裙", "sku_id": "S1", "payment": "209.00", "seller_type": "C"}
        content = {"tid": tid, "type": "fixed", "created": clock(at), "status": "WAIT_BUYER_PAY", "payment": "209.00"}
        self._trade(number, "TradeCreate", at, **content, post_fee="10.00", orders={"order": [line]})

    def paid(self, number: int, at: datetime) -> None:
        self._trade(number, "TradeBuyerPay", at, status="WAIT_SELLER_SEND_GOODS", pay_time=clock(at))

    def closed(self, number: int, at: datetime) -> None:
        self._trade(number, "TradeClose", at, status="TRADE_CLOSED_BY_TAOBAO", end_time=clock(at))

    def noted(self, number: int, at: datetime) -> None:
        self._trade(number, "TradeMemoModified", at, seller_memo="加急", seller_flag=1)

    def shipped(self, number: int, at: datetime) -> None:
        line = self.trades[number]["orders"]["order"][0]
        sent = {"invoice_no": f"ZT{self.prefix}{number}", "logistics_company": "中通快递", "consign_time": clock(at)}
        status = "WAIT_BUYER_CONFIRM_GOODS"
        self._trade(number, "TradeSellerShip", at, status=status, orders={"order": [line | sent]})

    def scanned(self, number: int, at: datetime, state: str) -> None:
        nodes = self.tracks.setdefault(number, [])
        nodes.insert(0, {"ftime": clock(at), "context": "包裹", "statusCode": state})
        result = {"com": "zhongtong", "nu": f"ZT{self.prefix}{number}", "state": state, "data": list(nodes)}
        push = {"content": {"status": "shutdown" if state == "3" else "polling", "lastResult": result}}
        if not self._change("kuaidi100", push):
            self.again.append(push)

    def repeat(self) -> None:
        """Kuaidi100 pushes again what nobody has acknowledged."""
        self.again = [push for push in self.again if not self._change("kuaidi100", push)]

    def done(self, number: int, at: datetime) -> None:
        self._trade(number, "TradeSuccess", at, status="TRADE_FINISHED", end_time=clock(at))

    def _refund(self, number: int, at: datetime, topic: str, status: str) -> None:
        tid, trade = f"{self.prefix}{number}", self.trades[number]
        refund = {
            "refund_id": f"9-{tid}", "tid": tid, "oid": f"{tid}-1", "status": status, "created": trade["pay_time"],
            "modified": clock(at), "reason": "不想要了", "refund_fee": "209.00", "has_good_return": False,
        }  # fmt: skip
        self._change("taobao", {"topic": f"taobao_refund_{topic}", "refund": refund})

    def asked(self, number: int, at: datetime) -> None:
        self._refund(number, at, "RefundCreated", "WAIT_SELLER_AGREE")

    def refunded(self, number: int, at: datetime) -> None:
        self._refund(number, at, "RefundSuccess", "SUCCESS")


class ByEvents(Teller):
    """Told as anybody would: openings, CloudEvents, steps."""

    def _subject(self, number: int) -> str:
        return f"order/taobao/{self.prefix}{number}"

    def _path(self, number: int) -> str:
        return f"/v1/cases/order:demo:taobao:{self.prefix}{number}"

    def _act(self, path: str, name: str, body: Any, token: str) -> None:
        answer = self.shop.call("POST", f"{path}/actions/{name}", body, token)
        assert answer.status_code == 200, answer.text

    def _heard(self, number: int, probe: Callable[[dict[str, Any]], Any]) -> None:
        end = time.monotonic() + 20
        while not probe(self.shop.get(self._path(number))):
            assert time.monotonic() < end, "never came true"
            time.sleep(0.02)

    def ordered(self, number: int, at: datetime) -> None:
        tid = f"{self.prefix}{number}"
        line = {
            "line_id": f"{tid}-1", "sku": "S1", "title": "连衣裙", "category": "general", "quantity": 1,
            "amount": "199.00",
        }  # fmt: skip
        body = {
            "platform": "taobao", "order_id": tid, "source": "silent", "placed_at": at.isoformat(), "lines": [line],
            "freight": "10.00", "buyer": {"id": f"trade-{tid}"},
        }  # fmt: skip
        assert self.shop.call("POST", "/v1/cases", body).status_code == 201

    def paid(self, number: int, at: datetime) -> None:
        self.shop.event("payment.received", self._subject(number), "demo-payment", at, amount="209.00")
        self._heard(number, lambda seen: seen["money"]["paid"] == "209.00")

    def closed(self, number: int, at: datetime) -> None:
        closed = {"reason": "平台上已关闭", "buyer_consent": True}
        self._act(self._path(number), "close_unpaid", closed, "demo-agent")

    def noted(self, number: int, at: datetime) -> None:
        self._act(self._path(number), "add_memo", {"text": "加急", "flag": 1}, "demo-agent")

    def shipped(self, number: int, at: datetime) -> None:
        parcel = {"carrier": "zto", "tracking_no": f"ZT{self.prefix}{number}", "line_ids": [f"{self.prefix}{number}-1"]}
        self.shop.event("parcel.consigned", self._subject(number), "demo-erp", at, **parcel)

    def scanned(self, number: int, at: datetime, state: str) -> None:
        type_ = {"1": "picked_up", "0": "scanned", "5": "out_for_delivery", "3": "signed"}[state]
        self.shop.event(f"parcel.{type_}", f"parcel/zto/ZT{self.prefix}{number}", "demo-carrier", at)

    def done(self, number: int, at: datetime) -> None:
        self._heard(number, lambda seen: seen["stage"] == "delivered")
        self._act(self._path(number), "confirm_receipt", {}, "demo-buyer")

    def asked(self, number: int, at: datetime) -> None:
        demand = {"service": "refund_only", "reason": "no_reason", "amount": "209.00"}
        self._act(self._path(number), "request_after_sale", demand, "demo-buyer")

    def refunded(self, number: int, at: datetime) -> None:
        request = f"/v1/cases/after-sale:demo:taobao:{self.prefix}{number}:1"
        self._act(request, "agree", {}, "demo-agent")  # and the sandbox's payments partner pays


def clock(at: datetime) -> str:
    """As platforms write times."""
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


LIVES: tuple[tuple[tuple[int, str, str], ...], ...] = (
    ((0, "ordered", ""), (4, "paid", ""), (180, "shipped", ""), (240, "scanned", "1"), (420, "scanned", "0"),
     (900, "scanned", "5"), (960, "scanned", "3"), (1020, "done", "")),
    ((0, "ordered", ""), (5, "paid", ""), (90, "asked", ""), (150, "refunded", "")),
    ((0, "ordered", ""), (45, "closed", "")),
    ((0, "ordered", ""), (2, "paid", ""), (60, "noted", "")),
    ((0, "ordered", ""), (1, "paid", ""), (300, "shipped", ""), (360, "scanned", "1")),
)  # fmt: skip
"""What happens to an order, minutes after it is placed: the kinds of order of the day."""


def happenings(orders: int, begin: datetime) -> Iterator[tuple[datetime, int, str, str]]:
    """Everything that happens, in its order."""
    happened = [
        (begin + timedelta(minutes=number * 360 // orders + minute, seconds=number % 60), number, what, more)
        for number in range(orders)
        for minute, what, more in LIVES[number % len(LIVES)]
    ]
    return iter(sorted(happened))


def play(shop: Shop, orders: int, script: dict[str, Any]) -> tuple[list[str], dict[str, int]]:
    """The day, told both ways; what differs in the end, and what came of the pushes."""
    begin = shop.now().replace(second=0, microsecond=0) + timedelta(minutes=1)
    platform, events = ByPlatform(shop, f"P{shop.prefix}"), ByEvents(shop, f"E{shop.prefix}")
    platform.set_up(script)
    try:
        left = list(happenings(orders, begin))
        now = begin
        while left:
            now += SLOT
            advance_to(shop, now)
            platform.repeat()
            while left and left[0][0] <= now:
                at, number, what, more = left.pop(0)
                for teller in (platform, events):
                    getattr(teller, what)(number, at, *([more] if more else []))
        while platform.again:
            platform.repeat()
        for _ in range(3):
            advance_to(shop, now := now + SLOT)
        differ = [
            f"{number}: {told} instead of {meant}"
            for number in range(orders)
            if (told := platform.case(number)) != (meant := events.case(number))
        ]
        return differ, platform.counts()
    finally:
        platform.take_down()


def advance_to(shop: Shop, at: datetime) -> None:
    """Moves the test clock to a time."""
    answer = shop.call("POST", "/sandbox/clock/advance", {"to": at.isoformat()}, "demo-ops")
    assert answer.status_code == 200, answer.text


if __name__ == "__main__":
    with started_sandbox() as address, httpx.Client(base_url=address, timeout=600) as http:
        found, counted = play(Shop(http), int(sys.argv[1]), {"drop": 0.1, "double": 0.1, "reorder": 0.1, "seed": 11})
        print(counted, *found, sep="\n")
        sys.exit(bool(found))
