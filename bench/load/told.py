"""Changes told by feed, stream and webhook: scans of parcels at a pace, and when each arrived where."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import Any

import httpx

from bench import messages
from bench.calling import as_
from bench.databases import CONNECTIONS, Kind
from bench.load.figures import ToldReport, Waits
from bench.load.hearing import Hearing, Listener
from bench.load.opening import Openings
from bench.machine import Beginning
from bench.rounds import many
from bench.run import Said, ids
from bench.setup import Part, Setup, running_setup
from bench.sides import LIMITS, Order
from tests.databases import start_postgres, stop_postgres
from tests.follower import Follower
from tests.receiver import served

PARCELS, SCANS = 50, 5
"""So many parcels at most are scanned in turn, each so often at least; the scans of each come in their order."""
CALLERS = 8
AGAIN_AFTER = 0.2
AWAY_FOR = 1.0
PATIENCE = 900.0
PAGE = 200
WORKER, API, RECEIVER, DATABASE = "worker", "API", "receiver", "database"


class Differs(Exception):
    """Two of the three did not tell the same."""


class Parcels:
    """Parcels on their way, and when each scan of each was first reported."""

    def __init__(self, http: httpx.AsyncClient, order_ids: list[str]) -> None:
        self.http, self.order_ids = http, order_ids
        self.sent: dict[str, list[float]] = {Order.case_id(order_id): [] for order_id in order_ids}
        self.taken = 0

    async def bring_on_their_way(self) -> None:
        """Orders opened, paid and handed to the carrier."""
        openings = Openings(self.http)
        await openings.open_many(self.order_ids, CALLERS)
        await many(self._bring, self.order_ids, CALLERS)

    async def scan_all(self, scans: int, pace: float) -> float:
        """Reports so many scans, so many a second; answers the seconds that it took."""
        started = time.perf_counter()
        async with asyncio.TaskGroup() as running:
            for number, order_id in enumerate(self.order_ids):
                running.create_task(self._scan(order_id, range(number, scans, len(self.order_ids)), started, pace))
        return time.perf_counter() - started

    async def _bring(self, order_id: str) -> None:
        for message, token in (
            (messages.paid, "payment"),
            (messages.consigned, "erp"),
            (messages.picked_up, "carrier"),
        ):
            await self._report(message(order_id), token)
        async with asyncio.timeout(PATIENCE):
            while (await self._case(order_id))["stage"] != "in_transit":  # noqa: ASYNC110 - another process's
                await asyncio.sleep(AGAIN_AFTER)

    async def _scan(self, order_id: str, numbers: range, started: float, pace: float) -> None:
        for number in numbers:
            await asyncio.sleep(max(started + number / pace - time.perf_counter(), 0))
            self.sent[Order.case_id(order_id)].append(time.time())
            await self._report(messages.scanned(order_id, number), "carrier")
            self.taken += 1

    async def _report(self, body: dict[str, Any], role: str) -> None:
        """Until it is taken, whatever dies meanwhile."""
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    if (await self.http.post("/v1/events", json=body, headers=as_(f"demo-{role}"))).is_success:
                        return
                except (httpx.TransportError, AttributeError):  # the latter is anyio's, of a connection gone at once
                    pass
                await asyncio.sleep(AGAIN_AFTER)

    async def _case(self, order_id: str) -> Any:
        return (await self.http.get(f"/v1/cases/{Order.case_id(order_id)}", headers=as_("demo-agent"))).json()


async def told(kind: Kind, changes: int, pace: float, clients: int, say: Said, *, killing: bool) -> ToldReport:
    """Makes so many changes, so many a second. Raises Differs."""
    began = Beginning.now()
    say("starting an embedded server, a worker and the API")
    async with AsyncExitStack() as stack:
        setup = await stack.enter_async_context(running_setup(kind, (Part.WORKER, Part.API)))
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=setup.api, timeout=60, limits=LIMITS))
        serving = stack.enter_context(ExitStack())
        hearing, parcels = Hearing(), Parcels(http, ids("told", 0, min(PARCELS, changes // SCANS)))
        port = serving.enter_context(served(hearing))
        say(f"{len(parcels.order_ids)} parcels are brought on their way")
        await parcels.bring_on_their_way()
        first = len(await _feed(http, 0))
        body = {"url": hearing.url, "types": ["*"]}
        await _made(http, body)
        follower = Follower(setup.api, known=first)
        listeners = [Listener(setup.api, first) for _ in range(clients)]
        following = [asyncio.create_task(follower.follow()), *(asyncio.create_task(one.listen()) for one in listeners)]
        say(f"{changes} scans, {pace:.0f} a second")
        victims = _victims(kind) if killing else []
        killer = asyncio.create_task(_kill_all(setup, victims, parcels, changes, (serving, hearing, port)))
        seconds = await parcels.scan_all(changes, pace)
        await killer
        say("waiting until everybody has everything")
        feed = await _feed(http, first)
        async with asyncio.timeout(PATIENCE):
            while min(map(len, (hearing.first, follower.got, *(one.at for one in listeners)))) < len(feed):  # noqa: ASYNC110
                await asyncio.sleep(AGAIN_AFTER)
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)
    seqs = [change["seq"] for change in feed]
    if follower.got != feed or hearing.seqs() != seqs or any(list(one.at) != seqs for one in listeners):
        raise Differs("feed, stream and webhook did not tell the same in the same order")
    sent = _sent(parcels, feed)
    return ToldReport(
        started_at=began.started_at,
        machine=began.machine(),
        database=kind,
        changes=len(feed),
        per_second=len(feed) / seconds,
        killed=victims,
        repeated=len(hearing.events) - len(hearing.first),
        cut_off=follower.cut_off,
        webhook=Waits.of([hearing.first[seq] - sent[seq] for seq in seqs]),
        stream=Waits.of([at - sent[seq] for seq, at in zip(seqs, follower.at, strict=True)]),
        clients=clients,
        listeners=Waits.of([one.at[seq] - sent[seq] for one in listeners for seq in seqs]) if listeners else None,
    )


def _sent(parcels: Parcels, feed: Sequence[dict[str, Any]]) -> dict[int, float]:
    """When each change was reported: the scans of a case are told in the order in which they were."""
    left = {case_id: iter(sent) for case_id, sent in parcels.sent.items()}
    return {change["seq"]: next(left[change["case_id"]]) for change in feed}


async def _feed(http: httpx.AsyncClient, after: int) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    while True:
        last = items[-1]["seq"] if items else after
        page = await http.get(f"/v1/changes?after={last}&limit={PAGE}", headers=as_("demo-erp"))
        found = page.raise_for_status().json()["items"]
        if not found:
            return items
        items += found


async def _made(http: httpx.AsyncClient, body: dict[str, Any]) -> None:
    (await http.post("/v1/webhooks", json=body, headers=as_("demo-owner"))).raise_for_status()


def _victims(kind: Kind) -> list[str]:
    return [WORKER, API, RECEIVER, *([DATABASE] if kind is Kind.POSTGRESQL else [])]


async def _kill_all(
    setup: Setup, victims: Sequence[str], parcels: Parcels, changes: int, receiver: tuple[ExitStack, Hearing, int]
) -> None:
    """One after another, once so much has been taken."""
    for number, victim in enumerate(victims, 1):
        while parcels.taken < changes * number / (len(victims) + 1):  # noqa: ASYNC110 - a count
            await asyncio.sleep(AGAIN_AFTER)
        await _kill(setup, victim, receiver)


async def _kill(setup: Setup, victim: str, receiver: tuple[ExitStack, Hearing, int]) -> None:
    if victim in (WORKER, API):
        setup.supervisor.kill(Part.WORKER if victim == WORKER else Part.API)
    elif victim == RECEIVER:
        serving, hearing, port = receiver
        serving.pop_all().close()
        await asyncio.sleep(AWAY_FOR)
        serving.enter_context(served(hearing, port))
    else:
        folder = Path(str(setup.engine.url.query["host"]))
        await asyncio.to_thread(stop_postgres, folder)
        await asyncio.sleep(AWAY_FOR)
        await asyncio.to_thread(start_postgres, folder, CONNECTIONS)
