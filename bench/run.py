"""The whole run: a warm-up, rounds of cases and rounds of openings, the two sides in turn."""

import platform
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version

import httpx
import psutil

from bench.figures import BenchReport, CaseRound, Machine, OpenRound, Who, ratios, side
from bench.rounds import case_round, open_round
from bench.setup import running_setup
from bench.sides import CONNECTIONS, Floor, Order, Side
from bench.watch import Watch

WARM_UP = 5
OPENS = 2
"""Cases opened in a round of openings, for each case of a round of cases."""
KEPT_ALIVE = 2.0
"""Seconds that an idle connection is used again: less than the API keeps it, so that the two never race."""

Said = Callable[[str], None]


async def run(cases: int, rounds: int, at_once: int, say: Said) -> BenchReport:
    """Measures both sides on one server.

    Args:
        cases: in each round of each side; at least 2.
        rounds: of each side; they alternate, so that a machine that slows down slows both.
        at_once: cases in hand at the same time.
        say: is told what happens next.
    """
    started_at, load_before = datetime.now(UTC), psutil.getloadavg()[0]
    say("starting an embedded server, two workers and the API")
    limits = httpx.Limits(max_connections=CONNECTIONS, keepalive_expiry=KEPT_ALIVE)
    async with (
        running_setup() as setup,
        httpx.AsyncClient(base_url=setup.address, timeout=60, limits=limits) as http,
        Watch(setup.database, Floor.steps).looking() as floor_watch,
        Watch(setup.database, Order.steps).looking() as order_watch,
    ):
        sides: dict[Who, Side] = {
            Who.FLOOR: Floor(setup, floor_watch),
            Who.ORDER: Order(setup, order_watch, http),
        }
        for who, one in sides.items():
            await case_round(who, one, _ids("warm", 0, WARM_UP), at_once)
        case_rounds: list[CaseRound] = []
        open_rounds: list[OpenRound] = []
        for number in range(1, rounds + 1):
            for who, one in sides.items():
                say(f"round {number} of {rounds}: {cases} cases of the {who}")
                case_rounds.append(await case_round(who, one, _ids("case", number, cases), at_once))
        for number in range(1, rounds + 1):
            for who, one in sides.items():
                say(f"round {number} of {rounds}: {cases * OPENS} openings of the {who}")
                open_rounds.append(await open_round(who, one, _ids("open", number, cases * OPENS), at_once))
    return BenchReport(
        started_at=started_at.isoformat(timespec="seconds"),
        machine=Machine(
            cores=psutil.cpu_count() or 1,
            python=platform.python_version(),
            temporalio=version("temporalio"),
            load_before=round(load_before, 2),
        ),
        cases=cases,
        rounds=rounds,
        at_once=at_once,
        floor=side(Who.FLOOR, case_rounds, open_rounds),
        order=side(Who.ORDER, case_rounds, open_rounds),
        ratios=ratios(case_rounds, open_rounds),
        case_rounds=case_rounds,
        open_rounds=open_rounds,
    )


def _ids(what: str, number: int, count: int) -> list[str]:
    return [f"{what}-{number}-{serial}" for serial in range(count)]
