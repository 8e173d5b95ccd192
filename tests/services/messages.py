"""Platforms' messages for tests of services: a source, a message of it, and what that is made to tell."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from connectors.taobao.exchange import CONNECTOR as TAOBAO
from connectors.translation import Message, Shop, Step, Translation
from domain.policy import Platform
from domain.roles import Role
from services import sources, taking_in
from services.context import Context
from services.sources import Connection
from store import inbound
from store.inbound import KeptMessage
from store.sources import Source
from tests.store.scenes import NOON

ORDER = "order/taobao/T1001"
AGREE = Step(key="9/agreed", action="agree", order=ORDER, request="refund/9", role=Role.AGENT)
"""To the request that the platform calls `refund/9`."""
MEMO = Step(key="9/memo", action="add_memo", input={"text": "明天付款"}, order=ORDER, role=Role.AGENT)
SHOP = Shop(platform=Platform.TAOBAO)

Tell = Callable[[Translation], None]


async def kept_message(here: Context, connection: Connection | None = None) -> tuple[Source, KeptMessage]:
    """The source `our-shop`, and a first message of it."""
    source, _ = await sources.add_platform(
        here, "demo", "our-shop", TAOBAO, connection or Connection(key="app"), "secret"
    )
    return source, await another(here, source, "m-1")


async def another(here: Context, source: Source, id_: str) -> KeptMessage:
    """One more message of a source."""
    (seq,) = await here.db.write(inbound.keep, source, [Message(id=id_, kind="trade")], NOON)
    return await found(here, seq)


async def found(here: Context, seq: int) -> KeptMessage:
    kept = await here.db.read(inbound.find, seq)
    assert kept
    return kept


@pytest.fixture
def tells(monkeypatch: pytest.MonkeyPatch) -> Tell:
    """What the platform's next messages tell."""

    def tell(told: Translation) -> None:
        read = replace(TAOBAO, read=lambda message, before, shop: told)
        monkeypatch.setattr(taking_in, "CONNECTORS", {"taobao": read})

    return tell
