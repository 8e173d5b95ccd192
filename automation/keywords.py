"""Keywords: does a buyer's text speak for another service than the one they asked for? (S3-07, S3-08).

Words are looked for as they stand, also inside other words. Negations are not understood: "不想换货" speaks for an
exchange. So a match only ever warns a person, and keeps strategies away (S3-09).
"""

from __future__ import annotations

import unicodedata

from pydantic import BaseModel, ConfigDict

from domain.shop.automation import Automation
from domain.shop.service import Service

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc", "'"))


class Match(BaseModel):
    """A word of the shop's that was found, and the service it speaks for."""

    model_config = ConfigDict(frozen=True)

    service: Service
    word: str


def contradiction(automation: Automation, service: Service, text: str) -> list[Match]:
    """The words found that speak for other services, where none speaks for the one asked for; else nothing.

    A word listed for several services speaks for each of them. Case, full and half width, invisible characters and
    the amount of white space make no difference.
    """
    said = _plain(text)
    found = [
        Match(service=keyword.service, word=word)
        for keyword in automation.keywords
        for word in keyword.words
        if _plain(word) in said
    ]
    if any(match.service == service for match in found):
        return []
    return list(dict.fromkeys(found))


def _plain(text: str) -> str:
    """The text for comparing: NFKC, folded case, one kind of apostrophe, single spaces, nothing invisible."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).translate(_APOSTROPHES)
    visible = "".join(char for char in folded if unicodedata.category(char) != "Cf")
    return " ".join(visible.split())
