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

LONG = frozenset({"bench", "faults"})
"""Folders whose tests start processes of their own, one after another."""


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
        items.sort(key=dear_first)


def dear_first(item: pytest.Item) -> int:
    """Those that may take minutes or start processes, then servers, then examples: what is left at the end is small."""
    if item.get_closest_marker("timeout") or LONG.intersection(item.path.parts):
        return 0
    return next((rank for rank, mark in enumerate(("slow", "property"), 1) if item.get_closest_marker(mark)), 3)
