"""The floor's worker process: `python -m bench.floor_worker`, with the settings of `caseline worker`."""

import asyncio

from sqlalchemy import Engine, text
from temporalio import activity
from temporalio.client import Client
from temporalio.worker import Worker

from bench.databases import plain_engine
from bench.floor import QUEUE, BareTimer, FloorCase, Step
from runtime.settings import load_settings
from runtime.signals import until_signalled
from runtime.tether import end_with_supervisor

TABLE = text("CREATE TABLE bench_steps (case_id TEXT, number INTEGER, name TEXT, PRIMARY KEY (case_id, number))")
INSERT = text("INSERT INTO bench_steps VALUES (:case_id, :number, :name) ON CONFLICT DO NOTHING")


def make_table(url: str) -> None:
    """The floor's own table, beside the read model's."""
    engine = plain_engine(url)
    with engine.begin() as connection:
        connection.execute(TABLE)
    engine.dispose()


class Steps:
    """The floor's one activity."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @activity.defn(name="record_step")
    async def record_step(self, step: Step) -> None:
        await asyncio.to_thread(self._insert, step)

    def _insert(self, step: Step) -> None:
        with self.engine.begin() as connection:
            connection.execute(INSERT, vars(step))


async def serve() -> None:
    """Runs the floor's cases until cancelled, with the SDK's own settings throughout."""
    settings = load_settings()
    engine = plain_engine(settings.database_url)
    try:
        client = await Client.connect(settings.temporal_address)
        steps = Steps(engine)
        workflows = [FloorCase, BareTimer]
        async with Worker(client, task_queue=QUEUE, workflows=workflows, activities=[steps.record_step]):
            await asyncio.Event().wait()
    finally:
        engine.dispose()


if __name__ == "__main__":
    end_with_supervisor()
    asyncio.run(until_signalled(serve()))
