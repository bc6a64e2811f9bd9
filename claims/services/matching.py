"""Match and judge the claims of two sources, and write what came out without touching what people decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from claims.analysis import comparing, structures
from claims.analysis.alignment import Group
from claims.analysis.calibration import settled
from claims.analysis.encoding import Encoder
from claims.analysis.judges import begin_run, notices_of
from claims.models import Claim, Comparison, Event, PairClaim, Source
from claims.models.pair import PairQuerySet, pair_members
from claims.models.webhook import Kind
from claims.services.judging import judge, linker
from claims.services.languages import covered
from claims.services.learning import scale_in_use
from claims.services.matched import store_lone, store_pairs
from claims.services.reading import EventRows
from claims.services.vectors import StoredVectors
from claims.services.webhooks import announce

_TEXTS_BETWEEN_BEATS = 512


@cache
def encoder() -> Encoder:
    """Return the process's encoder; its model is loaded at the first text that has no vector yet."""
    return Encoder(model=settings.CROSSREAD_MODEL, store=StoredVectors())


def matched_by() -> str:
    """Return what says which statements belong together: scores of one are no scores of another."""
    reader = linker()
    return encoder().model if reader is None else f"{encoder().model} and {reader.name}"


def begin_judging(*, beat: Callable[[], None]) -> None:
    """Begin a run's judging: what the judge may spend is counted anew, and whoever reads pairs gives signs of life."""
    for reader in (linker(), judge()):
        begin_run(reader, beat=beat)


def judging_notices() -> list[str]:
    """Return what the judge has to say of the run, in sentences."""
    return notices_of(judge())


def embed_claims(event: Event, *, beat: Callable[[], None]) -> None:
    """Compute the vectors that the event's claims still lack: those of its sources, and what a search looks through."""
    claims = Claim.objects.current().filter(covered(), article__event=event).order_by("article_id", "start")
    texts = list(dict.fromkeys(claims.values_list("text", flat=True)))
    for first in range(0, len(texts), _TEXTS_BETWEEN_BEATS):
        encoder().encode(texts[first : first + _TEXTS_BETWEEN_BEATS])
        beat()


@dataclass(frozen=True, slots=True)
class _Side:
    """One source's claims as rows and as the analysis reads them, in the same order.

    Those in a language that the encoder does not cover are left out, save where people confirmed a pair of them.
    """

    rows: Sequence[Claim]
    claims: Sequence[structures.Claim]

    @classmethod
    def both(cls, a: Source, b: Source, event: EventRows, *, kept: PairQuerySet) -> tuple[_Side, _Side]:
        """Load both sides: one query."""
        found = Claim.objects.of_sources(a, b).filter(covered() | Q(pk__in=kept.values("claims")))
        rows = list(found.select_related("standing_correction__source"))
        # Given to the rows, not joined to each of them: an article's text is as long as all its claims.
        articles = {article.pk: article for article in event.articles}
        sources = {source.pk: source for source in event.sources}
        for row in rows:
            row.article = articles[row.article_id]
            row.source = sources[row.source_id] if row.source_id else None
        sides = ([row for row in rows if row.standing_source == source] for source in (a, b))
        of_a, of_b = (cls(own, [row.as_structure() for row in own]) for own in sides)
        return of_a, of_b

    def ids(self, places: Iterable[int]) -> list[int]:
        return [self.rows[place].pk for place in places]


def match_comparison(comparison: Comparison) -> None:
    """Match and judge a comparison's claims anew, and store the result in one transaction.

    What a person confirmed or made by hand stays a pair, what a person rejected stays rejected, and a reviewed or
    annotated pair that the machine no longer proposes is withdrawn, never deleted. Claims of pairs made by hand, and
    those that the other side is silent on by a person's word, are in no other pair that the machine proposes.
    """
    owed = comparison.due_since
    event = EventRows.of(comparison.event)
    source_a, source_b = (
        next(one for one in event.sources if one.pk == pk) for pk in (comparison.a_id, comparison.b_id)
    )
    a, b = _Side.both(source_a, source_b, event, kept=comparison.pairs.confirmed())
    kept = _groups(a, b, _keys(comparison.pairs.confirmed()))
    result = comparing.compare_sources(
        event.as_structure(),
        source_a.as_structure(),
        source_b.as_structure(),
        a.claims,
        b.claims,
        encode=encoder().encode,
        linker=linker(),
        judge=judge(),
        kept=kept,
        rejected=_groups(a, b, _keys(comparison.pairs.rejected())),
        settled=_settled(comparison, a, b),
    )
    # Last, so that the analysis knows nothing of what people here have taught it.
    if (scale := scale_in_use(matched_by())) is not None:
        result = settled(result, scale, kept=kept)
    with transaction.atomic():
        if event.are_overtaken():
            return  # it stays due, and the new text has a run of its own
        store_pairs(comparison, result, a.rows, b.rows)
        store_lone(comparison, result, a.rows, b.rows)
        # A correction made meanwhile has set a later due_since, and is not lost.
        Comparison.objects.filter(pk=comparison.pk, due_since=owed).update(due_since=None)
        Comparison.objects.filter(pk=comparison.pk).update(matched_at=timezone.now(), model=matched_by())
        announce(Kind.COMPARISON_MADE, comparison.event, {"comparison": comparison.pk})


def _keys(pairs: PairQuerySet) -> Iterable[str]:
    return pairs.order_by("pk").values_list("key", flat=True)


def _settled(comparison: Comparison, a: _Side, b: _Side) -> Group:
    """Return the places of the claims that people have settled: in pairs made by hand, or as alone."""
    in_pairs = PairClaim.objects.filter(pair__in=comparison.pairs.by_hand())
    known = {*in_pairs.values_list("claim_id", flat=True), *comparison.silences.values_list("claim_id", flat=True)}
    of_a, of_b = (tuple(place for place, row in enumerate(side.rows) if row.pk in known) for side in (a, b))
    return of_a, of_b


def _groups(a: _Side, b: _Side, keys: Iterable[str]) -> list[Group]:
    """Return the pairs of these keys as places in the sides' claims; a pair whose claim went is left out."""
    places = [{row.pk: place for place, row in enumerate(side.rows)} for side in (a, b)]
    found: list[Group] = []
    for key in keys:
        ids = pair_members(key)
        if all(one in known for side, known in zip(ids, places, strict=True) for one in side):
            of_a, of_b = (tuple(sorted(known[one] for one in side)) for side, known in zip(ids, places, strict=True))
            found.append((of_a, of_b))
    return found
