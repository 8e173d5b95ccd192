"""`python -m tests.pictures [temporal | desk]`: makes the pictures of the documents anew, all of them or one part."""

import asyncio
import sys

from tests.pictures import desk, temporal

PARTS = {"temporal": lambda: asyncio.run(temporal.main()), "desk": desk.main}

if __name__ == "__main__":
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()
