"""The demo merchants' tokens; they exist in the embedded modes only."""

from datetime import datetime

from domain.roles import Role
from store import tokens
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


async def seed_tokens(db: Database, now: datetime) -> None:
    """Adds `demo-owner` and the others; each token's account has the token's name."""
    for merchant, roles in (("demo", DEMO_ROLES), ("other", OTHER_ROLES)):
        for role in roles:
            token = f"{merchant}-{role}"
            await db.write(tokens.add, tokens.hash_token(token), merchant, token, [role], now)
