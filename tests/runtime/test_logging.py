"""One shape for every log line."""

from __future__ import annotations

import asyncio
import dataclasses
import io
import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from runtime.errors import Away
from runtime.logging import set_up_logging
from runtime.settings import LogFormat, LogLevel


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    """Logging as it was before, for the tests after this one."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    logging.getLogger("uvicorn.access").propagate = True  # a server in this process turned it off
    yield
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


@pytest.fixture
def stream() -> io.StringIO:
    """What was written, at level info and as JSON."""
    stream = io.StringIO()
    set_up_logging(LogLevel.INFO, LogFormat.JSON, stream)
    return stream


def only_line(stream: io.StringIO) -> dict[str, Any]:
    """The one line written, decoded."""
    (line,) = stream.getvalue().splitlines()
    decoded: dict[str, Any] = json.loads(line)
    return decoded


def test_our_lines_are_json_with_utc_times(stream: io.StringIO) -> None:
    """A line holds the text, the named values, level, logger and an ISO time in UTC."""
    structlog.get_logger("caseline.relay").info("delivered", count=3)
    line = only_line(stream)
    assert (line["event"], line["count"]) == ("delivered", 3)
    assert (line["level"], line["logger"]) == ("info", "caseline.relay")
    assert datetime.fromisoformat(line["at"]).utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "name", ["uvicorn.error", "uvicorn.access", "temporalio.worker", "alembic.runtime", "sqlalchemy"]
)
def test_libraries_write_the_same_shape(stream: io.StringIO, name: str) -> None:
    """What libraries say through the standard library comes out as ours does."""
    logging.getLogger(name).warning("%s of %s", 1, 2)
    line = only_line(stream)
    assert (line["event"], line["level"], line["logger"]) == ("1 of 2", "warning", name)
    assert "at" in line


def test_a_bound_case_is_on_every_line(stream: io.StringIO) -> None:
    """Within a case's context, our lines and the libraries' carry its id."""
    with structlog.contextvars.bound_contextvars(case_id="order:demo:taobao:T1"):
        structlog.get_logger().info("ours")
        logging.getLogger("sqlalchemy").warning("theirs")
    case_ids = [json.loads(line)["case_id"] for line in stream.getvalue().splitlines()]
    assert case_ids == ["order:demo:taobao:T1"] * 2


@pytest.mark.parametrize("details", ["temporal_workflow", "temporal_activity"])
def test_lines_of_temporal_carry_the_case_id(stream: io.StringIO, details: str) -> None:
    """The workflow id that the SDK attaches is the case id."""
    extra = {details: {"workflow_id": "order:demo:taobao:T1", "attempt": 1}}
    logging.getLogger("temporalio.workflow").warning("woken", extra=extra)
    assert only_line(stream)["case_id"] == "order:demo:taobao:T1"


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (
            ApplicationError("payment cannot answer now: timeout", type="partner_unavailable"),
            "payment cannot answer now: timeout",
        ),
        (Away("the database is locked"), "the database is locked"),
        (asyncio.CancelledError(), "it took too long"),
    ],
    ids=["partner", "database", "timeout"],
)
async def test_a_failed_attempt_is_one_line(stream: io.StringIO, error: BaseException, why: str) -> None:
    """What is tried again by itself says what, how often and why; the SDK would write its stack each time."""
    await fail_an_attempt(error)
    line = only_line(stream)
    assert (line["event"], line["activity"]) == ("an attempt failed", "pay_refund")
    assert (line["attempt"], line["why"]) == (1, why)
    assert "exception" not in line


async def test_a_defect_in_an_activity_shows_its_stack(stream: io.StringIO) -> None:
    """Nobody foresaw it: whoever mends it needs to know where it arose."""
    await fail_an_attempt(KeyError("sku"))
    line = only_line(stream)
    assert line["activity"] == "pay_refund"
    assert "KeyError: 'sku'" in line["exception"]


async def fail_an_attempt(error: BaseException) -> None:
    """Logs a failed attempt as the SDK's worker does."""

    @activity.defn(name="pay_refund")
    async def failing() -> None:
        try:
            raise error
        except BaseException:
            activity.logger.warning(
                "Completing activity as failed", exc_info=True, extra={"__temporal_error_identifier": "ActivityFailure"}
            )

    environment = ActivityEnvironment()
    environment.info = dataclasses.replace(environment.info, activity_type="pay_refund")
    await environment.run(failing)


def test_an_exception_is_one_line(stream: io.StringIO) -> None:
    """A trace is a value of its line, so that a collector keeps it together."""
    try:
        raise ValueError("broken")
    except ValueError:
        structlog.get_logger().exception("failed")
    assert "ValueError: broken" in only_line(stream)["exception"]


@pytest.mark.parametrize("name", ["sqlalchemy.engine", "httpx", "uvicorn.error", "temporalio.worker._worker"])
def test_libraries_that_tell_too_much_are_quiet(name: str) -> None:
    """Even at debug, no queries with their values and no addresses with theirs are written."""
    stream = io.StringIO()
    set_up_logging(LogLevel.DEBUG, LogFormat.JSON, stream)
    logging.getLogger(name).info("SELECT … [13800000000]")
    assert not stream.getvalue()


def test_less_important_lines_are_left_out(stream: io.StringIO) -> None:
    """At level info, debug lines of either kind are not written."""
    structlog.get_logger().debug("ours")
    logging.getLogger("temporalio").debug("theirs")
    assert not stream.getvalue()


def test_the_console_is_for_people() -> None:
    """On a terminal a line is no JSON, and Chinese stays readable."""
    stream = io.StringIO()
    set_up_logging(LogLevel.INFO, LogFormat.CONSOLE, stream)
    structlog.get_logger().info("policy read", title="淘宝")
    assert "title=淘宝" in stream.getvalue()
    assert not stream.getvalue().startswith("{")
