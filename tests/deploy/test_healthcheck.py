"""deploy/healthcheck.py: how the engine learns whether a process is well."""

import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from runtime.ports import free_port
from tests.deploy.stack import DEPLOY

pytestmark = pytest.mark.slow


class Answers(BaseHTTPRequestHandler):
    """Answers /well with 200, everything else with 503."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/well" else 503)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    """A server that is well or not, as it is asked."""
    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def asked(url: str) -> int:
    """The exit code of the check."""
    return subprocess.run([sys.executable, DEPLOY / "healthcheck.py", url], check=False).returncode


def test_success_is_well(address: str) -> None:
    """A 200 ends it with 0."""
    assert asked(f"{address}/well") == 0


def test_an_error_is_not_well(address: str) -> None:
    """A 503 ends it with 1."""
    assert asked(f"{address}/ill") == 1


def test_nobody_there_is_not_well() -> None:
    """A port on which nobody listens ends it with 1."""
    assert asked(f"http://127.0.0.1:{free_port()}/well") == 1
