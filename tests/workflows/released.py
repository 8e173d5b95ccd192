"""Histories that a release was cut with: no code may be released that does not follow them, so none is written anew.

`python -m tests.workflows.released` takes all that are recorded now into the list `histories/RELEASED`, which cutting a
release does; it only ever adds. `sha256sum --check RELEASED` reads the same list.
"""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

HISTORIES = Path(__file__).parent / "histories"
RELEASED = "RELEASED"


def released(folder: Path = HISTORIES) -> dict[str, str]:
    """The SHA-256 of every released history, by the name of its file."""
    lines = (folder / RELEASED).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}


def broken(folder: Path = HISTORIES) -> Iterator[str]:
    """A sentence for every released history that is not as it was released."""
    for name, digest in released(folder).items():
        file = folder / name
        if not file.exists():
            yield f"{name} is gone: cases of a release run on from it. Put it back as it was."
        elif _digest(file) != digest:
            yield (
                f"{name} was written anew: cases of a release run on from what it was. Put it back as it was, guard "
                "the change by a version of the rules or a named change, and record the new way as a path of its own "
                "(docs/changing.md)."
            )


def release(folder: Path = HISTORIES) -> int:
    """Takes every history that is not released yet into the list; answers how many.

    Raises:
        ValueError: a released one is not as it was.
    """
    if problems := list(broken(folder)):
        raise ValueError("\n".join(problems))
    listed = released(folder)
    new = {file.name: _digest(file) for file in folder.glob("*.json") if file.name not in listed}
    lines = [f"{digest}  {name}\n" for name, digest in sorted((listed | new).items())]
    (folder / RELEASED).write_text("".join(lines), encoding="utf-8")
    return len(new)


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    try:
        print(f"{release()} histories are released from now on")
    except ValueError as problem:
        sys.exit(str(problem))
