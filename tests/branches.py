"""`python -m tests.branches REPORT`: which share of the branches of each measured package the tests took.

REPORT is coverage's JSON. Exits with 1 when a package lies below what is asked of it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

LEAST = 0.95


def main() -> int:
    """Print a line for each package, and give the exit code."""
    report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    there, taken = Counter[str](), Counter[str]()
    for name, file in report["files"].items():
        package = Path(name).parts[0]
        there[package] += file["summary"]["num_branches"]
        taken[package] += file["summary"]["covered_branches"]
    shares = {package: taken[package] / there[package] for package in sorted(there)}
    for package, share in shares.items():
        print(
            f"{package:<9} {share:6.1%} of {there[package]} branches{'' if share >= LEAST else f', below {LEAST:.0%}'}"
        )
    return int(min(shares.values()) < LEAST)


if __name__ == "__main__":
    sys.exit(main())
