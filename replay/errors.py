"""Why an order log cannot be used.

ReplayError (a StartupError)
├── MappingUnusable   the mapping of columns does not read or does not hold together
├── LogUnusable       the order log as a whole does not read; single bad rows are set aside instead
├── EditionUnknown    no policy edition of that name
└── ReportUnwritable  the report cannot be written where it should go
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from runtime.errors import StartupError


class ReplayError(StartupError):
    """Root of them; the text is a sentence for the person at the terminal."""


class MappingUnusable(ReplayError):
    """The mapping of columns; names the file and every bad value."""

    def __init__(self, path: Path, problems: Sequence[str]) -> None:
        super().__init__(f"the mapping {path} cannot be used: {'; '.join(problems)}")


class LogUnusable(ReplayError):
    """The order log as a whole."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} cannot be read: {why}")


class EditionUnknown(ReplayError):
    """No policy edition of that name, or a shop's own editions do not read."""


class ReportUnwritable(ReplayError):
    """The report cannot be written where it should go."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"cannot write the report to {path}: {why}")
