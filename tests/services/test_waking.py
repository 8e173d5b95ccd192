"""Waking webhooks while something is away: none is forgotten, and none is told twice."""

from typing import cast

import pytest
from temporalio.client import Client
from temporalio.service import RPCError

from services import waking
from services.context import Context
from services.waking import wake, wake_for_ever
from services.webhooks import add_webhook
from store import webhooks
from store.webhooks import Webhook
from tests.services.parts import TROUBLE, SomeTemporal, failing_first, running, until
from tests.store.scenes import open_order, order

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def with_news(here: Context) -> Webhook:
    """A webhook that rests though there is something for it."""
    webhook, _ = await add_webhook(here, "demo", "https://nobody.invalid/", ["*"], "")
    await open_order(here.db, order())
    return webhook


async def test_no_trouble_ends_it(here: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database was away, then something of ours failed: the look after those wakes it."""
    for pause in ("LOOK_EVERY", "TRY_AGAIN_AFTER"):
        monkeypatch.setattr(waking, pause, 0.0)
    monkeypatch.setattr(webhooks, "to_wake", failing_first(webhooks.to_wake, *TROUBLE))
    webhook, answering = await with_news(here), SomeTemporal()
    async with running(wake_for_ever(here.db, cast(Client, answering), here.clock)):
        await until(lambda: answering.signalled)
    assert (answering.started, answering.signalled) == ([f"webhook:{webhook.webhook_id}"], ["wake"])


async def test_who_could_not_be_told_is_found_by_the_next_look(here: Context) -> None:
    """Temporal was away: nobody noted that the webhook was woken. It is, as soon as it has been."""
    webhook, answering = await with_news(here), cast(Client, SomeTemporal())
    with pytest.raises(RPCError):
        await wake(here.db, here.temporal, here.clock)
    assert await wake(here.db, answering, here.clock) == [webhook]
    assert await wake(here.db, answering, here.clock) == []
