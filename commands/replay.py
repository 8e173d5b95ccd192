"""`caseline replay`: a recorded order log through the rules, and what it would have cost."""

from replay.columns import Columns
from replay.run import replay_file

__all__ = ["Columns", "replay_file"]
