"""Tasks go to people by load: whose, how many, and that rounds at the same time do no harm."""

import asyncio
from collections import Counter

import pytest
from sqlalchemy import Connection, update

from domain.roles import Role
from domain.shop.hours import WorkingHours
from domain.shop.staff import Staff
from services.staffing import assign_by_load
from store import shop_settings, staffing, tokens, work_items
from store.database import Database
from store.tables import WORK_ITEMS
from tests.store.scenes import DAY, HOUR, NOON, statements
from tests.store.teams import OWNER, give_tasks, holders, set_staff


async def test_each_goes_to_who_has_the_fewest_of_its_group(database: Database) -> None:
    """The first due first, ties by account; what is done, or of another group, is no load."""
    await set_staff(database, "bo", "ana")
    await give_tasks(database, 2, "held", assignee="ana")
    await give_tasks(database, 3, "done", assignee="bo", state="done")
    await give_tasks(database, 3, "finance", assignee="bo", work_group="finance")
    ids = await give_tasks(database, 5)
    assert await assign_by_load(database, NOON) == 5
    assert await holders(database, ids) == ["bo", "bo", "ana", "bo", "ana"]
    assert await assign_by_load(database, NOON) == 0


async def test_by_hand_nothing_is_assigned(database: Database) -> None:
    """That is how a shop begins; and one shop's people get no other shop's tasks."""
    await set_staff(database, "ana", assign="by_hand")
    await set_staff(database, "eva", merchant="other")
    ids = await give_tasks(database, 2)
    others = await give_tasks(database, 2, merchant="other")
    assert await assign_by_load(database, NOON) == 2
    assert await holders(database, ids) == [None, None]
    assert await holders(database, others) == ["eva", "eva"]


@pytest.mark.parametrize(
    ("hour", "expected"),
    [(8, [None, None]), (10, ["ana", "ana"]), (12, [None, None]), (14, ["ana", "bo"]), (20, [None, None])],
)
async def test_only_people_at_work_get_any(database: Database, hour: int, expected: list[str | None]) -> None:
    """By the group's hours and each one's shift, on the clock that is given; who is away gets none."""
    week = ["mon", "tue", "wed", "thu", "fri"]
    office = [
        {"days": week, "intervals": [{"from": "09:00", "to": "12:00"}, {"from": "13:00", "to": "18:00"}]},
    ]
    hours = WorkingHours.model_validate({"groups": {"aftersale": {"shifts": office}}})
    await database.write(shop_settings.put, "demo", "working-hours", hours, OWNER, NOON)
    await set_staff(database, "ana", "bo", "cy")
    afternoon = [{"days": week, "intervals": [{"from": "13:00", "to": "18:00"}]}]
    away = [{"from": "2026-11-09", "to": "2026-11-11"}]
    people = [
        {"account": "ana", "groups": ["aftersale"]},
        {"account": "bo", "groups": ["aftersale"], "shifts": afternoon},
        {"account": "cy", "groups": ["aftersale"], "away": away},
    ]
    staff = Staff.model_validate({"assign": "by_load", "people": people})
    await database.write(shop_settings.put, "demo", "staff", staff, OWNER, NOON)
    ids = await give_tasks(database, 2)
    await assign_by_load(database, NOON.replace(hour=hour))
    assert await holders(database, ids) == expected


async def test_who_goes_away_keeps_what_they_have(database: Database) -> None:
    """Until somebody hands it over; given back, it goes to those who are there."""
    await set_staff(database, "ana")
    ids = await give_tasks(database, 2)
    await assign_by_load(database, NOON)
    await set_staff(database, "bo")
    assert await assign_by_load(database, NOON + DAY) == 0
    assert await holders(database, ids) == ["ana", "ana"]
    assert await database.write(work_items.hand_over_all, "demo", "ana", None) == 2
    await assign_by_load(database, NOON + DAY)
    assert await holders(database, ids) == ["bo", "bo"]


async def test_what_cannot_be_begun_yet_waits(database: Database) -> None:
    """Until its own time has come; and what is settled goes to nobody."""
    await set_staff(database, "ana")
    later = await give_tasks(database, 1, "later", not_before=NOON + HOUR)
    settled = await give_tasks(database, 1, "settled", state="superseded")
    assert await assign_by_load(database, NOON) == 0
    assert await assign_by_load(database, NOON + HOUR) == 1
    assert await holders(database, later + settled) == ["ana", None]


async def test_accounts_that_cannot_act_get_none(database: Database) -> None:
    """Settings may name somebody whose tokens are gone, or who is no staff: others get the tasks, or nobody does."""
    await set_staff(database, "ana", "bo", "cy")
    await database.write(tokens.revoke, "demo", "ana", NOON)
    await database.write(tokens.add, tokens.hash_token("demo/bo"), "demo", "bo", [Role.BUYER], NOON)
    ids = await give_tasks(database, 2)
    assert await assign_by_load(database, NOON) == 2
    assert await holders(database, ids) == ["cy", "cy"]
    await database.write(tokens.revoke, "demo", "cy", NOON)
    await give_tasks(database, 1, "more")
    assert await assign_by_load(database, NOON) == 0


async def test_rounds_at_once_assign_nothing_twice_and_keep_loads_level(database: Database) -> None:
    """As many rounds as there are processes: each task is given out once, and nobody has more than one above another.

    Meanwhile somebody claims tasks by hand, and keeps what the claim was answered for.
    """
    names = ["ana", "bo", "cy"]
    await set_staff(database, *names)
    ids = await give_tasks(database, 90)
    claims = asyncio.gather(*(database.write(work_items.claim, "demo", item_id, "di") for item_id in ids[::10]))
    rounds = asyncio.gather(*(assign_by_load(database, NOON) for _ in range(4)))
    claimed, given = [claim is not None for claim in await claims], await rounds
    given.append(await assign_by_load(database, NOON))
    found = await holders(database, ids)
    assert [holder == "di" for holder in found[::10]] == claimed
    assert sum(given) == len(ids) - claimed.count(True)
    loads = Counter(holder for holder in found if holder != "di")
    assert set(loads) == set(names)
    assert max(loads.values()) - min(loads.values()) <= 1


async def test_a_round_gives_out_so_many_and_the_next_goes_on(database: Database) -> None:
    """However many wait, in a number of statements that does not grow with them."""
    await set_staff(database, "ana", "bo")
    await give_tasks(database, 2 * staffing.AT_ONCE + 1)
    with statements(database) as sent:
        assert await assign_by_load(database, NOON) == staffing.AT_ONCE
    assert len(sent) <= 10
    assert [await assign_by_load(database, NOON) for _ in range(3)] == [staffing.AT_ONCE, 1, 0]


async def test_who_waits_for_nobody_holds_up_nobody(database: Database) -> None:
    """Where nothing is to be given out, a round only reads."""
    await set_staff(database, "ana")
    await give_tasks(database, 3, assignee="ana")
    with statements(database) as sent:
        assert await assign_by_load(database, NOON) == 0
    assert len(sent) == 2
    assert all(statement.startswith("SELECT") for statement, _ in sent)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_what_somebody_is_writing_is_left_to_the_next_round(database: Database) -> None:
    """A round does not wait for a row that a case or a claim has in hand: it gives out the others."""
    await set_staff(database, "ana")
    ids = await give_tasks(database, 3)
    loop = asyncio.get_running_loop()

    def write_meanwhile(tx: Connection) -> int:
        tx.execute(update(WORK_ITEMS).where(WORK_ITEMS.c.item_id == ids[1]).values(version=2))
        return asyncio.run_coroutine_threadsafe(assign_by_load(database, NOON), loop).result(30)

    assert await database.write(write_meanwhile) == 2
    assert await holders(database, ids) == ["ana", None, "ana"]
    assert await assign_by_load(database, NOON + HOUR) == 1
