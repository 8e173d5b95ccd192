"""A receiver of webhooks over real HTTP: it checks signatures, and answers as it is told."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook


@dataclass
class Receiver:
    """What came, and what is answered."""

    url: str = ""
    status: int = 200
    retry_after: str = ""
    secret: str = ""
    refused: int = 0
    signatures: list[str] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)

    def take(self, headers: dict[str, str], body: bytes) -> int:
        self.signatures = headers["webhook-signature"].split()
        if self.secret:
            Webhook(self.secret).verify(body, headers)
        if self.status == 200:
            self.events.append(json.loads(body))
        else:
            self.refused += 1
        return self.status

    def ids(self) -> list[str]:
        return [event["id"] for event in self.events]

    def until(self, probe: Callable[["Receiver"], Any]) -> None:
        """Waits until the probe holds."""
        end = time.monotonic() + 15
        while not probe(self):
            assert time.monotonic() < end, f"never came true; refused {self.refused}, taken {self.ids()[-20:]}"
            time.sleep(0.02)


@contextmanager
def running_receiver() -> Iterator[Receiver]:
    """A receiver, served until the end."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = receiver.take(dict(self.headers.items()), body)
            self.send_response(status)
            if receiver.retry_after:
                self.send_header("Retry-After", receiver.retry_after)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
