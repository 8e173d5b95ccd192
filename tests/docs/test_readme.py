"""Every command of the README and of the first webhook runs as written, and answers what is shown."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from runtime.ports import free_port
from tests.replay.logs import row, write_log
from tests.sandbox_server import started_sandbox

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
WEBHOOKS = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")
TOUR, TOLD, WHY = "One tour", "Your first webhook, in five minutes", "Why"
STANDING_IN = "http://127.0.0.1:8080"
"""Where the README says that the sandbox is."""
RECEIVERS_PORT = "9000"
"""Where it says that a receiver listens."""
TIDY = "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]+Z")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)")
END_OF_BLOCK = "<end of block>"

pytestmark = pytest.mark.slow


class Block(NamedTuple):
    """Fenced text under a heading of a page."""

    heading: str
    language: str
    text: str


def blocks(page: str = README) -> list[Block]:
    """In the order in which a reader meets them."""
    found = []
    for section in page.split("\n## ")[1:]:
        heading = section.partition("\n")[0]
        found += [Block(heading, *fenced) for fenced in FENCED.findall(section)]
    return found


def test_the_tour_runs_as_written(tmp_path: Path) -> None:
    """In one shell against a sandbox, with a receiver; no answer is a refusal, and each holds what is shown of it."""
    tour = [block for block in (*blocks(), *blocks(WEBHOOKS)) if block.heading in (TOUR, TOLD)]
    commands = [block.text for block in tour if block.language == "sh"]
    assert STANDING_IN in commands[0]
    with started_sandbox() as address:
        script = f"\necho '{END_OF_BLOCK}'\n".join([TIDY, *commands]).replace(STANDING_IN, address)
        script = script.replace(RECEIVERS_PORT, str(free_port()))
        done = subprocess.run(
            ["bash", "-eu"], input=script, capture_output=True, text=True, cwd=tmp_path, timeout=240, check=False
        )
    assert (done.returncode, done.stderr) == (0, "")
    answers = [list(json_lines(said)) for said in done.stdout.split(END_OF_BLOCK)[1:]]
    for answer in (one for said in answers for one in said):
        assert not {"title", "status", "code"} <= answer.keys(), answer
    shown = [(said, tour[at].text) for at, said in enumerate_answers(tour, answers)]
    assert len(shown) == sum(block.language == "json" for block in tour) > 0
    for said, excerpt in shown:
        for part in excerpts(excerpt):
            assert any(found_in(part, answer) for answer in said), (part, said)


def test_the_replay_runs_as_written(tmp_path: Path) -> None:
    """From the project's folder, on a log of one's own."""
    (command,) = [block.text for block in blocks() if block.heading == WHY]
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    write_log(tmp_path / "orders.csv", [row("late", paid="2018-01-08T10:10:00", picked_up="2018-01-11T18:10:00")])
    done = subprocess.run(
        ["bash", "-eu"], input=command, capture_output=True, text=True, cwd=tmp_path, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["late_shipments"]["late"] == 1


def test_nothing_else_is_to_be_run() -> None:
    """Commands stand in the parts that are run here; what is to be made, the Makefile makes."""
    assert {block.heading for block in blocks() if block.language == "sh"} == {TOUR, WHY}
    makes = set(re.findall(r"`make (\w+)`", README))
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert makes
    assert makes <= targets


def test_what_it_points_at_is_there() -> None:
    """Every link into the project leads somewhere."""
    targets = [target for target in LINK.findall(README) if not target.startswith("http")]
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def enumerate_answers(tour: list[Block], answers: list[list[Any]]) -> Iterator[tuple[int, list[Any]]]:
    """Where each excerpt stands, with what the commands before it answered."""
    run = -1
    for at, block in enumerate(tour):
        run += block.language == "sh"
        if block.language == "json":
            yield at, answers[run]


def json_lines(text: str) -> Iterator[Any]:
    for line in filter(None, text.splitlines()):
        yield json.loads(line)


def excerpts(text: str) -> Iterator[Any]:
    """The objects shown; one that is only a member stands without its braces."""
    if text.startswith('"'):
        text = f"{{{text}}}"
    decoder, at = json.JSONDecoder(), 0
    while rest := text[at:].lstrip():
        part, end = decoder.raw_decode(rest)
        yield part
        at = len(text) - len(rest) + end


def found_in(part: Any, answer: Any) -> bool:
    """Whether an answer has a part like that anywhere; when things happened is left aside."""
    if holds(answer, part):
        return True
    inner = answer.values() if isinstance(answer, dict) else answer if isinstance(answer, list) else ()
    return any(found_in(part, one) for one in inner)


def holds(answer: Any, part: Any) -> bool:
    """Whether an answer says everything that is shown of it, and may say more."""
    match part, answer:
        case dict(), dict():
            return all(name in answer and holds(answer[name], value) for name, value in part.items())
        case list(), list():
            return len(part) == len(answer) and all(map(holds, answer, part))
        case str(), str():
            return MOMENT.sub("…", part) == MOMENT.sub("…", answer)
    return bool(part == answer)
