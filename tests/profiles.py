"""How many examples a property is tried on: all of it in one place.

`make test` tries the same examples each time; `make nightly` tries others, and many more.
"""

from enum import Enum

from hypothesis import settings

NIGHTLY = "nightly"
EXAMPLES_OF_A_NIGHT = 2000


class Tried(Enum):
    """What an example of a property is, with how many of them `make test` tries."""

    VALUES = 100
    """Some values: what stands at no test."""
    LIVES = 30
    """A whole life of a case, step by step: tens of milliseconds."""
    LIVES_ELSEWHERE = 15
    """Such a life on a platform, read and translated."""


def register_profiles() -> None:
    """Both profiles; that of `make test` is loaded. How long an example takes is the machine's business."""
    settings.register_profile("caseline", deadline=None, derandomize=True, max_examples=Tried.VALUES.value)
    settings.register_profile(NIGHTLY, deadline=None, max_examples=EXAMPLES_OF_A_NIGHT, print_blob=True)
    settings.load_profile("caseline")


def by_night() -> bool:
    """Whether `make nightly` runs."""
    return settings.get_current_profile_name() == NIGHTLY


def tried(on: Tried) -> settings:
    """For properties whose example costs more than values do."""
    return settings(max_examples=EXAMPLES_OF_A_NIGHT if by_night() else on.value)
