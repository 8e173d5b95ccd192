"""The way to the desk, what its page allows, and the API's documents without anybody else's files."""

import gzip
import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from api import desk
from api.app import described_app
from tests.sandbox_server import Shop

PAGE = f'<meta property="csp-nonce" nonce="{desk.NONCE}"><script src="/desk/assets/index-1.js"></script>'
SCRIPT = "// what the page does"


def browser_of(app: FastAPI) -> AsyncClient:
    """A browser that follows no redirect by itself."""
    return AsyncClient(transport=ASGITransport(app), base_url="http://here")


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncClient:
    """A browser at a desk that is built."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "assets" / "index-1.js").write_text(SCRIPT)
    (tmp_path / "assets" / "index-1.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    monkeypatch.setattr(desk, "BUILT", tmp_path)
    app = FastAPI(redirect_slashes=False)
    desk.install(app)
    return browser_of(app)


@pytest.mark.parametrize("path", ["/", "/desk"])
async def test_it_is_found(client: AsyncClient, path: str) -> None:
    """Whoever knows only the address of the API gets to the desk."""
    assert (await client.get(path)).headers["location"] == "/desk/"


async def test_every_address_shows_the_same_page(client: AsyncClient) -> None:
    """The desk's own router knows what stands there, so that a copied address opens."""
    assert (await client.get("/desk/cases/order:demo:taobao:T1")).status_code == 200


async def test_the_page_allows_its_own_files_only(client: AsyncClient) -> None:
    """Nothing inline but styles with this answer's nonce, which the next answer no longer has."""
    answers = [(await client.get("/desk/inbox")) for _ in range(2)]
    nonces = [re.findall(r'nonce="([^"]+)"', answer.text)[0] for answer in answers]
    assert nonces[0] != nonces[1]
    for answer, nonce in zip(answers, nonces, strict=True):
        policy = answer.headers["content-security-policy"]
        assert f"default-src 'self'; style-src 'self' 'nonce-{nonce}'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert answer.headers["cache-control"] == "no-store"


async def test_assets_are_kept_and_sent_packed(client: AsyncClient) -> None:
    """Their names change with what is in them, so a browser never asks twice."""
    asset = await client.get("/desk/assets/index-1.js")
    assert "immutable" in asset.headers["cache-control"]
    assert asset.headers["content-encoding"] == "gzip"
    assert asset.headers["content-type"].startswith("text/javascript")
    assert asset.text == SCRIPT
    assert (await client.get("/desk/assets/index-2.js")).status_code == 404


async def test_who_cannot_unpack_gets_them_as_they_are(client: AsyncClient) -> None:
    """A cache between keeps both apart."""
    asset = await client.get("/desk/assets/index-1.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in asset.headers
    assert asset.headers["vary"] == "Accept-Encoding"
    assert asset.text == SCRIPT


async def test_a_desk_that_is_not_built_says_so(client: AsyncClient, tmp_path: Path) -> None:
    """In both languages, with what builds it."""
    (tmp_path / "index.html").unlink()
    answer = await client.get("/desk/")
    assert answer.status_code == 503
    assert "make build" in answer.text
    assert "尚未构建" in answer.text


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
async def test_the_documents_work_offline(path: str) -> None:
    """Everything that they are drawn with comes from here."""
    client = browser_of(described_app())
    page = (await client.get(path)).text
    needed = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(needed) >= 2
    for address in needed:
        assert address.startswith("/docs/files/")
        assert (await client.get(address)).status_code == 200


def test_neither_needs_a_token(shop: Shop) -> None:
    """The desk signs in by itself; who reads documents has no token yet."""
    for path in ("/", "/desk/inbox", "/docs", "/docs/files/swagger-ui.css"):
        assert shop.http.get(path).status_code != 401
    assert shop.http.get("/deskside").status_code == 401
