"""Edition files for the tests: a shipped one with lines replaced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.policy import editions

SHIPPED = Path(editions.__file__).parent.parent / "policies"

Write = Callable[..., Path]


@pytest.fixture
def shipped() -> Path:
    """The folder of the shipped editions."""
    return SHIPPED


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes an edition file: a shipped one with texts replaced, each of which must be there."""

    def write_file(*changes: tuple[str, str], base: str = "taobao-2012", name: str = "shop.toml") -> Path:
        text = (SHIPPED / f"{base}.toml").read_text(encoding="utf-8")
        for before, after in changes:
            assert before in text
            text = text.replace(before, after)
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write_file
