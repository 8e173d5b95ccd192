"""A released history is never written anew."""

from pathlib import Path

import pytest

from tests.workflows.released import RELEASED, broken, release, released


@pytest.fixture
def histories(tmp_path: Path) -> Path:
    """A folder with one history that is released and one that is not."""
    (tmp_path / RELEASED).touch()
    (tmp_path / "plain.json").write_text("{}")
    assert release(tmp_path) == 1
    (tmp_path / "newer.json").write_text("{}")
    return tmp_path


def test_every_released_history_is_as_it_was_released() -> None:
    """Running cases go on from what was recorded, whatever is easier to record now."""
    assert not list(broken())


def test_one_that_changed_is_named(histories: Path) -> None:
    """It says which, and what to do instead; no release may be cut with it."""
    (histories / "plain.json").write_text('{"events": []}')
    (problem,) = broken(histories)
    assert problem.startswith("plain.json was written anew")
    with pytest.raises(ValueError, match=r"plain\.json was written anew"):
        release(histories)


def test_one_that_is_gone_is_named(histories: Path) -> None:
    """A path may be dropped, its histories stay."""
    (histories / "plain.json").unlink()
    (problem,) = broken(histories)
    assert problem.startswith("plain.json is gone")


def test_a_release_adds_what_is_new(histories: Path) -> None:
    """What is not released yet may still change until then."""
    (histories / "newer.json").write_text('{"events": []}')
    assert not list(broken(histories))
    assert release(histories) == 1
    assert set(released(histories)) == {"newer.json", "plain.json"}
