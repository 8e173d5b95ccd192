"""Openings over HTTP, and when each was accepted."""

import time
from typing import Any

import httpx

from bench import messages
from bench.calling import post
from bench.rounds import many
from bench.sides import Order


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
        await post(self.http, "/v1/cases", "demo-agent", messages.opening(order_id) | more, self._count_slowed)
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
        (result,) = (await post(self.http, "/v1/events", "demo-payment", messages.paid(order_id)))["results"]
        if result["status"] != "accepted":
            raise RuntimeError(f"a payment was {result['status']}: {result['reason']}")

    def _count_slowed(self) -> None:
        self.slowed += 1

    async def _open(self, order_id: str) -> None:
        await self.open(order_id)
