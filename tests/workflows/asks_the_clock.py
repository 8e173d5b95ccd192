"""A workflow that does what none may, in a module of its own: the sandbox loads what stands beside it too."""

from datetime import UTC, datetime

from temporalio import workflow


@workflow.defn
class AsksTheClock:
    """The next reading would differ when its history is replayed."""

    @workflow.run
    async def run(self) -> str:
        return datetime.now(UTC).isoformat()
