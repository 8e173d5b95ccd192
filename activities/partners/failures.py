"""What a failed call becomes in a history: a type and a code, never a partner's own words, which may name people."""

from datetime import timedelta

from temporalio import activity
from temporalio.common import RetryPolicy
from temporalio.exceptions import ApplicationError

from activities.partners.away import PartnerAway
from domain.partners.partner import FailureType, Partner, PartnerFailure

LONGEST_WAIT = timedelta(hours=1)
"""A partner may ask for more, but is asked again after this."""


def unavailable(partner: Partner, away: PartnerAway) -> ApplicationError:
    """A failure that is retried: when the retry policy says so, or later where the partner asks for that."""
    failure = PartnerFailure(partner=partner, status=away.status, code=away.code)
    return ApplicationError(
        f"{partner} cannot answer now: {away.code}",
        failure,
        type=FailureType.UNAVAILABLE,
        next_retry_delay=_later_than_own(away.retry_after),
    )


def refused(partner: Partner, code: str, status: int | None = None) -> ApplicationError:
    """A failure that is not retried: the partner said no."""
    failure = PartnerFailure(partner=partner, status=status, code=code)
    return ApplicationError(f"{partner} said no: {code}", failure, type=FailureType.REFUSED, non_retryable=True)


def not_connected(partner: Partner) -> ApplicationError:
    """A failure that is not retried: the settings name no such partner."""
    failure = PartnerFailure(partner=partner, code="not_connected")
    return ApplicationError(
        f"no {partner} partner is connected", failure, type=FailureType.NOT_CONNECTED, non_retryable=True
    )


def _later_than_own(asked: timedelta | None) -> timedelta | None:
    """The delay to set, which replaces the retry policy's own; none where that one is longer anyway.

    A partner that answers `Retry-After: 1` for two days would otherwise be asked 172,800 times.
    """
    if asked is None or min(asked, LONGEST_WAIT) <= _own_delay():
        return None
    return min(asked, LONGEST_WAIT)


def _own_delay() -> timedelta:
    """What the retry policy lets pass before the next attempt."""
    info = activity.info()
    policy = info.retry_policy or RetryPolicy()
    longest = policy.maximum_interval or 100 * policy.initial_interval
    grown = policy.initial_interval.total_seconds() * policy.backoff_coefficient ** min(info.attempt - 1, 60)
    return timedelta(seconds=min(grown, longest.total_seconds()))
