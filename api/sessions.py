"""Signing in and out of a browser, and who one is."""

from typing import Annotated

from fastapi import Request, Response
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from api import documented
from api.cookies import clear_session, session_of, set_session
from api.dependencies import Caller, Here
from api.routing import Router
from domain.language import Language
from domain.money import Yuan
from domain.roles import Group, Role
from domain.shop.settings import SHOP, Shop
from domain.shop.staff import Account
from domain.times import Instant
from runtime.settings import Settings
from services import accounts, signing_in
from services.signing_in import csrf_token
from store import shop_settings

router = Router(prefix="/v1", tags=["sessions"], responses=documented.PROBLEMS)

WORKFLOW_READERS = {Role.OPS, Role.OWNER}
"""Who looks at how a case ran, beside what it came to."""

Password = Annotated[SecretStr, Field(max_length=200)]


class SignInRequest(BaseModel):
    """Who signs in."""

    model_config = ConfigDict(extra="forbid")

    account: Account = Field(examples=["demo-agent"])
    password: Password = Field(examples=["demo-agent"])


class SessionShown(BaseModel):
    """A session that has begun; `csrf` goes with everything that changes something, as X-CSRF-Token."""

    account: str = Field(examples=["demo-agent"])
    merchant: str = Field(examples=["demo"])
    roles: list[Role] = Field(examples=[["agent"]])
    csrf: str
    expires_at: Instant


class MeShown(BaseModel):
    """Who is calling; `csrf` only where a session's cookie says so."""

    account: str = Field(examples=["demo-agent"])
    merchant: str = Field(examples=["demo"])
    roles: list[Role] = Field(examples=[["agent"]])
    groups: list[Group] = Field(description="Whose tasks they look after", examples=[["presale", "aftersale"]])
    permissions: list[str] = Field(examples=[["logistics_tools"]])
    authority: Yuan | None = Field(description="Up to which they agree by themselves; null: no limit")
    locale: Language = Field(description="The shop's language", examples=["zh"])
    now: Instant = Field(description="The time by which cases live: the test clock's, where there is one")
    csrf: str | None = None
    workflows: str | None = Field(
        None,
        description="For operators and owners, where a Temporal UI is set: a case's workflow is at this and its id",
        examples=["http://127.0.0.1:8233/namespaces/default/workflows/"],
    )


class PasswordRequest(BaseModel):
    """One's own new password."""

    model_config = ConfigDict(extra="forbid")

    current: Password
    new: Annotated[SecretStr, Field(min_length=10, max_length=200)]


@router.post(
    "/sessions",
    status_code=201,
    responses=documented.MAY_BE_SLOWED,
    openapi_extra=documented.WITHOUT_TOKEN,
)
async def begin_session(request: Request, response: Response, wanted: SignInRequest, here: Here) -> SessionShown:
    """Signs in: the session is a cookie that only this browser's own pages send. Ten tries, then a wait."""
    begun = await signing_in.sign_in(here, wanted.account, wanted.password.get_secret_value())
    set_session(response, begun.secret, begun.expires_at, secure=request.url.scheme == "https")
    return SessionShown(
        account=begun.principal.account,
        merchant=begun.principal.merchant,
        roles=list(begun.principal.roles),
        csrf=csrf_token(begun.secret),
        expires_at=begun.expires_at,
    )


@router.delete("/sessions/current", status_code=204)
async def end_session(request: Request, response: Response, caller: Caller, here: Here) -> None:
    """Signs out."""
    if secret := session_of(request):
        await signing_in.sign_out(here, secret)
    clear_session(response)


@router.get("/me")
async def show_me(request: Request, caller: Caller, here: Here) -> MeShown:
    """Who is calling, and what they look after."""
    standing = await accounts.own_standing(here, caller)
    shop = await here.db.read(shop_settings.get, caller.merchant, SHOP)
    secret = session_of(request)
    return MeShown(
        account=caller.account,
        merchant=caller.merchant,
        roles=list(caller.roles),
        groups=list(standing.groups),
        permissions=list(caller.permissions),
        authority=standing.authority,
        locale=shop.locale if isinstance(shop, Shop) else Language.ZH,
        now=await here.clock.now(),
        csrf=csrf_token(secret) if secret else None,
        workflows=_workflows(here.settings) if WORKFLOW_READERS & set(caller.roles) else None,
    )


def _workflows(settings: Settings) -> str | None:
    namespace = settings.temporal_namespace
    return f"{settings.temporal_ui_url}/namespaces/{namespace}/workflows/" if settings.temporal_ui_url else None


@router.put("/me/password", status_code=204)
async def put_password(request: PasswordRequest, caller: Caller, here: Here) -> None:
    """Changes one's own password; every session of the account ends, this one too."""
    await accounts.change_password(here, caller, request.current.get_secret_value(), request.new.get_secret_value())
