"""JSON: events complete, in a form that ``claims.services.restore`` loads again to the same state.

One function tells one noun, and what each returns is documented in docs/formats.md. No key of the database is written:
an article is known by its name in the event, a source by its slug, a claim by its article and offsets, a person by the
account's name, always under the key "by". So the same events are the same bytes, whichever database they come from.
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import Prefetch

from claims.analysis.library import Entry
from claims.models import (
    Article,
    Change,
    Claim,
    Comparison,
    Correction,
    Event,
    Lone,
    Pair,
    Run,
    Source,
    Verdict,
    Version,
)
from claims.services.export.event_fixes import Numbers, fixes_of, merged_told, place_of, silences_of
from claims.services.export.event_sayings import NOWHERE, bulks_of, by, by_key, change_told, sayings_told
from claims.services.export.files import pieces_of
from claims.services.export.moments import moment
from claims.services.export.scope import AT_ONCE, Scope
from claims.services.library.taking import as_entry

FORMAT = "crossread-events"
VERSION = 1
OFFSETS = "half-open, in Unicode code points of the article's text"

Told = dict[str, Any]


def write(scope: Scope) -> Iterator[bytes]:
    """Yield the events of a scope. They are read in one transaction first, so that they are of one moment.

    On SQLite the transaction keeps others from writing for as long as the reading takes, not the sending.
    """
    outermost = not connection.in_atomic_block
    with tempfile.TemporaryFile() as file:
        with transaction.atomic():
            if connection.vendor == "postgresql" and outermost:
                connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            for piece in document(scope):
                file.write(piece.encode())
        file.seek(0)
        yield from pieces_of(file)


def document(scope: Scope) -> Iterator[str]:
    """Yield the document, one row of a noun a line."""
    head = {"format": FORMAT, "version": VERSION, "offsets": OFFSETS}
    yield _dumped(head)[:-1] + ', "events": [\n'
    for place, event in enumerate(scope.events):
        yield (",\n" if place else "") + _dumped({"event": event_told(event)})[:-1]
        for name, rows in NOUNS.items():
            yield f',\n"{name}": ['
            for number, row in enumerate(rows(event)):
                yield (",\n " if number else "\n ") + _dumped(row)
                if name in ("pairs", "lone"):
                    scope.beat()
            yield "]"
        yield "}"
    yield "\n]}\n"


def event_told(event: Event) -> Told:
    """Tell an event."""
    return {
        "slug": event.slug,
        "title": event.title,
        "date": _day(event.date),
        "invented": event.invented,
        "blind": event.blind,
        "shared_out": event.shared_out,
        "created_at": moment(event.created_at),
    }


def source_told(source: Source) -> Told:
    """Tell a source; its entry of the library too, and the names that it had from there when it was last read."""
    return {
        "slug": source.slug,
        "name": source.name,
        "party": source.party,
        "aliases": source.aliases,
        "spokespeople": source.spokespeople,
        "position": source.position,
        "entry": entry_told(as_entry(source.entry)) if source.entry else None,
        "inherited": {"aliases": source.library_aliases, "spokespeople": source.library_spokespeople},
    }


def entry_told(entry: Entry) -> Told:
    """Tell an entry of the library with its people, and what it is within."""
    return {
        "name": entry.name,
        "aliases": list(entry.aliases),
        "people": [
            {
                "name": one.name,
                "title": one.title,
                "aliases": list(one.aliases),
                "since": _day(one.since),
                "until": _day(one.until),
            }
            for one in entry.holders
        ],
        "within": entry_told(entry.within) if entry.within else None,
    }


def article_told(article: Article) -> Told:
    """Tell an article; its publisher is a source's slug, or an outlet's name stands instead."""
    stated = None
    if article.stated_by is not None:
        stated = {"language": article.stated_language, **by(article.stated_by, article.stated_at)}
    return {
        "name": article.name,
        "title": article.title,
        "author": article.author,
        "publisher": article.publisher.slug if article.publisher else None,
        "outlet": article.outlet,
        "published": _day(article.published),
        "url": article.url,
        "language": article.language,
        "stated": stated,
        "read_at": moment(article.read_at),
        "created_at": moment(article.created_at),
        "text": article.text,
        "versions": [version_told(one, article) for one in sorted(article.versions.all(), key=lambda one: one.number)],
    }


def version_told(version: Version, article: Article) -> Told:
    """Tell a text that the article had; that of the newest is null, since it is the article's own."""
    text = None if version.number == article.version else version.text
    return {"number": version.number, "text": text, "why": version.why, **by(version.by, version.at)}


def claim_told(claim: Claim) -> Told:
    """Tell a claim as the machine read it, with people's corrections, oldest first."""
    return {
        "claim": place_of(claim),
        "text": claim.text,
        "source": claim.source.slug if claim.source else None,
        "voice": claim.voice,
        "speaker": claim.speaker,
        "cue": None if claim.cue_start is None else [claim.cue_start, claim.cue_end],
        "quoted": claim.quoted,
        "implicit": claim.implicit,
        "confidence": claim.confidence,
        "withdrawn": claim.withdrawn,
        "made": by(claim.made_by, claim.made_at) if claim.made_by else None,
        "follows": sorted(place_of(one) for one in claim.follows.all()),
        "corrections": [
            {**correction_told(one), "stands": one.pk == claim.standing_correction_id}
            for one in by_key(claim.corrections.all())
        ],
        "changes": [change_told(one, NOWHERE) for one in by_key(claim.changes.all()) if one.fix_id is None],
    }


def correction_told(correction: Correction) -> Told:
    """Tell a person's word on who makes a claim."""
    source = correction.source.slug if correction.source else None
    return {"source": source, "voice": correction.voice, **by(correction.editor, correction.made_at)}


def comparison_told(comparison: Comparison) -> Told:
    """Tell a comparison without its pairs, which say themselves whose they are."""
    return {
        "comparison": sides_of(comparison),
        "due_since": moment(comparison.due_since),
        "matched_at": moment(comparison.matched_at),
        "model": comparison.model,
    }


def pair_told(pair: Pair, numbers: Numbers) -> Told:
    """Tell a pair with the machine's verdict and everything that people said of it.

    ``made`` is who put its claims together, where a person did; ``merged`` that it became part of another;
    ``formers`` the claims that people read when they decided, of the sides that changed since.
    """
    verdict = getattr(pair, "verdict", None)
    return {
        "comparison": sides_of(pair.comparison),
        "score": pair.score,
        "sure": pair.sure,
        "withdrawn": pair.withdrawn,
        "outcome": pair.outcome,
        "final": pair.final,
        "made": by(pair.made_by, pair.made_at) if pair.made_by else None,
        "merged": merged_told(pair, numbers),
        "stale": pair.stale,
        "changed_at": moment(pair.changed_at),
        "formers": [
            {"side": one.side, "claim": place_of(one.claim)}
            for one in sorted(pair.formers.all(), key=lambda one: (one.side, _order(one.claim)))
        ],
        "created_at": moment(pair.created_at),
        "claims": [
            {"side": member.side, "claim": place_of(member.claim), "differing": member.differing}
            for member in sorted(pair.members.all(), key=lambda one: (one.side, _order(one.claim)))
        ],
        "verdict": verdict_told(verdict) if verdict else None,
        **sayings_told(pair, numbers),
    }


def verdict_told(verdict: Verdict) -> Told:
    """Tell what the machine says of a pair, with its reasons and the words that show them."""
    reasons = [
        {
            "kind": reason.kind,
            "explanation": reason.explanation,
            "position": reason.position,
            "words": [
                {"side": one.side, "claim": place_of(one.claim), "start": one.start, "end": one.end}
                for one in by_key(reason.words.all())
            ],
        }
        for reason in sorted(verdict.reasons.all(), key=lambda one: (one.position, one.pk))
    ]
    return {
        "relation": verdict.relation,
        "kind": verdict.kind,
        "confidence": verdict.confidence,
        "judge": verdict.judge,
        "made_at": moment(verdict.made_at),
        "reasons": reasons,
    }


def lone_told(lone: Lone) -> Told:
    """Tell a claim without a counterpart, with what came nearest, best first."""
    near = sorted(lone.candidates.all(), key=lambda one: (-one.score, one.pk))
    return {
        "comparison": sides_of(lone.comparison),
        "claim": place_of(lone.claim),
        "candidates": [{"claim": place_of(one.claim), "score": one.score} for one in near],
    }


def run_told(run: Run) -> Told:
    """Tell a run that has ended."""
    return {
        "state": run.state,
        "problem": run.problem,
        "notices": run.notices,
        "tries": run.tries,
        "created_at": moment(run.created_at),
        "started_at": moment(run.started_at),
        "ended_at": moment(run.ended_at),
    }


def sides_of(comparison: Comparison) -> list[str]:
    """Return what a comparison is known by: the slugs of its sources."""
    return [comparison.a.slug, comparison.b.slug]


def _sources(event: Event) -> Iterator[Told]:
    yield from map(source_told, event.sources.with_entries().order_by("pk"))


def _articles(event: Event) -> Iterator[Told]:
    found = event.articles.select_related("publisher", "stated_by")
    versions = Prefetch("versions", Version.objects.select_related("by"))
    yield from map(article_told, found.prefetch_related(versions).order_by("pk").iterator(chunk_size=AT_ONCE))


def _claims(event: Event) -> Iterator[Told]:
    corrections = Prefetch("corrections", Correction.objects.select_related("source", "editor"))
    changes = Prefetch("changes", Change.objects.select_related("actor"))
    found = (
        Claim.objects.filter(article__event=event).select_related("article", "source", "made_by").defer("article__text")
    )
    earlier = Prefetch("follows", Claim.objects.select_related("article").defer("article__text"))
    ordered = found.prefetch_related(corrections, changes, earlier).in_order()
    yield from map(claim_told, ordered.iterator(chunk_size=AT_ONCE))


def _comparisons(event: Event) -> Iterator[Told]:
    yield from map(comparison_told, event.comparisons.select_related("a", "b").order_by("a_id", "b_id"))


def _pairs(event: Event) -> Iterator[Told]:
    changes = Prefetch("changes", Change.objects.select_related("actor"))
    found = Pair.objects.filter(comparison__event=event).whole().prefetch_related(changes, *_ARTICLES)
    numbers = Numbers.of(event)
    for pair in found.order_by("pk").iterator(chunk_size=AT_ONCE):
        yield pair_told(pair, numbers)


def _lone(event: Event) -> Iterator[Told]:
    found = Lone.objects.filter(comparison__event=event).exported()
    ordered = found.order_by("comparison__a_id", "comparison__b_id", "claim__article_id", "claim__start", "claim__end")
    yield from map(lone_told, ordered.iterator(chunk_size=AT_ONCE))


def _runs(event: Event) -> Iterator[Told]:
    yield from map(run_told, event.runs.filter(state__in=[Run.State.DONE, Run.State.FAILED]).order_by("pk"))


_ARTICLES = (
    "formers__claim__article",
    "verdict__reasons__words__claim__article",
    "annotations__claim__article",
    "annotations__resolved_by",
    "assignments__by",
)

# What an event holds, in the order in which it can be loaded. A new noun is a function here and one in
# claims/services/restore/storing.py.
NOUNS: dict[str, Callable[[Event], Iterator[Told]]] = {
    "sources": _sources,
    "articles": _articles,
    "claims": _claims,
    "comparisons": _comparisons,
    "bulks": bulks_of,
    "pairs": _pairs,
    "fixes": fixes_of,
    "silences": silences_of,
    "lone": _lone,
    "runs": _runs,
}


def _day(told: dt.date | None) -> str | None:
    return told.isoformat() if told else None


def _order(claim: Claim) -> tuple[int, int, int, int]:
    return claim.article_id, claim.past_version, claim.start, claim.end


def _dumped(told: object) -> str:
    return json.dumps(told, ensure_ascii=False)
