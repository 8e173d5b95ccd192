"""The floor's worker process: `python -m bench.floor_worker`, with the settings of `caseline worker`."""

import asyncio

from sqlalchemy import Connection, text
from temporalio import activity
from temporalio.client import Client
from temporalio.worker import Worker

from bench.floor import QUEUE, FloorCase, Step
from runtime.settings import load_settings
from runtime.signals import until_signalled
from runtime.tether import end_with_supervisor
from store.database import Database

TABLE = text("CREATE TABLE bench_steps (case_id TEXT, number INTEGER, name TEXT, PRIMARY KEY (case_id, number))")
INSERT = text("INSERT OR IGNORE INTO bench_steps VALUES (:case_id, :number, :name)")


async def make_table(db: Database) -> None:
    """The floor's own table, beside the read model's."""
    await db.write(Connection.execute, TABLE)


class Steps:
    """The floor's one activity."""

    def __init__(self, db: Database) -> None:
        self.db = db

    @activity.defn(name="record_step")
    async def record_step(self, step: Step) -> None:
        await self.db.write(Connection.execute, INSERT, vars(step))


async def serve() -> None:
    """Runs the floor's cases until cancelled, with the SDK's own settings throughout."""
    settings = load_settings()
    db = Database(settings.database_url)
    try:
        client = await Client.connect(settings.temporal_address)
        async with Worker(client, task_queue=QUEUE, workflows=[FloorCase], activities=[Steps(db).record_step]):
            await asyncio.Event().wait()
    finally:
        await db.close()


if __name__ == "__main__":
    end_with_supervisor()
    asyncio.run(until_signalled(serve()))
