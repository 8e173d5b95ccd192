"""The accounts of a shop: those that tokens were made for, and those that the owner granted something."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Subquery, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from domain.roles import SHOP_STAFF, Role
from store.database import Database
from store.pages import Page, page_of, read_cursor
from store.tables import AccountRow, TokenRow


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """An account as its owner may see it.

    Attributes:
        roles: of its good tokens.
        authority: yuan that the owner set; None: what its role may.
    """

    account: str
    roles: tuple[Role, ...]
    permissions: tuple[str, ...]
    authority: Decimal | None

    @property
    def may_act(self) -> bool:
        """Whether it is one of the shop's staff, with a token that is good."""
        return any(role in SHOP_STAFF for role in self.roles)


async def find(db: Database, merchant: str, account: str) -> AccountRecord | None:
    """One account; None if the shop has none of that name."""
    names = _names(merchant)
    async with db.read() as session:
        known = (await session.scalars(select(names.c.account).where(names.c.account == account))).all()
        return next(iter(await _records(session, merchant, known)), None)


async def list_accounts(db: Database, merchant: str, limit: int, cursor: str | None = None) -> Page[AccountRecord]:
    """The shop's accounts by name."""
    names = _names(merchant)
    query = select(names.c.account).order_by(names.c.account).limit(limit + 1)
    if cursor is not None:
        (after,) = read_cursor(cursor, str)
        query = query.where(names.c.account > after)
    async with db.read() as session:
        found = (await session.scalars(query)).all()
        return page_of(await _records(session, merchant, found), limit, lambda one: one, lambda one: (one.account,))


async def able_accounts(session: AsyncSession, merchant: str, names: Collection[str]) -> set[str]:
    """Those of some names that are accounts of the shop's staff, with a token that is good."""
    return {found.account for found in await _records(session, merchant, names) if found.may_act}


def _names(merchant: str) -> Subquery:
    granted = select(AccountRow.account).where(AccountRow.merchant == merchant)
    return union(select(TokenRow.account).where(TokenRow.merchant == merchant), granted).subquery()


async def _records(session: AsyncSession, merchant: str, names: Collection[str]) -> list[AccountRecord]:
    accounts = select(AccountRow).where(AccountRow.merchant == merchant, AccountRow.account.in_(names))
    good = TokenRow.merchant == merchant, TokenRow.account.in_(names), TokenRow.revoked_at.is_(None)
    granted = {row.account: row for row in await session.scalars(accounts)}
    roles: dict[str, list[str]] = {}
    for token in await session.scalars(select(TokenRow).where(*good).order_by(TokenRow.created_at)):
        roles.setdefault(token.account, []).extend(token.roles)
    return [_record(name, roles.get(name, ()), granted.get(name)) for name in names]


def _record(name: str, roles: Iterable[str], granted: AccountRow | None) -> AccountRecord:
    kept = tuple(Role(role) for role in dict.fromkeys(roles))
    if granted is None:
        return AccountRecord(name, kept, (), None)
    return AccountRecord(name, kept, tuple(granted.permissions), granted.authority)
