"""Keyset pages: `limit` and `cursor`, the same for every list."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel, Field

from api.schemas import PageShown
from store import pages

T = TypeVar("T")
R = TypeVar("R")


class Paging(BaseModel):
    """How much of a list, and from where on."""

    limit: int = Field(50, ge=1, le=200)
    cursor: str | None = Field(None, max_length=500)


async def _paging(
    limit: Annotated[int, Query(ge=1, le=200, description="At most so many items.")] = 50,
    cursor: Annotated[str | None, Query(max_length=500, description="`next` of the page before.")] = None,
) -> Paging:
    return Paging(limit=limit, cursor=cursor)


ListPage = Annotated[Paging, Depends(_paging)]


def shown(page: pages.Page[R], show: Callable[[R], T]) -> PageShown[T]:
    """A page of the store as the API shows it."""
    return PageShown(items=[show(item) for item in page.items], next=page.next)
