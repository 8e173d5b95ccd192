"""Timeouts and retries of every activity, by name."""

from datetime import timedelta
from typing import TypedDict

from temporalio.common import RetryPolicy

from domain.webhooks import pauses


class LocalOptions(TypedDict):
    """Options of a local activity."""

    start_to_close_timeout: timedelta
    retry_policy: RetryPolicy


class ActivityOptions(TypedDict):
    """Options of an ordinary activity."""

    start_to_close_timeout: timedelta
    retry_policy: RetryPolicy


class DeliveryOptions(ActivityOptions):
    """Options of an activity that gives signs of life; a worker that died is known by its silence."""

    heartbeat_timeout: timedelta


class ReceiverOptions(DeliveryOptions):
    """Options of a delivery that is given up some day."""

    schedule_to_close_timeout: timedelta


STORE_FAST = LocalOptions(
    start_to_close_timeout=timedelta(seconds=3),
    retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=100), maximum_attempts=2),
)
"""The store as it should be: up, and quick. Attempts bound it, for `schedule_to_close` would not. On a machine that is
full, a second made waiting into failing; two attempts of three still let a step be answered in time."""

STORE_SURELY = ActivityOptions(
    start_to_close_timeout=timedelta(seconds=30),
    retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)),
)
"""The store while it is down: until it is back."""

PARTNER = ActivityOptions(
    start_to_close_timeout=timedelta(seconds=30),
    retry_policy=RetryPolicy(initial_interval=timedelta(seconds=2), maximum_interval=timedelta(hours=1)),
)
"""A partner: asked again until it answers, at least every hour."""

DELIVERY = DeliveryOptions(
    start_to_close_timeout=timedelta(seconds=60),
    heartbeat_timeout=timedelta(seconds=10),
    retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)),
)
"""A delivery to a receiver that took what it was sent before: only our own parts can fail it."""

RECEIVER = ReceiverOptions(
    start_to_close_timeout=timedelta(seconds=60),
    heartbeat_timeout=timedelta(seconds=10),
    schedule_to_close_timeout=pauses.GIVEN_UP_AFTER,
    retry_policy=RetryPolicy(initial_interval=2 * pauses.FIRST, maximum_interval=pauses.LONGEST),
)
"""The receiver of a webhook that did not take something: tried again with growing pauses, at least every hour unless it
asks for longer ones, and given up after three days."""

RECEIVER_ONCE = ActivityOptions(
    start_to_close_timeout=timedelta(seconds=30), retry_policy=RetryPolicy(maximum_attempts=1)
)
"""A test delivery: somebody waits for what comes of it."""
