"""Finds the server programs that came as Python packages; nothing is ever downloaded."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from runtime.errors import StartupError


def packaged_program(package: str, name: str) -> Path:
    """The program `name` that an installed package put beside the interpreter.

    Raises:
        StartupError: the package is not installed, or not whole.
    """
    try:
        listed = files(package) or []
    except PackageNotFoundError:
        listed = []
    for file in listed:
        path = Path(str(file.locate())).resolve()
        if file.stem == name and path.is_file():
            return path
    raise StartupError(f"the package {package} with the program {name} is not installed; run `make setup`")
