"""A client of the stream that goes on where it was, whenever it is cut off."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass
class Follower:
    """A client of the stream behind the change `known`; `at` is when it got each, by the machine's clock."""

    address: str
    known: int = 0
    got: list[dict[str, Any]] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    cut_off: int = 0

    async def follow(self) -> None:
        async with httpx.AsyncClient(base_url=self.address, timeout=httpx.Timeout(5, read=20)) as http:
            while True:
                with suppress(httpx.TransportError):
                    async for change in self._changes(http):
                        self.got.append(change)
                        self.at.append(time.time())
                self.cut_off += 1
                await asyncio.sleep(0.1)

    async def _changes(self, http: httpx.AsyncClient) -> AsyncIterator[dict[str, Any]]:
        last = self.got[-1]["seq"] if self.got else self.known
        headers = {"Authorization": "Bearer demo-erp", "Last-Event-ID": str(last)}
        async with http.stream("GET", "/v1/changes/stream", headers=headers) as answer:
            if answer.is_success:
                async for line in answer.aiter_lines():
                    if line.startswith("data: "):
                        yield json.loads(line.removeprefix("data: "))
