"""A circuit breaker: a partner that fails again and again is left alone for a moment.

It asks a clock that it is given, so that it also works on the test clock, and lets one call at a time try a partner
that has failed; none of the circuit breaker libraries does either.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import structlog

from activities.partners.away import PartnerAway
from domain.partners.partner import Partner
from runtime.clock import Clock

log = structlog.get_logger(__name__)

THRESHOLD = 5
"""Failures in a row that open the circuit."""
OPEN_FOR = timedelta(seconds=5)
"""How long it stays open. Each call waits longer and longer by itself; this spares the partner many cases at once."""


class Circuit:
    """Closed: calls pass. Open: none does. After that: one tries, and closes or opens it again."""

    def __init__(self, partner: Partner, clock: Clock) -> None:
        self._partner, self._clock = partner, clock
        self._failures = 0
        self._opened_at: datetime | None = None
        self._trying = False

    @asynccontextmanager
    async def passing(self) -> AsyncIterator[None]:
        """A call to the partner; PartnerAway from within counts against it.

        Raises:
            PartnerAway: the circuit is open; the block was not entered.
        """
        trial = self._admit(await self._clock.now())
        try:
            yield
        except PartnerAway:
            self._note_failure(await self._clock.now(), trial)
            raise
        else:
            self._note_success()
        finally:
            # A call that was cancelled has learnt nothing about the partner; the next may try.
            self._trying = self._trying and not trial

    def _admit(self, now: datetime) -> bool:
        """Whether this call is the one that tries a partner that has failed. Raises PartnerAway."""
        if self._opened_at is None:
            return False
        left = self._opened_at + OPEN_FOR - now
        if self._trying or left > timedelta(0):
            raise PartnerAway("circuit_open", retry_after=OPEN_FOR if self._trying else min(left, OPEN_FOR))
        self._trying = True
        return True

    def _note_success(self) -> None:
        if self._opened_at:
            log.info("circuit_closed", partner=self._partner)
        self._failures, self._opened_at = 0, None

    def _note_failure(self, now: datetime, trial: bool) -> None:
        self._failures += 1
        if trial or (self._opened_at is None and self._failures >= THRESHOLD):
            self._opened_at = now
            log.warning("circuit_opened", partner=self._partner, failures=self._failures)
