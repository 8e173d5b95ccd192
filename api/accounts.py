"""The shop's people: who can be given a task, and the accounts that its owner makes, locks and resets."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from api import documented
from api.dependencies import Caller, Here, allowed_for
from api.merchants import AccountName, Owner, OwnMerchant
from api.routing import Router
from domain.invalid import InvalidValue
from domain.roles import SHOP_STAFF, Actor, Group, Role
from domain.shop.staff import Account
from services import accounts

router = Router(prefix="/v1", tags=["accounts"], responses=documented.PROBLEMS)

Staff = Annotated[Actor, allowed_for(SHOP_STAFF, "Looking colleagues up")]


class ColleagueShown(BaseModel):
    """Somebody of the shop's staff, with the groups whose tasks they look after."""

    account: str = Field(examples=["demo-agent"])
    roles: list[Role] = Field(examples=[["agent"]])
    groups: list[Group] = Field(examples=[["presale", "aftersale"]])


class Colleagues(BaseModel):
    """The shop's staff, by name."""

    items: list[ColleagueShown]
    next: None = None


class AccountRequest(BaseModel):
    """An account that signs in with a password, which is made for it."""

    model_config = ConfigDict(extra="forbid")

    account: Account = Field(examples=["mei"])
    roles: list[Role] = Field(min_length=1, examples=[["agent"]])

    @field_validator("roles")
    @classmethod
    def _of_staff(cls, roles: list[Role]) -> list[Role]:
        if others := [role for role in roles if role not in SHOP_STAFF]:
            raise InvalidValue(
                f"only a shop's staff signs in, not {', '.join(others)}",
                f"只有店铺员工可以登录，不包括 {', '.join(others)}",
            )
        return list(dict.fromkeys(roles))


class FirstPassword(BaseModel):
    """A password that is shown this once."""

    account: str = Field(examples=["mei"])
    password: str = Field(examples=["kq7vw2mh8xj4rt9c"])


class LockRequest(BaseModel):
    """Whether an account is locked out."""

    model_config = ConfigDict(extra="forbid")

    locked: bool = Field(examples=[True])


@router.get("/accounts")
async def list_colleagues(staff: Staff, caller: Caller, here: Here, group: Group | None = None) -> Colleagues:
    """The shop's staff by name, for handing tasks over; with `group` those who look after its tasks."""
    found = await accounts.list_colleagues(here, caller.merchant)
    wanted = (one for one in found if group is None or group in one.groups)
    return Colleagues(
        items=[ColleagueShown(account=one.account, roles=list(one.roles), groups=list(one.groups)) for one in wanted]
    )


@router.post("/merchants/{merchant}/accounts", status_code=201)
async def make_account(merchant: OwnMerchant, owner: Owner, request: AccountRequest, here: Here) -> FirstPassword:
    """Makes an account that signs in; its first password is shown this once. For: owner."""
    password = await accounts.make_account(here, merchant, request.account, request.roles)
    return FirstPassword(account=request.account, password=password)


@router.post("/merchants/{merchant}/accounts/{account}/reset-password")
async def reset_password(merchant: OwnMerchant, account: AccountName, owner: Owner, here: Here) -> FirstPassword:
    """Gives an account a new password, shown this once; its sessions end. For: owner."""
    return FirstPassword(account=account, password=await accounts.reset_password(here, merchant, account))


@router.put("/merchants/{merchant}/accounts/{account}/locked", status_code=204)
async def put_locked(
    merchant: OwnMerchant, account: AccountName, owner: Owner, request: LockRequest, here: Here
) -> None:
    """Locks an account out at once, or lets it in again. For: owner."""
    await accounts.lock_account(here, merchant, account, owner, locked=request.locked)
