"""pytest plugin: what a test costs, so that the quick loop leaves the dear ones out and processes share the rest.

Marks that nobody has to write: `property` for what hypothesis tries on many examples, `slow` for what needs a server,
`measured` for what coverage is measured by.
Modules that take seconds for other reasons say `pytestmark = pytest.mark.slow`.
"""

import gc
import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import is_hypothesis_test

TESTS = Path(__file__).parent
SERVERS = frozenset({"sandbox_address", "postgres", "real_stack", "temporal_server"})
"""Fixtures behind which a real server stands."""
MEASURED = frozenset({"domain", "automation", "services", "api"})
"""Folders whose tests say which branches of domain and services are taken; properties would take them by chance."""

LONG = "bench"
"""Folder whose tests start processes of their own, one after another."""
WAITING = "faults"
"""Folder whose tests mostly wait: for processes to start, and for what they killed to come back."""

LONGEST, SLOW, EXAMPLES, REST = range(4)
WAITED_BY = 0.6
"""Which part of the servers' files has begun when the last begins of those that wait."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported here stays to the end: looking through it for garbage is a quarter of what collecting costs."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("property")
        elif item.path.relative_to(TESTS).parts[0] in MEASURED:
            item.add_marker("measured")
        if SERVERS.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("slow")
    if "PYTEST_XDIST_WORKER" in os.environ:
        places = dear_first(items)
        items.sort(key=lambda item: places[item.path])


def dear_first(items: list[pytest.Item]) -> dict[Path, tuple[int, float]]:
    """Where each file comes: what may take minutes, then servers, then examples; what is left at the end is small.

    Those that mostly wait are spread among the servers', so that the cores have work meanwhile.
    """
    ranks: dict[Path, int] = {}
    for item in items:
        ranks[item.path] = min(dearness(item), ranks.get(item.path, REST))
    waiting = [path for path in ranks if WAITING in path.parts]
    working = [path for path, rank in ranks.items() if rank == SLOW and path not in waiting]
    places = {path: (rank, 0.0) for path, rank in ranks.items()}
    places |= {path: (SLOW, number / len(working)) for number, path in enumerate(working)}
    places |= {path: (SLOW, number / len(waiting) * WAITED_BY) for number, path in enumerate(waiting)}
    return places


def dearness(item: pytest.Item) -> int:
    """A test's rank among the dear ones, the dearest first."""
    if item.get_closest_marker("timeout") or LONG in item.path.parts:
        return LONGEST
    return next(
        (rank for rank, mark in ((SLOW, "slow"), (EXAMPLES, "property")) if item.get_closest_marker(mark)), REST
    )
