"""The shop's settings, and what its main account grants the other accounts (S1-27, S1-40, S4-66)."""

from typing import Annotated, Any

from fastapi import Depends, Path
from pydantic import BaseModel, ConfigDict, Field, field_validator

from api import documented
from api.dependencies import Caller, Here
from api.forms import form_in
from api.language import InLanguage
from api.paging import ListPage, shown
from api.routing import Router
from api.schemas import PageShown
from domain.invalid import InvalidValue
from domain.language import said_in
from domain.money import InYuan, Yuan
from domain.roles import SHOP_STAFF, Actor, Role
from domain.shop.accounts import Permission
from domain.shop.setting_names import TITLES
from domain.shop.settings import SECTIONS
from services import shops
from services.cases import require_role
from services.errors import NotFound
from store import accounts, shop_settings
from store.accounts import AccountRecord

router = Router(prefix="/v1/merchants/{merchant}", tags=["merchants"], responses=documented.PROBLEMS)

AccountName = Annotated[str, Path(max_length=200, pattern=r"^[^\x00]+$", examples=["demo-agent"])]


async def _own(merchant: Annotated[str, Path(examples=["demo"])], caller: Caller) -> str:
    if merchant != caller.merchant:
        raise NotFound(f"There is no merchant {merchant}.")
    return merchant


OwnMerchant = Annotated[str, Depends(_own)]
"""The shop in the address, which must be the caller's; looked at before its role."""


async def _account(merchant: OwnMerchant, account: AccountName, here: Here) -> str:
    await shops.find_account(here, merchant, account)
    return account


async def _reader(merchant: OwnMerchant, caller: Caller) -> Actor:
    return require_role(caller, SHOP_STAFF, "Reading a shop's settings")


async def _owner(merchant: OwnMerchant, caller: Caller) -> Actor:
    return require_role(caller, (Role.OWNER,), "What a main account sets up")


Account = Annotated[str, Depends(_account)]
Reader = Annotated[Actor, Depends(_reader)]
Owner = Annotated[Actor, Depends(_owner)]


class PermissionsRequest(BaseModel):
    """What an account is granted, all of it."""

    model_config = ConfigDict(extra="forbid")

    permissions: list[Permission] = Field(examples=[["logistics_tools"]])

    @field_validator("permissions")
    @classmethod
    def _each_once(cls, permissions: list[Permission]) -> list[Permission]:
        if len(set(permissions)) < len(permissions):
            raise InvalidValue("a permission is granted once", "同一项权限只列一次")
        return permissions


class AuthorityRequest(InYuan):
    """How much an account may agree to by itself."""

    model_config = ConfigDict(extra="forbid")

    amount: Yuan | None = Field(
        description="In yuan; null: what its role may, 5000.00 for an agent and no limit for others",
        examples=["2000.00"],
    )


class AccountShown(BaseModel):
    """An account of the shop; `authority` is null where the owner set none."""

    account: str = Field(examples=["demo-agent"])
    roles: list[Role] = Field(examples=[["agent"]])
    permissions: list[str] = Field(examples=[["logistics_tools"]])
    authority: Yuan | None = Field(examples=["5000.00"])
    signs_in: bool = Field(description="With a password")
    locked: bool = Field(description="May not sign in any more")


class SectionShown(BaseModel):
    """A section of the settings as a form shows it; it is set at `/settings/{section}`."""

    section: str = Field(examples=["ship-hold"])
    title: str = Field(examples=["发货拦截"])
    form: dict[str, Any] = Field(description="JSON schema of what it holds, with titles in one language.")
    value: dict[str, Any]


class SectionsShown(BaseModel):
    """Every section."""

    items: list[SectionShown]
    next: None = None


@router.get("/settings")
async def list_settings(merchant: OwnMerchant, reader: Reader, here: Here, language: InLanguage) -> SectionsShown:
    """Every section with what it holds now and what may be set, for a form. For the shop's staff."""
    values = {section: await here.db.read(shop_settings.get, merchant, section) for section in SECTIONS}
    return SectionsShown(
        items=[
            SectionShown(
                section=section,
                title=said_in(language, TITLES[section]),
                form=form_in(language, SECTIONS[section]),
                value=value.model_dump(mode="json", by_alias=True),
            )
            for section, value in values.items()
        ]
    )


def _settings_routes(section: str, model: type[BaseModel]) -> None:
    """Two routes a section, so that the OpenAPI document shows what each holds."""

    async def read(merchant: OwnMerchant, reader: Reader, here: Here) -> BaseModel:
        return await here.db.read(shop_settings.get, merchant, section)

    async def change(merchant: OwnMerchant, owner: Owner, request: BaseModel, here: Here) -> BaseModel:
        await shops.change_settings(here, merchant, section, request, owner)
        return request

    change.__annotations__["request"] = model
    read.__doc__ = f"The section `{section}`; before any change, its defaults. For the shop's staff."
    change.__doc__ = f"Sets the section `{section}`; what is left out gets its default. For: owner."
    path, name = f"/settings/{section}", section.replace("-", "_")
    router.add_api_route(path, read, methods=["GET"], response_model=model, operation_id=f"get_{name}_settings")
    router.add_api_route(path, change, methods=["PUT"], response_model=model, operation_id=f"put_{name}_settings")


for _section, _model in SECTIONS.items():
    _settings_routes(_section, _model)


@router.api_route("/settings/{section}", methods=["GET", "PUT"], include_in_schema=False)
async def no_section(merchant: OwnMerchant, section: str) -> None:
    """Names that no section has."""
    raise NotFound(f"There is no section {section}; there are {', '.join(SECTIONS)}.")


@router.get("/accounts")
async def list_accounts(merchant: OwnMerchant, owner: Owner, here: Here, page: ListPage) -> PageShown[AccountShown]:
    """The shop's accounts by name. For: owner."""
    return shown(await here.db.read(accounts.list_accounts, merchant, page.limit, page.cursor), _shown)


@router.put("/accounts/{account}/permissions")
async def put_permissions(
    merchant: OwnMerchant, account: Account, owner: Owner, request: PermissionsRequest, here: Here
) -> AccountShown:
    """Sets what an account is granted. For: owner."""
    return _shown(await shops.grant_permissions(here, merchant, account, request.permissions))


@router.put("/accounts/{account}/authority")
async def put_authority(
    merchant: OwnMerchant, account: Account, owner: Owner, request: AuthorityRequest, here: Here
) -> AccountShown:
    """Sets how much an account may agree to by itself; beyond it, the owner is asked. For: owner."""
    return _shown(await shops.set_authority(here, merchant, account, request.amount))


def _shown(found: AccountRecord) -> AccountShown:
    return AccountShown(
        account=found.account,
        roles=list(found.roles),
        permissions=list(found.permissions),
        authority=found.authority,
        signs_in=found.signs_in,
        locked=found.locked,
    )
