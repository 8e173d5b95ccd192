"""`caseline reconcile`: compares every open case with its row, counts the drift and mends it."""

from dataclasses import dataclass

from rich.progress import Progress
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from domain.case.record import RecordCase
from store import cases, records
from store.database import Database

PAGE = 500


@dataclass(slots=True)
class Drift:
    """What the comparison found."""

    compared: int = 0
    drifted: int = 0
    mended: int = 0
    without_workflow: int = 0


async def reconcile(db: Database, temporal: Client, progress: Progress, *, mend: bool = True) -> Drift:
    """Compares the open cases of the store with what their workflows say."""
    drift = Drift()
    task = progress.add_task("Comparing open cases", total=None)
    after = ""
    while ids := await cases.open_case_ids(db, after, PAGE):
        for case_id in ids:
            await _compare(db, temporal, case_id, drift, mend)
            progress.advance(task)
        after = ids[-1]
    return drift


async def _compare(db: Database, temporal: Client, case_id: str, drift: Drift, mend: bool) -> None:
    drift.compared += 1
    try:
        truth = await temporal.get_workflow_handle(case_id).query("rebuild", result_type=RecordCase)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        drift.without_workflow += 1
        return
    stored = await cases.case_state(db, case_id)
    if stored is None or stored.version > truth.version or stored.state == truth.state:
        return
    drift.drifted += 1
    if mend and await records.record_case(db, truth):
        drift.mended += 1
