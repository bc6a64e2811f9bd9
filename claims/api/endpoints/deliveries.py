"""Files and pages that are brought in: what was read of each, and storing all that lacks nothing."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import File, Form, Path, Query, Schema
from ninja.files import UploadedFile
from pydantic import Field

from claims.api import shapes
from claims.api.access import access_of
from claims.api.conditions import IF_NONE_MATCH, conditional
from claims.api.endpoints.drafts import shown_draft
from claims.api.endpoints.editing import WebAddress
from claims.api.paging import Page, Paging, paged
from claims.api.routing import router
from claims.api.shapes.base import Input
from claims.api.writing import Written, reads, slow, writes
from claims.models import Delivery, Event
from claims.models.token import Scope
from claims.services.incoming.deliver import Arrived, Told, deliver_files, deliver_page, limit_of_files, read_waiting
from claims.services.incoming.import_archive import import_archive
from claims.services.incoming.known import add_all
from claims.services.refusals import Refused

_ADD = "claims.add_article"


class DeliveryFilters(Schema):
    """Which deliveries."""

    event: Annotated[shapes.Word, Field(description="The slug of an event.")] = ""


class ToldOfFiles(Schema):
    """What is said of everything that comes at once; it counts over what the files say."""

    publisher: shapes.Word = ""
    published: dt.date | None = None


class PageAddress(Input):
    """A page of the web, and who published it if the page should not be asked."""

    web_address: Annotated[WebAddress, Field(min_length=1)]
    publisher: shapes.Word = ""
    published: dt.date | None = None


class Stored(Schema):
    """How many drafts became articles, how many new versions of known ones, and how many lack something."""

    added: int
    revised: int
    refused: int
    delivery: shapes.Delivery


class LoadedEvent(Schema):
    """What came of one event folder; ``changed`` are its articles whose text is another one than is stored."""

    event: str
    new: bool
    sources: int
    articles: int
    changed: list[str]


class Imported(Schema):
    """What came of an archive."""

    events: list[LoadedEvent]


@router.get("/deliveries", response=Page[shapes.Delivery], tags=["deliveries"], **reads(_ADD))
def delivery_list(
    request: HttpRequest, filters: Query[DeliveryFilters], paging: Query[Paging]
) -> Page[shapes.Delivery]:
    """List what was brought in, the newest first."""
    rows = Delivery.objects.shown().order_by("-pk")
    if filters.event:
        rows = rows.filter(event__slug=filters.event)
    return paged(request, rows, paging, shapes.Delivery.of)


@router.get("/deliveries/{pk}", response=shapes.Delivery, tags=["deliveries"], **reads(_ADD, **IF_NONE_MATCH))
def delivery(request: HttpRequest, pk: Path[shapes.Key]) -> HttpResponse:
    """Show what came of each file."""
    return conditional(request, _shown(pk))


@router.post(
    "/events/{slug}/deliveries", response={201: shapes.Delivery}, tags=["deliveries"], **writes(Scope.EDIT, _ADD)
)
@slow
def delivery_add(
    request: HttpRequest, slug: Path[shapes.Slug], told: Form[ToldOfFiles], files: File[list[UploadedFile]]
) -> Written:
    """Bring files in: text, web page, Word, PDF or e-mail. Each becomes a draft, or says why it cannot be read.

    Those that half a minute did not suffice for wait: ``/deliveries/{pk}/read`` reads on.
    """
    event = get_object_or_404(Event.objects.prefetch_related("sources"), slug=slug)
    arrived = [_arrived(file) for file in files]
    made = deliver_files(event, access_of(request).person, arrived, Told(told.publisher.strip(), told.published))
    return Written(_shown(made.pk), 201, f"/api/v1/deliveries/{made.pk}")


@router.post("/events/{slug}/pages", response={201: shapes.Draft}, tags=["deliveries"], **writes(Scope.EDIT, _ADD))
@slow
def page_add(request: HttpRequest, slug: Path[shapes.Slug], told: PageAddress) -> Written:
    """Fetch a page of the web; its article waits as a draft, to be looked through and added."""
    event = get_object_or_404(Event.objects.prefetch_related("sources"), slug=slug)
    said = Told(told.publisher.strip(), told.published)
    try:
        made = deliver_page(event, access_of(request).person, told.web_address, said)
    except Refused as refused:
        raise Refused({"web_address": str(refused)}) from None
    return Written(shown_draft(made.pk), 201, f"/api/v1/drafts/{made.pk}")


@router.post("/deliveries/{pk}/read", response=shapes.Delivery, tags=["deliveries"], **writes(Scope.EDIT, _ADD))
@slow
def delivery_read(request: HttpRequest, pk: Path[shapes.Key]) -> Written:
    """Read the files that time did not suffice for."""
    read_waiting(get_object_or_404(Delivery, pk=pk))
    return Written(_shown(pk))


@router.post("/deliveries/{pk}/store", response=Stored, tags=["deliveries"], **writes(Scope.EDIT, _ADD))
def delivery_store(request: HttpRequest, pk: Path[shapes.Key]) -> Written:
    """Add every draft that lacks nothing: as an article, or as a new version of the one at its address."""
    found = get_object_or_404(Delivery.objects.select_related("event"), pk=pk)
    added, revised, refused = add_all(found, access_of(request).person)
    return Written(Stored(added=added, revised=revised, refused=refused, delivery=_shown(pk)))


@router.post("/import", response={201: Imported}, tags=["events"], **writes(Scope.EDIT, "claims.add_event"))
def events_import(request: HttpRequest, file: File[UploadedFile]) -> Written:
    """Import a .zip file of event folders, all or none."""
    limit_of_files(file.size or 0)
    loaded = import_archive(file.name or "", file.chunks())
    events = [
        LoadedEvent(
            event=one.event.slug,
            new=one.new,
            sources=one.sources,
            articles=one.articles,
            changed=list(one.changed),
        )
        for one in loaded
    ]
    return Written(Imported(events=events), 201)


def _shown(pk: int) -> shapes.Delivery:
    return shapes.Delivery.of(get_object_or_404(Delivery.objects.shown(), pk=pk))


def _arrived(file: UploadedFile) -> Arrived:
    return Arrived.of(file.name or "", file.size or 0, file.content_type or "", file.read)
