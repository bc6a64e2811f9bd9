"""Carry pairs over to the claims that theirs go on as, and say which of people's decisions a new text touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Prefetch, Q
from django.utils import timezone

from claims.analysis.structures import Span
from claims.analysis.wording import differing_words
from claims.models import Annotation, Change, Claim, Former, Pair, PairClaim, Review
from claims.models.pair import PairQuerySet, Side, pair_key
from claims.services.carry_claims import Carried, anchor, in_batches, places_of

_AT_ONCE = 500
_LONGEST_TOLD = 200

_Sides = dict[str, list[Claim]]


@dataclass(frozen=True, slots=True)
class _Touched:
    """A pair that holds a past claim: its claims by side as they were, and as they go on; a side may stay empty."""

    pair: Pair
    was: _Sides
    now: _Sides

    @property
    def goes_on(self) -> bool:
        """Tell whether each side has a claim that stands in the newest text."""
        return all(self.now[side] for side in Side.values)

    @property
    def changed(self) -> list[str]:
        """Return the sides whose claims changed or went."""
        return [side for side in Side.values if _keys(self.was[side]) != _keys(self.now[side])]


def carry_pairs(carried: Carried, by: AbstractBaseUser | None) -> int:
    """Have pairs go on with the claims that theirs go on as; return how many of people's decisions are stale for it.

    A pair that people decided on is stale until somebody decides anew. Where no claim follows, it keeps its past one
    and is no longer proposed, but waits all the same. One whose very words are back is as it was.
    """
    past = {claim.pk: claim for claim in carried.past}
    stale = 0
    for keys in in_batches(past, _AT_ONCE):
        for pair in _whole(Pair.objects.filter(pk__in=PairClaim.objects.filter(claim__in=keys).values("pair"))):
            if any(member.claim_id in past for member in pair.members.all()):
                stale += _carry(_touched(pair, past, carried.followers), by)
    back = [move.claim.pk for move in carried.back]
    for keys in in_batches(back, _AT_ONCE):
        for pair in _whole(Pair.objects.filter(changed_at__isnull=False, claims__in=keys).distinct()):
            _settle_if_back(pair, by)
    return stale


def _whole(pairs: PairQuerySet) -> PairQuerySet:
    members = PairClaim.objects.select_related(
        "claim__article", "claim__source", "claim__standing_correction__source"
    ).order_by("claim__article_id", "claim__start")
    reviewed = Q(Exists(Review.objects.filter(pair=OuterRef("pk"))))
    decided = ExpressionWrapper(reviewed | Q(final=True), BooleanField())
    found = pairs.annotate(decided=decided).select_related("comparison")
    found = found.order_by("-decided", "pk")
    return found.prefetch_related(Prefetch("members", members), Prefetch("formers", Former.objects.by_side()))


def _touched(pair: Pair, past: dict[int, Claim], followers: dict[int, list[Claim]]) -> _Touched:
    was: _Sides = {side: pair.claims_of(side) for side in Side.values}
    sources = {Side.A.value: pair.comparison.a_id, Side.B.value: pair.comparison.b_id}
    now: _Sides = {}
    for side, claims in was.items():
        going: list[Claim] = []
        for claim in claims:
            going += followers.get(claim.pk, []) if claim.pk in past else [] if claim.past_version else [claim]
        own = {one.pk: one for one in going if (source := one.standing_source) and source.pk == sources[side]}
        now[side] = list(own.values())
    return _Touched(pair, was, now)


def _carry(touched: _Touched, by: AbstractBaseUser | None) -> bool:
    """Write what became of a pair; tell whether people's decision on it is stale now."""
    pair = touched.pair
    if pair.withdrawn and not pair.stale:
        return False  # it was no longer proposed before, and stays what it was
    key = pair_key(_keys(touched.now["a"]), _keys(touched.now["b"])) if touched.goes_on else pair.key
    others = Pair.objects.filter(comparison=pair.comparison_id, key=key).exclude(pk=pair.pk)
    goes_on = touched.goes_on and not others.exists()
    before = _told(touched.was, touched.changed)
    _remember(touched)
    if goes_on:
        pair.key, pair.withdrawn = key, False
        pair.save(update_fields=["key", "withdrawn"])
        _replace_members(touched)
        _move_notes(touched)
    elif _is_worked_on(pair):
        pair.withdrawn = True
        pair.save(update_fields=["withdrawn"])
    else:
        pair.delete()
        return False
    if not vars(pair)["decided"]:
        return False
    after = _told(touched.now, touched.changed) if goes_on else ""
    _log(pair, by, Change.What.STALE, before, after)
    pair.stale, pair.changed_at = True, timezone.now()
    pair.save(update_fields=["stale", "changed_at"])
    return not (goes_on and _settle_if_back(_whole(Pair.objects.filter(pk=pair.pk)).get(), by))


def _remember(touched: _Touched) -> None:
    """Keep what people read: the claims of the sides that change now, unless those have changed since."""
    if not touched.pair.stale:
        touched.pair.formers.all().delete()
    kept = set(touched.pair.formers.values_list("side", flat=True))
    sides = [side for side in touched.changed if side not in kept]
    Former.objects.bulk_create(
        Former(pair=touched.pair, claim=claim, side=side) for side in sides for claim in touched.was[side]
    )


def _replace_members(touched: _Touched) -> None:
    texts = {side: " ".join(claim.text for claim in claims) for side, claims in touched.now.items()}
    touched.pair.members.all().delete()
    rows = []
    for side, claims in touched.now.items():
        other = texts[Side.B if side == Side.A else Side.A]
        for claim in claims:
            spans, _ = differing_words(claim.text, other)
            differing = [[claim.start + span.start, claim.start + span.end] for span in spans]
            rows.append(PairClaim(pair=touched.pair, claim=claim, side=side, differing=differing))
    PairClaim.objects.bulk_create(rows)


def _move_notes(touched: _Touched) -> None:
    """Anchor the pair's annotations in the new claims where the words that they quote still stand there."""
    gone = {claim.pk for claims in touched.was.values() for claim in claims if claim.past_version}
    for note in Annotation.objects.filter(pair=touched.pair, claim__in=gone).select_related("claim__article"):
        side = next(side for side, claims in touched.was.items() if note.claim_id in _keys(claims))
        places = [
            (_likeness(note, claim, span), claim, span)
            for claim in touched.now[side]
            for span in places_of(note.quote, claim)
        ]
        if places:
            _, claim, span = max(places, key=lambda one: one[0])
            anchor(note, claim, span)


def _likeness(note: Annotation, claim: Claim, span: Span) -> int:
    """Return how many signs around the quoted words are the same as they were."""
    whole = claim.article.text
    before, after = whole[: span.start][::-1], whole[span.end :]
    return _common(note.prefix[::-1], before) + _common(note.suffix, after)


def _common(a: str, b: str) -> int:
    return sum(1 for _ in takewhile(lambda signs: signs[0] == signs[1], zip(a, b, strict=False)))


def _settle_if_back(pair: Pair, by: AbstractBaseUser | None) -> bool:
    """Have a stale pair whose claims say again what people decided on be as it was; tell whether that is so."""
    members = list(pair.members.all())
    if not pair.stale or any(member.claim.past_version for member in members):
        return False
    had: dict[str, list[str]] = defaultdict(list)
    have: dict[str, list[str]] = defaultdict(list)
    for former in pair.formers.all():
        had[former.side].append(former.claim.text)
    for member in members:
        have[member.side].append(member.claim.text)
    if any(sorted(texts) != sorted(have[side]) for side, texts in had.items()):
        return False
    pair.formers.all().delete()
    pair.stale, pair.changed_at, pair.withdrawn = False, None, False
    pair.save(update_fields=["stale", "changed_at", "withdrawn"])
    _log(pair, by, Change.What.RESTORED, "", "")
    return True


def _is_worked_on(pair: Pair) -> bool:
    return Pair.objects.filter(pk=pair.pk).worked_on().exists()


def _log(pair: Pair, by: AbstractBaseUser | None, what: Change.What, before: str, after: str) -> None:
    Change.objects.create(pair=pair, actor_id=by.pk if by else None, what=what, before=before, after=after)


def _told(sides: _Sides, changed: Sequence[str]) -> str:
    text = " ".join(claim.text for side in changed for claim in sides[side])
    return text if len(text) <= _LONGEST_TOLD else f"{text[: _LONGEST_TOLD - 1]}…"


def _keys(claims: Iterable[Claim]) -> list[int]:
    return sorted(claim.pk for claim in claims)
