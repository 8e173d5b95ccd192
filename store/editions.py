"""The policy editions that cases use: an edition never changes afterwards, and here that shows."""

from collections.abc import Mapping

from sqlalchemy import select

from store.database import Database
from store.tables import EditionRow


async def changed_editions(db: Database, fingerprints: Mapping[str, str]) -> list[str]:
    """The editions in use whose content is no longer what it was at their first use, by id.

    `fingerprints` are of the editions that this process has loaded; one that is in use and missing there counts too.
    """
    async with db.read() as session:
        kept = await session.execute(select(EditionRow.policy, EditionRow.fingerprint).order_by(EditionRow.policy))
        return [policy for policy, fingerprint in kept if fingerprints.get(policy) != fingerprint]
