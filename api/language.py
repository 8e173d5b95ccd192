"""In which language a request is answered: the one it asks for, or else the shop's own."""

from typing import Annotated

from fastapi import Depends, Header

from api.dependencies import Caller, Here
from domain.language import Language
from domain.shop.settings import SHOP, Shop
from services.context import Context
from store import shop_settings
from store.tokens import Principal


def asked_for(accept_language: str) -> Language | None:
    """The first language of a header that there is; None where it names none of them."""
    tags = (part.partition(";")[0].strip().lower()[:2] for part in accept_language.split(","))
    return next((Language(tag) for tag in tags if tag in list(Language)), None)


AcceptLanguage = Annotated[str, Header(description="`zh` or `en`; else as the shop's `locale` says.")]


async def language_of(caller: Caller, here: Here, accept_language: AcceptLanguage = "") -> Language:
    """The language of an answer."""
    return asked_for(accept_language) or await shops_own(here, caller)


async def shops_own(here: Context, caller: Principal) -> Language:
    """The language of the caller's shop."""
    shop = await here.db.read(shop_settings.get, caller.merchant, SHOP)
    return shop.locale if isinstance(shop, Shop) else Language.ZH


InLanguage = Annotated[Language, Depends(language_of)]
