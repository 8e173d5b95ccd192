"""Connecting to Temporal, on both embedded servers."""

from __future__ import annotations

import socket
from pathlib import Path

import httpx
import pytest
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes
from temporalio.service import RPCError

from runtime.errors import PortTaken, TemporalAway
from runtime.ports import LOCAL, free_port
from runtime.settings import LogFormat, Settings
from runtime.temporal import SEARCH_ATTRIBUTES, connect, register_search_attributes, worker_runtime
from tests.runtime.servers import server_of

pytestmark = pytest.mark.slow

KEYWORDS = ("CaseKind", "Merchant", "Platform", "Stage", "Outcome", "PolicyEdition")


def settings_for(address: str, *, metrics_port: int = 0) -> Settings:
    """Settings that point to a server."""
    return Settings(
        temporal_address=address,
        database_url="sqlite:///unused.db",
        worker_metrics_port=metrics_port,
        log_format=LogFormat.CONSOLE,
    )


CARRIED = TypedSearchAttributes(
    [
        *(SearchAttributePair(SearchAttributeKey.for_keyword(name), "x") for name in KEYWORDS),
        SearchAttributePair(SearchAttributeKey.for_int("OpenWorkItems"), 1),
    ]
)


@pytest.mark.parametrize("kind", ["dev", "test"])
async def test_search_attributes_are_registered_again_and_again(kind: str, tmp_path: Path) -> None:
    """Every start registers them, known or not; after the first a workflow can carry them all."""
    async with server_of(kind, tmp_path, free_port()) as server:
        client = await connect(settings_for(server.address))
        with pytest.raises(RPCError):
            await client.start_workflow("Case", id="before", task_queue="nobody", search_attributes=CARRIED)
        await register_search_attributes(client)
        await register_search_attributes(client)
        case = await client.start_workflow("Case", id="case", task_queue="nobody", search_attributes=CARRIED)
        described = await case.describe()
    assert {pair.key.name for pair in described.typed_search_attributes} == SEARCH_ATTRIBUTES.keys()


async def test_no_server_is_told_with_its_address() -> None:
    """Where nobody listens, the error names the address and says why."""
    address = f"{LOCAL}:{free_port()}"
    with pytest.raises(TemporalAway, match=f"^no Temporal server answers at {address}: ") as caught:
        await connect(settings_for(address))
    assert "\n" not in str(caught.value)


async def test_a_worker_serves_the_metrics_of_the_sdk(tmp_path: Path) -> None:
    """Prometheus reads the SDK's metrics on the worker's own port."""
    async with server_of("test", tmp_path, free_port()) as server:
        settings = settings_for(server.address, metrics_port=free_port())
        client = await connect(settings, runtime=worker_runtime(settings))
        url = f"http://{LOCAL}:{settings.worker_metrics_port}/metrics"
        async with httpx.AsyncClient() as browser:
            page = await browser.get(url)
        assert client.namespace == "default"  # the page is served as long as the client is held
    assert "temporal_request_total" in page.text


def test_a_taken_metrics_port_is_named() -> None:
    """The SDK would only say that its runtime failed."""
    with socket.create_server((LOCAL, 0)) as holder:
        port = holder.getsockname()[1]
        with pytest.raises(PortTaken) as caught:
            worker_runtime(settings_for(f"{LOCAL}:1", metrics_port=port))
    assert caught.value.port == port
