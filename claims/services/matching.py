"""Match and judge the claims of two sources, and write what came out without touching what people decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from numpy.typing import NDArray

from claims.analysis import comparing, structures
from claims.analysis.encoding import Encoder
from claims.models import Candidate, Change, Claim, Comparison, Event, Lone, Pair, PairClaim, Verdict
from claims.models.pair import Outcome, pair_key
from claims.models.verdict import Reason, ReasonWords
from claims.services.reading import event_structure
from claims.services.vectors import StoredVectors

_TEXTS_BETWEEN_BEATS = 512


@cache
def encoder() -> Encoder:
    """Return the process's encoder; its model is loaded at the first text that has no vector yet."""
    return Encoder(model=settings.CROSSREAD_MODEL, store=StoredVectors())


def embed_claims(event: Event, *, beat: Callable[[], None]) -> None:
    """Compute the vectors that the event's claims still lack."""
    sources = event.sources.all()
    texts = list(dict.fromkeys(Claim.objects.of_sources(*sources).values_list("text", flat=True)))
    for first in range(0, len(texts), _TEXTS_BETWEEN_BEATS):
        encoder().encode(texts[first : first + _TEXTS_BETWEEN_BEATS])
        beat()


@dataclass(frozen=True, slots=True)
class Row:
    """A claim's row beside its structure."""

    claim: Claim
    structure: structures.Claim


def match_comparison(comparison: Comparison) -> None:
    """Match and judge a comparison's claims anew, and store the result in one transaction.

    What a person confirmed stays a pair, what a person rejected stays rejected, and a reviewed or annotated pair that
    the machine no longer proposes is withdrawn, never deleted.
    """
    owed = comparison.due_since
    a, b = _rows(comparison.a_id, comparison), _rows(comparison.b_id, comparison)
    decided = list(comparison.pairs.prefetch_related("members", "reviews").exclude(reviews=None).distinct())
    result = comparing.compare_sources(
        event_structure(comparison.event),
        comparison.a.as_structure(),
        comparison.b.as_structure(),
        [row.structure for row in a],
        [row.structure for row in b],
        encode=encoder().encode,
        kept=_links(a, b, (pair for pair in decided if pair.outcome != Outcome.NO_MATCH)),
        rejected=_links(a, b, (pair for pair in decided if pair.outcome == Outcome.NO_MATCH)),
    )
    with transaction.atomic():
        _store_pairs(comparison, result, a, b)
        _store_lone(comparison, result, a, b)
        # A correction made meanwhile has set a later due_since, and is not lost.
        Comparison.objects.filter(pk=comparison.pk, due_since=owed).update(due_since=None)
        Comparison.objects.filter(pk=comparison.pk).update(matched_at=timezone.now(), model=encoder().model)
