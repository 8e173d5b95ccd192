"""A payments partner that takes its time, and a stack that pays by it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from domain.partners.refunds import RefundReceipt, RefundRequest
from sandbox.demo import seed_demo
from store.database import Database
from tests.activities.serving import SECRET
from tests.patience import PATIENCE
from tests.real_servers import RealStack


@dataclass
class SlowPartner:
    """Pays each refund once, at once; answers only while `answering` is set.

    Attributes:
        asked: how often each refund was asked for.
        paid: what was paid, by refund.
    """

    asked: Counter[str] = field(default_factory=Counter)
    paid: dict[str, tuple[RefundRequest, RefundReceipt]] = field(default_factory=dict)
    answering: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        asked = RefundRequest.model_validate_json(await request.body())
        key = request.headers["Idempotency-Key"]
        self.asked[key] += 1
        if key not in self.paid:
            self.paid[key] = asked, RefundReceipt(reference=f"P-{len(self.paid) + 1}", paid_at=datetime.now(UTC))
        await self.answering.wait()
        answer = self.paid[key][1].model_dump_json()
        await Response(answer, media_type="application/json")(scope, receive, send)

    async def until_asked(self, refunds: int) -> None:
        """Waits until so many different refunds have been asked for."""
        async with asyncio.timeout(PATIENCE):
            while len(self.asked) < refunds:  # noqa: ASYNC110
                await asyncio.sleep(0.05)


@asynccontextmanager
async def paying_stack(folder: Path, database: Database, payments_url: str) -> AsyncIterator[RealStack]:
    """A running stack whose refunds go to that partner."""
    await seed_demo(database, datetime.now(UTC))
    stack = RealStack(folder, database)
    pays = {"payments_url": payments_url, "partner_secret": SecretStr(SECRET)}
    stack.settings = stack.settings.model_copy(update=pays)
    try:
        await stack.begin()
        yield stack
    finally:
        await stack.end()
