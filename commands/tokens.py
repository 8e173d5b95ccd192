"""`caseline token`: who may call the API."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import TypeAdapter, ValidationError
from rich.console import Console
from rich.table import Table

from commands.tables import print_whole
from domain.case.ids import ShopName
from domain.roles import Role
from domain.shop.staff import Account as AccountName
from domain.text import is_text
from runtime.errors import StartupError
from store import tokens
from store.database import Database

EVERY_BUYER = (
    "It acts for EVERY buyer of the shop: keep it in the storefront's server, and give none to an app or a browser. "
    "One for a single buyer is made with --buyer."
)


class NoToken(StartupError):
    """Such a token cannot be given out."""


@dataclass(frozen=True, slots=True)
class NewToken:
    """Whom a token is to stand for, and how long.

    Attributes:
        buyer: the one buyer whose cases it is to reach; None: all of the shop's.
        valid_for: from now on; None: until it is revoked.
    """

    merchant: str
    account: str
    roles: Sequence[Role]
    buyer: str | None = None
    valid_for: timedelta | None = None

    def check(self) -> None:
        """Raises NoToken for names that cannot be, the role of Caseline itself, and a buyer's token that is more."""
        for field, kind in (("merchant", ShopName), ("account", AccountName)):
            try:
                TypeAdapter[str](kind).validate_python(getattr(self, field))
            except ValidationError as error:
                raise NoToken(f"{field}: {error.errors()[0]['msg']}") from error
        if Role.SYSTEM in self.roles:
            raise NoToken("role: system is Caseline itself; no token has it")
        if self.buyer is not None and (list(self.roles) != [Role.BUYER] or not self.buyer or not is_text(self.buyer)):
            raise NoToken("buyer: only a token of the role buyer alone is of one buyer, who has an id")


async def add_token(db: Database, new: NewToken, console: Console) -> None:
    """Makes a token and shows it once; the store keeps only its hash. Raises NoToken."""
    new.check()
    token, now = tokens.new_token(), datetime.now(UTC)
    await db.write(
        tokens.add,
        tokens.hash_token(token),
        new.merchant,
        new.account,
        list(new.roles),
        now,
        expires_at=now + new.valid_for if new.valid_for else None,
        buyer=new.buyer,
    )
    of_whom = f", of buyer {new.buyer} alone" if new.buyer else ""
    whose = f"Token of {new.account} at {new.merchant}, as {', '.join(new.roles)}{of_whom}. It is shown this once:"
    console.print(whose, highlight=False, soft_wrap=True)
    console.print(token, highlight=False)
    if Role.BUYER in new.roles and not new.buyer:
        console.print(EVERY_BUYER, highlight=False, soft_wrap=True, style="yellow")


async def revoke_tokens(db: Database, merchant: str, account: str) -> int:
    """Revokes every token of an account; answers how many."""
    return await db.write(tokens.revoke, merchant, account, datetime.now(UTC))


async def revoke_token(db: Database, token_hash: str) -> int:
    """Revokes the one token of that hash, as `show_tokens` lists it; answers how many."""
    return int(await db.write(tokens.revoke_one, token_hash, datetime.now(UTC)))


async def show_tokens(db: Database, merchant: str | None, console: Console) -> None:
    """Lists tokens, each with the hash by which it alone can be revoked."""
    table = Table("merchant", "account", "roles", "buyer", "since", "expires", "revoked", "hash")
    for token in await db.read(tokens.list_tokens, merchant):
        table.add_row(
            token.merchant,
            token.account,
            ", ".join(token.roles),
            token.buyer or "",
            _minute(token.created_at),
            _minute(token.expires_at),
            _minute(token.revoked_at),
            token.token_hash,
        )
    print_whole(table, console)


def _minute(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else ""
