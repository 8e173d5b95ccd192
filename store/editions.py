"""The policy editions that cases use: none of their values changes afterwards, and here that shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from domain.policy import Policy, all_values, own_values
from store.tables import POLICY_EDITIONS

_VALUES = POLICY_EDITIONS.c["values"]  # by its name, because a collection has `values` of its own


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """A value of an edition in use that is not what it was; None: it is gone, its whole edition perhaps."""

    policy: str
    path: str
    was: str
    now: str | None


def compare_editions(tx: Connection, known: Mapping[str, Policy]) -> list[ChangedValue]:
    """What has changed of the editions in use since their first use, as this process has loaded them.

    Their words are no values. A value that an edition did not have then, as one that came with this version of
    Caseline, is kept from now on.
    """
    changed: list[ChangedValue] = []
    used = select(POLICY_EDITIONS.c.policy, _VALUES).order_by(POLICY_EDITIONS.c.policy).with_for_update()
    for name, kept in tx.execute(used).all():
        edition = known.get(name)
        values = all_values(edition) if edition else {}
        differ = [(path, was) for path, was in kept.items() if values.get(path) != was]
        changed += [ChangedValue(name, path, was, values.get(path)) for path, was in differ]
        if edition and not differ and (added := own_values(edition).keys() - kept.keys()):
            more = kept | {path: values[path] for path in sorted(added)}
            tx.execute(update(POLICY_EDITIONS).where(POLICY_EDITIONS.c.policy == name).values({_VALUES: more}))
    return changed
