"""Completing a task, whole and in its store part alone, in real orders whose tasks stand among all the others."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from bench import messages
from bench.calling import post
from bench.inbox.bare import Bare
from bench.inbox.filling import AGENT, EDITION
from bench.inbox.measuring import Step
from bench.inbox.setup import InboxSetup
from domain.case.action import ActionRequest
from domain.case.completing import COMPLETE, completing
from domain.case.record import RecordCase, record
from domain.case.work import WorkItem, WorkState
from domain.order.life import ORDER
from domain.order.opening import OpenOrder, accept_opening, begin
from store import actions, cases, new_orders, opening, records, shop_settings, work_items
from store.actions import ActionStatus, NewAction
from store.database import Database

OUTCOME = "correct"
"""What comes of `check_order`, the task that an order opened after a chat begins with."""
OPENED_AT_ONCE = 8
PATIENCE = 60.0
"""Seconds for a worker to take up an order that is paid."""
DONE = {"state": WorkState.DONE, "outcome": OUTCOME, "done_by": AGENT.account}


@dataclass(frozen=True, slots=True)
class RealTask:
    """A task of a paid order that a worker has."""

    item_id: str
    case_id: str


async def real_tasks(setup: InboxSetup, number: int) -> list[RealTask]:
    """So many tasks that can be completed, each of an order of its own."""
    room = asyncio.Semaphore(OPENED_AT_ONCE)

    async def opened(number: int) -> RealTask:
        async with room:
            body = messages.opening(f"real-{number}") | {"policy": EDITION}
            case_id = str((await setup.http.post("/v1/cases", json=body)).raise_for_status().json()["case_id"])
            await post(setup.http, "/v1/events", "demo-payment", messages.paid(f"real-{number}"))
            await _started(setup.db, case_id)
            found = (await setup.http.get(f"/v1/work-items?case_id={case_id}")).raise_for_status().json()["items"]
            return RealTask(next(str(item["item_id"]) for item in found if OUTCOME in item["outcomes"]), case_id)

    return await asyncio.gather(*(opened(one) for one in range(number)))


async def whole(setup: InboxSetup, bare: Bare, calls: int) -> Step:
    """Over HTTP, through Temporal: answered once the case has acted on it and the database shows it."""

    async def complete(item_id: str) -> None:
        answer = await setup.http.post(f"/v1/work-items/{item_id}/complete", json={"outcome": OUTCOME})
        if answer.raise_for_status().json()["state"] != WorkState.DONE:
            raise RuntimeError(f"{item_id} is not done: {answer.text}")

    item_ids = [task.item_id for task in await real_tasks(setup, calls)]
    return Step("complete, through Temporal", complete, bare.changing(**DONE), item_ids)


async def _started(db: Database, case_id: str) -> None:
    """Waits until a worker has the paid order, so that no start is measured as a completion."""
    async with asyncio.timeout(PATIENCE):
        while await db.read(new_orders.opening_of, case_id):  # noqa: ASYNC110 - a row
            await asyncio.sleep(0.1)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An order whose task is about to be done: all that the store is told of it."""

    item: WorkItem
    step: NewAction
    write: RecordCase


async def store_part(setup: InboxSetup, bare: Bare, calls: int) -> Step:
    """The same calls of the store, in the same order, without HTTP, Temporal and the rules."""
    db = setup.db
    prepared = [await _prepared(db, f"stored-{number}") for number in range(calls)]
    by_item = {one.item.item_id: one for one in prepared}

    async def complete(item_id: str) -> None:
        one = by_item[item_id]
        await db.read(work_items.get_item, "demo", item_id)
        await db.read(cases.get_case, one.write.case_id, "demo")
        await db.read(shop_settings.terms, "demo", AGENT.account, AGENT.role)
        await db.write(actions.begin, one.step)
        await db.write(records.record_case, one.write)
        await db.write(actions.finish, one.step.action_id, ActionStatus.DONE, {}, one.step.asked_at)
        item = await db.read(work_items.get_item, "demo", item_id)
        if item is None or item.state is not WorkState.DONE:
            raise RuntimeError(f"{item_id} is not done")

    return Step("complete, its store part alone", complete, bare.changing(**DONE), list(by_item))


async def _prepared(db: Database, order_id: str) -> _Prepared:
    """An order that only the store knows, at the version that its workflow begins with."""
    now = datetime.now(UTC)
    request = OpenOrder.model_validate(messages.opening(order_id) | {"policy": EDITION})
    order = accept_opening(request, "demo", EDITION, None, AGENT, now)
    life = begin(order)
    first = record(life.state, since=0)
    await db.write(opening.open_case, order, first, request.buyer, order_id)
    await db.write(records.record_case, first)
    item = next(item for item in life.state.work_items if OUTCOME in life.policy.work.tasks[item.type].outcomes)
    rule = completing(ORDER)
    input_ = rule.read({"item_id": item.item_id, "outcome": OUTCOME}, lambda: life.state)
    done = ActionRequest(action_id=uuid4().hex, actor=AGENT)
    life.act(rule, done, now, input_)
    step = NewAction(
        action_id=done.action_id,
        merchant="demo",
        case_id=life.state.case_id,
        name=COMPLETE,
        key=done.action_id,
        body_hash=done.action_id,
        actor=AGENT,
        input=input_.model_dump(mode="json"),
        asked_at=now,
    )
    return _Prepared(item, step, record(life.state, since=first.version))
