"""The demo merchants' tokens and accounts; they exist in the embedded modes only."""

from datetime import datetime

from domain.roles import SHOP_STAFF, Role
from services.passwords import hash_known
from store import logins, tokens
from store.database import Database

DEMO_ROLES = (
    Role.OWNER,
    Role.AGENT,
    Role.SUPERVISOR,
    Role.WAREHOUSE,
    Role.FINANCE,
    Role.BUYER,
    Role.PLATFORM,
    Role.ERP,
    Role.CARRIER,
    Role.PAYMENT,
    Role.OPS,
)
OTHER_ROLES = (Role.AGENT, Role.OWNER)


async def seed_demo(db: Database, now: datetime) -> None:
    """Adds the token `demo-owner` and the others, each of the account of that name; staff sign in, name as password."""
    for merchant, roles in (("demo", DEMO_ROLES), ("other", OTHER_ROLES)):
        for role in roles:
            name = f"{merchant}-{role}"
            await db.write(tokens.add, tokens.hash_token(name), merchant, name, [role], now)
            if role in SHOP_STAFF:
                await db.write(logins.put_login, merchant, name, [role], hash_known(name), now)
