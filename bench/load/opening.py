"""Openings over HTTP, and when those that were paid at once were."""

import time
from itertools import takewhile
from typing import Any

import httpx

from bench import messages
from bench.calling import post
from bench.rounds import many
from bench.sides import Order


class Openings:
    """Orders as they were accepted.

    Attributes:
        opened: how many were.
        paid: when the payment of each that was paid was answered, by the machine's clock; a worker has it from then on.
        slowed: how often an opening was told to wait.
    """

    def __init__(self, http: httpx.AsyncClient, paid_every: int | None = None) -> None:
        """Describe the orders: each so-manieth is paid as soon as it is open."""
        self.http, self._paid_every = http, paid_every
        self.opened = 0
        self.paid: dict[str, float] = {}
        self.slowed = 0

    async def open(self, order_id: str, **more: Any) -> str:
        """Opens an order; answers its case."""
        await post(self.http, "/v1/cases", "demo-agent", messages.opening(order_id) | more, self._count_slowed)
        self.opened += 1
        return Order.case_id(order_id)

    async def open_many(self, order_ids: list[str], callers: int, until: float = float("inf")) -> float:
        """Opens them all, or begins none from a moment of `time.monotonic` on; answers the seconds that it took."""
        started = time.perf_counter()
        await many(self._open, takewhile(lambda _: time.monotonic() < until, order_ids), callers)
        return time.perf_counter() - started

    async def pay(self, order_id: str) -> None:
        """Reports an order as paid in full."""
        await self._report("demo-payment", messages.paid(order_id))
        self.paid[Order.case_id(order_id)] = time.time()

    async def consign(self, order_id: str) -> None:
        """Reports an order as consigned."""
        await self._report("demo-erp", messages.consigned(order_id))

    async def _report(self, token: str, event: dict[str, Any]) -> None:
        (result,) = (await post(self.http, "/v1/events", token, event))["results"]
        if result["status"] != "accepted":
            raise RuntimeError(f"{event['type']} was {result['status']}: {result['reason']}")

    def _count_slowed(self) -> None:
        self.slowed += 1

    async def _open(self, order_id: str) -> None:
        await self.open(order_id)
        if self._paid_every and self.opened % self._paid_every == 0:
            await self.pay(order_id)
