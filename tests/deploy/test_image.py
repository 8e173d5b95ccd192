"""deploy/Dockerfile: a pinned base, no rights, no build tools – and everything that the commands need."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.deploy.image import copied, installed, let_in, stage, steps
from tests.deploy.stack import ROOT, without_settings

pytestmark = pytest.mark.slow

BUILT_DESK = ("api/static/desk/index.html", "api/static/desk/assets/index-1.js")

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs commands of the project as the image has it: built from the files let in, outside of the project."""
    folder = tmp_path_factory.mktemp("image")
    (folder / "empty").mkdir()
    source = copied(folder / "src")
    for file in BUILT_DESK:
        (source / file).parent.mkdir(parents=True, exist_ok=True)
        (source / file).touch()
    site = installed(source, folder / "site")
    assert (site / "cli.py").is_file()
    assert all((site / file).is_file() for file in BUILT_DESK), "the built desk is part of the package"

    def run(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
        env = {**without_settings(), "PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1", **settings}
        argv = [sys.executable, "-c", "import cli; cli.main()", *command]
        return subprocess.run(argv, capture_output=True, text=True, env=env, cwd=folder / "empty")

    return run


def test_the_only_base_is_pinned() -> None:
    """One outside image, by its full version; every stage builds on it."""
    froms = [step.value for step in steps() if step.instruction == "FROM"]
    assert re.fullmatch(r"python:3\.11\.\d+-slim-bookworm(@sha256:[0-9a-f]{64})? AS base", froms[0])
    assert froms[1:] == ["base AS build", "base AS runtime"]


def test_the_process_has_no_rights() -> None:
    """It runs under a numeric user that is not root, to the end."""
    users = [step.value for step in stage("runtime") if step.instruction == "USER"]
    assert users == ["10001:10001"]
    assert "--uid 10001" in next(step.value for step in stage("runtime") if step.instruction == "RUN")


def test_build_tools_stay_in_the_build() -> None:
    """The last stage takes the installed packages only, and loses the base's own pip and setuptools."""
    last = stage("runtime")
    assert [step.value for step in last if step.instruction == "COPY"] == [
        "--from=build /opt/caseline /opt/caseline",
        "deploy/healthcheck.py /opt/caseline/healthcheck.py",
    ]
    runs = [step.value for step in last if step.instruction == "RUN"]
    assert len(runs) == 1
    assert re.match(r"python -m pip uninstall .*setuptools wheel pip ", runs[0])


def test_the_desk_is_built_before_the_package_is() -> None:
    """By the locked Node, from the lock; nothing of the tools goes into the image that runs."""
    values = [step.value for step in stage("build")]
    built = next(index for index, value in enumerate(values) if value.endswith("run build"))
    assert values[built].startswith("desk/npm.sh /opt/build/bin/python ci && ")
    assert built < next(index for index, value in enumerate(values) if " wheel " in value)


def test_packages_are_installed_by_hash_and_as_wheels() -> None:
    """Nothing is taken that is not locked, nothing is compiled, and the project itself fetches nothing."""
    installs = [part for step in stage("build") for part in step.value.split(" && ") if " install " in part]
    wheel = next(part for step in stage("build") for part in step.value.split(" && ") if " wheel " in part)
    assert len(installs) == 3
    for line in installs[:2]:
        assert "--require-hashes --only-binary :all: -r deploy/" in line
    assert "--no-deps --no-index" in installs[2]
    assert "--no-deps --no-index --no-build-isolation" in wheel


def test_the_engine_can_ask_and_stop_it() -> None:
    """There is a health check, and the signal is the one on which the commands stop in order."""
    last = {step.instruction: step.value for step in stage("runtime")}
    assert "/opt/caseline/healthcheck.py" in last["HEALTHCHECK"]
    assert last["STOPSIGNAL"] == "SIGTERM"
    assert last["ENTRYPOINT"] == '["caseline"]'


def test_everything_that_is_let_in_exists() -> None:
    """A name left over from a file that is gone hides that something else is missing."""
    assert all((ROOT / name).exists() for name in let_in())


def test_every_package_of_the_project_is_let_in() -> None:
    """A new top-level package must be named in Dockerfile.dockerignore too."""
    found = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    packages = {
        path.parent.name
        for pattern in found["packages"]["find"]["include"]
        for path in ROOT.glob(f"{pattern}/__init__.py")
    }
    assert packages | {f"{module}.py" for module in found["py-modules"]} <= set(let_in())


@pytest.mark.parametrize("command", ["api", "worker", "migrate", "reconcile", "token", "policies"])
def test_a_command_of_the_image_tells_of_itself(run: Run, command: str) -> None:
    """The installed project holds everything that its commands import."""
    said = run(command, "--help")
    assert said.returncode == 0, said.stderr


def test_the_image_brings_the_policy_editions(run: Run) -> None:
    """Editions are data; they must be packed as well."""
    said = run("policies", "list", COLUMNS="200")
    assert said.returncode == 0, said.stderr
    assert {edition.stem for edition in (ROOT / "domain" / "policies").glob("*.toml")} <= set(said.stdout.split())


def test_the_image_can_migrate(run: Run, tmp_path: Path) -> None:
    """The migrations are packed, and `migrate` needs no Temporal."""
    database = tmp_path / "caseline.db"
    said = run(
        "migrate",
        CASELINE_DATABASE_URL=f"sqlite:///{database}",
        CASELINE_TEMPORAL_ADDRESS="temporal:7233",
    )
    assert said.returncode == 0, said.stderr
    assert database.stat().st_size > 0


def test_the_image_says_what_is_missing(run: Run) -> None:
    """Started without settings, it ends with one line that names them."""
    said = run("api")
    assert said.returncode == 2
    assert "CASELINE_TEMPORAL_ADDRESS is not set" in said.stderr
    assert "Traceback" not in said.stderr
