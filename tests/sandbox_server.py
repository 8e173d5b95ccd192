"""One running `caseline sandbox` for the whole test run, and a small client of it."""

import itertools
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from runtime.ports import free_port
from runtime.tether import TETHERED
from tests.patience import PATIENCE

_serial = itertools.count(1)


@dataclass
class Shop:
    """A client of the sandbox; each test gets one with order ids of its own."""

    http: httpx.Client
    prefix: str = field(default_factory=lambda: uuid4().hex[:8])

    def call(
        self, method: str, path: str, body: Any = None, token: str = "demo-agent", **headers: str
    ) -> httpx.Response:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.http.request(method, path, json=body, headers={"Authorization": f"Bearer {token}", **names})

    def get(self, path: str, token: str = "demo-agent") -> Any:
        answer = self.call("GET", path, token=token)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def now(self) -> datetime:
        return datetime.fromisoformat(self.get("/sandbox/clock", "demo-ops")["now"])

    def advance(self, **by: float) -> None:
        seconds = int(timedelta(**by).total_seconds())
        answer = self.call("POST", "/sandbox/clock/advance", {"by": f"PT{seconds}S"}, "demo-ops")
        assert answer.status_code == 200, answer.text

    def order(self, **changes: Any) -> dict[str, Any]:
        return {
            "platform": "taobao",
            "order_id": f"{self.prefix}-{next(_serial)}",
            "source": "inquiry",
            "placed_at": self.now().isoformat(),
            "policy": "taobao-2012",
            "lines": [line()],
            "freight": "10.00",
            "buyer": {"id": "b-77", "name": "陈小姐", "phone": "13800000000", "address": "广州", "region": "广东"},
        } | changes

    def open(self, **changes: Any) -> "OrderUnderTest":
        body = self.order(**changes)
        answer = self.call("POST", "/v1/cases", body)
        assert answer.status_code == 201, answer.text
        return OrderUnderTest(self, answer.json()["case_id"], body)

    def event(self, type_: str, subject: str, token: str, at: datetime | None = None, **data: Any) -> dict[str, Any]:
        body = {
            "specversion": "1.0",
            "id": f"{self.prefix}-e{next(_serial)}",
            "source": "test",
            "type": type_,
            "subject": subject,
            "time": (at or self.now()).isoformat(),
            "data": data,
        }
        answer = self.call("POST", "/v1/events", body, token)
        assert answer.status_code == 202, answer.text
        result: dict[str, Any] = answer.json()["results"][0]
        return result


@dataclass
class OrderUnderTest:
    """An open order of the sandbox."""

    shop: Shop
    case_id: str
    opened: dict[str, Any]

    @property
    def path(self) -> str:
        return f"/v1/cases/{self.case_id}"

    @property
    def subject(self) -> str:
        return f"order/{self.opened['platform']}/{self.opened['order_id']}"

    @property
    def tracking_no(self) -> str:
        return f"ZT-{self.opened['order_id']}"

    def snapshot(self) -> dict[str, Any]:
        shown: dict[str, Any] = self.shop.get(self.path)
        return shown

    def until(self, probe: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        """Reads the case until the probe holds; facts may take a moment."""
        end = time.monotonic() + PATIENCE
        while not probe(seen := self.snapshot()):
            assert time.monotonic() < end, f"never came true, last seen {seen}"
            time.sleep(0.02)
        return seen

    def pay(self, amount: str | None = None, at: datetime | None = None) -> None:
        total = sum(float(line["amount"]) for line in self.opened["lines"]) + float(self.opened["freight"])
        self.shop.event("payment.received", self.subject, "demo-payment", at, amount=amount or f"{total:.2f}")
        if amount is None:
            self.until(lambda seen: seen["stage"] != "awaiting_payment")

    def consign(self, line_ids: list[str] | None = None) -> None:
        lines = line_ids or [line["line_id"] for line in self.opened["lines"]]
        self.shop.event(
            "parcel.consigned", self.subject, "demo-erp", carrier="zto", tracking_no=self.tracking_no, line_ids=lines
        )
        self.until(lambda seen: seen["parcels"])

    def scan(self, name: str, at: datetime | None = None, **data: Any) -> dict[str, Any]:
        return self.shop.event(f"parcel.{name}", f"parcel/zto/{self.tracking_no}", "demo-carrier", at, **data)

    def ship(self) -> None:
        self.consign()
        self.scan("picked_up")
        self.until(lambda seen: seen["stage"] == "in_transit")

    def act(self, name: str, body: Any = None, token: str = "demo-agent", **headers: str) -> httpx.Response:
        return self.shop.call("POST", f"{self.path}/actions/{name}", body or {}, token, **headers)

    def deadline(self, kind: str) -> dict[str, Any]:
        found = [d for d in self.shop.get(f"{self.path}/deadlines")["items"] if d["kind"] == kind]
        assert found, f"no {kind} deadline"
        last: dict[str, Any] = found[-1]
        return last

    def items(self, what: str, token: str = "demo-agent") -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = self.shop.get(f"{self.path}/{what}", token)["items"]
        return listed


def line(line_id: str = "1", amount: str = "199.00", **changes: Any) -> dict[str, Any]:
    return {
        "line_id": line_id,
        "sku": f"DRESS-{line_id}",
        "title": "连衣裙",
        "category": "apparel",
        "quantity": 1,
        "amount": amount,
    } | changes


@contextmanager
def started_sandbox() -> Iterator[str]:
    """The address of a sandbox that runs as its users start it; stopped at the end, or when the tests are killed."""
    port, pipe = free_port(), subprocess.PIPE
    command = [sys.executable, "-m", "cli", "sandbox"]
    ours = {"CASELINE_PORT": str(port), "CASELINE_UPDATE_TIMEOUT": str(PATIENCE)}
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, text=True, env=os.environ | ours | {TETHERED: "1"}, start_new_session=True
    ) as process:
        try:
            assert process.stdout is not None
            said = []
            for said_line in process.stdout:
                said.append(said_line)
                if said_line.strip() == "ready":
                    break
            else:
                pytest.fail(f"the sandbox did not start: {''.join(said)}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            assert process.wait(PATIENCE) == 0


@pytest.fixture(scope="session")
def sandbox_address() -> Iterator[str]:
    """The address of a sandbox that all tests of a process share."""
    with started_sandbox() as address:
        yield address


@pytest.fixture
def shop(sandbox_address: str) -> Iterator[Shop]:
    """A client of the sandbox, with order ids of its own."""
    with httpx.Client(base_url=sandbox_address, timeout=PATIENCE) as http:
        yield Shop(http)
