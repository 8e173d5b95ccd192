"""`python healthcheck.py URL`: exits 0 if the address answers with success, else 1. The image has no curl."""

import sys
import urllib.request
from http.client import HTTPException

TIMEOUT_SECONDS = 4


def answers(url: str) -> bool:
    """Whether the address answers with a status of success in time."""
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT_SECONDS):
            return True
    except (OSError, HTTPException):
        return False


if __name__ == "__main__":
    sys.exit(0 if answers(sys.argv[1]) else 1)
