"""The Dockerfile as far as it can be carried out without a container engine."""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.deploy.stack import DEPLOY, ROOT


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction of a Dockerfile."""

    instruction: str
    value: str


def steps() -> list[Step]:
    """The instructions in order, continued lines joined, comments left out."""
    text = re.sub(r"^#.*\n", "", (DEPLOY / "Dockerfile").read_text(), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [Step(*line.split(maxsplit=1)) for line in lines if line.strip()]


def stage(name: str) -> list[Step]:
    """The instructions of one stage, its FROM first."""
    found: list[Step] = []
    for step in steps():
        if step.instruction == "FROM":
            inside = step.value.endswith(f" AS {name}")
        if inside:
            found.append(step)
    return found


def let_in() -> list[str]:
    """The files and folders that Dockerfile.dockerignore lets into the build."""
    lines = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*", "everything is shut out first"
    return [rule.removeprefix("!") for rule in rules if rule.startswith("!")]


def copied(folder: Path) -> Path:
    """Copies what `COPY . .` would bring into the build."""
    ignored = shutil.ignore_patterns("__pycache__", "node_modules", "generated", "static")
    for name in let_in():
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=ignored)
        else:
            shutil.copy(source, target)
    return folder


def installed(source: Path, target: Path) -> Path:
    """Builds the project from these files alone, and unpacks it as an installation would."""
    build = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
    wheels = target.with_name("wheels")
    wheels.mkdir()
    subprocess.run([sys.executable, "-W", "ignore", "-c", build, wheels], cwd=source, check=True, capture_output=True)
    shutil.unpack_archive(next(wheels.glob("*.whl")), target, "zip")
    return target
