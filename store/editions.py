"""The policy editions that cases use: none of their values changes afterwards, and here that shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from domain.policy import Policy, all_values, own_values
from store.database import Database
from store.tables import EditionRow


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """A value of an edition in use that is not what it was; None: it is gone, its whole edition perhaps."""

    policy: str
    path: str
    was: str
    now: str | None


async def compare_editions(db: Database, known: Mapping[str, Policy]) -> list[ChangedValue]:
    """What has changed of the editions in use since their first use, as this process has loaded them.

    Their words are no values. A value that an edition did not have then, as one that came with this version of
    Caseline, is kept from now on.
    """
    changed: list[ChangedValue] = []
    async with db.write() as session:
        for row in await session.scalars(select(EditionRow).order_by(EditionRow.policy).with_for_update()):
            edition = known.get(row.policy)
            values = all_values(edition) if edition else {}
            differ = [(path, was) for path, was in row.values.items() if values.get(path) != was]
            changed += [ChangedValue(row.policy, path, was, values.get(path)) for path, was in differ]
            if edition and not differ and (added := own_values(edition).keys() - row.values.keys()):
                row.values = row.values | {path: values[path] for path in sorted(added)}
    return changed
