"""Platforms' messages on their way in: kept before anything else, tried until they are in; none stops the others."""

from dataclasses import replace
from datetime import timedelta
from typing import NoReturn

import pytest
from temporalio.service import RPCError

from connectors.taobao.exchange import CONNECTOR as TAOBAO
from connectors.translation import Delivery, Translation
from services import inbound as service
from services import taking_in
from services.context import Context
from services.inbound import take_delivery, take_in_for_ever, try_message
from services.sources import remove_source
from store import inbound
from store.tables import MessageStatus
from tests.services.messages import MEMO, Tell, found, kept_message
from tests.services.parts import TROUBLE, Noon, failing_first, running, until
from tests.store.scenes import open_order, order

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_no_trouble_ends_the_loop(here: Context, tells: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database was away, then something of ours failed: the look after those takes the message in."""
    monkeypatch.setattr(service, "LOOK_EVERY", 0.0)
    monkeypatch.setattr(inbound, "due", failing_first(inbound.due, *TROUBLE))
    tells(Translation())
    _, kept = await kept_message(here)

    async def taken_in() -> bool:
        return (await found(here, kept.seq)).status is MessageStatus.TAKEN

    async with running(take_in_for_ever(here)):
        await until(taken_in)


async def test_a_message_that_does_not_get_through_rests_longer_each_time(here: Context, tells: Tell) -> None:
    """Temporal is away: the step stays noted, and the message is tried after 5 s, 10 s, …; an hour at most."""
    await open_order(here.db, order())
    tells(Translation(steps=(MEMO,)))
    _, kept = await kept_message(here)
    for attempt, pause in enumerate((5, 10, 20)):
        await try_message(here, kept.seq)
        tried = await found(here, kept.seq)
        assert (tried.status, tried.attempts) == (MessageStatus.WAITING, attempt + 1)
        assert tried.reason
        assert "Temporal does not answer" in tried.reason
        moments = [await Noon(timedelta(seconds=pause - early)).now() for early in (1, 0)]
        assert [await here.db.read(inbound.due, now) for now in moments] == [[], [kept.seq]]


async def test_a_translation_that_fails_leaves_its_message_to_somebody(
    here: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same again would fail the same way: a person sees to it, and nobody tries it any more."""

    def fails(*_: object) -> NoReturn:
        raise ZeroDivisionError

    monkeypatch.setattr(taking_in, "CONNECTORS", {"taobao": replace(TAOBAO, read=fails)})
    _, kept = await kept_message(here)
    with pytest.raises(RPCError):  # at the start of the task's case, which recovery does again
        await try_message(here, kept.seq)
    left = await found(here, kept.seq)
    assert (left.status, left.reason) == (MessageStatus.UNREADABLE, "the connector fails on it: ZeroDivisionError")


async def test_a_source_that_was_removed_takes_nothing_in_any_more(here: Context, tells: Tell) -> None:
    """Its messages go with it; whoever had one in hand drops it."""
    tells(Translation())
    source, kept = await kept_message(here)
    await remove_source(here, source)
    await try_message(here, kept.seq)
    assert await here.db.read(inbound.find, kept.seq) is None


async def test_a_delivery_is_kept_before_it_is_answered(here: Context) -> None:
    """Whatever is in it: the platform hears that it was taken, and does not send it again."""
    source, _ = await kept_message(here)
    for body, ids in (('{"trade_fullinfo_get_response": {"trade": {"tid": "7"}}}', "trade/7"), ("{", "")):
        answer = await take_delivery(here, source, Delivery(body=body))
        assert answer.body == f'{{"s_message_ids": "{ids}"}}'
