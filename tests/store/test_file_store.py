"""Photos and documents in an S3: what is put there comes back, and a place that does not answer is away."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from runtime.ports import free_port
from store.file_store import FilesAway, FileStore

PHOTO = b"\x89PNG" + b"x" * 100_000


class Bucket(BaseHTTPRequestHandler):
    """As much of an S3 as keeps one bucket's objects."""

    kept: dict[str, bytes]

    def do_PUT(self) -> None:
        self.kept[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(200 if self.path.startswith("/evidence/") else 404)

    def do_GET(self) -> None:
        content = self.kept.get(self.path)
        self._answer(404 if content is None else 200, content or b"")

    def _answer(self, status: int, content: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", '"1"')
        self.send_header("Last-Modified", "Wed, 11 Nov 2026 00:00:00 GMT")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing: a test's output is its own."""


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an S3 that has one bucket; the environment says so, as its tools read it."""
    handler = type("OneBucket", (Bucket,), {"kept": {}})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        named = {"ACCESS_KEY_ID": "us", "SECRET_ACCESS_KEY": "secret", "REGION": "here", "ENDPOINT_URL": address}
        for name, value in (named | {"ALLOW_HTTP": "true"}).items():
            monkeypatch.setenv(f"AWS_{name}", value)
        yield address
        server.shutdown()


async def test_what_is_kept_comes_back(endpoint: str) -> None:
    """In the folder of the bucket that the setting names."""
    files = FileStore("s3://evidence/photos")
    await files.put("file:abcdef", PHOTO)
    assert await files.get("file:abcdef") == PHOTO


async def test_what_was_never_kept_is_away(endpoint: str) -> None:
    """And so is a bucket that is not there."""
    with pytest.raises(FilesAway):
        await FileStore("s3://evidence/photos").get("file:missing")
    with pytest.raises(FilesAway):
        await FileStore("s3://elsewhere/photos").put("file:abcdef", PHOTO)


async def test_an_s3_that_does_not_answer_is_away(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a few tries."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    with pytest.raises(FilesAway):
        await FileStore("s3://evidence/photos").put("file:abcdef", PHOTO)
