"""The mark of a case's story: by it a history, a row and whoever runs the case know whether they mean the same one.

Each write of the read model carries the mark of what was lived up to there, and leaves it in the row; its answer leaves
it in the workflow's history. So a process that replays a history into another story than was written finds that out
before it does anything (`HistoryStands`), and the store refuses to let rows that a history knows of be written over.
"""

import json
from hashlib import sha256

from domain.case.ledger import LedgerEntry
from domain.case.state import CaseState
from domain.errors import HistoryStands

LENGTH = 16


def mark_of(state: CaseState) -> str:
    """What stands of a case at its version: the ledger entry by entry, and its timeline by the types of the lines.

    Words may change, and so may the moments at which something was learnt: what is tried again comes later.
    """
    story = [state.version, state.line_count, state.line_sum, [_entry(entry) for entry in state.ledger]]
    return sha256(json.dumps(story).encode()).hexdigest()[:LENGTH]


def check_mark(case_id: str, version: int, lived: str, written: str) -> None:
    """Raises HistoryStands if a history says that something else was written; one of before marks says nothing."""
    if written and written != lived:
        raise HistoryStands(f"{case_id}: version {version} was written as {written}, and comes to {lived} here")


def _entry(entry: LedgerEntry) -> list[str | int | None]:
    return [
        entry.entry_id,
        entry.version,
        entry.kind,
        f"{entry.amount:.2f}",
        entry.unit,
        entry.debit,
        entry.credit,
        entry.rule,
        entry.cause,
        entry.reverses,
    ]
