"""Recorded histories of every path replay against the present code: running cases survive an update."""

import json
from pathlib import Path
from typing import Any

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from runtime.converter import DATA_CONVERTER
from tests.workflows.paths import ORDER_PATHS, PATHS
from tests.workflows.released import HISTORIES
from worker import WORKFLOWS, workflow_sandbox

pytestmark = pytest.mark.slow

MOST_EVENTS = 300
RECORDED = sorted(HISTORIES.glob("*.json"))


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
async def test_a_recorded_history_replays(path: Path) -> None:
    """The same commands come out of the same history."""
    replayer = Replayer(workflows=WORKFLOWS, data_converter=DATA_CONVERTER, workflow_runner=workflow_sandbox())
    await replayer.replay_workflow(WorkflowHistory.from_json(path.stem, path.read_text(encoding="utf-8")))


def test_every_workflow_is_recorded() -> None:
    """What a worker runs has histories that say what running cases depend on."""
    recorded = {_started(path)["workflowType"]["name"] for path in RECORDED}
    assert recorded == {workflow._Definition.must_from_class(kind).name for kind in WORKFLOWS}


def test_every_path_is_recorded() -> None:
    """No path without a history, and none with requests without theirs."""
    alone = {path.__name__ for path in ORDER_PATHS}
    assert {path.stem for path in RECORDED} >= set(PATHS) | {f"{name}.1" for name in PATHS if name not in alone}


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_a_history_stays_short(path: Path) -> None:
    """A run of any case, even the longest chain of a request, costs fewer events than the target."""
    assert len(json.loads(path.read_text(encoding="utf-8"))["events"]) < MOST_EVENTS


def _started(path: Path) -> dict[str, Any]:
    first = json.loads(path.read_text(encoding="utf-8"))["events"][0]
    attributes: dict[str, Any] = first["workflowExecutionStartedEventAttributes"]
    return attributes
