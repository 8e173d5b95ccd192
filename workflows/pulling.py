"""PullSource: asks a platform for what changed since the last mark, for as long as there is the source.

Pushes are hints: one that never came costs minutes, not the case. Windows overlap, so that what changed while a page
was read is not lost; what is read twice is known by its content. A mark is a time by the platform's own clock.
"""

from datetime import timedelta

from temporalio import workflow

from domain.case.queues import PARTNERS
from domain.pulling import Ask, ListChanged, Listed, StartPulling
from domain.times import Instant
from workflows import calls, options

OVERLAP = timedelta(minutes=2)
"""How much of the last window is read again."""
WINDOW = timedelta(days=1)
"""The longest that platforms list at once."""
SLOW_CLOCK = timedelta(hours=1)
"""By how much a platform's clock may be behind ours; as long as nothing changes, the mark follows ours at that."""


@workflow.defn(name="PullSource")
class PullSource:
    """One source of a shop."""

    @workflow.init
    def __init__(self, start: StartPulling) -> None:
        self.start, self.marks = start, dict(start.marks)
        self.wanted = False

    @workflow.run
    async def run(self, start: StartPulling) -> None:
        """Pulls until the source is gone."""
        due = workflow.now()
        while not workflow.info().is_continue_as_new_suggested():
            self.wanted = False
            plan = await workflow.execute_activity(
                calls.ask_wanted,
                Ask(source_id=start.source_id),
                task_queue=PARTNERS,
                summary="Ask for what is wanted",
                **options.PARTNER,
            )
            if plan.over:
                return
            if plan.more:
                continue
            if workflow.now() >= due:
                due = workflow.now() + timedelta(seconds=plan.every)
                for name in plan.lists:
                    await self._list(name)
                continue
            await self._wait_until(due)
        workflow.continue_as_new(start.model_copy(update={"marks": self.marks}))

    @workflow.signal(name="wanted")
    def want(self) -> None:
        """A message said that something is to be asked for, or the source was changed."""
        self.wanted = True

    async def _wait_until(self, due: Instant) -> None:
        try:
            left = max(due - workflow.now(), timedelta(0))
            await workflow.wait_condition(lambda: self.wanted, timeout=left, timeout_summary="next look")
        except TimeoutError:
            return

    async def _list(self, name: str) -> None:
        """All that changed since the mark, window by window, page by page; where it is refused, the mark stays."""
        until = workflow.now()
        since = self.marks.get(name, self.start.since) - OVERLAP
        while since < until:
            end = min(since + WINDOW, until)
            if not await self._list_window(name, since, end):
                return
            since = end
        self.marks[name] = max(self.marks.get(name, self.start.since), until - SLOW_CLOCK)

    async def _list_window(self, name: str, since: Instant, until: Instant) -> bool:
        """Every page, and back: what changes meanwhile leaves the window, and the others move up behind the reader.

        Returns:
            Whether the platform gives the list.
        """
        pages = 1
        while (listed := await self._list_page(name, since, until, pages)).more:
            pages += 1
        for page in range(pages - 1, 0, -1):
            listed = await self._list_page(name, since, until, page)
        return not listed.refused

    async def _list_page(self, name: str, since: Instant, until: Instant, page: int) -> Listed:
        """One page."""
        request = ListChanged(source_id=self.start.source_id, name=name, since=since, until=until, page=page)
        listed: Listed = await workflow.execute_activity(
            calls.list_changed,
            request,
            task_queue=PARTNERS,
            summary=f"{name} changed, page {page}",
            **options.PARTNER,
        )
        if listed.latest:
            self.marks[name] = max(self.marks.get(name, self.start.since), listed.latest)
        return listed
