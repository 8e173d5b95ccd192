"""Runs one of the product's modules and counts its transactions: `python -m bench.counted FILE MODULE WORDS…`.

The count stands in the file as eight bytes, which the driver reads while the process runs.
"""

import mmap
import os
import runpy
import struct
import sys
from pathlib import Path

from sqlalchemy import Engine, event

_FORM = struct.Struct("=Q")


def count_into(file: Path) -> None:
    """From here on every transaction of this process is counted."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT)
    os.ftruncate(handle, _FORM.size)
    shared, count = mmap.mmap(handle, _FORM.size), 0

    @event.listens_for(Engine, "begin")
    def _begun(_: object) -> None:
        nonlocal count
        count += 1
        _FORM.pack_into(shared, 0, count)


def counted(file: Path) -> int:
    """How many it has begun; 0 before the first."""
    content = file.read_bytes() if file.exists() else b""
    return int(_FORM.unpack(content)[0]) if content else 0


if __name__ == "__main__":
    _, name, module, *words = sys.argv
    count_into(Path(name))
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
