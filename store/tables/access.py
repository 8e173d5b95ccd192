"""Who may call, and what was granted to them."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Table


class TokenRow(Table):
    """A bearer token, hashed, with whom it stands for; one of a single buyer names them."""

    __tablename__ = "tokens"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    merchant: Mapped[str]
    account: Mapped[str]
    roles: Mapped[list[Any]]
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    buyer_id: Mapped[str | None]

    __table_args__ = (Index("ix_tokens_account", "merchant", "account"),)


class AccountRow(Table):
    """What a main account granted one of its sub-accounts (S1-27, S1-40), and how much it may agree to (S4-66)."""

    __tablename__ = "accounts"

    merchant: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    permissions: Mapped[list[Any]]
    authority: Mapped[Decimal | None]
