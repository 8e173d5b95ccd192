"""The people of a shop who sign in with a password; it is kept as an argon2 hash."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from domain.roles import Role
from store.database import insert_into, put_rows
from store.tables import LOGINS, SESSIONS


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody who signs in, or was locked out."""

    account: str
    merchant: str
    roles: tuple[Role, ...]
    password_hash: str
    locked: bool


def find_login(tx: Connection, account: str) -> Login | None:
    """Who signs in under that name, in whichever shop."""
    row = tx.execute(select(LOGINS).where(LOGINS.c.account == account)).one_or_none()
    if row is None:
        return None
    return Login(
        row.account, row.merchant, tuple(map(Role, row.roles)), row.password_hash, locked=row.locked_at is not None
    )


def add_login(
    tx: Connection, merchant: str, account: str, roles: Sequence[Role], password_hash: str, now: datetime
) -> bool:
    """Makes an account that signs in; False where its name is taken, perhaps in another shop."""
    row = _row(merchant, account, roles, password_hash, now)
    added = insert_into(tx, LOGINS).values(row).on_conflict_do_nothing().returning(LOGINS.c.account)
    return tx.scalar(added) is not None


def put_login(
    tx: Connection, merchant: str, account: str, roles: Sequence[Role], password_hash: str, now: datetime
) -> None:
    """Makes an account that signs in, or makes it as it is said here."""
    put_rows(tx, LOGINS, [_row(merchant, account, roles, password_hash, now)])


def set_password(tx: Connection, merchant: str, account: str, password_hash: str) -> bool:
    """Gives an account another password, and ends its sessions. False where nobody of the shop signs in so."""
    return _change(tx, merchant, account, password_hash=password_hash)


def set_locked(tx: Connection, merchant: str, account: str, locked_at: datetime | None) -> bool:
    """Locks an account out, or with None lets it in again; its sessions end. False where there is none."""
    return _change(tx, merchant, account, locked_at=locked_at)


def _change(tx: Connection, merchant: str, account: str, **values: str | datetime | None) -> bool:
    of_shop = LOGINS.c.merchant == merchant, LOGINS.c.account == account
    if not tx.execute(update(LOGINS).where(*of_shop).values(**values)).rowcount:
        return False
    tx.execute(delete(SESSIONS).where(SESSIONS.c.account == account))
    return True


def _row(merchant: str, account: str, roles: Sequence[Role], password_hash: str, now: datetime) -> dict[str, object]:
    return {
        "account": account,
        "merchant": merchant,
        "roles": [str(role) for role in roles],
        "password_hash": password_hash,
        "created_at": now,
        "locked_at": None,
    }
