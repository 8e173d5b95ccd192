"""A headless Chromium, driven by its DevTools protocol, for pictures of pages."""

import asyncio
import base64
import json
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect

from runtime.ports import free_port
from tests.patience import PATIENCE

CHROMIUM = "chromium"
LOOK_AGAIN_AFTER = 0.2


class Page:
    """One page of a browser."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._serial = count(1)

    async def open(self, address: str, width: int, height: int) -> None:
        """Goes to an address, in a window of that size."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        await self._do("Emulation.setDeviceMetricsOverride", **size)
        await self._do("Page.navigate", url=address)

    async def evaluate(self, script: str) -> Any:
        """What a JavaScript expression comes to."""
        answer = await self._do("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        return answer["result"].get("value")

    async def until(self, condition: str, within: float = PATIENCE) -> None:
        """Waits until a JavaScript expression holds."""
        async with asyncio.timeout(within):
            while not await self.evaluate(f"!!({condition})"):  # noqa: ASYNC110 - a page has no event of ours
                await asyncio.sleep(LOOK_AGAIN_AFTER)

    async def picture(self, file: Path, part: str) -> None:
        """Writes a part of the page as PNG: a JavaScript expression answers its x, y, width and height."""
        clip = await self.evaluate(part) | {"scale": 1}
        shot = await self._do("Page.captureScreenshot", format="png", clip=clip)
        file.write_bytes(base64.b64decode(shot["data"]))

    async def _do(self, method: str, **params: Any) -> dict[str, Any]:
        id_ = next(self._serial)
        await self._socket.send(json.dumps({"id": id_, "method": method, "params": params}))
        while True:
            answer = json.loads(await self._socket.recv())
            if answer.get("id") == id_:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result


@asynccontextmanager
async def browser_page() -> AsyncIterator[Page]:
    """A page of a browser of its own, which ends with the block. Times are shown as in China."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="caseline-browser-", ignore_cleanup_errors=True) as profile:
        switches = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--lang=en-GB")
        argv = [CHROMIUM, *switches, f"--remote-debugging-port={port}", f"--user-data-dir={profile}", "about:blank"]
        process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            async with connect(await _page_address(port), max_size=None) as socket:
                page = Page(socket)
                await page._do("Emulation.setTimezoneOverride", timezoneId="Asia/Shanghai")
                yield page
        finally:
            process.terminate()
            process.wait()


async def _page_address(port: int) -> str:
    async with asyncio.timeout(PATIENCE), httpx.AsyncClient() as http:
        while True:
            try:
                pages = (await http.get(f"http://127.0.0.1:{port}/json/list")).json()
                if found := [page["webSocketDebuggerUrl"] for page in pages if page["type"] == "page"]:
                    address: str = found[0]
                    return address
            except httpx.TransportError:
                pass
            await asyncio.sleep(LOOK_AGAIN_AFTER)
