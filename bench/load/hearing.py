"""Who is told, and when: a receiver of a webhook, and clients of the stream that only look at the numbers."""

import asyncio
import json
import time
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.receiver import Receiver

AGAIN_AFTER = 0.2


@dataclass
class Hearing(Receiver):
    """A receiver of a webhook; `first` is when it was told each change, by the machine's clock."""

    first: dict[int, float] = field(default_factory=dict)

    def take(self, headers: dict[str, str], body: bytes) -> int:
        """Takes everything."""
        self.first.setdefault(json.loads(body)["data"]["seq"], time.time())
        return super().take(headers, body)

    def seqs(self) -> list[int]:
        """The changes in the order in which each came first."""
        return list(self.first)


class Listener:
    """A client of the stream behind a change; `at` is when each number came. So many of them need no library."""

    def __init__(self, address: str, after: int) -> None:
        self.address, self.after = address, after
        self.at: dict[int, float] = {}

    async def listen(self) -> None:
        """For ever; one that is cut off comes again."""
        while True:
            with suppress(OSError):
                await self._listen()
            await asyncio.sleep(AGAIN_AFTER)

    async def _listen(self) -> None:
        where, last = urlsplit(self.address), max(self.at, default=self.after)
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        head = f"GET /v1/changes/stream?after={last} HTTP/1.1\r\nHost: {where.netloc}\r\n"
        writer.write(f"{head}Authorization: Bearer demo-erp\r\n\r\n".encode())
        while line := await reader.readline():
            if line.startswith(b"id: "):
                self.at[int(line[4:])] = time.time()
        writer.close()
