"""`caseline` commands as processes that run at once: forked from one that has imported what they need.

A new interpreter spends two seconds of a core on imports. These are processes like any other: each leads a group of its
own, has its own environment and output, runs `cli` as typed in a shell, and dies of any signal, or with the tests.
"""

import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path

import cli
from runtime.folders import open_log
from runtime.tether import TETHERED

_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(
    ["cli", *(f"commands.{name}" for name in ("serve", "up", "reconcile", "tokens", "database"))]
)


class Forked:
    """A running command, at the head of a group."""

    def __init__(
        self, *words: str, env: Mapping[str, str], out: Path, err: Path | None = None, folder: Path | None = None
    ) -> None:
        """Starts it.

        Args:
            words: the command's.
            env: all of its environment.
            out: file to append its output to.
            err: that of its errors, if it is another.
            folder: to run in, if it is another than ours.
        """
        self._process = _FORKS.Process(target=_run, args=(words, dict(env), out, err or out, folder or Path.cwd()))
        self._process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid
        return self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, within: float | None = None) -> int | None:
        self._process.join(within)
        return self._process.exitcode


def _run(words: tuple[str, ...], env: dict[str, str], out: Path, err: Path, folder: Path) -> None:
    os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update({**env, TETHERED: "1"})
    tests = parent_process()
    assert tests
    os.dup2(tests.sentinel, 0)  # which nobody writes to; it ends when the tests do, however that is
    with open_log(out) as output, open_log(err) as errors:
        for descriptor, file in enumerate((output, errors), 1):
            os.dup2(file.fileno(), descriptor)
    sys.argv = ["caseline", *words]
    cli.main()


@dataclass(frozen=True, slots=True)
class Said:
    """What a command wrote, and how it ended."""

    code: int
    out: str
    err: str


def caseline(*words: str, env: Mapping[str, str], folder: Path | None = None, within: float = 120.0) -> Said:
    """What comes of a command that ends by itself."""
    with tempfile.TemporaryDirectory() as written:
        out, err = Path(written, "out"), Path(written, "err")
        code = Forked(*words, env=env, out=out, err=err, folder=folder).wait(within)
        assert code is not None, f"`caseline {' '.join(words)}` does not end: {err.read_text()}"
        return Said(code, out.read_text(), err.read_text())
