"""Nothing is lost or done twice when processes are killed in the middle of running cases."""

import asyncio
from collections import Counter

from tests.faults.client import Shop, shop_at
from tests.faults.journeys import EXTENSION, JOURNEYS, Journey, Standing, Step, journeys, prepare_campaign
from tests.profiles import by_night
from tests.real_servers import Part, RealStack

ORDERS = 200 if by_night() else 3 * len(JOURNEYS)
"""More of them die in other places; sixteen are under way whenever something is killed."""
KILLED: tuple[tuple[float, tuple[Part, ...]], ...] = (
    (0.30, (Part.WORKER,)),
    (0.45, (Part.API,)),
    (0.60, (Part.TEMPORAL,)),
    (0.75, (Part.WORKER, Part.TEMPORAL, Part.API)),
)
"""Which parts die together, once so much has been done; by the first death every order is open."""
START_ORDER = (Part.TEMPORAL, Part.WORKER, Part.API)


class Progress:
    """How many things have been done, for whoever waits for a share of them."""

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0
        self._moved = asyncio.Condition()

    async def one_more(self) -> None:
        async with self._moved:
            self.done += 1
            self._moved.notify_all()

    async def reached(self, share: float) -> None:
        async with self._moved:
            await self._moved.wait_for(lambda: self.done >= share * self.total)


async def test_cases_survive_the_death_of_every_process(real_stack: RealStack) -> None:
    """While orders are opened, paid, shipped and received, worker, API and server are killed.

    They are killed one by one and all at once, and started again. In the end every case is where its facts put
    it, nothing was booked or told twice or not at all, and `caseline reconcile` counts no drift.
    """
    driven = journeys(ORDERS)
    progress = Progress(sum(1 + len(journey.happenings) for journey in driven))
    async with shop_at(real_stack.address) as shop:
        await prepare_campaign(shop)
        async with asyncio.TaskGroup() as running:
            running.create_task(kill_and_restart(real_stack, progress))
            for journey in driven:
                running.create_task(journey.run(shop, progress.one_more))
        async with asyncio.TaskGroup() as running:
            for journey in driven:
                running.create_task(check(shop, journey))
    said = await real_stack.command("reconcile")
    assert said.code == 0, said
    assert f"{ORDERS} open cases compared, 0 drifted, 0 mended, 0 without a workflow" in said.out


async def kill_and_restart(stack: RealStack, progress: Progress) -> None:
    """Kills and starts again, as the orders go on."""
    for share, parts in KILLED:
        await progress.reached(share)
        await stack.kill(*parts)
        await stack.start(*(part for part in START_ORDER if part in parts))


async def check(shop: Shop, journey: Journey) -> None:
    """The case comes to stand where its facts put it, and everything of it stands once."""
    expected = journey.expected()
    await shop.until(journey.case_id, lambda case: Standing.shown(case) == expected)
    await check_ledger(shop, journey)
    await check_timeline(shop, journey)
    await check_deadlines(shop, journey)


async def check_ledger(shop: Shop, journey: Journey) -> None:
    """Each payment and penalty stands exactly once; what was reversed was booked before."""
    entries = await shop.items(journey.case_id, "ledger")
    booked = {entry["entry_id"]: entry["kind"] for entry in entries if not entry["reverses"]}
    reversed_ = [entry["reverses"] for entry in entries if entry["reverses"]]
    assert len(entries) == len(booked) + len(reversed_)
    assert len(set(reversed_)) == len(reversed_)
    standing = Counter(kind for entry_id, kind in booked.items() if entry_id not in reversed_)
    late = journey.expected().points > 0
    assert standing == Counter(
        payment=int(journey.went_through(Step.PAY)),
        late_shipment_points=int(late),
        late_shipment_compensation=int(late),
    ), entries


async def check_timeline(shop: Shop, journey: Journey) -> None:
    """The story has no gap, and tells each fact and step once."""
    story = await shop.items(journey.case_id, "timeline")
    assert [told["seq"] for told in story] == list(range(1, len(story) + 1)), story
    told = Counter(line["type"] for line in story)
    assert told["case.opened"] == 1
    assert told["receipt.extended"] == int(journey.went_through(Step.EXTEND))
    assert told["order.completed"] == int(journey.went_through(Step.CONFIRM))
    for fact in (Step.PAY, Step.CONSIGN, Step.PICK_UP, Step.SIGN):
        assert told[fact] == int(fact in journey.facts()), story


async def check_deadlines(shop: Shop, journey: Journey) -> None:
    """Receipt was put off exactly once, by the days asked for."""
    clocks = await shop.items(journey.case_id, "deadlines")
    changes = [change for clock in clocks if clock["kind"] == "auto_confirm" for change in clock["changes"]]
    extended = [(change["change"], change["amount"]) for change in changes]
    assert extended == [("extended", f"P{EXTENSION}D")] * journey.went_through(Step.EXTEND), clocks
