"""The domain's metrics as Prometheus reads them."""

from __future__ import annotations

from prometheus_client import REGISTRY

from runtime import metrics


def value(name: str, **labels: str) -> float | None:
    """What the registry holds for a series; None when there is none."""
    return REGISTRY.get_sample_value(name, labels)


def test_open_cases_are_shown_by_kind() -> None:
    """Each showing replaces the one before: a kind without open cases vanishes."""
    metrics.show_open_cases({"order": 3, "complaint": 1})
    metrics.show_open_cases({"order": 2})
    assert value("caseline_open_cases", kind="order") == 2
    assert value("caseline_open_cases", kind="complaint") is None


def test_backlogs_are_shown() -> None:
    """Overdue deadlines and undelivered events stand at the number shown last."""
    metrics.show_overdue_deadlines(5)
    metrics.show_overdue_deadlines(4)
    metrics.show_undelivered_events(7)
    assert value("caseline_overdue_deadlines") == 4
    assert value("caseline_undelivered_events") == 7


def test_events_count_by_type_and_status() -> None:
    """Every received event counts once, under what became of it."""
    metrics.count_event("test.event", "accepted")
    metrics.count_event("test.event", "accepted")
    metrics.count_event("test.event", "duplicate")
    assert value("caseline_events_total", type="test.event", status="accepted") == 2
    assert value("caseline_events_total", type="test.event", status="duplicate") == 1


def test_a_refused_action_counts_under_each_reason() -> None:
    """An action refused for two reasons shows under both."""
    metrics.count_refusal("test_action", ["not_shipped", "invalid_days"])
    assert value("caseline_refused_actions_total", action="test_action", reason="not_shipped") == 1
    assert value("caseline_refused_actions_total", action="test_action", reason="invalid_days") == 1
