"""The test clock on a server that has lost count of its locks."""

from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.api.testservice.v1 import LockTimeSkippingRequest

from runtime.settings import load_settings
from sandbox.run import running_sandbox

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("by", [timedelta(seconds=1), timedelta(days=3)])
async def test_a_stuck_server_is_freed(tmp_path: Path, by: timedelta) -> None:
    """A lock that nobody will open does not stop the clock for good; nor where all that was wanted has passed."""
    settings = load_settings(embedded=True).model_copy(update={"data_dir": tmp_path})
    async with running_sandbox(settings) as sandbox:
        before = await sandbox.clock.now()
        await sandbox.here.temporal.service_client.test_service.lock_time_skipping(LockTimeSkippingRequest())
        assert await sandbox.clock.advance(by) >= before + by
