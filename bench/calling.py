"""Calls over HTTP by callers who do as they are told: whoever hears `Retry-After` waits so long and tries again."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx

SLOWED = (429, 503)


def as_(token: str) -> dict[str, str]:
    """The header of whoever calls."""
    return {"Authorization": f"Bearer {token}"}


async def post(
    http: httpx.AsyncClient, path: str, token: str, body: Any, slowed: Callable[[], None] = lambda: None
) -> Any:
    """What is answered in the end; `slowed` is told of each time that the caller has to wait."""
    while True:
        answer = await http.post(path, json=body, headers=as_(token))
        if answer.status_code not in SLOWED:
            return answer.raise_for_status().json()
        slowed()
        await asyncio.sleep(float(answer.headers["Retry-After"]))
