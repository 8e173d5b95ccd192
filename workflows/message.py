"""PlatformMessage: messages that nobody can read, until they are taken in or set aside.

Its story is the declaration in `domain/message/life.py`; this file only puts it on Temporal.
"""

from temporalio import workflow

from domain.case.record import CaseEnded
from domain.message.life import PLATFORM_MESSAGE
from domain.message.opening import StartMessage, begin
from domain.message.state import MessageState
from workflows.case import CaseWorkflow


@workflow.defn(name="PlatformMessage")
class PlatformMessage(CaseWorkflow[MessageState]):
    """Messages of one source that cannot be read for one reason."""

    @workflow.init
    def __init__(self, start: StartMessage) -> None:
        super().__init__(PLATFORM_MESSAGE, start.state, lambda: begin(start.opening), taken_up=start.taken_up)

    @workflow.run
    async def run(self, start: StartMessage) -> CaseEnded:
        """Lives until the last of them is taken in, or somebody sets them aside."""
        return await self.run_to_end(start)
