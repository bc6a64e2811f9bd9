"""What editors add and correct: events, sources, articles, and whose a claim is."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path
from pydantic import AfterValidator, Field

from claims.api import shapes
from claims.api.access import access_of
from claims.api.conditions import check_unchanged
from claims.api.endpoints.claims import whose
from claims.api.endpoints.events import source_or_404
from claims.api.routing import router
from claims.api.shapes.base import Input
from claims.api.writing import Written, writes
from claims.models import Claim, Event, Party, Source
from claims.models.token import Scope
from claims.services import ingest
from claims.services.analyse import request_run
from claims.services.correct import correct_source
from claims.services.languages import state_language
from claims.services.refusals import Refused

MOST_SOURCES = 20
_web = URLValidator(schemes=["http", "https"])


def _web_address(value: str) -> str:
    try:
        if value:
            _web(value)
    except ValidationError:
        raise ValueError("This is no address of a page; one begins with https://") from None
    return value


Title = Annotated[shapes.Line, Field(max_length=300)]
Name = Annotated[shapes.Word, Field(min_length=1, pattern=r"\S")]
Names = Annotated[list[Name], Field(max_length=100)]
LanguageCode = Annotated[
    str, Field(max_length=8, description="Its code, such as “en”; empty to have it detected."), shapes.IS_TEXT
]
WebAddress = Annotated[str, Field(max_length=1000, pattern=r"^(https?://\S+)?$"), AfterValidator(_web_address)]


class NewSource(Input):
    """A source: unique in its event, and no name that texts use may stand for two."""

    name: Name
    party: shapes.Word = ""
    aliases: Names = []
    spokespeople: Names = []
    entry: Annotated[shapes.Key | None, Field(description="The id of the party of the library that it is.")] = None

    def draft(self) -> ingest.SourceDraft:
        """Return it as the services take it."""
        aliases, spokespeople = (tuple(dict.fromkeys(one.strip() for one in names)) for names in self._lists)
        return ingest.SourceDraft(self.name, self.party, aliases, spokespeople, self._entry)

    @property
    def _entry(self) -> Party | None:
        found = Party.objects.standing().filter(pk=self.entry).first() if self.entry is not None else None
        if found is None and self.entry is not None:
            raise Refused({"entry": "There is no such party in the library, or it was merged into another."})
        return found

    @property
    def _lists(self) -> tuple[list[str], list[str]]:
        return self.aliases, self.spokespeople


class NewEvent(Input):
    """An event with at least two sources."""

    title: Annotated[Title, Field(min_length=1, pattern=r"\S")]
    date: dt.date | None = None
    sources: Annotated[list[NewSource], Field(min_length=2, max_length=MOST_SOURCES)]


class EventChange(Input):
    """Whether the event is reviewed blind."""

    blind: bool


class NewArticle(Input):
    """A text; its publisher is one of the event's sources (then it is its own readout) or an outlet's name."""

    text: Annotated[str, Field(min_length=1, pattern=r"\S")]
    publisher: Name
    title: Title = ""
    author: shapes.Word = ""
    published: dt.date | None = None
    web_address: WebAddress = ""
    language: LanguageCode = ""


class WhoseClaim(Input):
    """Whose a claim is: a source of its event by its id, or else a name."""

    source: shapes.Key | None = None
    voice: shapes.Word = ""


@router.post("/events", response={201: shapes.Event}, tags=["events"], **writes(Scope.EDIT, "claims.add_event"))
def event_add(request: HttpRequest, told: NewEvent) -> Written:
    """Add an event with its sources; articles come next."""
    drafts = [source.draft() for source in told.sources]
    event = ingest.add_event(title=told.title, date=told.date, sources=drafts)
    return Written(shapes.Event.of(event), 201, f"/api/v1/events/{event.slug}")


@router.patch(
    "/events/{slug}",
    response=shapes.Event,
    tags=["events"],
    **writes(Scope.EDIT, "claims.add_adjudication", if_match=True),
)
def event_change(request: HttpRequest, slug: Path[shapes.Slug], told: EventChange) -> Written:
    """Have an event reviewed blind, or no longer."""
    event = get_object_or_404(Event.objects.select_for_update(), slug=slug)
    check_unchanged(request, shapes.Event.of(event))
    event.blind = told.blind
    event.save(update_fields=["blind"])
    return Written(shapes.Event.of(event))


@router.post(
    "/events/{slug}/runs",
    response={202: shapes.Progress},
    tags=["events"],
    **writes(Scope.EDIT, "claims.add_article"),
)
def event_run(request: HttpRequest, slug: Path[shapes.Slug]) -> Written:
    """Have the worker read and compare what the event still owes."""
    event = get_object_or_404(Event, slug=slug)
    request_run(event)
    return Written(shapes.Progress.of(event), 202, f"/api/v1/events/{event.slug}/progress")


@router.post(
    "/events/{slug}/sources",
    response={201: shapes.Source},
    tags=["sources"],
    **writes(Scope.EDIT, "claims.add_source"),
)
def source_add(request: HttpRequest, slug: Path[shapes.Slug], told: NewSource) -> Written:
    """Add a source to an event; its articles are read again."""
    source = ingest.add_source(get_object_or_404(Event.objects.select_for_update(), slug=slug), told.draft())
    return Written(shapes.Source.of(source), 201, f"/api/v1/sources/{source.pk}")


@router.put(
    "/sources/{pk}",
    response=shapes.Source,
    tags=["sources"],
    **writes(Scope.EDIT, "claims.change_source", if_match=True),
)
def source_change(request: HttpRequest, pk: Path[shapes.Key], told: NewSource) -> Written:
    """Change what a source and its people are called; the event's articles are read again."""
    get_object_or_404(Source.objects.select_for_update(), pk=pk)
    source = source_or_404(pk)
    check_unchanged(request, shapes.Source.of(source))
    return Written(shapes.Source.of(ingest.change_source(source, told.draft())))


@router.post(
    "/events/{slug}/articles",
    response={201: shapes.ArticleText},
    tags=["articles"],
    **writes(Scope.EDIT, "claims.add_article"),
)
def article_add(request: HttpRequest, slug: Path[shapes.Slug], told: NewArticle) -> Written:
    """Add an article; the worker reads it and compares the event: ``/events/{slug}/progress`` says how far it is."""
    event = get_object_or_404(Event.objects.select_for_update(), slug=slug)
    article = ingest.add_article(
        event,
        text=told.text,
        publisher=told.publisher,
        title=told.title,
        author=told.author,
        published=told.published,
        url=told.web_address,
    )
    if told.language:
        state_language(article, access_of(request).person, told.language)
    return Written(shapes.ArticleText.of(article), 201, f"/api/v1/articles/{article.pk}")


@router.put(
    "/claims/{pk}/source",
    response=shapes.Claim,
    tags=["claims"],
    **writes(Scope.EDIT, "claims.add_correction", if_match=True),
)
def claim_correct(request: HttpRequest, pk: Path[shapes.Key], told: WhoseClaim) -> Written:
    """Correct whose a claim is; only the comparisons that it leaves or joins are made again."""
    get_object_or_404(Claim.objects.select_for_update(), pk=pk)
    claim = whose(Claim.objects.all()).get(pk=pk)
    check_unchanged(request, shapes.Claim.of(claim))
    if claim.withdrawn:
        raise Refused({"": "The newest reading of the article does not have this claim. Correct one that it has."})
    correct_source(claim, access_of(request).person, source=_source(claim, told), voice=told.voice)
    return Written(shapes.Claim.of(whose(Claim.objects.all()).get(pk=pk)))


def _source(claim: Claim, told: WhoseClaim) -> Source | None:
    if told.source is None:
        return None
    if told.voice.strip():
        raise Refused({"voice": "A source is named already. Send either “source” or “voice”."})
    found = Source.objects.filter(pk=told.source, event=claim.article.event_id).first()
    if found is None:
        raise Refused({"source": "Choose one of this event's sources."})
    return found
