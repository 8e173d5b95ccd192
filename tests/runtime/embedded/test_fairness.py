"""One shop's campaign does not starve another shop, on the embedded server too."""

from __future__ import annotations

from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.client import Client
from temporalio.common import Priority
from temporalio.worker import Worker

from runtime.ports import free_port
from tests.runtime.servers import server_of

pytestmark = pytest.mark.slow

QUEUE = "cases"
CAMPAIGN = 200
OTHER = 9
served: list[str] = []


@workflow.defn(sandboxed=False)
class Case:
    """Notes for which shop it ran."""

    @workflow.run
    async def run(self, merchant: str) -> None:
        served.append(merchant)


async def test_a_small_shop_is_served_amid_a_campaign(tmp_path: Path) -> None:
    """Cases of a shop that come after another's backlog need not wait for its end."""
    served.clear()
    async with server_of("dev", tmp_path, free_port()) as server:
        client = await Client.connect(server.address)
        cases = [
            await client.start_workflow(
                Case.run,
                merchant,
                id=f"{merchant}:{number}",
                task_queue=QUEUE,
                priority=Priority(fairness_key=merchant),
            )
            for merchant, count in (("campaign", CAMPAIGN), ("other", OTHER))
            for number in range(count)
        ]
        async with Worker(
            client, task_queue=QUEUE, workflows=[Case], max_cached_workflows=0, max_concurrent_workflow_tasks=1
        ):
            for case in cases:
                await case.result()
    assert served.count("other") == OTHER
    # Fair within each of a queue's partitions, so only the first case's place is certain.
    assert served.index("other") < CAMPAIGN / 4
