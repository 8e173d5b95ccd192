"""Who works at a shop: accounts that its owner makes, locks and resets, and what somebody may know of themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from domain.roles import GROUPS, SHOP_STAFF, Actor, Group, Role
from domain.shop.settings import STAFF
from domain.shop.staff import Staff
from services import passwords
from services.context import Context
from services.errors import NotFound, Refused, invalid_field
from store import accounts, logins, shop_settings
from store.tokens import Principal


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the shop's staff, with the groups whose tasks they look after."""

    account: str
    roles: tuple[Role, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class OwnStanding:
    """What somebody may know of themselves.

    Attributes:
        authority: yuan up to which they may agree by themselves; None: no limit.
    """

    groups: tuple[Group, ...]
    authority: Decimal | None


async def own_standing(here: Context, caller: Principal) -> OwnStanding:
    """The caller's groups, and how much they may agree to in the most powerful of their roles."""
    staff = await _staff(here, caller.merchant)
    roles = [role for role in caller.roles if role in SHOP_STAFF]
    terms = [await here.db.read(shop_settings.terms, caller.merchant, caller.account, role) for role in roles]
    amounts = [one.authority for one in terms]
    limited = [amount for amount in amounts if amount is not None]
    authority = max(limited) if limited and len(limited) == len(amounts) else None
    return OwnStanding(_groups_of(staff, caller.account, caller.roles), authority)


async def own_groups(here: Context, caller: Principal) -> tuple[Group, ...]:
    """The groups whose tasks the caller looks after."""
    return _groups_of(await _staff(here, caller.merchant), caller.account, caller.roles)


async def list_colleagues(here: Context, merchant: str) -> list[Colleague]:
    """The shop's staff who can act, by name."""
    staff = await _staff(here, merchant)
    found = await here.db.read(accounts.list_staff, merchant)
    return [Colleague(one.account, one.roles, _groups_of(staff, one.account, one.roles)) for one in found]


async def make_account(here: Context, merchant: str, account: str, roles: Sequence[Role]) -> str:
    """Makes an account that signs in; answers its first password, which is shown this once.

    Raises:
        Refused: the name is taken; account names are no two shops' alike, because people sign in with them alone.
    """
    password = passwords.new_password()
    kept = await passwords.hash_password(password)
    if not await here.db.write(logins.add_login, merchant, account, roles, kept, await here.clock.now()):
        raise Refused(f"The name {account} is taken.", code="account_taken")
    return password


async def reset_password(here: Context, merchant: str, account: str) -> str:
    """Gives an account a new password, shown this once; its sessions end. Raises NotFound."""
    password = passwords.new_password()
    kept = await passwords.hash_password(password)
    if not await here.db.write(logins.set_password, merchant, account, kept):
        raise _nobody(account)
    return password


async def change_password(here: Context, caller: Principal, current: str, new: str) -> None:
    """Changes one's own password; every session of the account ends.

    Raises:
        NotFound: the caller signs in with no password.
        Invalid: the current one is not right.
    """
    found = await here.db.read(logins.find_login, caller.account)
    if found is None or found.merchant != caller.merchant:
        raise _nobody(caller.account)
    if not await passwords.fits(current, found.password_hash):
        raise invalid_field("current", "is not your password", "与当前密码不符")
    await here.db.write(logins.set_password, caller.merchant, caller.account, await passwords.hash_password(new))


async def lock_account(here: Context, merchant: str, account: str, owner: Actor, *, locked: bool) -> None:
    """Locks an account out at once, or lets it in again.

    Raises:
        NotFound: nobody of the shop signs in so.
        Refused: nobody locks themselves out.
    """
    if locked and account == owner.account:
        raise Refused("This is your own account.", code="own_account")
    locked_at = await here.clock.now() if locked else None
    if not await here.db.write(logins.set_locked, merchant, account, locked_at):
        raise _nobody(account)


async def _staff(here: Context, merchant: str) -> Staff:
    return cast(Staff, await here.db.read(shop_settings.get, merchant, STAFF))


def _groups_of(staff: Staff, account: str, roles: Sequence[Role]) -> tuple[Group, ...]:
    """Those that the shop's staff settings name; else those of the roles."""
    named = [group for person in staff.people if person.account == account for group in person.groups]
    return tuple(dict.fromkeys(named or (group for role in roles for group in GROUPS.get(role, ()))))


def _nobody(account: str) -> NotFound:
    return NotFound(f"Nobody of this shop signs in as {account}.")
