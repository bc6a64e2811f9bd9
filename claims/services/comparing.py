"""Compare event folders without a database, in the form that other programs read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from claims.analysis import comparing, structures
from claims.analysis.encoding import Encoder
from claims.services.folders import find_folders, read_folder


def compared(paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Yield one plain dictionary per event folder and two of its sources.

    ``claims`` lists every claim of the event, whoever makes it; ``pairs`` and ``only_a``/``only_b`` refer to their ids.

    Raises:
        FolderError: if a folder cannot be read.
    """
    encoder = Encoder(model=settings.CROSSREAD_MODEL)
    for path in find_folders(list(paths)):
        folder = read_folder(path)
        claims = comparing.read(folder.event)
        ids = {(claim.article, claim.span): f"c{number}" for number, claim in enumerate(claims, 1)}
        listed = [_claim(claim, ids) for claim in claims]
        for comparison in comparing.compare(folder.event, claims, encoder=encoder):
            yield {
                "event": folder.name,
                "a": comparison.a.name,
                "b": comparison.b.name,
                "model": encoder.model,
                "claims": listed,
                **_result(comparison, ids),
            }


_Ids = Mapping[tuple[str, structures.Span], str]


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
