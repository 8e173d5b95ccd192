"""What Prometheus really gets from a worker and from the API."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
from prometheus_client.parser import text_string_to_metric_families
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from activities.incidents import Incidents
from api.app import create_app
from runtime import metrics
from runtime.clock import SystemClock
from runtime.ports import free_port
from runtime.settings import LogFormat, Settings
from runtime.temporal import connect, register_search_attributes, worker_runtime
from sandbox.demo import seed_demo
from services.context import process_context
from store.database import Database
from tests.deploy.probe import QUEUE, Goes, Stands, fail, succeed
from tests.patience import PATIENCE
from worker import worker_meter

TARGET_LABELS = frozenset({"job", "instance"})
"""What Prometheus adds to every series of a target."""


@dataclass(frozen=True, slots=True)
class Scrape:
    """The series of a target: each name with the labels that it came with."""

    labels: dict[str, frozenset[str]]

    @classmethod
    def of(cls, text: str) -> "Scrape":
        """Reads the text format."""
        labels: dict[str, frozenset[str]] = {}
        for family in text_string_to_metric_families(text):
            for sample in family.samples:
                labels[sample.name] = labels.get(sample.name, TARGET_LABELS) | sample.labels.keys()
        return cls(labels)


PROMETHEUS_OWN = Scrape(
    {
        "up": TARGET_LABELS,
        "ALERTS": TARGET_LABELS | {"alertname", "alertstate", "severity"},
    }
)
"""What Prometheus makes itself."""


async def scrape_of_a_worker(temporal_address: str) -> Scrape:
    """Lets a worker with the product's own telemetry go through good and bad, then reads its metrics."""
    settings = _settings(temporal_address, "sqlite:///unused.db", free_port())
    client = await connect(settings, runtime=worker_runtime(settings))
    worker = Worker(
        client,
        task_queue=QUEUE,
        workflows=[Goes, Stands],
        activities=[succeed, fail],
        workflow_runner=UnsandboxedWorkflowRunner(),
    )
    Incidents(worker_meter(client))
    async with worker, httpx.AsyncClient() as http, asyncio.timeout(PATIENCE):
        await client.execute_workflow(Goes.run, id="goes", task_queue=QUEUE)
        stands = await client.start_workflow(Stands.run, id="stands", task_queue=QUEUE)
        text = ""
        while "temporal_workflow_task_execution_failed_total" not in text:
            await asyncio.sleep(0.1)
            text = (await http.get(f"http://127.0.0.1:{settings.worker_metrics_port}/metrics")).text
        await stands.terminate()
    return Scrape.of(text)


async def scrape_of_the_api(temporal_address: str, database_url: str, order: dict[str, object]) -> Scrape:
    """Opens an order through the API, has an event and an action refused, then reads the metrics."""
    settings = _settings(temporal_address, database_url, 0)
    client = await connect(settings)
    await register_search_attributes(client)
    db = Database(database_url)
    try:
        await seed_demo(db, datetime.now(UTC))
        transport = httpx.ASGITransport(create_app(process_context(settings, db, client, SystemClock())))
        headers = {"Authorization": "Bearer demo-agent"}
        async with httpx.AsyncClient(transport=transport, base_url="http://api", headers=headers) as http:
            (await http.post("/v1/cases", json=order)).raise_for_status()
            (await http.post("/v1/events", json={"type": "nobody.knows"})).raise_for_status()
            metrics.count_refusal("extend_receipt", ["not_shipped"])
            return Scrape.of((await http.get("/metrics")).text)
    finally:
        await db.close()


def _settings(temporal_address: str, database_url: str, metrics_port: int) -> Settings:
    return Settings(
        temporal_address=temporal_address,
        database_url=database_url,
        worker_metrics_port=metrics_port,
        log_format=LogFormat.CONSOLE,
    )
