"""Interceptions by the carrier, over real HTTP."""

import json
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr
from starlette.responses import JSONResponse, Response
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.carrier import Carrier
from activities.partners.connection import PartnerConnection
from domain.partners.carrier import InterceptAnswer, InterceptRequest
from domain.partners.partner import FailureType, Partner
from tests.activities.serving import NOON, SECRET, FakeClock, ScriptedPartner

CASE = "intercept:demo:taobao:T1001:1:1"
REQUEST = InterceptRequest(
    intercept_id=f"{CASE}/errand/1",
    merchant="demo",
    platform="taobao",
    order_id="T1001",
    case_id=CASE,
    carrier="zto",
    tracking_no="ZT1",
)


@pytest.fixture
async def connection(address: str, clock: FakeClock) -> AsyncIterator[PartnerConnection]:
    """A connection to the scripted partner, as the carrier."""
    connection = PartnerConnection(Partner.CARRIER, address, SecretStr(SECRET), clock)
    yield connection
    await connection.close()


async def ask(connection: PartnerConnection) -> InterceptAnswer:
    """Asks as a worker does."""
    return await ActivityEnvironment().run(Carrier(connection).ask_carrier, REQUEST)


async def failure(connection: PartnerConnection) -> ApplicationError:
    with pytest.raises(ApplicationError) as caught:
        await ask(connection)
    return caught.value


@pytest.mark.rule("S1-03")
async def test_the_carrier_learns_the_parcel_and_whom_to_answer(
    connection: PartnerConnection, partner: ScriptedPartner
) -> None:
    """With a key by which it acts once."""
    await ask(connection)
    ((path, body),), (headers,) = partner.calls, partner.headers
    assert (path, headers["idempotency-key"]) == ("/interceptions", f"{CASE}/errand/1")
    assert json.loads(body) == REQUEST.model_dump(mode="json")


@pytest.mark.parametrize(
    ("answer", "understood"),
    [
        (
            b'{"intercepted": true, "reason": null, "at": "2026-11-11T12:00:00+08:00"}',
            InterceptAnswer(intercepted=True, at=NOON),
        ),
        (b'{"intercepted": false, "reason": "signed"}', InterceptAnswer(intercepted=False, reason="signed")),
        (b'{"intercepted": null, "reason": null, "at": null}', InterceptAnswer()),
        (b"{}", InterceptAnswer()),
    ],
)
async def test_stopped_not_stopped_or_later(
    connection: PartnerConnection, partner: ScriptedPartner, answer: bytes, understood: InterceptAnswer
) -> None:
    """An answer without a result is no success."""
    partner.answer = answer
    assert await ask(connection) == understood


@pytest.mark.parametrize("answer", [b"", b'{"intercepted": "perhaps"}', b'{"intercepted": false, "reason": "Mr Chen"}'])
async def test_an_answer_that_cannot_be_read_is_asked_for_again(
    connection: PartnerConnection, partner: ScriptedPartner, answer: bytes
) -> None:
    """Nothing is taken for a success that does not say so, and a carrier's own words stay out of histories."""
    partner.answer = answer
    failed = await failure(connection)
    assert (failed.type, failed.non_retryable) == (FailureType.UNAVAILABLE, False)
    assert "Chen" not in str(failed.message) + str(failed.details)


async def test_a_carrier_that_says_no_is_not_asked_again(
    connection: PartnerConnection, partner: ScriptedPartner
) -> None:
    """A 4xx is its no."""
    partner.queue.append(JSONResponse({"code": "unknown_parcel"}, 422))
    assert (await failure(connection)).non_retryable


async def test_a_carrier_that_is_down_is_asked_again(connection: PartnerConnection, partner: ScriptedPartner) -> None:
    """A 503 is no answer; the next try gets it."""
    partner.queue.append(Response(status_code=503))
    assert not (await failure(connection)).non_retryable
    partner.answer = b'{"intercepted": true}'
    assert (await ask(connection)).intercepted
