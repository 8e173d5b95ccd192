"""Benchmarks, run as their users run them."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TypeVar

from bench.figures import Report

R = TypeVar("R", bound=Report)


def run_bench(report: type[R], folder: Path, *words: str, shows: tuple[str, ...]) -> R:
    """What a tiny run wrote; it printed those words, and left none of its files."""
    run = subprocess.run(
        [sys.executable, "-m", "bench", *words, "--json", str(folder / "report.json")],
        capture_output=True,
        text=True,
        timeout=300,
        env=os.environ | {"TMPDIR": str(folder), "COLUMNS": "160"},
    )
    assert run.returncode == 0, run.stderr
    for shown in shows:
        assert shown in run.stdout
    assert not list(folder.glob("caseline-bench-*"))
    return report.model_validate_json((folder / "report.json").read_text())
