"""The whole run: a warm-up, rounds of cases and rounds of openings, the sides in turn."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

import httpx

from bench.databases import Kind
from bench.figures import BenchReport, CaseRound, OpenRound, Who, ratios, side
from bench.machine import Beginning
from bench.rounds import case_round, open_round
from bench.setup import Setup, running_setup
from bench.sides import LIMITS, Floor, Order, Service, Side
from bench.watch import Watch

WARM_UP = 5
OPENS = 2
"""Cases opened in a round of openings, for each case of a round of cases."""

Said = Callable[[str], None]


async def run(kind: Kind, cases: int, rounds: int, at_once: int, say: Said) -> BenchReport:
    """Measures every side on one server.

    Args:
        kind: the database.
        cases: in each round of each side; at least 2.
        rounds: of each side; they alternate, so that a machine that slows down slows all.
        at_once: cases in hand at the same time.
        say: is told what happens next.
    """
    began = Beginning.now()
    say("starting an embedded server, two workers, the service and the API")
    async with running_setup(kind) as setup, _sides(setup) as sides:
        for who, one in sides.items():
            await case_round(who, one, ids("warm", 0, WARM_UP), at_once)
        case_rounds: list[CaseRound] = []
        open_rounds: list[OpenRound] = []
        for number in range(1, rounds + 1):
            for who, one in sides.items():
                say(f"round {number} of {rounds}: {cases} cases of the {who}")
                case_rounds.append(await case_round(who, one, ids("case", number, cases), at_once))
        for number in range(1, rounds + 1):
            for who, one in sides.items():
                say(f"round {number} of {rounds}: {cases * OPENS} openings of the {who}")
                open_rounds.append(await open_round(who, one, ids("open", number, cases * OPENS), at_once))
    return BenchReport(
        started_at=began.started_at,
        machine=began.machine(),
        database=kind,
        cases=cases,
        rounds=rounds,
        at_once=at_once,
        sides={who: side(who, case_rounds, open_rounds) for who in Who},
        to_floor=ratios(Who.FLOOR, case_rounds, open_rounds),
        to_service=ratios(Who.SERVICE, case_rounds, open_rounds),
        case_rounds=case_rounds,
        open_rounds=open_rounds,
    )


@asynccontextmanager
async def _sides(setup: Setup) -> AsyncIterator[Mapping[Who, Side]]:
    async with AsyncExitStack() as stack:
        floor, service, order = [
            await stack.enter_async_context(Watch(setup.engine, kind.steps).looking())
            for kind in (Floor, Service, Order)
        ]
        to_service, to_api = [
            await stack.enter_async_context(httpx.AsyncClient(base_url=address, timeout=60, limits=LIMITS))
            for address in (setup.service, setup.api)
        ]
        yield {
            Who.FLOOR: Floor(setup, floor),
            Who.SERVICE: Service(setup, service, to_service),
            Who.ORDER: Order(setup, order, to_api),
        }


def ids(what: str, number: int, count: int) -> list[str]:
    """Order numbers that no other round uses."""
    return [f"{what}-{number}-{serial}" for serial in range(count)]
