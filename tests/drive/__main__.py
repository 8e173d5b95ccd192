"""Runs the driver: `python -m tests.drive --seed N --orders 200`; exits 1 where a law did not hold."""

import argparse
import sys
from contextlib import nullcontext
from datetime import timedelta
from random import Random

import httpx

from tests.drive.laws import check
from tests.drive.moves import move, open_order
from tests.drive.world import Order, World
from tests.sandbox_server import started_sandbox

AT_ONCE = 20
"""Orders that live beside each other."""
ROUNDS = 14
_STEPS = (
    timedelta(seconds=1), timedelta(seconds=1), timedelta(minutes=20), timedelta(hours=5), timedelta(hours=25),
    timedelta(hours=49), timedelta(days=4),
)  # fmt: skip


def drive(world: World, orders: int, rounds: int = ROUNDS) -> None:
    """Lives that many orders; prints what broke a law, each with the moves that led there, and notes it."""
    shown = 0
    for first in range(0, orders, AT_ONCE):
        batch = [open_order(world, number) for number in range(first, min(first + AT_ONCE, orders))]
        told: set[str] = set()
        for _ in range(rounds):
            for order in batch:
                for _ in range(world.random.choice((0, 1, 1, 2, 3))):
                    move(world, order)
            world.advance(world.random.choice(_STEPS))
            for order in batch:
                _judge(world, order, told)
        for _ in range(6):  # left alone: what should end does, what should not waits for somebody
            world.advance(timedelta(days=6))
        for order in batch:
            _judge(world, order, told)
        print("\n".join([*world.found[shown:], f"{first + len(batch)} orders, {world.calls} calls"]), flush=True)
        shown = len(world.found)


def _judge(world: World, order: Order, told: set[str]) -> None:
    """A law that stays broken is told once for each order."""
    for broken in check(world, order):
        key = f"{order.case_id}: {broken}"
        if key not in told:
            told.add(key)
            world.found.append("\n    ".join([key, *order.moves]))


def main() -> None:
    """Parses the command line, and drives."""
    parser = argparse.ArgumentParser(prog="python -m tests.drive", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--orders", type=int, default=200)
    parser.add_argument("--address", help="of a running sandbox; else one is started")
    arguments = parser.parse_args()
    sandbox = nullcontext(arguments.address) if arguments.address else started_sandbox()
    with sandbox as address, httpx.Client(base_url=address, timeout=120) as http:
        random = Random(arguments.seed)
        world = World(http, random, f"d{arguments.seed}-{random.getrandbits(24):x}")
        drive(world, arguments.orders)
    print(f"seed {arguments.seed}: {arguments.orders} orders, {world.calls} calls, {len(world.found)} findings")
    sys.exit(1 if world.found else 0)


if __name__ == "__main__":
    main()
