"""Openings over HTTP by callers who do as they are told: whoever hears `Retry-After` waits so long and tries again."""

import asyncio
import time
from typing import Any

import httpx

from bench import messages
from bench.rounds import many
from bench.sides import Order

SLOWED = (429, 503)


class Openings:
    """Orders as they were accepted.

    Attributes:
        accepted: when each case's opening was answered, by the machine's clock.
        slowed: how often an opening was told to wait.
    """

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.accepted: dict[str, float] = {}
        self.slowed = 0

    async def open(self, order_id: str, **more: Any) -> str:
        """Opens an order; answers its case."""
        body = messages.opening(order_id) | more
        while True:
            answer = await self.http.post("/v1/cases", json=body, headers={"Authorization": "Bearer demo-agent"})
            if answer.status_code not in SLOWED:
                break
            self.slowed += 1
            await asyncio.sleep(float(answer.headers["Retry-After"]))
        answer.raise_for_status()
        case_id = Order.case_id(order_id)
        self.accepted[case_id] = time.time()
        return case_id

    async def open_many(self, order_ids: list[str], callers: int) -> float:
        """Opens them all; answers the seconds that it took."""
        started = time.perf_counter()
        await many(self._open, order_ids, callers)
        return time.perf_counter() - started

    async def pay(self, order_id: str) -> None:
        """Reports an order as paid in full."""
        answer = await self.http.post(
            "/v1/events", json=messages.paid(order_id), headers={"Authorization": "Bearer demo-payment"}
        )
        (result,) = answer.raise_for_status().json()["results"]
        if result["status"] != "accepted":
            raise RuntimeError(f"a payment was {result['status']}: {result['reason']}")

    async def _open(self, order_id: str) -> None:
        await self.open(order_id)
