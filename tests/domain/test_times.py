"""Times that come from outside."""

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.times import Instant


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59-10:00", "0001-01-01T00:00:00+08:00", "2026-11-11T00:00:00"])
def test_times_beyond_reckoning_are_refused(text: str) -> None:
    """A year far away, or a time without a zone, is invalid input and no crash."""
    with pytest.raises(ValidationError):
        TypeAdapter(Instant).validate_python(text)
