"""The queries of docs/ops.md, asked of a real server with cases of every sort."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest
from temporalio.client import Client
from temporalio.common import SearchAttributePair, TypedSearchAttributes
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from domain.after_sale.state import AfterSaleStage
from domain.complaint.state import ComplaintStage
from domain.order.state import OrderOutcome, OrderStage
from runtime.embedded import DevServer
from tests.deploy.conftest import in_own_loop, prepare_namespace
from tests.deploy.probe import QUEUE, Ends, Goes
from tests.deploy.stack import ROOT
from tests.patience import PATIENCE
from workflows import visible

PAGE = (ROOT / "docs" / "ops.md").read_text()
NAMESPACE = "caseline"
NOBODY = "nobody"
SHIPPING, WINDOW = "order:shop1:taobao:T1001", "order:shop2:jd:J1"
UNPAID, KILLED, DONE = "order:shop2:taobao:T2", "order:shop2:taobao:T3", "order:shop2:taobao:T4"
REFUND, COMPLAINT = "after-sale:shop2:tmall:T5:1", "complaint:shop2:tmall:T5:1"
RECEIVER = "webhook:shop2:wh_1"

FOUND = {
    "one order": {SHIPPING},
    "a shop's orders on one platform": {SHIPPING},
    "one shop": {SHIPPING},
    "one platform": {WINDOW},
    "one kind of case": {REFUND},
    "requests that wait for the seller": {REFUND},
    "what the platform is deciding": {COMPLAINT},
    "open since before a time, still in a stage": {SHIPPING},
    "work items that are open": {SHIPPING},
    "receivers of webhooks that take nothing just now": {RECEIVER},
    "how it came out": {UNPAID},
    "ended, by outcome and time": {DONE},
    "completed, return window still open": {WINDOW},
    "under one edition": {SHIPPING},
    "cannot go on (shown after a minute)": set[str](),
    "ended from outside": {KILLED},
}


def queries() -> dict[str, str]:
    """The table of queries; its times are moved so that today's cases lie on the right side of them."""
    table = PAGE.partition("## Find a case")[2].partition("\n## ")[0]
    now = datetime.now(UTC)
    rows = re.findall(r"^\| ([^|`]+) \| `([^`]+)` \|$", table, flags=re.MULTILINE)
    after, before = (now - timedelta(days=1)).isoformat(), (now + timedelta(days=1)).isoformat()
    return {
        what: re.sub(r"> '20[^']+'", f"> '{after}'", re.sub(r"< '20[^']+'", f"< '{before}'", query))
        for what, query in rows
    }


def carries(case_id: str, stage: str, outcome: OrderOutcome | None = None, tasks: int = 0) -> TypedSearchAttributes:
    """The search attributes of such a case."""
    kind, merchant, platform, *_ = case_id.split(":")
    pairs: list[SearchAttributePair[str] | SearchAttributePair[int]] = [
        SearchAttributePair(visible.KIND, kind.replace("-", "_")),
        SearchAttributePair(visible.MERCHANT, merchant),
        SearchAttributePair(visible.PLATFORM, platform),
        SearchAttributePair(visible.STAGE, stage),
        SearchAttributePair(visible.POLICY, "taobao-2012" if platform == "taobao" else platform),
        SearchAttributePair(visible.OPEN_WORK, tasks),
    ]
    if outcome:
        pairs.append(SearchAttributePair(visible.OUTCOME, outcome))
    return TypedSearchAttributes(pairs)


async def _cases(address: str) -> None:
    client = await Client.connect(address, namespace=NAMESPACE)
    standing = {
        SHIPPING: carries(SHIPPING, OrderStage.AWAITING_SHIPMENT, tasks=1),
        WINDOW: carries(WINDOW, OrderStage.COMPLETED, OrderOutcome.COMPLETED),
        KILLED: carries(KILLED, OrderStage.AWAITING_PAYMENT),
        REFUND: carries(REFUND, AfterSaleStage.AWAITING_SELLER),
        COMPLAINT: carries(COMPLAINT, ComplaintStage.PLATFORM_INTERVENTION),
    }
    for case_id, attributes in standing.items():
        await client.start_workflow(Goes.run, id=case_id, task_queue=NOBODY, search_attributes=attributes)
    away = TypedSearchAttributes([SearchAttributePair(visible.STAGE, "away")])
    await client.start_workflow("Webhook", id=RECEIVER, task_queue=NOBODY, search_attributes=away)
    await client.get_workflow_handle(KILLED).terminate()
    async with Worker(client, task_queue=QUEUE, workflows=[Ends], workflow_runner=UnsandboxedWorkflowRunner()):
        for case_id, attributes in {
            UNPAID: carries(UNPAID, OrderStage.CLOSED, OrderOutcome.UNPAID),
            DONE: carries(DONE, OrderStage.COMPLETED, OrderOutcome.COMPLETED),
        }.items():
            await client.execute_workflow(Ends.run, id=case_id, task_queue=QUEUE, search_attributes=attributes)
    async with asyncio.timeout(PATIENCE):  # lists lag behind
        while await _ids(client, "ExecutionStatus != 'Running'") != {KILLED, UNPAID, DONE}:  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def _ids(client: Client, query: str) -> set[str]:
    return {found.id async for found in client.list_workflows(query)}


@pytest.fixture(scope="module")
def address(temporal_server: DevServer) -> str:
    """A server with cases of every sort in a namespace of their own."""
    prepare_namespace(temporal_server.address, NAMESPACE, "90d")
    in_own_loop(_cases(temporal_server.address))
    return temporal_server.address


@pytest.mark.parametrize("what", FOUND)
async def test_a_query_finds_what_it_says(what: str, address: str) -> None:
    """Each is understood by the server and finds exactly the cases it is meant for."""
    client = await Client.connect(address, namespace=NAMESPACE)
    assert await _ids(client, queries()[what]) == FOUND[what]


def test_every_query_of_the_page_is_tried() -> None:
    """A row that is added is tried too."""
    assert set(queries()) == set(FOUND)
