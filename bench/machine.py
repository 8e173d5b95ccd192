"""What a benchmark runs on, and how busy that is: figures of a busy machine are to be read as such."""

import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Self

import psutil

from bench.figures import Machine


@dataclass(frozen=True, slots=True)
class Beginning:
    """When a run began, and what the machine was doing then."""

    at: datetime
    load: float

    @classmethod
    def now(cls) -> Self:
        return cls(datetime.now(UTC), psutil.getloadavg()[0])

    @property
    def started_at(self) -> str:
        return self.at.isoformat(timespec="seconds")

    def machine(self) -> Machine:
        """Asked at the end of the run."""
        return Machine(
            cores=psutil.cpu_count() or 1,
            python=platform.python_version(),
            temporalio=version("temporalio"),
            load_before=round(self.load, 2),
            load_after=round(psutil.getloadavg()[0], 2),
        )
