"""Log lines: one shape for ours and for the libraries', times in UTC, the case id where one is known.

Nothing here writes bodies, payloads or headers, and a message is a fixed text with named values: no personal
data gets in unless a caller names it.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import Final, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from runtime.errors import Away
from runtime.settings import LogFormat, LogLevel

QUIETER: Final = ("sqlalchemy.engine", "httpx", "alembic", "temporalio.worker", "uvicorn.error")
"""Libraries that below level warning write queries or addresses in full, or what our own lines say (who serves)."""

TEMPORAL_DETAILS: Final = ("temporal_workflow", "temporal_activity")


def set_up_logging(level: LogLevel, shape: LogFormat, stream: TextIO | None = None) -> None:
    """Send structlog and the standard library's logging to one stream in one shape.

    Args:
        level: the least important lines to write.
        shape: JSON for machines, or console for people.
        stream: where to; standard error when not given.
    """
    target = stream or sys.stderr
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        case_id_of_temporal,
        failed_attempt_of_temporal,
    ]
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=_rendering(shape, target))
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in QUIETER:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def case_id_of_temporal(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The workflow id is the case id: lines from workflows and activities carry it without being told."""
    record = event.get("_record")
    for name in TEMPORAL_DETAILS:
        details = getattr(record, name, None)
        if details is not None:
            event.setdefault("case_id", details.get("workflow_id"))
    return event


def failed_attempt_of_temporal(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """An attempt of an activity that failed is told in a line; only one that nobody foresaw shows its stack.

    The SDK writes a stack for each, also when a partner is away for days or the store was slow for a second. Temporal
    makes the attempt again, and its UI has the failure too.
    """
    record = event.get("_record")
    if record is None or getattr(record, "__temporal_error_identifier", None) != "ActivityFailure":
        return event
    _, error, _ = record.exc_info
    details = record.temporal_activity
    event.update(event="an attempt failed", activity=details["activity_type"], attempt=details["attempt"])
    if why := _foreseen(error):
        event["why"] = why
        del event["exc_info"]
    return event


def _foreseen(error: BaseException) -> str | None:
    """Why an attempt failed that may fail: somebody is away, says no, or took too long; None for anything else."""
    from temporalio.exceptions import ApplicationError  # slow to import; what failed an attempt has it already

    if isinstance(error, asyncio.CancelledError):
        return "it took too long"
    if isinstance(error, ApplicationError):
        return error.message
    return str(error) if isinstance(error, Away) else None


def _rendering(shape: LogFormat, target: TextIO) -> list[Processor]:
    clean = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if shape is LogFormat.CONSOLE:
        plain = structlog.dev.plain_traceback  # the rich one would show local values, personal ones too
        return [clean, structlog.dev.ConsoleRenderer(colors=target.isatty(), exception_formatter=plain)]
    json = structlog.processors.JSONRenderer(ensure_ascii=False)
    return [clean, structlog.processors.format_exc_info, json]
