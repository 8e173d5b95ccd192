"""What a process holds for good."""

import gc
from collections.abc import Iterator

import pytest

from runtime.memory import keep_for_good


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    """The tests after this one collect as before."""
    yield
    gc.unfreeze()


def test_what_is_there_is_left_out_of_full_collections() -> None:
    """Only what comes later is looked through."""
    held = [[number] for number in range(1000)]
    keep_for_good()
    later = [held]
    looked_through = {id(one) for one in gc.get_objects()}
    assert id(later) in looked_through
    assert not looked_through & {id(one) for one in held}
