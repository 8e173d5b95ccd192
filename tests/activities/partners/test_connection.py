"""What becomes of a partner's answers, over real HTTP."""

import traceback
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from pydantic import BaseModel, SecretStr
from standardwebhooks import Webhook
from starlette.responses import JSONResponse, Response
from temporalio.common import RetryPolicy
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.partners import connection as module
from activities.partners.connection import PartnerConnection
from domain.partners.partner import FailureType, Partner, PartnerFailure
from tests.activities.serving import SECRET, FakeClock, ScriptedPartner, breaking_off

HOURLY = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(hours=1))
BUYERS_NAME = "陈小姐"


class Question(BaseModel):
    """What the tests ask."""

    order_id: str = "T1001"


class Answered(BaseModel):
    """What they want to hear."""

    reference: str


async def ask(connection: PartnerConnection, key: str = "k-1", attempt: int = 1) -> Answered:
    """Asks as an activity in that attempt would."""
    environment = ActivityEnvironment()
    environment.info = replace(environment.info, attempt=attempt, retry_policy=HOURLY)

    async def activity() -> Answered:
        return await connection.post("/things", key, Question(), Answered)

    return await environment.run(activity)


async def failure(connection: PartnerConnection, attempt: int = 1) -> ApplicationError:
    """The failure that asking ends with."""
    with pytest.raises(ApplicationError) as caught:
        await ask(connection, attempt=attempt)
    return caught.value


def code(failed: ApplicationError) -> str:
    """The one detail that a failure carries."""
    (detail,) = failed.details
    assert isinstance(detail, PartnerFailure)
    return detail.code


async def test_a_call_is_signed_and_names_its_key(connection: PartnerConnection, partner: ScriptedPartner) -> None:
    """A partner can verify the call with the shared secret, and know a repetition by its key."""
    partner.answer = b'{"reference": "R1"}'
    assert (await ask(connection, "refund/T1:1")).reference == "R1"
    ((path, body),), (headers,) = partner.calls, partner.headers
    assert path == "/things"
    assert Webhook(SECRET).verify(body, headers) == {"order_id": "T1001"}
    assert headers["idempotency-key"] == headers["webhook-id"] == "refund/T1:1"


async def test_a_key_in_another_script_still_travels(connection: PartnerConnection, partner: ScriptedPartner) -> None:
    """A shop with a Chinese name makes keys that headers cannot hold as they are."""
    partner.answer = b'{"reference": "R1"}'
    await ask(connection, "order:小店:1")
    assert partner.headers[0]["idempotency-key"] == "order:%E5%B0%8F%E5%BA%97:1"


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 302])
async def test_what_may_pass_is_retried(connection: PartnerConnection, partner: ScriptedPartner, status: int) -> None:
    """An answer that speaks of the moment leaves the next attempt to the retry policy."""
    partner.queue.append(Response(status_code=status))
    failed = await failure(connection)
    assert failed.type == FailureType.UNAVAILABLE
    assert not failed.non_retryable
    assert failed.next_retry_delay is None
    assert code(failed) == f"http_{status}"


@pytest.mark.parametrize(
    ("said", "waits"),
    [
        ("90", timedelta(seconds=90)),
        ("86400", timedelta(hours=1)),
        ("9" * 40, timedelta(hours=1)),
        ("0", None),
        ("soon", None),
        ("-5", None),
    ],
)
async def test_retry_after_is_respected(
    connection: PartnerConnection, partner: ScriptedPartner, said: str, waits: timedelta | None
) -> None:
    """The next attempt waits as long as the partner asks, an hour at most; nonsense asks for nothing."""
    partner.queue.append(Response(status_code=503, headers={"Retry-After": said}))
    assert (await failure(connection)).next_retry_delay == waits


async def test_a_retry_after_may_be_a_date(connection: PartnerConnection, partner: ScriptedPartner) -> None:
    """A date counts by the clock of the partner who wrote it, however wrong that is."""
    theirs = datetime(2019, 1, 1, tzinfo=UTC)
    until = format_datetime(theirs + timedelta(minutes=2), usegmt=True)
    headers = {"Date": format_datetime(theirs, usegmt=True), "Retry-After": until}
    partner.queue.append(Response(status_code=429, headers=headers))
    assert (await failure(connection)).next_retry_delay == timedelta(minutes=2)


async def test_a_short_retry_after_does_not_hurry(connection: PartnerConnection, partner: ScriptedPartner) -> None:
    """In a long outage the growing delays of the retry policy stand: two days are not 172,800 calls."""
    for attempt in (4, 2000):
        partner.queue.append(Response(status_code=503, headers={"Retry-After": "1"}))
        assert (await failure(connection, attempt)).next_retry_delay is None


async def test_a_no_is_final_and_keeps_only_its_code(connection: PartnerConnection, partner: ScriptedPartner) -> None:
    """A refusal is not retried, and of what the partner wrote only the code goes into the history."""
    problem = {"code": "account_closed", "detail": f"{BUYERS_NAME}的账户已注销", "title": BUYERS_NAME}
    partner.queue.append(JSONResponse(problem, 400))
    failed = await failure(connection)
    assert failed.type == FailureType.REFUSED
    assert failed.non_retryable
    assert failed.details == (PartnerFailure(partner=Partner.PAYMENT, status=400, code="account_closed"),)
    assert BUYERS_NAME not in told(failed)


@pytest.mark.parametrize("body", [{"code": BUYERS_NAME}, {"code": f"no {BUYERS_NAME}"}, {"detail": BUYERS_NAME}, []])
async def test_what_is_no_code_is_not_taken_for_one(
    connection: PartnerConnection, partner: ScriptedPartner, body: Any
) -> None:
    """Free text where a code belongs is replaced by the status."""
    partner.queue.append(JSONResponse(body, 404))
    failed = await failure(connection)
    assert code(failed) == "http_404"
    assert BUYERS_NAME not in told(failed)


async def test_an_answer_that_cannot_be_read_is_asked_for_again(
    connection: PartnerConnection, partner: ScriptedPartner
) -> None:
    """The partner may have done it, so the same key is sent again; what it wrote stays out of the history."""
    partner.queue.append(JSONResponse({"reference": [BUYERS_NAME]}))
    failed = await failure(connection)
    assert not failed.non_retryable
    assert code(failed) == "unreadable_answer"
    assert BUYERS_NAME not in told(failed)


async def test_an_answer_lost_on_its_way_is_retried(clock: FakeClock) -> None:
    """The partner may have done it; the same key is sent again."""
    async with breaking_off() as address:
        connection = PartnerConnection(Partner.PAYMENT, address, SecretStr(SECRET), clock)
        failed = await failure(connection)
        await connection.close()
    assert (failed.type, code(failed)) == (FailureType.UNAVAILABLE, "no_connection")
    assert not failed.non_retryable


async def test_nobody_there_is_retried(clock: FakeClock) -> None:
    """Where nothing listens the call fails retryably."""
    nowhere = PartnerConnection(Partner.ERP, "http://127.0.0.1:9", SecretStr(SECRET), clock)
    failed = await failure(nowhere)
    assert (failed.type, code(failed)) == (FailureType.UNAVAILABLE, "no_connection")
    assert not failed.non_retryable
    await nowhere.close()


async def test_a_partner_that_hangs_is_retried(
    connection: PartnerConnection, partner: ScriptedPartner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call has an end, whatever the partner does."""
    monkeypatch.setattr(module, "CALL_WITHIN", 0.0)
    failed = await failure(connection)
    assert (failed.type, code(failed)) == (FailureType.UNAVAILABLE, "timeout")


async def test_none_connected_is_told_at_once(clock: FakeClock) -> None:
    """Without an address the case learns that people do it by hand."""
    none = PartnerConnection(Partner.CARRIER, None, SecretStr(SECRET), clock)
    failed = await failure(none)
    assert (failed.type, failed.non_retryable) == (FailureType.NOT_CONNECTED, True)
    await none.close()


async def test_a_failing_partner_is_left_alone_then_tried_by_one(
    connection: PartnerConnection, partner: ScriptedPartner, clock: FakeClock
) -> None:
    """After five failures in a row no call goes out for five seconds; then one does, and its success lets all go."""
    partner.answer = b'{"reference": "R1"}'
    partner.queue.extend(Response(status_code=503) for _ in range(5))
    for _ in range(5):
        assert code(await failure(connection)) == "http_503"
    clock.advance(seconds=2)
    left_alone = await failure(connection)
    assert (code(left_alone), left_alone.next_retry_delay) == ("circuit_open", timedelta(seconds=3))
    assert len(partner.calls) == 5
    clock.advance(seconds=3)
    await ask(connection)
    await ask(connection)
    assert len(partner.calls) == 7


async def test_a_trial_that_fails_opens_it_again(
    connection: PartnerConnection, partner: ScriptedPartner, clock: FakeClock
) -> None:
    """A partner that is still away costs one call every five seconds."""
    partner.queue.extend(Response(status_code=503) for _ in range(6))
    for _ in range(5):
        await failure(connection)
    clock.advance(seconds=5)
    assert code(await failure(connection)) == "http_503"
    assert code(await failure(connection)) == "circuit_open"
    assert len(partner.calls) == 6


async def test_refusals_do_not_open_the_circuit(connection: PartnerConnection, partner: ScriptedPartner) -> None:
    """A partner that says no is there."""
    partner.answer = b'{"reference": "R1"}'
    partner.queue.extend(Response(status_code=400) for _ in range(6))
    for _ in range(6):
        assert code(await failure(connection)) == "http_400"
    assert (await ask(connection)).reference == "R1"


def told(failed: ApplicationError) -> str:
    """Everything of a failure that Temporal would write down: its causes too."""
    return "".join(traceback.format_exception(failed)) + repr(failed.details)
