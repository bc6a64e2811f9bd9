"""Lists in pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

MOST_A_PAGE = 200

Shown = TypeVar("Shown")


class Paging(Schema):
    """Which part of a list."""

    page: Annotated[int, Field(ge=1, le=1_000_000, description="The page, from 1.")] = 1
    limit: Annotated[int, Field(ge=1, le=MOST_A_PAGE, description="How many a page has.")] = 50

    @property
    def part(self) -> slice:
        """Return which rows these are."""
        return slice((self.page - 1) * self.limit, self.page * self.limit)


class Page(Schema, Generic[Shown]):
    """A page of a list; ``next`` and ``previous`` are addresses, or null at its ends."""

    items: list[Shown]
    total: int
    page: int
    limit: int
    next: str | None
    previous: str | None


def paged(
    request: HttpRequest, rows: QuerySet[Any] | list[Any], paging: Paging, show: Callable[[Any], Shown]
) -> Page[Shown]:
    """Return a page of rows as they are shown. Takes a query to count them and those of the rows themselves."""
    total = len(rows) if isinstance(rows, list) else rows.count()
    return page_of(request, [show(row) for row in rows[paging.part]], total, paging)


def page_of(request: HttpRequest, items: list[Shown], total: int, paging: Paging) -> Page[Shown]:
    """Return items that are a page of a list already."""
    last = max(1, -(-total // paging.limit))
    return Page(
        items=items,
        total=total,
        page=paging.page,
        limit=paging.limit,
        next=_address(request, paging.page + 1) if paging.page < last else None,
        previous=_address(request, min(paging.page - 1, last)) if paging.page > 1 else None,
    )


def _address(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
