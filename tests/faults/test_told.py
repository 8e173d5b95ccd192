"""Feed, stream and webhook tell the same in the same order, whatever is killed while it happens."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from store.database import Database
from tests.databases import start_postgres, stop_postgres
from tests.faults.client import Shop, event, order, shop_at
from tests.follower import Follower
from tests.profiles import by_night
from tests.real_servers import Part, RealStack
from tests.receiver import Receiver, served

ORDERS = 400 if by_night() else 25
"""Each is opened, paid, announced, picked up and signed for: some four changes."""
LEAST_CHANGES = 2
"""Of an order: its opening, and what came of facts that were taken in together."""
PATIENCE = 120.0

Kill = Callable[[], Awaitable[None]]


async def live(shop: Shop, order_id: str) -> None:
    """An order from its opening to its delivery, every message until it is taken."""
    subject, parcel = f"order/taobao/{order_id}", f"parcel/zto/ZT-{order_id}"
    await shop.insist("POST", "/v1/cases", order(order_id))
    consigned = {"carrier": "zto", "tracking_no": f"ZT-{order_id}", "line_ids": ["1"]}
    facts: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        ("payment.received", subject, "demo-payment", {"amount": "209.00"}),
        ("parcel.consigned", subject, "demo-erp", consigned),
        ("parcel.picked_up", parcel, "demo-carrier", {}),
        ("parcel.signed", parcel, "demo-carrier", {}),
    )
    for number, (type_, of, token, data) in enumerate(facts):
        await shop.insist("POST", "/v1/events", event(f"{order_id}-{number}", type_, of, **data), token)
    await shop.until(f"order:demo:taobao:{order_id}", lambda case: case["stage"] == "delivered")


async def whole_feed(shop: Shop) -> list[dict[str, Any]]:
    """Every change, page by page."""
    items: list[dict[str, Any]] = []
    while page := (await shop.insist("GET", f"/v1/changes?after={len(items)}&limit=200", token="demo-erp"))["items"]:
        items += page
    return items


def told(receiver: Receiver) -> list[tuple[int, str]]:
    """The changes that a receiver was told, and what of each."""
    return [(one["data"]["seq"], one["type"]) for one in list(receiver.events)]


async def until(probe: Callable[[], Any], said: Callable[[], object]) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            while not probe():  # noqa: ASYNC110 - what other processes do
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise AssertionError(f"never came true: {said()}") from None


async def test_all_three_tell_the_same(real_stack: RealStack, database: Database) -> None:
    """Worker, API, receiver and database die in turn; nothing is lost, and only what was under way may come twice."""
    receiver, serving = Receiver(), ExitStack()
    port = serving.enter_context(served(receiver))
    follower = Follower(real_stack.address)

    async def kill_part(part: Part) -> None:
        await real_stack.kill(part)
        await real_stack.start(part)

    async def kill_receiver() -> None:
        serving.pop_all().close()
        await asyncio.sleep(1)
        serving.enter_context(served(receiver, port))

    async def kill_database() -> None:
        if database.sqlite:
            return
        folder = Path(str(database.url.query["host"]))
        await asyncio.to_thread(stop_postgres, folder)
        await asyncio.sleep(1)
        await asyncio.to_thread(start_postgres, folder)

    done = 0

    async def one_more(order_id: str) -> None:
        nonlocal done
        await live(shop, order_id)
        done += 1

    def enough(share: int) -> bool:
        return done >= share * ORDERS // (len(kills) + 1)

    kills: list[Kill] = [lambda: kill_part(Part.WORKER), lambda: kill_part(Part.API), kill_receiver, kill_database]
    with serving:
        async with shop_at(real_stack.address) as shop:
            body = {"url": receiver.url, "types": ["*"]}
            made = await shop.insist("POST", "/v1/webhooks", body, "demo-owner")
            receiver.secret = made["secret"]
            following = asyncio.create_task(follower.follow())
            async with asyncio.TaskGroup() as running:
                for number in range(ORDERS):
                    running.create_task(one_more(f"T{number}"))
                for share, kill in enumerate(kills, 1):
                    await until(partial(enough, share), lambda: (done, len(follower.got)))
                    await kill()
            feed = await whole_feed(shop)
            expected = [(change["seq"], f"caseline.{type_}") for change in feed for type_ in change["what"]]
            await until(lambda: len(follower.got) >= len(feed), lambda: len(follower.got))
            await until(lambda: len(set(told(receiver))) >= len(expected), lambda: (told(receiver)[-3:], expected[-3:]))
            following.cancel()
    assert [change["seq"] for change in feed] == list(range(1, len(feed) + 1))
    assert len(feed) >= ORDERS * LEAST_CHANGES
    assert follower.cut_off
    assert follower.got == feed
    assert list(dict.fromkeys(told(receiver))) == expected
    twice = len(receiver.events) - len(set(receiver.ids()))
    assert twice <= len(kills), "only what was under way when something died comes twice"
