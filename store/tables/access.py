"""Who may call, and what was granted to them."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Index, Integer, Named, Table, Text, TypedColumns

from store.tables.base import METADATA
from store.types import Fen, Json, UtcTime


class TokenColumns(TypedColumns):
    """A bearer token, hashed, with whom it stands for; one of a single buyer names them."""

    token_hash: Named[str] = Column(Text, primary_key=True)
    merchant: Named[str] = Column(Text)
    account: Named[str] = Column(Text)
    roles: Named[list[Any]] = Column(Json)
    created_at: Named[datetime] = Column(UtcTime)
    revoked_at: Named[datetime | None] = Column(UtcTime)
    expires_at: Named[datetime | None] = Column(UtcTime)
    buyer_id: Named[str | None] = Column(Text)


TOKENS = Table("tokens", METADATA, TokenColumns, Index("ix_tokens_account", "merchant", "account"))


class AccountColumns(TypedColumns):
    """What a main account granted one of its sub-accounts (S1-27, S1-40), and how much it may agree to (S4-66)."""

    merchant: Named[str] = Column(Text, primary_key=True)
    account: Named[str] = Column(Text, primary_key=True)
    permissions: Named[list[Any]] = Column(Json)
    authority: Named[Decimal | None] = Column(Fen)


ACCOUNTS = Table("accounts", METADATA, AccountColumns)


class LoginColumns(TypedColumns):
    """Somebody who signs in with a password; account names are no two shops' alike. `locked_at`: not any more."""

    account: Named[str] = Column(Text, primary_key=True)
    merchant: Named[str] = Column(Text)
    roles: Named[list[Any]] = Column(Json)
    password_hash: Named[str] = Column(Text)
    created_at: Named[datetime] = Column(UtcTime)
    locked_at: Named[datetime | None] = Column(UtcTime)


LOGINS = Table("logins", METADATA, LoginColumns, Index("ix_logins_merchant", "merchant"))


class SessionColumns(TypedColumns):
    """A browser that is signed in, by the hash of what its cookie holds."""

    session_hash: Named[str] = Column(Text, primary_key=True)
    account: Named[str] = Column(Text)
    created_at: Named[datetime] = Column(UtcTime)
    expires_at: Named[datetime] = Column(UtcTime)


SESSIONS = Table(
    "sessions",
    METADATA,
    SessionColumns,
    Index("ix_sessions_account", "account"),
    Index("ix_sessions_expires_at", "expires_at"),
)


class SignInColumns(TypedColumns):
    """How often somebody tried to sign in under a name since when, whether there is such an account or not."""

    account: Named[str] = Column(Text, primary_key=True)
    attempts: Named[int] = Column(Integer)
    since: Named[datetime] = Column(UtcTime)


SIGN_INS = Table("sign_ins", METADATA, SignInColumns)
