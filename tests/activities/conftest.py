"""A scripted partner behind real HTTP, and a connection to it on a clock that tests move."""

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from activities.partners.connection import PartnerConnection
from domain.partners.partner import Partner
from tests.activities.serving import SECRET, FakeClock, ScriptedPartner, served


@pytest.fixture
def clock() -> FakeClock:
    """Noon of 11 November, until moved."""
    return FakeClock()


@pytest.fixture
def partner() -> ScriptedPartner:
    """Answers 200 and `{}` unless told otherwise."""
    return ScriptedPartner()


@pytest.fixture
async def address(partner: ScriptedPartner) -> AsyncIterator[str]:
    """Where the scripted partner stands."""
    async with served(partner) as address:
        yield address


@pytest.fixture
async def connection(address: str, clock: FakeClock) -> AsyncIterator[PartnerConnection]:
    """A connection to the scripted partner, as the payments partner."""
    connection = PartnerConnection(Partner.PAYMENT, address, SecretStr(SECRET), clock)
    yield connection
    await connection.close()
