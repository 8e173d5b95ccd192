"""The accounts of a shop: who signs in, whom tokens were made for, whom the owner granted something."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, Subquery, select, union

from domain.roles import SHOP_STAFF, Role
from store.database import Row
from store.pages import Page, page_of, read_cursor
from store.tables import ACCOUNTS, LOGINS, TOKENS


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """An account as its owner may see it.

    Attributes:
        roles: in which it signs in, and of its good tokens.
        authority: yuan that the owner set; None: what its role may.
        signs_in: with a password.
        locked: it may not sign in any more.
    """

    account: str
    roles: tuple[Role, ...]
    permissions: tuple[str, ...]
    authority: Decimal | None
    signs_in: bool = False
    locked: bool = False

    @property
    def may_act(self) -> bool:
        """Whether it is one of the shop's staff, who can sign in or has a token that is good."""
        return any(role in SHOP_STAFF for role in self.roles)


def find(tx: Connection, merchant: str, account: str) -> AccountRecord | None:
    """One account; None if the shop has none of that name."""
    names = _names(merchant)
    known = tx.scalars(select(names.c.account).where(names.c.account == account)).all()
    return next(iter(_records(tx, merchant, known)), None)


def list_accounts(tx: Connection, merchant: str, limit: int, cursor: str | None = None) -> Page[AccountRecord]:
    """The shop's accounts by name."""
    names = _names(merchant)
    query = select(names.c.account).order_by(names.c.account).limit(limit + 1)
    if cursor is not None:
        (after,) = read_cursor(cursor, str)
        query = query.where(names.c.account > after)
    found = tx.scalars(query).all()
    return page_of(_records(tx, merchant, found), limit, lambda one: one, lambda one: (one.account,))


def able_accounts(tx: Connection, merchant: str, names: Collection[str]) -> set[str]:
    """Those of some names that are accounts of the shop's staff, and can act."""
    return {found.account for found in _records(tx, merchant, names) if found.may_act}


def list_staff(tx: Connection, merchant: str) -> list[AccountRecord]:
    """The shop's staff who can act, by name."""
    names = _names(merchant)
    known = tx.scalars(select(names.c.account).order_by(names.c.account)).all()
    return [found for found in _records(tx, merchant, known) if found.may_act]


def _names(merchant: str) -> Subquery:
    named = (select(table.c.account).where(table.c.merchant == merchant) for table in (ACCOUNTS, TOKENS, LOGINS))
    return union(*named).subquery()


def _records(tx: Connection, merchant: str, names: Collection[str]) -> list[AccountRecord]:
    accounts = select(ACCOUNTS).where(ACCOUNTS.c.merchant == merchant, ACCOUNTS.c.account.in_(names))
    granted = {row.account: row for row in tx.execute(accounts)}
    signing_in = select(LOGINS).where(LOGINS.c.merchant == merchant, LOGINS.c.account.in_(names))
    logins = {row.account: row for row in tx.execute(signing_in)}
    good = TOKENS.c.merchant == merchant, TOKENS.c.account.in_(names), TOKENS.c.revoked_at.is_(None)
    roles: dict[str, list[str]] = {name: [] if login.locked_at else list(login.roles) for name, login in logins.items()}
    for token in tx.execute(select(TOKENS.c.account, TOKENS.c.roles).where(*good).order_by(TOKENS.c.created_at)):
        roles.setdefault(token.account, []).extend(token.roles)
    return [_record(name, roles.get(name, ()), granted.get(name), logins.get(name)) for name in names]


def _record(name: str, roles: Iterable[str], granted: Row | None, login: Row | None) -> AccountRecord:
    return AccountRecord(
        name,
        tuple(Role(role) for role in dict.fromkeys(roles)),
        tuple(granted.permissions) if granted else (),
        granted.authority if granted else None,
        signs_in=login is not None,
        locked=login is not None and login.locked_at is not None,
    )
