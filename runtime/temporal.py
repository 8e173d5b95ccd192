"""The Temporal client: its converter, its errors, its metrics, and the search attributes that cases carry."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import Final

import structlog
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.client import Client
from temporalio.runtime import (
    LoggingConfig,
    LoggingFormat,
    PrometheusConfig,
    Runtime,
    TelemetryConfig,
    TelemetryFilter,
)
from temporalio.service import RPCError, RPCStatusCode, TLSConfig

from runtime.converter import DATA_CONVERTER
from runtime.errors import TemporalAway
from runtime.ports import require_free
from runtime.settings import LogFormat, Settings, variable

CONNECT_WITHIN = 10.0
ANSWERS_WITHIN = timedelta(seconds=1)

KEYWORD = IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD
INT = IndexedValueType.INDEXED_VALUE_TYPE_INT

SEARCH_ATTRIBUTES: Final[dict[str, IndexedValueType.ValueType]] = {
    "CaseKind": KEYWORD,
    "Merchant": KEYWORD,
    "Platform": KEYWORD,
    "Stage": KEYWORD,
    "Outcome": KEYWORD,
    "PolicyEdition": KEYWORD,
    "OpenWorkItems": INT,
}
"""What ops can search by; never personal data."""

HEARD: Final = (
    TelemetryFilter(core_level="WARN", other_level="ERROR").formatted()
    + ",temporalio_sdk_core::worker::activities::local_activities=error"
)
"""What the core logs; of a store call that took too long a line of ours tells."""
HEARD_IN_SANDBOX: Final = (
    f"{HEARD},temporalio_sdk_core::worker=error,temporalio_sdk_core::worker::workflow=warn"
    ",temporalio_sdk_core::worker::activities=warn"
)
"""A worker's start only where it fails; its workflows and activities as ever."""

NOT_OURS_TO_ADD = (RPCStatusCode.PERMISSION_DENIED, RPCStatusCode.UNIMPLEMENTED)

log = structlog.get_logger(__name__)


async def connect(settings: Settings, *, runtime: Runtime | None = None) -> Client:
    """A connected client that converts pydantic models.

    Args:
        settings: where Temporal is, and how to get in.
        runtime: what exports the SDK's metrics; None for the SDK's own, without metrics.

    Raises:
        TemporalAway: no server answers there.
    """
    key = settings.temporal_api_key
    try:
        async with asyncio.timeout(CONNECT_WITHIN):
            return await Client.connect(
                settings.temporal_address,
                namespace=settings.temporal_namespace,
                api_key=key.get_secret_value() if key else None,
                tls=_tls(settings),
                data_converter=DATA_CONVERTER,
                runtime=runtime,
            )
    except (RuntimeError, RPCError, TimeoutError) as error:
        raise TemporalAway(settings.temporal_address, _why(error)) from error


async def answers(client: Client) -> bool:
    """Whether Temporal itself answers at this moment; asked once."""
    try:
        return await client.service_client.check_health(timeout=ANSWERS_WITHIN)
    except RPCError:
        return False


async def register_search_attributes(client: Client) -> None:
    """Make the namespace know our search attributes; those that it knows already are fine.

    Temporal Cloud lets only its own tools add them: there a missing right is logged, not raised.
    """
    # One by one: a request with several fails whole when one of them exists.
    for name, kind in SEARCH_ATTRIBUTES.items():
        request = AddSearchAttributesRequest(namespace=client.namespace, search_attributes={name: kind})
        try:
            await client.operator_service.add_search_attributes(request)
        except RPCError as error:
            if error.status in NOT_OURS_TO_ADD:
                log.warning("may not add a search attribute; add it with the cluster's own tools", attribute=name)
            elif error.status is not RPCStatusCode.ALREADY_EXISTS:
                raise


def worker_runtime(settings: Settings) -> Runtime:
    """The SDK's core for a worker: its log lines in our format, its Prometheus metrics on their own port.

    Raises:
        PortTaken: somebody else listens on the metrics port.
    """
    metrics = None
    if settings.worker_metrics_port:
        require_free(settings.worker_metrics_port, settings.host, variable("worker_metrics_port"))
        metrics = PrometheusConfig(
            bind_address=f"{settings.host}:{settings.worker_metrics_port}",
            counters_total_suffix=True,
            unit_suffix=True,
            durations_as_seconds=True,
        )
    return _runtime(settings, metrics)


def client_runtime(settings: Settings) -> Runtime:
    """The SDK's core for a process that only calls Temporal: its log lines in our format."""
    return _runtime(settings, None)


def sandbox_runtime() -> Runtime:
    """The SDK's core for a worker on the time-skipping server: its log lines for people, as the sandbox's all are.

    That server does not say that it keeps heartbeats of failed activities, of which every worker would warn at its
    start; no activity of ours has a heartbeat.
    """
    return Runtime(
        telemetry=TelemetryConfig(logging=LoggingConfig(filter=HEARD_IN_SANDBOX, format=LoggingFormat.COMPACT))
    )


def _runtime(settings: Settings, metrics: PrometheusConfig | None) -> Runtime:
    shape = LoggingFormat.JSON if settings.log_format is LogFormat.JSON else LoggingFormat.COMPACT
    logging = LoggingConfig(filter=HEARD, format=shape)
    return Runtime(telemetry=TelemetryConfig(logging=logging, metrics=metrics))


def _why(error: Exception) -> str:
    """The cause in plain words; the SDK's core quotes its inner errors around it."""
    told = str(error).splitlines()
    if not told:
        return f"no answer within {CONNECT_WITHIN:.0f} s"
    causes: list[str] = re.findall(r'message: "([^"]+)"', told[0])
    return causes[-1].lower() if causes else told[0]


def _tls(settings: Settings) -> bool | TLSConfig | None:
    paths = (settings.temporal_tls_ca, settings.temporal_tls_cert, settings.temporal_tls_key)
    if not any(paths):
        # None lets the SDK decide: TLS when there is an API key.
        return True if settings.temporal_tls else None
    authority, certificate, key = (path.read_bytes() if path else None for path in paths)
    return TLSConfig(server_root_ca_cert=authority, client_cert=certificate, client_private_key=key)
