"""Locks in the ERP, over real HTTP."""

import json

import pytest
from pydantic import SecretStr
from starlette.responses import JSONResponse
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.erp import Erp
from activities.partners.connection import PartnerConnection
from domain.partners.erp import LockAnswer, LockedLine, LockRequest
from domain.partners.partner import FailureType, Partner, PartnerFailure
from tests.activities.serving import SECRET, FakeClock, ScriptedPartner

HOLD = "hold:demo:taobao:T1001:1"


def lock_request(*, lock: bool) -> LockRequest:
    """One line of an order."""
    return LockRequest(
        lock_id=f"{HOLD}/errand/3",
        merchant="demo",
        platform="taobao",
        order_id="T1001",
        hold_case_id=HOLD,
        line_ids=["2"],
        lines=[LockedLine(line_id="2", quantity=1)],
        lock=lock,
    )


async def ask(connection: PartnerConnection, *, lock: bool = True) -> LockAnswer:
    """Asks as a worker does."""
    return await ActivityEnvironment().run(Erp(connection).lock_order, lock_request(lock=lock))


@pytest.mark.rule("S0-17")
@pytest.mark.parametrize(("lock", "path"), [(True, "/order-locks"), (False, "/order-unlocks")])
async def test_locks_and_unlocks_go_their_own_ways(
    connection: PartnerConnection, partner: ScriptedPartner, lock: bool, path: str
) -> None:
    """The ERP gets the lines, the hold to answer for, and a key by which it acts once."""
    partner.answer = b'{"locked": true, "reason": null}'
    await ask(connection, lock=lock)
    ((called, body),), (headers,) = partner.calls, partner.headers
    assert (called, headers["idempotency-key"]) == (path, f"{HOLD}/errand/3")
    assert json.loads(body) == lock_request(lock=lock).model_dump(mode="json")


@pytest.mark.parametrize(
    ("answer", "understood"),
    [
        (b'{"locked": true, "reason": null}', LockAnswer(locked=True)),
        (b'{"locked": false, "reason": "already_packed"}', LockAnswer(locked=False, reason="already_packed")),
        (b'{"locked": null, "reason": null}', LockAnswer()),
        (b"{}", LockAnswer()),
    ],
)
async def test_an_answer_without_a_result_is_no_success(
    connection: PartnerConnection, partner: ScriptedPartner, answer: bytes, understood: LockAnswer
) -> None:
    """Locked, not locked, or later."""
    partner.answer = answer
    assert await ask(connection) == understood


@pytest.mark.parametrize("answer", [b"", b'{"locked": "perhaps"}', b'{"locked": false, "reason": "Customer Chen"}'])
async def test_an_answer_that_cannot_be_read_is_asked_for_again(
    connection: PartnerConnection, partner: ScriptedPartner, answer: bytes
) -> None:
    """Nothing is taken for a lock that does not say so, and an ERP's own words stay out of histories."""
    partner.answer = answer
    failed = await failure(connection)
    assert (failed.type, failed.non_retryable) == (FailureType.UNAVAILABLE, False)
    assert "Chen" not in str(failed.message) + str(failed.details)


async def test_an_erp_that_says_no_is_not_asked_again(connection: PartnerConnection, partner: ScriptedPartner) -> None:
    """A 4xx is its no, with its code."""
    partner.queue.append(JSONResponse({"code": "unknown_order"}, 404))
    failed = await failure(connection)
    assert (failed.type, failed.non_retryable) == (FailureType.REFUSED, True)
    (detail,) = failed.details
    assert isinstance(detail, PartnerFailure)
    assert detail.code == "unknown_order"


@pytest.mark.parametrize(("url", "secret"), [(None, SecretStr(SECRET)), ("http://127.0.0.1:9", None)])
async def test_without_an_erp_a_lock_ends_at_once(url: str | None, secret: SecretStr | None, clock: FakeClock) -> None:
    """No address or no secret: not connected, and nobody waits."""
    connection = PartnerConnection(Partner.ERP, url, secret, clock)
    failed = await failure(connection)
    await connection.close()
    assert (failed.type, failed.non_retryable) == (FailureType.NOT_CONNECTED, True)


async def failure(connection: PartnerConnection) -> ApplicationError:
    """The failure that asking ends with."""
    with pytest.raises(ApplicationError) as caught:
        await ask(connection)
    return caught.value
