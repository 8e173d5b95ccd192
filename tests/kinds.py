"""pytest plugin: what a test costs, so that the quick loop leaves the dear ones out and two processes share the rest.

Marks that nobody has to write: `property` for what hypothesis tries on many examples, `slow` for what needs a server.
Modules that take seconds for other reasons say `pytestmark = pytest.mark.slow`.
"""

import os
from collections.abc import Iterable

import pytest
from hypothesis import is_hypothesis_test

SERVERS = frozenset({"sandbox_address", "postgres", "real_stack", "temporal_server"})
"""Fixtures behind which a real server stands."""

SHARED_SCOPES = ("class", "module", "package")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = fixtures_of(item)
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("property")
        if SERVERS & fixtures.keys():
            item.add_marker("slow")
        if place := widest_place(fixtures.values()):
            item.add_marker(pytest.mark.xdist_group(place))
    if "PYTEST_XDIST_WORKER" in os.environ:
        # The dear ones first: what is left for the end is small, so that all processes end together.
        items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def fixtures_of(item: pytest.Item) -> dict[str, pytest.FixtureDef[object]]:
    """The fixtures that a test uses, directly and through others, by name."""
    info = getattr(item, "_fixtureinfo", None)  # pytest tells the names openly, their scopes only here
    return {name: definitions[-1] for name, definitions in info.name2fixturedefs.items()} if info else {}


def widest_place(fixtures: Iterable[pytest.FixtureDef[object]]) -> str | None:
    """Where tests share a fixture that is made once for all of them; they run in one process, or it is made twice."""
    shared = [fixture for fixture in fixtures if fixture.scope in SHARED_SCOPES]
    widest = max(shared, key=lambda fixture: SHARED_SCOPES.index(fixture.scope), default=None)
    return widest.baseid if widest else None
