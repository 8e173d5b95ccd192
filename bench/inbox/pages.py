"""The first pages that people open."""

import httpx

from bench.inbox.bare import Bare
from bench.inbox.measuring import Step
from bench.inbox.setup import InboxSetup

PAGES = {
    "first page, open": "state=open",
    "first page, open, of a group": "state=open&group=presale",
    "first page, open, of a small group": "state=open&group=owner",
    "first page, open, of a type": "state=open&type=unshipped_48h",
    "first page, open, of a rare type": "state=open&type=route_report",
    "first page, open, one person's": "state=open&assignee=agent-7",
    "first page, open, of somebody without any": "state=open&assignee=demo-agent",
    "first page, one person's of a group": "state=open&group=aftersale&assignee=agent-7",
    "first page, past due, of a group": "state=open&group=aftersale&due_before=2020-01-01T00:00:00Z",
    "first page, whatever the state": "",
    "first page, whatever the state, of a rare type": "type=route_report",
}


async def pages(setup: InboxSetup, bare: Bare, calls: int) -> list[Step]:
    """Each page again and again; its bare query reads the rows that it shows by their ids."""
    return [await _page(setup.http, bare, name, query, calls) for name, query in PAGES.items()]


async def _page(http: httpx.AsyncClient, bare: Bare, name: str, query: str, calls: int) -> Step:
    path = f"/v1/work-items?{query}"

    async def ours(_: str) -> list[str]:
        answer = (await http.get(path)).raise_for_status()
        return [item["item_id"] for item in answer.json()["items"]]

    shown = await ours(path)

    async def rows(_: str) -> None:
        await bare.read(shown or ["none"])

    return Step(f"{name} ({len(shown)})", ours, rows, [path] * calls)
