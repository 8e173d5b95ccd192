"""The web desk under `/desk`: the files that `desk/` is built into, and the page in which they run.

Every address of the desk is answered with the same page; its own router knows what to show. The page allows nothing but
its own files: scripts from here alone, and styles from here or with the nonce that this one answer carries.
"""

import secrets
from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

BUILT = Path(__file__).parent / "static" / "desk"
"""What `make` builds from `desk/`; no part of the repository, part of the wheel."""
DESK = "/desk"
PACKED = ".gz"
"""How a file is called that stands packed beside itself (desk/vite.config.ts)."""
NONCE = "%NONCE%"
"""Stands in the built page where each answer has a nonce of its own (desk/vite.config.ts)."""

NOT_BUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Caseline</title></head><body>
<h1>The desk is not built</h1>
<p>Caseline runs; only its web desk is missing, because it could not be built here.
In the project's folder, <code>make build</code> builds it and says why if it cannot.</p>
<p>The API's documents: <a href="/docs">/docs</a>.</p>
<h1 lang="zh">工作台尚未构建</h1>
<p lang="zh">Caseline 正在运行，只是网页工作台没有构建成功。请在项目目录执行 <code>make build</code>，它会说明原因。</p>
</body></html>
"""


def install(app: FastAPI) -> None:
    """Serves the desk, and leads `/` to it."""
    app.add_route("/", _lead_to_desk, include_in_schema=False)
    app.add_route(DESK, _lead_to_desk, include_in_schema=False)
    app.mount(f"{DESK}/assets", _Assets(directory=BUILT / "assets", check_dir=False))
    app.add_route(f"{DESK}/{{path:path}}", _page, include_in_schema=False)


def serves(path: str) -> bool:
    """Whether a path is the desk's, or leads there: it needs no token."""
    return path in ("/", DESK) or path.startswith(f"{DESK}/")


class _Assets(StaticFiles):
    """Files whose names say what is in them, so that a browser need never ask again; they were packed when built."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        packed = f"{path}{PACKED}"
        wanted = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        if not wanted or self.lookup_path(packed)[1] is None:
            return await super().get_response(path, scope)
        answer = await super().get_response(packed, scope)
        answer.headers["Content-Encoding"] = "gzip"
        return answer

    def file_response(self, *args: object, **more: object) -> Response:
        answer = super().file_response(*args, **more)  # type: ignore[arg-type]
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        answer.headers["Vary"] = "Accept-Encoding"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer


async def _lead_to_desk(_: Request) -> Response:
    return RedirectResponse(f"{DESK}/", headers={"Cache-Control": "no-store"})


def _page(_: Request) -> Response:
    nonce = secrets.token_urlsafe(18)
    try:
        page, status = (BUILT / "index.html").read_text().replace(NONCE, nonce), 200
    except FileNotFoundError:
        page, status = NOT_BUILT, 503
    return HTMLResponse(page, status, headers=_guards(nonce))


def _guards(nonce: str) -> dict[str, str]:
    policy = {
        "default-src": "'self'",
        "style-src": f"'self' 'nonce-{nonce}'",
        "img-src": "'self' data: blob:",  # photos of evidence, before they are uploaded
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "Cache-Control": "no-store",
        "Content-Security-Policy": "; ".join(f"{name} {sources}" for name, sources in policy.items()),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
