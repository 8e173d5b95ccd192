"""What can be wrong with an edition file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import DomainError


@dataclass(frozen=True, slots=True)
class PolicyProblem:
    """One thing wrong in one edition file.

    Attributes:
        file: Name of the file, as it was given.
        path: Where in it: a key path such as ``ship.late.rate``, ``line 3``, or empty for the whole file.
        message: What is wrong, as half a sentence.
        found: The offending value as written, or None where there is none to show.
    """

    file: str
    path: str
    message: str
    found: str | None = None

    def __str__(self) -> str:
        place = f"{self.file}: {self.path}" if self.path else self.file
        return f"{place}: {self.message}" + (f", found {self.found}" if self.found is not None else "")


class PolicyError(DomainError):
    """Edition files that cannot be used; its text has one line per problem."""

    def __init__(self, problems: Iterable[PolicyProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
