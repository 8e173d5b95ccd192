"""The connectors against the sandbox's partner systems, over real HTTP: done once, however often it is asked."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
import yaml
from fastapi import FastAPI
from pydantic import BaseModel, SecretStr
from sqlalchemy import Connection
from standardwebhooks import Webhook
from starlette.types import Receive, Scope, Send
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.messaging import Messaging
from activities.partners.connections import PartnerConnections, partner_connections
from activities.payments import Payments
from api import problems
from api.middleware import AccessMiddleware
from domain.partners.messages import SendMessage
from domain.partners.partner import FailureType, PartnerFailure
from domain.partners.refunds import RefundRequest
from domain.partners.templates import MessageTemplate
from runtime.partners import PARTNER_PATHS, PARTNER_SYSTEMS, sandbox_partners
from runtime.settings import Settings
from sandbox.demo import seed_demo
from sandbox.partners.routes import control_routes
from sandbox.partners.systems import PartnerSystems, system_routes
from services.callers import Callers
from store import messages
from store.database import Database
from store.messages import Message
from tests.activities.serving import NOON, SECRET, FakeClock, served
from tests.store.scenes import open_order, order

R = TypeVar("R", bound=BaseModel)
DOCUMENTS = Path(__file__).resolve().parents[2] / "docs" / "partners"
REFUND = RefundRequest(
    refund_id="after-sale:demo:taobao:T1001:1/refund-1",
    merchant="demo",
    platform="taobao",
    order_id="T1001",
    case_id="after-sale:demo:taobao:T1001:1",
    amount=Decimal("199.00"),
)
HELD = SendMessage(
    message_id="hold:demo:taobao:T1001:1/succeeded",
    merchant="demo",
    case_id="order:demo:taobao:T1001",
    order_id="T1001",
    template=MessageTemplate.SHIP_HOLD_SUCCEEDED,
)


@dataclass
class Scene:
    """The sandbox's partners served, and a worker's connections to them."""

    http: httpx.AsyncClient
    partners: PartnerConnections
    clock: FakeClock
    db: Database

    async def run(self, activity: Callable[[Any], Awaitable[R]], request: BaseModel) -> R:
        return await ActivityEnvironment().run(activity, request)

    async def failing(self, activity: Callable[[Any], Awaitable[R]], request: BaseModel) -> ApplicationError:
        with pytest.raises(ApplicationError) as caught:
            await self.run(activity, request)
        return caught.value

    async def put(self, partner: str, script: dict[str, Any], token: str = "demo-ops") -> httpx.Response:
        return await self.http.put(f"/sandbox/partners/{partner}", json=script, headers=bearer(token))

    async def items(self, path: str, token: str = "demo-ops") -> list[dict[str, Any]]:
        answer = await self.http.get(path, headers=bearer(token))
        assert answer.status_code == 200, answer.text
        page: dict[str, Any] = answer.json()
        assert page["next"] is None
        items: list[dict[str, Any]] = page["items"]
        return items

    async def statuses(self, partner: str) -> list[int]:
        return [call["status"] for call in await self.items(f"/sandbox/partners/{partner}/calls?order_id=T1001")]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def clock() -> FakeClock:
    """Noon of 11 November, until moved."""
    return FakeClock()


@pytest.fixture
async def scene(database: Database, clock: FakeClock) -> AsyncIterator[Scene]:
    """Partners without a script, and one open order of the demo shop."""
    await seed_demo(database, NOON)
    await open_order(database, order())
    systems = PartnerSystems(clock)
    app = FastAPI()
    problems.install(app)
    app.include_router(system_routes(systems, SecretStr(SECRET)))
    app.include_router(control_routes(systems, database))
    behind = AccessMiddleware(app, database, Callers(database), 100_000)

    async def by_token_or_signature(scope: Scope, receive: Receive, send: Send) -> None:
        inside = app if scope["path"].startswith(PARTNER_SYSTEMS) else behind
        await inside(scope, receive, send)

    async with served(by_token_or_signature) as address, httpx.AsyncClient(base_url=address) as http:
        settings = Settings.model_validate(
            {
                "temporal_address": "127.0.0.1:7233",
                "database_url": "sqlite:///unused.db",
                "partner_secret": SECRET,
                **sandbox_partners(int(address.rpartition(":")[2])),
            }
        )
        async with partner_connections(settings, clock) as partners:
            yield Scene(http, partners, clock, database)


async def test_a_refund_is_paid_once(scene: Scene) -> None:
    """Asked again for the same refund, later, the partner answers as the first time."""
    pay = Payments(scene.partners.payment).pay_refund
    first = await scene.run(pay, REFUND)
    scene.clock.advance(hours=1)
    assert await scene.run(pay, REFUND) == first
    assert first.paid_at == NOON
    calls = await scene.items("/sandbox/partners/payment/calls?order_id=T1001")
    assert [(call["kind"], call["status"]) for call in calls] == [("refund", 200), ("refund", 200)]
    assert calls[0]["body"] == REFUND.model_dump(mode="json")
    assert await scene.items("/sandbox/partners/payment/calls?order_id=T1002") == []
    assert await scene.items("/sandbox/partners/payment/calls", "other-owner") == []


async def test_another_amount_under_the_same_key_is_a_conflict(scene: Scene) -> None:
    """A key stands for one refund; that it means two things is a mistake to stop at."""
    pay = Payments(scene.partners.payment).pay_refund
    await scene.run(pay, REFUND)
    failed = await scene.failing(pay, REFUND.model_copy(update={"amount": Decimal("1.00")}))
    assert failed.non_retryable
    assert failed.details == (
        PartnerFailure(partner=scene.partners.payment.partner, status=409, code="idempotency_conflict"),
    )


async def test_a_partner_that_is_down_delays_and_does_not_double(scene: Scene) -> None:
    """Down it answers 503, its calls are recorded, and once it is up the refund is paid at that time."""
    pay = Payments(scene.partners.payment).pay_refund
    assert (await scene.put("payment", {"down": True})).json() == {"down": True, "refuse": None}
    failed = await scene.failing(pay, REFUND)
    assert (failed.type, failed.non_retryable) == (FailureType.UNAVAILABLE, False)
    assert failed.next_retry_delay == timedelta(seconds=2)
    await scene.put("payment", {"down": False})
    scene.clock.advance(days=2)
    paid = await scene.run(pay, REFUND)
    assert paid.paid_at == NOON + timedelta(days=2)
    assert await scene.statuses("payment") == [503, 200]


async def test_a_partner_that_refuses_for_good(scene: Scene) -> None:
    """A closed account: asked again it would say the same, so the call is not made again."""
    pay = Payments(scene.partners.payment).pay_refund
    await scene.put("payment", {"refuse": "account_closed"})
    failed = await scene.failing(pay, REFUND)
    assert (failed.type, failed.non_retryable) == (FailureType.REFUSED, True)
    assert failed.details == (
        PartnerFailure(partner=scene.partners.payment.partner, status=409, code="account_closed"),
    )
    await scene.put("payment", {"refuse": None})
    assert (await scene.run(pay, REFUND)).paid_at == NOON


@pytest.mark.parametrize("tampering", ["body", "secret", "unsigned", "old", "garbled"])
async def test_a_call_that_is_not_ours_is_refused(scene: Scene, tampering: str) -> None:
    """A partner takes only what is signed with the shared secret, just now, as it came."""
    answer = await scene.http.post(f"{PARTNER_PATHS['payments_url']}/refunds", **signed_refund(tampering))
    assert answer.status_code == 401
    assert answer.json()["code"] == "unauthorized"
    assert await scene.statuses("payment") == []


def signed_refund(tampering: str) -> dict[str, Any]:
    """A refund's request, spoilt in one way."""
    at = datetime.now(UTC) - timedelta(minutes=6 if tampering == "old" else 0)
    body = REFUND.model_dump_json()
    secret = "whsec_c29tZWJvZHktZWxzZXMtc2VjcmV0LW9mLTI0Yg==" if tampering == "secret" else SECRET
    signature = Webhook(secret).sign("k", at, body)
    headers = {
        "Idempotency-Key": "k",
        "webhook-id": "k",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": "v1" if tampering == "garbled" else signature,
    }
    sent = body.replace("199.00", "999.00") if tampering == "body" else body
    return {"content": sent, "headers": {} if tampering == "unsigned" else headers}


async def test_a_message_is_sent_and_kept_once(scene: Scene) -> None:
    """The buyer gets it once and what was sent is shown once, however often the activity runs."""
    send = Messaging(scene.partners.messaging, scene.db).send_message
    first = await scene.run(send, HELD)
    scene.clock.advance(minutes=5)
    assert await scene.run(send, HELD) == first
    assert await scene.items("/sandbox/messages?order_id=T1001") == [
        {
            "to": "b-77",
            "channel": "chat",
            "template": "ship_hold_succeeded",
            "text": "亲，您选择的商品已拦截成功，暂时不发货。请及时申请退款，如未退款有可能继续发货。",
            "at": "2026-11-11T04:00:00Z",
        }
    ]
    assert await scene.statuses("messaging") == [200]
    assert await scene.items("/sandbox/messages?order_id=T1001", "other-owner") == []


async def test_a_crash_between_sending_and_keeping_neither_loses_nor_doubles(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker dies after the partner took the message: the retry is answered as before, and keeps it."""
    send = Messaging(scene.partners.messaging, scene.db).send_message

    def dies(tx: Connection, message: Message) -> None:
        raise ConnectionResetError

    with monkeypatch.context() as dying:
        dying.setattr(messages, "keep", dies)
        with pytest.raises(ConnectionResetError):
            await scene.run(send, HELD)
    assert await scene.items("/sandbox/messages?order_id=T1001") == []
    scene.clock.advance(minutes=5)
    assert (await scene.run(send, HELD)).sent_at == NOON
    assert [sent["at"] for sent in await scene.items("/sandbox/messages?order_id=T1001")] == ["2026-11-11T04:00:00Z"]


async def test_a_message_that_could_not_be_sent_is_not_shown(scene: Scene) -> None:
    """While the partner is down nothing counts as sent."""
    send = Messaging(scene.partners.messaging, scene.db).send_message
    await scene.put("messaging", {"down": True})
    assert (await scene.failing(send, HELD)).type == FailureType.UNAVAILABLE
    assert await scene.items("/sandbox/messages?order_id=T1001") == []
    await scene.put("messaging", {"down": False})
    await scene.run(send, HELD)
    assert len(await scene.items("/sandbox/messages?order_id=T1001")) == 1


async def test_a_buyer_who_is_not_known_gets_nothing(scene: Scene) -> None:
    """An erased buyer cannot be written to; the case is told, and does not try for ever."""
    send = Messaging(scene.partners.messaging, scene.db).send_message
    failed = await scene.failing(send, HELD.model_copy(update={"case_id": "order:demo:taobao:T9"}))
    assert failed.non_retryable
    assert failed.details == (PartnerFailure(partner=scene.partners.messaging.partner, code="no_recipient"),)


async def test_scripts_merge(scene: Scene) -> None:
    """What a script does not name stays as it was told before."""
    assert (await scene.put("erp", {"lock": "silent"})).json() == {"down": False, "lock": "silent"}
    assert (await scene.put("erp", {"down": True})).json() == {"down": True, "lock": "silent"}
    refusing = {"intercepted": False, "reason": "out_for_delivery"}
    assert (await scene.put("carrier", {"intercept": refusing})).json() == {"down": False, "intercept": refusing}
    told = (await scene.put("carrier", {"intercept": {"intercepted": True}})).json()
    assert told["intercept"] == {"intercepted": True, "reason": None}


async def test_only_ops_scripts_partners_and_mistakes_are_named(scene: Scene) -> None:
    """Another role is refused, and a script with an unknown word or partner is none."""
    assert (await scene.put("erp", {"down": True}, "demo-agent")).status_code == 403
    assert (await scene.put("erp", {"lock": "perhaps"})).status_code == 422
    assert (await scene.put("payment", {"lock": "success"})).status_code == 422
    assert (await scene.http.get("/sandbox/partners/erp/calls")).status_code == 401


@pytest.mark.parametrize("document", ["payments", "messaging"])
async def test_the_sandbox_serves_what_the_documents_describe(scene: Scene, document: str) -> None:
    """Every path of a document is one that the sandbox's partner answers, with a status that the document lists."""
    paths = yaml.safe_load((DOCUMENTS / f"{document}.yaml").read_text())["paths"]
    for path, described in paths.items():
        answer = await scene.http.post(PARTNER_PATHS[f"{document}_url"] + path)
        assert str(answer.status_code) in described["post"]["responses"]
