"""The activities that workflows call, by name and type; `activities/` carries them out."""

from temporalio import activity

from domain.case.declare import LastScan
from domain.case.record import AskLastScan, RecordCase


@activity.defn(name="record_case")
async def record_case(write: RecordCase) -> None:
    """Writes the read model from one version to the next."""
    raise NotImplementedError


@activity.defn(name="last_scan")
async def last_scan(asked: AskLastScan) -> LastScan | None:
    """The newest scan in the store."""
    raise NotImplementedError
