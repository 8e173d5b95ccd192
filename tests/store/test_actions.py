"""An action is written before it is sent; its row answers repetitions and conflicts."""

import asyncio
from collections import Counter
from dataclasses import replace

from store import actions, memos
from store.actions import ActionStatus, Beginning, NewAction
from store.database import Database
from tests.store.scenes import AGENT, HOUR, NOON

CASE = "order:demo:taobao:T1001"
REQUEST = NewAction("a-1", "demo", CASE, "add_memo", "key-1", "hash-1", AGENT, {"text": "memo:1", "flag": 2}, NOON)
MEMO = memos.Memo("memo:1", CASE, "demo", "memo", "客户要求周末送", 2, AGENT.role, AGENT.account, NOON)


async def test_a_new_action_is_kept_with_its_texts(database: Database) -> None:
    """It stands as pending, and its private text beside it."""
    begun = await database.write(actions.begin, REQUEST, [MEMO])
    assert begun.beginning is Beginning.NEW
    assert (begun.action.request, begun.action.status, begun.action.result) == (REQUEST, ActionStatus.PENDING, None)
    assert (await database.read(memos.memos, CASE)).items == [MEMO]


async def test_the_same_again_is_answered_from_the_row(database: Database) -> None:
    """While it is pending, and with its result afterwards; texts of the repetition are not kept."""
    await database.write(actions.begin, REQUEST, [MEMO])
    again = replace(REQUEST, action_id="a-2", input={"text": "memo:2", "flag": 2}, asked_at=NOON + HOUR)
    begun = await database.write(actions.begin, again, [replace(MEMO, memo_id="memo:2")])
    assert begun.beginning is Beginning.REPEAT
    assert begun.action.request == REQUEST
    assert await database.write(actions.finish, "a-1", ActionStatus.DONE, {"version": 3}, NOON + HOUR)
    begun = await database.write(actions.begin, again)
    assert begun.beginning is Beginning.REPEAT
    assert (begun.action.status, begun.action.result) == (ActionStatus.DONE, {"version": 3})
    assert begun.action.answered_at == NOON + HOUR
    assert len((await database.read(memos.memos, CASE)).items) == 1


async def test_another_body_under_the_same_key_is_a_conflict(database: Database) -> None:
    """What was asked for first stands."""
    await database.write(actions.begin, REQUEST)
    begun = await database.write(actions.begin, replace(REQUEST, action_id="a-2", body_hash="hash-2"))
    assert (begun.beginning, begun.action.request) == (Beginning.CONFLICT, REQUEST)


async def test_a_key_belongs_to_who_uses_it_and_where(database: Database) -> None:
    """Another account's, another action's and another case's keys have nothing to do with it."""
    await database.write(actions.begin, REQUEST)
    for other in (
        replace(REQUEST, action_id="a-2", actor=AGENT.model_copy(update={"account": "demo-buyer"})),
        replace(REQUEST, action_id="a-3", name="extend_receipt"),
        replace(REQUEST, action_id="a-4", case_id="order:demo:taobao:T2"),
    ):
        assert (await database.write(actions.begin, other)).beginning is Beginning.NEW


async def test_of_ten_at_once_one_is_new(database: Database) -> None:
    """A client that sends a step ten times at once has it carried out once."""
    begun = await asyncio.gather(
        *(database.write(actions.begin, replace(REQUEST, action_id=f"a-{number}")) for number in range(10))
    )
    assert Counter(one.beginning for one in begun) == {Beginning.NEW: 1, Beginning.REPEAT: 9}
    assert len({one.action.request.action_id for one in begun}) == 1


async def test_a_result_is_kept_once(database: Database) -> None:
    """The first result stands, also under a key that is free again; of an unknown action none is kept."""
    await database.write(actions.begin, REQUEST)
    assert await database.write(actions.finish, "a-1", ActionStatus.REFUSED, {"reasons": []}, NOON)
    assert not await database.write(actions.finish, "a-1", ActionStatus.DONE, None, NOON)
    assert not await database.write(actions.finish, "a-9", ActionStatus.DONE, None, NOON)
    begun = await database.write(actions.begin, replace(REQUEST, action_id="a-2", body_hash="hash-2"))
    assert (begun.beginning, begun.action.status) == (Beginning.NEW, ActionStatus.PENDING)


async def test_what_a_refused_step_wrote_is_taken_back(database: Database) -> None:
    """A memo that the case refused stands nowhere; another step's, and one that was carried out, stay."""
    other = replace(MEMO, memo_id="memo:2")
    await database.write(actions.begin, REQUEST, [MEMO])
    await database.write(
        actions.begin, replace(REQUEST, action_id="a-2", key="key-2", input={"text": "memo:2"}), [other]
    )
    await database.write(actions.finish, "a-1", ActionStatus.REFUSED, {"reasons": []}, NOON)
    await database.write(actions.finish, "a-2", ActionStatus.DONE, None, NOON)
    assert (await database.read(memos.memos, CASE)).items == [other]


async def test_recovery_finds_what_nobody_answered(database: Database) -> None:
    """Pending actions that are old enough, the oldest first."""
    for number, hours in ((1, 3), (2, 4), (3, 2), (4, 0)):
        asked = replace(REQUEST, action_id=f"a-{number}", key=f"key-{number}", asked_at=NOON - hours * HOUR)
        await database.write(actions.begin, asked)
    await database.write(actions.finish, "a-1", ActionStatus.DONE, None, NOON)
    found = await database.read(actions.pending, NOON - HOUR)
    assert [one.request.action_id for one in found] == ["a-2", "a-3"]
    assert len(await database.read(actions.pending, NOON - HOUR, limit=1)) == 1
