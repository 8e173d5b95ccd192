"""`caseline token`: who may call the API."""

from collections.abc import Sequence
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from commands.tables import print_whole
from domain.roles import Role
from store import tokens
from store.database import Database


async def add_token(db: Database, merchant: str, account: str, roles: Sequence[Role], console: Console) -> None:
    """Makes a token and shows it once; the store keeps only its hash."""
    token = tokens.new_token()
    await tokens.add(db, tokens.hash_token(token), merchant, account, list(roles), datetime.now(UTC))
    whose = f"Token of {account} at {merchant}, as {', '.join(roles)}. It is shown this once:"
    console.print(whose, highlight=False, soft_wrap=True)
    console.print(token, highlight=False)


async def revoke_tokens(db: Database, merchant: str, account: str) -> int:
    """Revokes every token of an account; answers how many."""
    return await tokens.revoke(db, merchant, account, datetime.now(UTC))


async def show_tokens(db: Database, merchant: str | None, console: Console) -> None:
    """Lists tokens by the first characters of their hash."""
    table = Table("merchant", "account", "roles", "since", "revoked", "hash")
    for token in await tokens.list_tokens(db, merchant):
        table.add_row(
            token.merchant,
            token.account,
            ", ".join(token.roles),
            f"{token.created_at:%Y-%m-%d %H:%M}",
            f"{token.revoked_at:%Y-%m-%d %H:%M}" if token.revoked_at else "",
            token.token_hash[:8],
        )
    print_whole(table, console)
