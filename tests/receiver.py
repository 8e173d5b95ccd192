"""A receiver of webhooks over real HTTP: it checks signatures, and answers as it is told."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, socket
from typing import Any

from standardwebhooks import Webhook

from tests.patience import PATIENCE


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
        end = time.monotonic() + PATIENCE
        while not probe(self):
            assert time.monotonic() < end, f"never came true; refused {self.refused}, taken {self.ids()[-20:]}"
            time.sleep(0.02)


class _Server(ThreadingHTTPServer):
    """Ends with all its connections, as a process does that dies."""

    daemon_threads = True

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.connections: list[socket] = []

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections.append(request)
        super().process_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that is gone is no fault of the receiver's."""

    def break_off(self) -> None:
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(SHUT_RDWR)


@contextmanager
def running_receiver() -> Iterator[Receiver]:
    """A receiver, served until the end."""
    receiver = Receiver()
    with served(receiver):
        yield receiver


@contextmanager
def served(receiver: Receiver, port: int = 0) -> Iterator[int]:
    """Serves a receiver until the end; answers its port, where it may be served again."""

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

    server = _Server(("127.0.0.1", port), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.break_off()
        server.server_close()
        thread.join()
