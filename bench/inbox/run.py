"""The whole run: the shop is filled, then each step is measured, one call at a time and several at once."""

from collections.abc import Callable
from random import Random

from sqlalchemy import Connection, text

from bench.inbox import completing
from bench.inbox.bare import Bare
from bench.inbox.figures import InboxReport, Measured
from bench.inbox.filling import AGENT, fill
from bench.inbox.measuring import WARM_UP, Call, Step, measured
from bench.inbox.pages import pages
from bench.inbox.setup import InboxSetup, running_setup
from bench.machine import Beginning
from store.database import Database

SEED = 5

Said = Callable[[str], None]


async def run(items: int, calls: int, at_once: int, say: Said) -> InboxReport:
    """Measures every step.

    Args:
        items: open tasks of the shop.
        calls: measured of each step.
        at_once: how many people work at the same time.
        say: is told what happens next.
    """
    began = Beginning.now()
    say("starting PostgreSQL, an embedded Temporal server, a worker and the API")
    async with running_setup() as setup:
        say(f"filling in {items} open tasks")
        await fill(setup.db, items, Random(SEED))
        bare = Bare(setup.db)
        steps: list[Measured] = []
        for step in [*await pages(setup, bare, calls + WARM_UP), *await _by_one_person(setup, bare, calls + WARM_UP)]:
            say(step.name)
            steps.append(await measured(step, at_once))
        for prepare in (completing.store_part, completing.whole):
            say("opening orders whose tasks are to be completed")
            step = await prepare(setup, bare, calls + WARM_UP)
            say(step.name)
            steps.append(await measured(step, at_once))
        return InboxReport(
            started_at=began.started_at,
            machine=began.machine(),
            items=await bare.open_items(),
            at_once=at_once,
            postgres=await _postgres(setup.db),
            steps=steps,
        )


async def _by_one_person(setup: InboxSetup, bare: Bare, calls: int) -> list[Step]:
    """Tasks from anywhere in the inbox: claimed, then released."""
    free = await bare.free_items(calls)
    return [
        Step("claim", _posting(setup, "claim"), bare.changing(assignee=AGENT.account), free),
        Step("release", _posting(setup, "release"), bare.changing(assignee=None), free),
    ]


def _posting(setup: InboxSetup, step: str) -> Call:
    async def post(item_id: str) -> None:
        (await setup.http.post(f"/v1/work-items/{item_id}/{step}")).raise_for_status()

    return post


async def _postgres(db: Database) -> str:
    return str(await db.read(Connection.scalar, text("SHOW server_version")))
