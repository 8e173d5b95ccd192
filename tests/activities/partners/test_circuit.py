"""Who may call a partner that has failed."""

import asyncio

import pytest

from activities.partners.away import PartnerAway
from activities.partners.circuit import THRESHOLD, Circuit
from domain.partners.partner import Partner
from tests.activities.serving import FakeClock


@pytest.fixture
def circuit(clock: FakeClock) -> Circuit:
    """A closed circuit."""
    return Circuit(Partner.ERP, clock)


async def fail(circuit: Circuit) -> str:
    """A call that the partner does not answer; the code that it ends with."""
    with pytest.raises(PartnerAway) as caught:
        async with circuit.passing():
            raise PartnerAway("http_503")
    return caught.value.code


async def open_it(circuit: Circuit) -> None:
    """Fails as often as it takes."""
    for _ in range(THRESHOLD):
        assert await fail(circuit) == "http_503"
    assert await fail(circuit) == "circuit_open"


async def test_a_success_between_failures_counts_from_the_start(circuit: Circuit) -> None:
    """Only failures in a row open it."""
    for _ in range(THRESHOLD - 1):
        await fail(circuit)
    async with circuit.passing():
        pass
    for _ in range(THRESHOLD):
        assert await fail(circuit) == "http_503"


async def test_only_one_call_tries_at_a_time(circuit: Circuit, clock: FakeClock) -> None:
    """While one call tries whether the partner is back, the others wait."""
    await open_it(circuit)
    clock.advance(seconds=5)
    async with circuit.passing():
        assert await fail(circuit) == "circuit_open"
    async with circuit.passing():
        pass


async def test_a_cancelled_trial_says_nothing(circuit: Circuit, clock: FakeClock) -> None:
    """A trial that our own process broke off neither closes the circuit nor keeps the next from trying."""
    await open_it(circuit)
    clock.advance(seconds=5)
    with pytest.raises(asyncio.CancelledError):
        async with circuit.passing():
            raise asyncio.CancelledError
    assert await fail(circuit) == "http_503"
    assert await fail(circuit) == "circuit_open"
