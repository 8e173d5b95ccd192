"""Generators of clients take the document as it is."""

import compileall
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.documents import document

BIN = Path(sys.executable).parent

pytestmark = pytest.mark.slow


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The document as a file."""
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(document()), encoding="utf-8")
    return path


def run(*command: str | Path, cwd: Path) -> str:
    """What a program says; it must end well."""
    path = os.pathsep.join([str(BIN), os.environ["PATH"]])
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=240, check=False
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
