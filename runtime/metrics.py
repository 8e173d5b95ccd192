"""What the domain counts for Prometheus, beside what Temporal's SDK and the HTTP server count themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from prometheus_client import Counter, Gauge

OPEN_CASES = Gauge("caseline_open_cases", "Cases that have not ended.", ["kind"])
OVERDUE_DEADLINES = Gauge(
    "caseline_overdue_deadlines", "Running deadlines whose time has passed: workers or Temporal lag behind."
)
UNDELIVERED_EVENTS = Gauge(
    "caseline_undelivered_events", "Accepted events on their way to their case; parked ones not counted."
)
WEBHOOKS = Gauge(
    "caseline_webhooks", "Webhooks by how they stand; `away`: the receiver does not take what comes next.", ["standing"]
)
BACKLOG = Gauge("caseline_backlog", "New orders, paid or overdue, that have waited for a worker for half a second.")
SLOWED_OPENINGS = Counter("caseline_slowed_openings", "Openings told to come again, because the backlog is long.")
EVENTS = Counter("caseline_events", "Events received, by what became of them.", ["type", "status"])
REFUSED_ACTIONS = Counter("caseline_refused_actions", "Actions refused, once for each reason.", ["action", "reason"])


def show_open_cases(by_kind: Mapping[str, int]) -> None:
    """Set the gauge of every kind; a kind that is not named has none."""
    OPEN_CASES.clear()
    for kind, count in by_kind.items():
        OPEN_CASES.labels(kind=kind).set(count)


def show_overdue_deadlines(count: int) -> None:
    """Set how many running deadlines are overdue."""
    OVERDUE_DEADLINES.set(count)


def show_undelivered_events(count: int) -> None:
    """Set how many accepted events wait for delivery."""
    UNDELIVERED_EVENTS.set(count)


def show_webhooks(by_standing: Mapping[str, int]) -> None:
    """Set how many webhooks stand how."""
    for standing, count in by_standing.items():
        WEBHOOKS.labels(standing=standing).set(count)


def show_backlog(count: int) -> None:
    """Set how many accepted orders wait for a worker."""
    BACKLOG.set(count)


def count_slowed_opening() -> None:
    """Count one opening that was told to come again."""
    SLOWED_OPENINGS.inc()


def count_event(event_type: str, status: str) -> None:
    """Count one received event.

    Args:
        event_type: a type that the product knows, else `unknown`: senders must not be able to invent series.
        status: `accepted`, `duplicate`, `parked` or `rejected`.
    """
    EVENTS.labels(type=event_type, status=status).inc()


def count_refusal(action: str, reasons: Iterable[str]) -> None:
    """Count one refused action under every reason code that applied."""
    for reason in reasons:
        REFUSED_ACTIONS.labels(action=action, reason=reason).inc()
