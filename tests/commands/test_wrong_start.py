"""Commands that cannot do their work say why in one line, and exit 2; nobody sees a stack trace."""

import asyncio
import os
import socket
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from runtime.ports import free_port
from store.database import Database, add_rows
from store.tables import POLICY_EDITIONS
from tests.databases import postgres_url
from tests.forked import Said, caseline

pytestmark = pytest.mark.slow


def run(*words: str, settings: Mapping[str, str], folder: Path) -> Said:
    """Runs a command with these settings only, in a folder of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CASELINE_")}
    ours = {f"CASELINE_{name.upper()}": value for name, value in settings.items()}
    return caseline(*words, env=environment | ours, folder=folder)


def line_of(said: Said) -> str:
    """The one line it wrote."""
    assert said.out == ""
    assert said.err.count("\n") == 1, said.err
    return said.err.rstrip("\n")


@pytest.mark.parametrize("command", ["api", "worker"])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_temporal_is_away(command: str, database: Database, tmp_path: Path) -> None:
    """The address is named, and the cause in plain words."""
    address = f"127.0.0.1:{free_port()}"
    settings = {"temporal_address": address, "database_url": url(database), "port": str(free_port())}
    said = run(command, settings=settings | {"worker_metrics_port": "0"}, folder=tmp_path)
    assert (said.code, line_of(said)) == (2, f"caseline: no Temporal server answers at {address}: connection refused")


@pytest.mark.parametrize("words", [("api",), ("worker",), ("token", "list"), ("reconcile",)], ids=" ".join)
def test_the_database_is_not_migrated(words: tuple[str, ...], tmp_path: Path) -> None:
    """The command that mends it is named."""
    settings = {
        "temporal_address": f"127.0.0.1:{free_port()}",
        "database_url": f"sqlite:///{tmp_path}/new.db",
    }
    said = run(*words, settings=settings, folder=tmp_path)
    assert (said.code, line_of(said)) == (2, "caseline: the database is not migrated; run `caseline migrate` first")


@pytest.mark.parametrize("words", [("api",), ("migrate",), ("token", "list")], ids=" ".join)
def test_the_database_is_away(words: tuple[str, ...], tmp_path: Path) -> None:
    """Its address is named without the password."""
    away = f"127.0.0.1:{free_port()}/caseline"
    settings = {"temporal_address": "127.0.0.1:1", "database_url": f"postgresql://shop:secret@{away}"}
    said = run(*words, settings=settings, folder=tmp_path)
    assert said.code == 2
    assert line_of(said).startswith(f"caseline: the database does not answer: postgresql://shop:***@{away}: ")
    assert "secret" not in line_of(said)


def test_there_is_no_such_database(postgres: Path, tmp_path: Path) -> None:
    """A server that answers, but knows no database of that name, is a database that does not answer."""
    settings = {"temporal_address": "127.0.0.1:1", "database_url": postgres_url(postgres, "nonesuch")}
    said = run("migrate", settings=settings, folder=tmp_path)
    assert said.code == 2
    assert 'database "nonesuch" does not exist' in line_of(said)


@pytest.mark.parametrize("command", ["api", "worker"])
def test_settings_are_missing(command: str, tmp_path: Path) -> None:
    """Each is named, with what it is for."""
    said = run(command, settings={}, folder=tmp_path)
    assert said.code == 2
    for name in ("CASELINE_TEMPORAL_ADDRESS", "CASELINE_DATABASE_URL"):
        assert f"{name} is not set" in line_of(said)


@pytest.mark.parametrize("words", [("migrate",), ("token", "list"), ("export", "shop.jsonl")], ids=" ".join)
def test_a_command_asks_for_nothing_that_it_does_not_need(words: tuple[str, ...], tmp_path: Path) -> None:
    """What works on the database alone asks for no Temporal server."""
    settings = {"database_url": f"sqlite:///{tmp_path}/new.db"}
    assert run("migrate", settings=settings, folder=tmp_path).code == 0
    assert run("token", "add", "anna", "--role", "agent", settings=settings, folder=tmp_path).code == 0
    assert run(*words, settings=settings, folder=tmp_path).code == 0


@pytest.mark.parametrize("command", ["sandbox", "api"])
def test_the_port_is_taken(command: str, tmp_path: Path) -> None:
    """Said before anything is started, by the setting's name."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", port := free_port()))
        holder.listen()
        settings = {"temporal_address": "127.0.0.1:1", "database_url": f"sqlite:///{tmp_path}/new.db"}
        said = run(command, settings=settings | {"port": str(port)}, folder=tmp_path)
    assert said.code == 2
    assert line_of(said).startswith(f"caseline: port {port} is taken by ")
    assert line_of(said).endswith("choose another with CASELINE_PORT")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("api",), ("policies", "list")], ids=" ".join)
def test_an_edition_of_the_shop_cannot_be_used(words: tuple[str, ...], tmp_path: Path) -> None:
    """File and place are named."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "ours.toml").write_text('id = "ours"\nbase = "nobodys"\n', encoding="utf-8")
    settings = {
        "temporal_address": f"127.0.0.1:{free_port()}",
        "database_url": f"sqlite:///{tmp_path}/none.db",
        "policies_dir": str(tmp_path / "own"),
    }
    said = run(*words, settings=settings, folder=tmp_path)
    assert said.code == 2
    assert "ours.toml: base: must be the id of another edition" in line_of(said)


def test_diagrams_cannot_be_written(tmp_path: Path) -> None:
    """Said at once, not after a minute of drawing."""
    (tmp_path / "file").touch()
    said = run("diagrams", "--write", "file/pages", settings={}, folder=tmp_path)
    assert said.code == 2
    assert line_of(said) == "caseline: cannot write to the folder file/pages: Not a directory; --write chooses another"


def test_the_version_is_shown(tmp_path: Path) -> None:
    """As pyproject.toml has it."""
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    said = run("--version", settings={}, folder=tmp_path)
    assert (said.code, said.out) == (0, f"caseline {project['version']}\n")


@pytest.mark.parametrize("words", [("nosuch",), ("replay", "nosuch.csv"), ("token", "add", "somebody")], ids=" ".join)
def test_a_command_that_was_mistyped(words: tuple[str, ...], tmp_path: Path) -> None:
    """It is told how to ask for help."""
    said = run(*words, settings={}, folder=tmp_path)
    assert said.code == 2
    assert "--help" in said.err
    assert "Traceback" not in said.err


def url(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


@pytest.mark.parametrize("command", ["api", "worker"])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_value_of_an_edition_in_use_was_changed(command: str, database: Database, tmp_path: Path) -> None:
    """The value is named with what it was and is, and what to do; nothing else is begun."""
    row = {"policy": "taobao-2012", "values": {"ship.within": "PT48H"}, "first_used_at": datetime.now(UTC)}
    await database.write(add_rows, POLICY_EDITIONS, [row])
    settings = {"temporal_address": f"127.0.0.1:{free_port()}", "database_url": url(database), "port": str(free_port())}
    said = await asyncio.to_thread(run, command, settings=settings, folder=tmp_path)
    assert (said.code, line_of(said)) == (
        2,
        "caseline: cases use taobao-2012 with ship.within = PT48H, which is PT72H now. "
        "A changed value needs a new edition, with an id of its own",
    )
