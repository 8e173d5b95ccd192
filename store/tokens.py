"""Bearer tokens, kept hashed, and what main accounts granted (S1-27, S1-40, S4-66)."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, or_, select, update

from domain.roles import Actor, Role
from store.database import Row, put_rows
from store.tables import ACCOUNTS, TOKENS

_GOOD = (
    select(
        TOKENS.c.merchant,
        TOKENS.c.account,
        TOKENS.c.roles,
        TOKENS.c.expires_at,
        TOKENS.c.buyer_id,
        ACCOUNTS.c.permissions,
    )
    .outerjoin(ACCOUNTS, and_(ACCOUNTS.c.merchant == TOKENS.c.merchant, ACCOUNTS.c.account == TOKENS.c.account))
    .where(TOKENS.c.token_hash == bindparam("token_hash"), TOKENS.c.revoked_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class Principal:
    """Whom a token stands for.

    Attributes:
        buyer: the one buyer whose cases it reaches; None: all of the shop's.
    """

    merchant: str
    account: str
    roles: tuple[Role, ...]
    permissions: tuple[str, ...]
    buyer: str | None = None

    def acting_as(self, role: Role) -> Actor:
        """This account in one of its roles."""
        return Actor(role=role, account=self.account, permissions=self.permissions)


@dataclass(frozen=True, slots=True)
class TokenRecord:
    """A token as ops may see it; it is good while it is not revoked and has not expired."""

    token_hash: str
    merchant: str
    account: str
    roles: tuple[Role, ...]
    created_at: datetime
    revoked_at: datetime | None
    expires_at: datetime | None
    buyer: str | None


def new_token() -> str:
    """A token of 256 random bits; shown once, then only its hash is kept."""
    return f"cl_{secrets.token_urlsafe(32)}"


def hash_token(token: str) -> str:
    """What is kept of a token. It is random, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def find(tx: Connection, token_hash: str, now: datetime) -> Principal | None:
    """Whom a token stands for; None if it is unknown, revoked or expired."""
    row = tx.execute(_GOOD, {"token_hash": token_hash}).one_or_none()
    if row is None or (row.expires_at and row.expires_at <= now):
        return None
    return Principal(row.merchant, row.account, _roles(row), tuple(row.permissions or ()), row.buyer_id)


def add(
    tx: Connection,
    token_hash: str,
    merchant: str,
    account: str,
    roles: Sequence[Role],
    now: datetime,
    *,
    expires_at: datetime | None = None,
    buyer: str | None = None,
) -> None:
    """Keeps a token; the same one again stands for whom it is now given to, and is good again."""
    row = {
        "token_hash": token_hash,
        "merchant": merchant,
        "account": account,
        "roles": [str(role) for role in roles],
        "created_at": now,
        "revoked_at": None,
        "expires_at": expires_at,
        "buyer_id": buyer,
    }
    put_rows(tx, TOKENS, [row])


def revoke(tx: Connection, merchant: str, account: str, now: datetime) -> int:
    """Ends every token of an account; answers how many were good until now."""
    return _revoke(tx, now, TOKENS.c.merchant == merchant, TOKENS.c.account == account)


def revoke_one(tx: Connection, token_hash: str, now: datetime) -> bool:
    """Ends one token, named by its hash; answers whether it was good until now."""
    return bool(_revoke(tx, now, TOKENS.c.token_hash == token_hash))


def _revoke(tx: Connection, now: datetime, *which: ColumnElement[bool]) -> int:
    good = TOKENS.c.revoked_at.is_(None), or_(TOKENS.c.expires_at.is_(None), TOKENS.c.expires_at > now)
    revoked = update(TOKENS).where(*which, *good).values(revoked_at=now).returning(TOKENS.c.token_hash)
    return len(tx.scalars(revoked).all())


def list_tokens(tx: Connection, merchant: str | None = None) -> list[TokenRecord]:
    """The tokens of a shop, or of all."""
    query = select(TOKENS).order_by(TOKENS.c.merchant, TOKENS.c.account, TOKENS.c.created_at)
    if merchant is not None:
        query = query.where(TOKENS.c.merchant == merchant)
    return [_record(row) for row in tx.execute(query)]


def grant(tx: Connection, merchant: str, account: str, permissions: Sequence[str]) -> None:
    """Sets what a main account grants one of its accounts."""
    put_rows(
        tx,
        ACCOUNTS,
        [{"merchant": merchant, "account": account, "permissions": list(permissions)}],
    )


def set_authority(tx: Connection, merchant: str, account: str, authority: Decimal | None) -> None:
    """Sets how many yuan an account may agree to by itself (S4-66); None: what its role may."""
    row: dict[str, Any] = {"merchant": merchant, "account": account, "permissions": [], "authority": authority}
    put_rows(tx, ACCOUNTS, [row], keep=("permissions",))


def _record(row: Row) -> TokenRecord:
    return TokenRecord(
        token_hash=row.token_hash,
        merchant=row.merchant,
        account=row.account,
        roles=_roles(row),
        created_at=row.created_at,
        revoked_at=row.revoked_at,
        expires_at=row.expires_at,
        buyer=row.buyer_id,
    )


def _roles(row: Any) -> tuple[Role, ...]:
    return tuple(Role(role) for role in row.roles)
