"""Tables of articles: a file, which of its columns is what, trying it, and having its rows stored."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Path, Query
from ninja.files import UploadedFile
from pydantic import Field

from claims.api import shapes
from claims.api.access import access_of
from claims.api.endpoints.deliveries import DeliveryFilters
from claims.api.paging import Page, Paging, paged
from claims.api.routing import router
from claims.api.shapes.base import Input
from claims.api.writing import Written, reads, slow, writes
from claims.models import Event, Table
from claims.models.token import Scope
from claims.services.incoming.bulk import Mapped
from claims.services.incoming.deliver import limit_of_files
from claims.services.incoming.import_table import add_table, begin_table, data_of, try_table
from claims.services.incoming.tables import first_rows

_ADD = "claims.add_article"


class Mapping(Input):
    """Which column is what: the name of a column, or empty where none is. ``constant_publisher`` is of all rows."""

    text: Annotated[shapes.Line, Field(min_length=1)]
    title: shapes.Line = ""
    publisher: shapes.Line = ""
    author: shapes.Line = ""
    published: shapes.Line = ""
    url: shapes.Line = ""
    constant_publisher: shapes.Word = ""

    def mapped(self) -> Mapped:
        """Return it as the services take it."""
        columns = {key: column for key, column in self.dict(exclude={"constant_publisher"}).items() if column}
        return Mapped(columns, self.constant_publisher.strip())


@router.get("/tables", response=Page[shapes.TableLine], tags=["tables"], **reads(_ADD))
def table_list(request: HttpRequest, filters: Query[DeliveryFilters], paging: Query[Paging]) -> Page[shapes.TableLine]:
    """List the tables that were brought in, the newest first."""
    rows = Table.objects.shown().order_by("-pk")
    if filters.event:
        rows = rows.filter(event__slug=filters.event)
    return paged(request, rows, paging, shapes.TableLine.of)


@router.get("/tables/{pk}", response=shapes.Table, tags=["tables"], **reads(_ADD))
def table(request: HttpRequest, pk: Path[shapes.Key]) -> shapes.Table:
    """Show a table with its first rows, and how far storing it has come: ask again while it is ``under_way``."""
    return _shown(pk)


@router.post("/events/{slug}/tables", response={201: shapes.Table}, tags=["tables"], **writes(Scope.EDIT, _ADD))
@slow
def table_add(request: HttpRequest, slug: Path[shapes.Slug], file: File[UploadedFile]) -> Written:
    """Bring a table in (CSV or JSONL, packed with gzip or not); ``columns`` is a guess at what its columns are."""
    event = get_object_or_404(Event, slug=slug)
    limit_of_files(file.size or 0)
    told = {"name": file.name or "", "data": file.read(), "content_type": file.content_type or ""}
    made = add_table(event, access_of(request).person, **told)
    return Written(_shown(made.pk), 201, f"/api/v1/tables/{made.pk}")


@router.post("/tables/{pk}/try", response=shapes.Tried, tags=["tables"], **writes(Scope.EDIT, _ADD))
@slow
def table_try(request: HttpRequest, pk: Path[shapes.Key], told: Mapping) -> Written:
    """Say what would come of storing a table so; nothing is stored."""
    report, notice = try_table(get_object_or_404(Table.objects.shown(), pk=pk), told.mapped())
    return Written(shapes.Tried.of(report, notice))


@router.post("/tables/{pk}/store", response={202: shapes.Table}, tags=["tables"], **writes(Scope.EDIT, _ADD))
@slow
def table_store(request: HttpRequest, pk: Path[shapes.Key], told: Mapping) -> Written:
    """Have the worker store a table's rows. What the event has already is passed over."""
    begin_table(get_object_or_404(Table.objects.shown(), pk=pk), told.mapped())
    return Written(_shown(pk), 202, f"/api/v1/tables/{pk}")


def _shown(pk: int) -> shapes.Table:
    row = get_object_or_404(Table.objects.shown(), pk=pk)
    names, rows = first_rows(data_of(row))
    first = [shapes.FirstRow(line=one.line, cells={key: str(cell) for key, cell in one.cells.items()}) for one in rows]
    return shapes.Table.with_rows(row, names, first)
