"""Read articles into claims, keeping the identity of those that stand where they stood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from claims.analysis import structures
from claims.analysis.attribution import attribute
from claims.analysis.languages import detect
from claims.models import Article, Claim, Event, Source
from claims.services.edges import keep_edges


@dataclass(frozen=True, slots=True)
class EventRows:
    """An event's sources and articles as they stand now, every one loaded once."""

    event: Event
    sources: tuple[Source, ...]
    articles: tuple[Article, ...]

    @classmethod
    def of(cls, event: Event) -> EventRows:
        """Load them: two queries."""
        sources = {source.pk: source for source in event.sources.all()}
        articles = tuple(event.articles.all())
        for article in articles:
            article.publisher = sources.get(article.publisher_id) if article.publisher_id else None
        return cls(event, tuple(sources.values()), articles)

    def are_overtaken(self) -> bool:
        """Tell whether an article has had a new text since: then offsets and claims may be those of the old one."""
        read = {article.pk: article.version for article in self.articles}
        now = Article.objects.select_for_update().filter(pk__in=read).order_by("pk")
        return any(read[pk] != version for pk, version in now.values_list("pk", "version"))

    def as_structure(self) -> structures.Event:
        """Return the event as the analysis reads it."""
        return structures.Event(
            title=self.event.title,
            date=self.event.date,
            sources=tuple(source.as_structure() for source in self.sources),
            articles=tuple(article.as_structure() for article in self.articles),
        )


def read_article(article: Article) -> None:
    """Read one article: attribute its sentences, store them as claims, and say which comparisons are due.

    Its language is told from the whole text; what an editor said of it stands beside that, and counts.
    """
    rows = EventRows.of(article.event)
    article = next(one for one in rows.articles if one.pk == article.pk)
    told = article.as_structure()
    language = detect(told.text)
    read = attribute(rows.as_structure(), told)
    sources = {source.name: source for source in rows.sources}
    with transaction.atomic():
        if rows.are_overtaken():
            return  # the article has a new text by now, and a run of its own for that
        touched = _store(article, read, sources)
        if language != article.language:
            touched = {*touched, *rows.sources}
        article.event.owe_matching(*touched)
        Article.objects.filter(pk=article.pk).update(read_at=timezone.now(), language=language)


def _store(article: Article, read: Iterable[structures.Claim], sources: dict[str, Source]) -> set[Source]:
    """Write claims by their place in the text; return the sources whose claims came, went or changed.

    A claim that is read as it was touches nothing. One that the new reading does not have is withdrawn, not deleted:
    what people said of it stays. Where people drew the edges of claims, theirs count.
    """
    rows = keep_edges(article, [_row(article, claim, sources) for claim in read])
    places = {(row.start, row.end) for row in rows}
    earlier = list(article.claims.filter(past_version=0).select_related("source", "standing_correction__source"))
    gone = [claim for claim in earlier if (claim.start, claim.end) not in places]
    Claim.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["article", "past_version", "start", "end"],
        update_fields=[
            *("text", "source", "voice", "speaker", "cue_start", "cue_end"),
            *("quoted", "implicit", "confidence", "withdrawn"),
        ],
        batch_size=50,
    )
    Claim.objects.filter(pk__in=[claim.pk for claim in gone]).update(withdrawn=True)
    before = {(claim.start, claim.end): claim for claim in earlier}
    fresh = [row for row in rows if not _is_as_it_was(row, before.get((row.start, row.end)))]
    places_of_fresh = {(row.start, row.end) for row in fresh}
    changed = [
        *(claim for claim in gone if not claim.withdrawn),
        *(claim for place, claim in before.items() if place in places_of_fresh),
    ]
    touched = {row.source for row in fresh} | {claim.standing_source for claim in changed}
    return {source for source in touched if source is not None}


_READ = ("text", "source_id", "voice", "speaker", "cue_start", "cue_end", "quoted", "implicit", "withdrawn")


def _is_as_it_was(row: Claim, before: Claim | None) -> bool:
    """Tell whether a claim is read as it stands already; how sure the reading is counts for nothing here."""
    return before is not None and all(getattr(row, name) == getattr(before, name) for name in _READ)


def _row(article: Article, claim: structures.Claim, sources: dict[str, Source]) -> Claim:
    source = sources.get(claim.source)
    return Claim(
        article=article,
        start=claim.span.start,
        end=claim.span.end,
        text=claim.span.of(article.text),
        source=source,
        voice="" if source else claim.source[:200],
        speaker=(claim.speaker or "")[:200],
        cue_start=claim.cue.start if claim.cue else None,
        cue_end=claim.cue.end if claim.cue else None,
        quoted=claim.quoted,
        implicit=claim.implicit,
        confidence=claim.confidence,
    )
