"""The world that the driver moves in: a sandbox's API, its clock, and the orders that it opened."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from urllib.parse import quote

import httpx

Shown = dict[str, Any]


@dataclass
class Order:
    """An order that the driver opened, and what it did with it."""

    case_id: str
    body: Shown
    moves: list[str] = field(default_factory=list)
    parcels: list[tuple[str, str]] = field(default_factory=list)
    returns: list[tuple[str, str]] = field(default_factory=list)
    events: list[tuple[Shown, str]] = field(default_factory=list)
    last_seen: Shown | None = None

    @property
    def subject(self) -> str:
        """`order/taobao/T1`: how events name it."""
        return f"order/{self.body['platform']}/{self.body['order_id']}"


@dataclass
class World:
    """One running sandbox, seen through its API alone."""

    http: httpx.Client
    random: Random
    prefix: str
    found: list[str] = field(default_factory=list)
    calls: int = 0

    def call(self, method: str, path: str, body: object = None, token: str = "demo-owner", **headers: str) -> Any:
        """A call; an answer of 500 or more is a finding whatever led to it. Answers `(status, body)`."""
        self.calls += 1
        sent = {"Authorization": f"Bearer {token}", **headers}
        try:
            answer = self.http.request(method, path, json=body, headers=sent)
        except httpx.TransportError as broken:
            self.found.append(f"{method} {path} {body} as {token}: {broken!r}")
            return 0, {}
        if answer.status_code >= 500:
            self.found.append(f"{method} {path} {body} as {token}: {answer.status_code} {answer.text[:300]}")
        return answer.status_code, answer.json() if answer.content else None

    def read(self, path: str, token: str = "demo-owner") -> Any:
        """What a read answers; anything but 200 is a finding, and answers nothing."""
        status, body = self.call("GET", path, token=token)
        if status != 200:
            self.found.append(f"GET {path} as {token}: {status} {body}")
            return {}
        return body

    def items(self, path: str, token: str = "demo-owner") -> Iterator[Shown]:
        """Every item of a list, page after page."""
        cursor = None
        while True:
            sep = "&" if "?" in path else "?"
            page = self.read(f"{path}{sep}limit=200" + (f"&cursor={quote(cursor, safe='')}" if cursor else ""), token)
            yield from page.get("items", ())
            if not (cursor := page.get("next")):
                return

    def now(self) -> datetime:
        """What the sandbox's clock says."""
        return datetime.fromisoformat(self.read("/sandbox/clock", "demo-ops")["now"])

    def advance(self, by: timedelta) -> None:
        """Moves the clock; answered once all that is due by then has happened and can be read."""
        status, body = self.call("POST", "/sandbox/clock/advance", {"by": f"PT{int(by.total_seconds())}S"}, "demo-ops")
        if status != 200:
            self.found.append(f"the clock did not move by {by}: {status} {body}")

    def family(self, order: Order) -> list[Shown]:
        """The order's snapshot, and those of every case below it."""
        seen = [self.read(f"/v1/cases/{order.case_id}")]
        for case in seen:  # grows while it is walked
            seen += [self.read(f"/v1/cases/{child['case_id']}") for child in case.get("children", ())]
        return [case for case in seen if case]

    def tasks(self, case_id: str, state: str = "open", **headers: str) -> list[Shown]:
        """The tasks of one case."""
        return list(self.items(f"/v1/work-items?state={state}&case_id={quote(case_id)}"))
