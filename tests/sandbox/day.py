"""A day of a shop, told twice: as its platforms push it, a part of their pushes lost, and as plain CloudEvents.

`python -m tests.sandbox.day 200 [douyin|jd]` plays a day of so many orders on a sandbox of its own and compares case by
case.
"""

import sys
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx

from tests.sandbox.by_platform import ByDouyin, ByJd, ByPlatform, ByTaobao
from tests.sandbox.telling import CLOSED_AFTER, ByEvents
from tests.sandbox_server import Shop, started_sandbox

SLOT = timedelta(hours=1)

LIVES: tuple[tuple[tuple[int, str, str], ...], ...] = (
    ((0, "ordered", ""), (4, "paid", ""), (180, "shipped", ""), (240, "scanned", "1"), (420, "scanned", "0"),
     (900, "scanned", "5"), (960, "scanned", "3"), (1020, "done", "")),
    ((0, "ordered", ""), (5, "paid", ""), (90, "asked", ""), (150, "refunded", "")),
    ((0, "ordered", ""), (CLOSED_AFTER // timedelta(minutes=1), "closed", "")),
    ((0, "ordered", ""), (2, "paid", ""), (60, "noted", "")),
    ((0, "ordered", ""), (1, "paid", ""), (300, "shipped", ""), (360, "scanned", "1")),
)  # fmt: skip
"""What happens to an order, minutes after it is placed: the kinds of order of the day."""

PLATFORMS: Mapping[str, type[ByPlatform]] = {"taobao": ByTaobao, "douyin": ByDouyin, "jd": ByJd}


def happenings(orders: int, begin: datetime) -> Iterator[tuple[datetime, int, str, str]]:
    """Everything that happens, in its order."""
    happened = [
        (begin + timedelta(minutes=number * 360 // orders + minute, seconds=number % 60), number, what, more)
        for number in range(orders)
        for minute, what, more in LIVES[number % len(LIVES)]
    ]
    return iter(sorted(happened))


def play(shop: Shop, orders: int, script: dict[str, Any], on: str = "taobao") -> tuple[list[str], dict[str, int]]:
    """The day, told both ways; what differs in the end, and what came of the pushes."""
    begin = shop.now().replace(second=0, microsecond=0) + timedelta(minutes=1)
    platform, events = PLATFORMS[on](shop, f"P{shop.prefix}", on), ByEvents(shop, f"E{shop.prefix}", on)
    platform.set_up(script)
    try:
        left = list(happenings(orders, begin))
        now = begin
        while left:
            now += SLOT
            advance_to(shop, now)
            platform.repeat()
            while left and left[0][0] <= now:
                at, number, what, more = left.pop(0)
                for teller in (platform, events):
                    getattr(teller, what)(number, at, *([more] if more else []))
        while platform.again:
            platform.repeat()
        for _ in range(3):
            advance_to(shop, now := now + SLOT)
        differ = [
            f"{number}: {told} instead of {meant}"
            for number in range(orders)
            if (told := platform.case(number)) != (meant := events.case(number))
        ]
        return differ, platform.counts()
    finally:
        platform.take_down()


def advance_to(shop: Shop, at: datetime) -> None:
    """Moves the test clock to a time."""
    answer = shop.call("POST", "/sandbox/clock/advance", {"to": at.isoformat()}, "demo-ops")
    assert answer.status_code == 200, answer.text


if __name__ == "__main__":
    with started_sandbox() as address, httpx.Client(base_url=address, timeout=600) as http:
        misbehaves = {"drop": 0.1, "double": 0.1, "reorder": 0.1, "seed": 11}
        found, counted = play(Shop(http), int(sys.argv[1]), misbehaves, *sys.argv[2:3])
        print(counted, *found, sep="\n")
        sys.exit(bool(found))
