"""From an event to comparisons: the one public verb that runs the steps of the analysis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from .alignment import Group, align
from .attribution import attribute
from .encoding import Encoder
from .judging import Judge, Linker, Opinion
from .languages import is_english
from .reasons.base import Context, Side
from .relations import joined_text, relate
from .roster import Roster
from .structures import Claim, Comparison, Event, Match, Pair, Source

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


def read(event: Event) -> list[Claim]:
    """Return the claims of all the event's articles, whoever makes them, in document order."""
    roster = Roster.of(event)
    return [claim for article in event.articles for claim in attribute(event, article, roster)]


def compare(
    event: Event,
    claims: Sequence[Claim],
    *,
    encoder: Encoder,
    linker: Linker | None = None,
    judge: Judge | None = None,
) -> Iterator[Comparison]:
    """Yield a comparison of every two of the event's sources over the claims that ``read`` found."""
    roster = Roster.of(event)
    for a, b in combinations(event.sources, 2):
        sides = [[claim for claim in claims if claim.source == source.name] for source in (a, b)]
        yield compare_sources(event, a, b, *sides, encode=encoder.encode, linker=linker, judge=judge, roster=roster)


def compare_sources(
    event: Event,
    a: Source,
    b: Source,
    claims_a: Sequence[Claim],
    claims_b: Sequence[Claim],
    *,
    encode: Encode,
    linker: Linker | None = None,
    judge: Judge | None = None,
    roster: Roster | None = None,
    kept: Collection[Group] = (),
    rejected: Collection[Group] = (),
    settled: Group = ((), ()),
) -> Comparison:
    """Match and judge the claims of two sources.

    Args:
        claims_a: the claims of ``a`` in document order; so claims_b.
        encode: turns texts into unit vectors, shape (texts, dimensions).
        linker: says of pairs of statements how likely they are about the same; without one vectors and words decide.
        judge: says how statements relate; without one the detectors decide.
        kept: groups of indices that people confirmed as pairs; each stays a pair as it is.
        rejected: groups that people rejected; they are not proposed again.
        settled: indices of either side's claims that people have settled; they are in no match but those ``kept``.
    """
    vectors_a, vectors_b = (encode([claim.text for claim in claims]) for claims in (claims_a, claims_b))
    texts = ([claim.text for claim in claims] for claims in (claims_a, claims_b))
    context = Context(event, roster or Roster.of(event))
    # The built-in network was taught English alone.
    read_pairs = linker.link_scores if linker is not None and _is_english(context, claims_a, claims_b) else None
    found = align(vectors_a, vectors_b, *texts, read_pairs=read_pairs, kept=kept, rejected=rejected, settled=settled)
    dates = {article.name: article.published for article in event.articles}
    sides = [(_side(a, claims_a, match.a, dates), _side(b, claims_b, match.b, dates)) for match in found.matches]
    opinions = _opinions(sides, judge, context)

    def judged(match: Match, both: tuple[Side, Side], opinion: Opinion | None) -> Pair:
        similarity = _similarity(vectors_a[list(match.a)], vectors_b[list(match.b)])
        return Pair(match, relate(*both, context, similarity=similarity, opinion=opinion))

    pairs = tuple(map(judged, found.matches, sides, opinions))
    return Comparison(a, b, claims_a, claims_b, pairs, found.lone_a, found.lone_b)


def _is_english(context: Context, *claims: Sequence[Claim]) -> bool:
    """Tell whether all claims stand in texts that what is English may read."""
    articles = {claim.article for side in claims for claim in side}
    return all(is_english(article.language) for article in context.event.articles if article.name in articles)


def _opinions(sides: Sequence[tuple[Side, Side]], judge: Judge | None, context: Context) -> Sequence[Opinion | None]:
    """Return what a judge says of each pair; nothing of pairs in languages that it does not read."""
    if judge is None:
        return [None] * len(sides)
    read = [not judge.english_only or _is_english(context, a.claims, b.claims) for a, b in sides]
    asked = [(joined_text(a), joined_text(b)) for (a, b), told in zip(sides, read, strict=True) if told]
    said = iter(judge.opinions(asked) if asked else ())
    return [replace(one, by=one.by or judge.name) if told and (one := next(said)) else None for told in read]


def _side(source: Source, claims: Sequence[Claim], places: Sequence[int], dates: dict[str, dt.date | None]) -> Side:
    chosen = tuple(claims[place] for place in places)
    return Side(source, chosen, dates.get(chosen[0].article))


def _similarity(vectors_a: NDArray[np.float32], vectors_b: NDArray[np.float32]) -> float:
    """Return the cosine of two groups of claims, each the mean of its vectors."""
    if len(vectors_a) == len(vectors_b) == 1:
        return float(vectors_a[0] @ vectors_b[0])
    a, b = vectors_a.mean(axis=0), vectors_b.mean(axis=0)
    return float(a @ b / max(1e-9, float(np.linalg.norm(a) * np.linalg.norm(b))))
