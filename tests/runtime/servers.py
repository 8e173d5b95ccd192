"""A process of its own that starts an embedded server and then waits to be killed.

`python -m tests.runtime.servers KIND FOLDER PORT`, KIND being `dev` or `test`; prints the server's id.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from runtime.embedded import DevServer, EmbeddedServer, TestServer


def server_of(kind: str, folder: Path, port: int) -> EmbeddedServer:
    """An embedded server of either kind, not yet started; the dev server without its UI."""
    return DevServer(folder, port, ui_port=0) if kind == "dev" else TestServer(folder, port)


async def main(kind: str, folder: str, port: str) -> None:
    """Start the server, say its process id, and stay."""
    async with server_of(kind, Path(folder), int(port)) as server:
        sys.stdout.write(f"{server.pid}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
