"""A client as a shop's system is one: it repeats what was not answered with 2xx, under the same ids and keys."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

PATIENCE = 180.0
AGAIN_AFTER = 0.2
LOOK_AGAIN_AFTER = 0.4
AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Shop:
    """Calls the API of a stack that may be away; so many requests at once, the others wait."""

    http: httpx.AsyncClient
    room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def call(
        self, method: str, path: str, body: Any = None, token: str = "demo-agent", key: str | None = None
    ) -> httpx.Response:
        """One request. Raises httpx.TransportError."""
        headers = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
        async with self.room:
            return await self.http.request(method, path, json=body, headers=headers)

    async def insist(
        self, method: str, path: str, body: Any = None, token: str = "demo-agent", key: str | None = None
    ) -> Any:
        """The same request until it is answered with 2xx; only being away, busy or silent is a reason to repeat it."""
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    answer = await self.call(method, path, body, token, key)
                    if answer.is_success:
                        return answer.json()
                    assert answer.status_code in (429, 503), f"{method} {path}: {answer.status_code} {answer.text}"
                except httpx.TransportError:
                    pass
                await asyncio.sleep(AGAIN_AFTER)

    async def case(self, case_id: str) -> dict[str, Any]:
        """The snapshot."""
        shown: dict[str, Any] = await self.insist("GET", f"/v1/cases/{case_id}")
        return shown

    async def items(self, case_id: str, what: str) -> list[dict[str, Any]]:
        """The first 200 of a case's timeline, deadlines or ledger entries."""
        listed: list[dict[str, Any]] = (await self.insist("GET", f"/v1/cases/{case_id}/{what}?limit=200"))["items"]
        return listed

    async def until(self, case_id: str, holds: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        """Reads the case until something holds of it."""
        seen: dict[str, Any] = {}
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    seen = await self.case(case_id)
                    if holds(seen):
                        return seen
                    await asyncio.sleep(LOOK_AGAIN_AFTER)
        except TimeoutError:
            raise AssertionError(f"never came true, last seen {seen}") from None


@asynccontextmanager
async def shop_at(address: str) -> AsyncIterator[Shop]:
    """A client of the API at an address."""
    async with httpx.AsyncClient(base_url=address, timeout=30) as http:
        yield Shop(http)


async def open_running(shop: Shop, order_id: str, placed_at: datetime | None = None) -> None:
    """Opens an order that the ERP reads: a worker has it then."""
    await shop.insist("POST", "/v1/cases", order(order_id, placed_at))
    read = event(f"{order_id}-read", "order.erp_read", f"order/taobao/{order_id}")
    await shop.insist("POST", "/v1/events", read, "demo-erp")
    await shop.until(f"order:demo:taobao:{order_id}", lambda case: case["version"] > 1)


def event(id_: str, type_: str, subject: str, at: datetime | None = None, **data: Any) -> dict[str, Any]:
    """A CloudEvent."""
    time = (at or datetime.now(UTC)).isoformat()
    return {
        "specversion": "1.0",
        "id": id_,
        "source": "test",
        "type": type_,
        "subject": subject,
        "time": time,
        "data": data,
    }


def order(order_id: str, placed_at: datetime | None = None, campaign: str | None = None) -> dict[str, Any]:
    """An order of one dress for 199 yuan and 10 yuan of freight."""
    line = {"line_id": "1", "sku": "DRESS", "title": "连衣裙", "category": "apparel", "quantity": 1, "amount": "199.00"}
    return {
        "platform": "taobao",
        "order_id": order_id,
        "source": "inquiry",
        "placed_at": (placed_at or datetime.now(UTC)).isoformat(),
        "policy": "taobao-2012",
        "lines": [line],
        "freight": "10.00",
        "buyer": {"id": "b-77", "name": "陈小姐"},
        "campaign": campaign,
    }
