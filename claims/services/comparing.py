"""Compare event folders without a database, in the form that other programs read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings

from claims.analysis import comparing, structures
from claims.analysis.encoding import Encoder
from claims.analysis.judging import Judge, Linker
from claims.analysis.languages import detect
from claims.services.folders import find_folders, read_folder
from claims.services.judging import judge_without_rows, linker
from claims.services.languages import Unmatched, covers, model_name


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads the statements: the encoder, and what may be left out, a linker and a judge of pairs."""

    encoder: Encoder
    linker: Linker | None = None
    judge: Judge | None = None

    @classmethod
    def as_set(cls) -> Readers:
        """Return those of the settings, with vectors that live as long as the readers."""
        return cls(cls.of_rules().encoder, linker(), judge_without_rows())

    @classmethod
    def of_rules(cls) -> Readers:
        """Return the encoder of the settings alone: vectors and words link, the detectors judge."""
        return cls(Encoder(model=settings.CROSSREAD_MODEL))


def compared(
    paths: Sequence[Path], *, readers: Readers | None = None, tell: Callable[[str], None] = lambda told: None
) -> Iterator[dict[str, Any]]:
    """Yield one plain dictionary per event folder and two of its sources.

    ``claims`` lists every claim of the event, whoever makes it; ``pairs`` and ``only_a``/``only_b`` refer to their ids.
    ``unmatched`` names the texts in languages that the encoder does not cover, whose claims are in none of the three.

    Args:
        readers: who reads the statements; without any those that the settings name.
        tell: is told in words how far it is.

    Raises:
        FolderError: if a folder cannot be read.
    """
    readers = readers or Readers.as_set()
    encoder = readers.encoder
    places = list(find_folders(list(paths)))
    for number, path in enumerate(places, start=1):
        folder = read_folder(path)
        tell(f"{folder.name}: event {number} of {len(places)}")
        event = _with_languages(folder.event)
        claims = comparing.read(event)
        ids = {(claim.article, claim.span): f"c{number}" for number, claim in enumerate(claims, 1)}
        listed = [_claim(claim, ids) for claim in claims]
        left_out = {article.name for article in event.articles if not covers(article.language)}
        matched = [claim for claim in claims if claim.article not in left_out]
        for comparison in comparing.compare(
            event, matched, encoder=encoder, linker=readers.linker, judge=readers.judge
        ):
            yield {
                "event": folder.name,
                "a": comparison.a.name,
                "b": comparison.b.name,
                "model": encoder.model,
                "claims": listed,
                **_result(comparison, ids),
                "unmatched": _unmatched(event, claims, comparison, left_out),
            }


_Ids = Mapping[tuple[str, structures.Span], str]


def _with_languages(event: structures.Event) -> structures.Event:
    articles = tuple(replace(article, language=detect(article.text)) for article in event.articles)
    return replace(event, articles=articles)


def _unmatched(
    event: structures.Event,
    claims: Sequence[structures.Claim],
    comparison: structures.Comparison,
    left_out: Collection[str],
) -> list[dict[str, Any]]:
    """Return the texts left out that hold claims of the two sources, with a sentence for a reader."""
    found = []
    for article in event.articles:
        own = [claim for claim in claims if claim.article == article.name]
        count = sum(claim.source in (comparison.a.name, comparison.b.name) for claim in own)
        if article.name in left_out and count:
            told = Unmatched(article.publisher, article.name, article.language, count, model_name())
            one = {"article": told.name, "language": told.language, "claims": count, "explanation": told.ground}
            found.append(one)
    return found


def _claim(claim: structures.Claim, ids: _Ids) -> dict[str, Any]:
    return {
        "id": _id(claim, ids),
        "article": claim.article,
        "start": claim.span.start,
        "end": claim.span.end,
        "text": claim.text,
        "source": claim.source,
        "speaker": claim.speaker,
        "cue": [claim.cue.start, claim.cue.end] if claim.cue else None,
        "named": [claim.named.start, claim.named.end] if claim.named else None,
        "content": [[span.start, span.end] for span in claim.content],
        "quoted": claim.quoted,
        "implicit": claim.implicit,
        "confidence": claim.confidence,
    }


def _id(claim: structures.Claim, ids: _Ids) -> str:
    return ids[claim.article, claim.span]


def _result(comparison: structures.Comparison, ids: _Ids) -> dict[str, Any]:
    return {
        "pairs": [_pair(pair, comparison, ids) for pair in comparison.pairs],
        "only_a": [_lone(lone, comparison.claims_a, comparison.claims_b, ids) for lone in comparison.lone_a],
        "only_b": [_lone(lone, comparison.claims_b, comparison.claims_a, ids) for lone in comparison.lone_b],
    }


def _pair(pair: structures.Pair, comparison: structures.Comparison, ids: _Ids) -> dict[str, Any]:
    return {
        "a": [_id(comparison.claims_a[i], ids) for i in pair.match.a],
        "b": [_id(comparison.claims_b[j], ids) for j in pair.match.b],
        "relation": pair.verdict.relation,
        "kind": pair.verdict.kind,
        "score": pair.match.score,
        "certainty": pair.match.certainty,
        "confidence": pair.verdict.confidence,
        "reasons": [_reason(reason) for reason in pair.verdict.reasons],
    }


def _reason(reason: structures.Reason) -> dict[str, Any]:
    def shown(words: Sequence[structures.Words]) -> list[dict[str, Any]]:
        return [
            {"article": one.claim.article, "start": one.span.start, "end": one.span.end, "text": one.text}
            for one in words
        ]

    return {"kind": reason.kind, "explanation": reason.explanation, "a": shown(reason.a), "b": shown(reason.b)}


def _lone(
    lone: structures.Lone, own: Sequence[structures.Claim], other: Sequence[structures.Claim], ids: _Ids
) -> dict[str, Any]:
    nearest = [{"claim": _id(other[near.claim], ids), "score": near.score} for near in lone.candidates]
    return {"claim": _id(own[lone.claim], ids), "candidates": nearest}
