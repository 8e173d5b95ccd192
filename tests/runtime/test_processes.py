"""The supervisor of `caseline up`, with real processes."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from runtime.errors import ChildFailed
from runtime.processes import ChildProcess, Patience, Supervisor
from tests.patience import PATIENCE
from tests.runtime.children import child
from tests.runtime.conftest import alive, eventually

pytestmark = pytest.mark.slow

QUICK = Patience(first_pause=0.05, stop=5.0, tries=3)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """The file in which the children tell what happens to them."""
    file = tmp_path / "story"
    file.touch()
    return file


def told(story: Path) -> list[str]:
    """What the children have told so far."""
    return story.read_text().splitlines()


def pid_of(story: Path, name: str) -> int:
    """The process id under which a child reported last, or 0."""
    pids = [int(word) for who, word in map(str.split, told(story)) if who == name and word.isdigit()]
    return pids[-1] if pids else 0


async def test_children_stop_in_reverse_order(story: Path) -> None:
    """The last started stops first, and only when it is gone the one before it."""
    async with Supervisor([child("first", story), child("second", story)], story.parent, QUICK):
        await eventually(lambda: bool(pid_of(story, "first") and pid_of(story, "second")))
    assert told(story)[2:] == ["second stopped", "first stopped"]
    assert not alive(pid_of(story, "first"))
    assert not alive(pid_of(story, "second"))


async def test_a_child_that_dies_is_started_again(story: Path) -> None:
    """A killed child comes back under a new process id, the other one stays as it was."""
    async with Supervisor([child("first", story), child("second", story)], story.parent, QUICK) as supervised:
        await eventually(lambda: bool(pid_of(story, "first") and pid_of(story, "second")))
        killed, untouched = supervised.pid("first"), supervised.pid("second")
        os.kill(killed, signal.SIGKILL)
        await eventually(lambda: pid_of(story, "first") not in (0, killed))
        assert supervised.pid("first") == pid_of(story, "first")
        assert supervised.pid("second") == untouched
    assert not alive(pid_of(story, "first"))


async def test_a_child_that_hears_nothing_is_killed(story: Path) -> None:
    """Stopping takes a bounded time whatever a child does."""
    patience = Patience(stop=0.5)
    async with asyncio.timeout(PATIENCE), Supervisor([child("stubborn", story)], story.parent, patience):
        await eventually(lambda: pid_of(story, "stubborn") != 0)
    assert not alive(pid_of(story, "stubborn"))


async def test_what_a_child_started_goes_with_it(story: Path) -> None:
    """A grandchild that hears nothing is left running neither by the stop nor by the child's death."""
    patience = Patience(first_pause=0.05, stop=0.5)
    async with Supervisor([child("parent", story)], story.parent, patience) as supervised:
        await eventually(lambda: pid_of(story, "parent") != 0)
        orphan = pid_of(story, "grandchild")
        os.kill(supervised.pid("parent"), signal.SIGKILL)
        await eventually(lambda: pid_of(story, "grandchild") != orphan and not alive(orphan))
        await eventually(lambda: told(story)[-1].startswith("parent"))
    assert not alive(pid_of(story, "grandchild"))


async def test_a_child_that_cannot_live_is_given_up(story: Path) -> None:
    """After some tries the supervisor says which child it is, how it ended and what it wrote last."""

    async def supervise() -> None:
        children = [child("steady", story), child("broken", story)]
        async with Supervisor(children, story.parent, QUICK) as supervised:
            await eventually(lambda: pid_of(story, "steady") != 0)
            await supervised.watch()

    with pytest.raises(ChildFailed, match=r"^broken keeps ending with exit code 1") as caught:
        await supervise()
    assert "no such table: cases" in str(caught.value)
    assert not alive(pid_of(story, "steady"))


async def test_a_program_that_does_not_exist_stops_the_others(story: Path) -> None:
    """When one child cannot even be started, those started before it are stopped."""
    supervised = Supervisor([child("steady", story), ChildProcess("lost", ("/no/such/program",))], story.parent, QUICK)
    started = []
    with pytest.raises(FileNotFoundError):
        async with supervised:
            started.append("both")
    assert not started
    with pytest.raises(KeyError):
        supervised.pid("steady")


async def test_cancelling_the_stop_leaves_nothing(story: Path) -> None:
    """When even the stopping is cut short, every child is killed."""

    async def supervise() -> None:
        async with Supervisor([child("steady", story), child("stubborn", story)], story.parent) as supervised:
            await supervised.watch()

    task = asyncio.create_task(supervise())
    await eventually(lambda: bool(pid_of(story, "steady") and pid_of(story, "stubborn")))
    for _ in range(2):
        task.cancel()
        await asyncio.sleep(0.2)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not alive(pid_of(story, "steady"))
    assert not alive(pid_of(story, "stubborn"))


async def test_children_end_when_the_supervisor_is_killed(story: Path) -> None:
    """A supervisor that gets no chance to stop them takes its children with it, the deaf one too."""
    supervisor = await asyncio.create_subprocess_exec(*child("supervisor", story).argv)
    await eventually(lambda: bool(pid_of(story, "steady") and pid_of(story, "stubborn")))
    steady, stubborn = pid_of(story, "steady"), pid_of(story, "stubborn")
    supervisor.kill()
    await supervisor.wait()
    await eventually(lambda: not alive(steady) and not alive(stubborn))
    assert "steady stopped" in told(story)
