"""`caseline reconcile`: compares every open case with its rows, counts the drift and mends it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from rich.progress import Progress
from temporalio.client import Client, WorkflowQueryFailedError, WorkflowQueryRejectedError
from temporalio.common import QueryRejectCondition
from temporalio.service import RPCError, RPCStatusCode

from domain.case.record import RecordCase, record
from domain.order.opening import begin
from runtime.errors import StartupError
from store import cases, drift, gauges, new_orders, records
from store.database import Database

PAGE = 500
AT_ONCE = 10
LOOKS = 5
"""How often a case is looked at whose rows are of another write: usually its own is just under way."""
BETWEEN_LOOKS = 0.5
ANSWER_WITHIN = timedelta(seconds=15)
"""For a case to say how it stands; a worker that is there reads even a long history in that time."""
SILENT_AT_MOST = AT_ONCE
"""So many cases may be asked in vain before any has answered: then there is no worker to answer for the others."""


class SilentCases(StartupError):
    """Cases do not say how they stand."""

    def __init__(self, silent: Mapping[str, str]) -> None:
        super().__init__(f"not compared, for they do not answer: {', '.join(silent)}; is a worker running?")


class NoAnswer(Exception):
    """A case does not say how it stands."""


@dataclass(slots=True)
class Drift:
    """What the comparison found; `silent` names the cases that did not say how they stand, and why."""

    compared: int = 0
    drifted: int = 0
    mended: int = 0
    without_workflow: int = 0
    silent: dict[str, str] = field(default_factory=dict)

    def check_all_answered(self) -> None:
        """Raises SilentCases if one was not compared."""
        if self.silent:
            raise SilentCases(self.silent)


async def reconcile(db: Database, temporal: Client, progress: Progress, *, mend: bool = True) -> Drift:
    """Compares the open cases of the store with what their workflows say, and names each that drifted.

    A case that cannot be asked holds up no other.

    Raises:
        SilentCases: no worker answers for any case.
    """
    found = Drift()
    counted = await db.read(gauges.gauges, datetime.now(UTC))
    task = progress.add_task("Comparing open cases", total=sum(counted.open_cases.values()))
    room = asyncio.Semaphore(AT_ONCE)

    async def one(case_id: str) -> None:
        async with room:
            _check_somebody_answers(found)
            wrong = await _reconcile_case(db, temporal, case_id, found, mend)
        if wrong:
            progress.console.print(f"{case_id}: {wrong}", highlight=False, soft_wrap=True)
        progress.advance(task)

    after = ""
    while ids := await db.read(cases.open_case_ids, after, PAGE):
        await asyncio.gather(*map(one, ids))
        after = ids[-1]
    return found


def _check_somebody_answers(found: Drift) -> None:
    """Raises SilentCases where so many were asked in vain that the others need not be."""
    if not found.compared and len(found.silent) >= SILENT_AT_MOST:
        raise SilentCases(found.silent)


async def _reconcile_case(db: Database, temporal: Client, case_id: str, found: Drift, mend: bool) -> str | None:
    """What is wrong with a case, in words; None where nothing is."""
    looks = LOOKS
    while True:
        try:
            truth = await _truth(db, temporal, case_id)
        except NoAnswer as silent:
            found.silent[case_id] = str(silent)
            return f"does not answer: {silent}"
        if truth is None:
            stored = await db.read(cases.case_state, case_id)
            found.compared += 1
            if stored is None or not stored.open:
                return None
            found.without_workflow += 1
            return "has no running workflow"
        rows = await db.read_at_once(drift.compare, truth)
        if rows is None or (rows.version == truth.version and not rows.differing and not rows.lost):
            found.compared += 1
            return None
        looks -= 1
        if not looks or not rows.of_another_write:
            break
        await asyncio.sleep(BETWEEN_LOOKS)
    found.compared += 1
    found.drifted += 1
    if mend and await db.write(records.record_case, truth):
        found.mended += not rows.lost
    return _in_words(rows, truth)


def _in_words(rows: drift.Comparison, truth: RecordCase) -> str:
    versions = f"at version {rows.version}, its workflow at {truth.version}" if rows.version != truth.version else ""
    tables = f"other rows in {', '.join(rows.differing)}" if rows.differing else ""
    lines = ", ".join(map(str, rows.lost))
    lost = f"line {lines} of its timeline cannot be restored: a run before this one told it" if lines else ""
    return "; ".join(filter(None, (versions, tables, lost)))


async def _truth(db: Database, temporal: Client, case_id: str) -> RecordCase | None:
    """What the case says of itself, also after its end; None where no workflow of it runs or came to its end.

    A new order cannot be asked, because no worker has it yet: it stands as the rules begin it.
    """
    if order := await db.read(new_orders.opening_of, case_id):
        return record(begin(order).state, since=0).model_copy(update={"rebuilds": True})
    case = temporal.get_workflow_handle(case_id)
    try:
        truth: RecordCase = await case.query(
            "rebuild",
            result_type=RecordCase,
            rpc_timeout=ANSWER_WITHIN,
            reject_condition=QueryRejectCondition.NOT_COMPLETED_CLEANLY,
        )
    except WorkflowQueryRejectedError:
        return None
    except WorkflowQueryFailedError as failed:
        raise NoAnswer(str(failed)) from failed
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return None
        raise NoAnswer(error.message) from error
    return truth
