"""Recorded histories of every path replay against the present code: running cases survive an update."""

from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from tests.workflows.paths import PATHS
from tests.workflows.record import HISTORIES
from worker import workflow_sandbox
from workflows.order import OrderCase

RECORDED = sorted(HISTORIES.glob("*.json"))


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
async def test_a_recorded_history_replays(path: Path) -> None:
    """The same commands come out of the same history."""
    replayer = Replayer(
        workflows=[OrderCase], data_converter=pydantic_data_converter, workflow_runner=workflow_sandbox()
    )
    await replayer.replay_workflow(WorkflowHistory.from_json(path.stem, path.read_text(encoding="utf-8")))


def test_every_path_is_recorded() -> None:
    """No path without a history."""
    assert {path.stem for path in RECORDED} >= set(PATHS)
