"""What was sent to buyers."""

from dataclasses import replace
from datetime import timedelta

from store import messages
from store.database import Database
from store.messages import Message
from tests.store.scenes import NOON

SENT = Message(
    message_id="m-1",
    case_id="order:demo:taobao:T1001",
    merchant="demo",
    order_id="T1001",
    recipient="b-77",
    channel="chat",
    template="ship_hold_succeeded",
    text="亲，您选择的商品已拦截成功，暂时不发货。",
    at=NOON,
)


async def test_a_message_is_kept_once(database: Database) -> None:
    """The same id again changes nothing."""
    await database.write(messages.keep, SENT)
    await database.write(messages.keep, replace(SENT, text="another"))
    assert await database.read(messages.find, "m-1") == SENT
    assert await database.read(messages.find, "m-2") is None


async def test_an_orders_messages_come_in_pages(database: Database) -> None:
    """The oldest first, none twice, none of another order or shop."""
    for number in range(5):
        sent_at = NOON + timedelta(minutes=number // 2)  # some at the same moment
        await database.write(messages.keep, replace(SENT, message_id=f"m-{number}", at=sent_at))
    await database.write(messages.keep, replace(SENT, message_id="o-1", order_id="T1002"))
    await database.write(messages.keep, replace(SENT, message_id="s-1", merchant="other"))
    seen, cursor = [], None
    while True:
        page = await database.read(messages.messages, "demo", "T1001", 2, cursor)
        seen += [message.message_id for message in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert seen == [f"m-{number}" for number in range(5)]
