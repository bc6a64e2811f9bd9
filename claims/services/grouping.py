"""Give a pair its claims by hand: what joining, moving, merging and splitting have in common."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext

from claims.models import Comparison, Pair, PairClaim, Reason, Verdict
from claims.models.pair import Outcome, pair_key
from claims.services.analyse import request_run
from claims.services.ledger import Ledger
from claims.services.refusals import Refused
from claims.services.roles import viewer_for

# What a fix writes of a pair: never its outcome, which sums up what people decided.
PLACED = ("key", "score", "sure", "withdrawn", "made_by", "made_at", "merged_into")


@dataclass(frozen=True, slots=True)
class Sides:
    """Which claims stand on each side of a pair, by their ids."""

    a: frozenset[int]
    b: frozenset[int]

    @classmethod
    def of(cls, pair: Pair) -> Sides:
        """Return those of a pair."""
        members = list(pair.members.values_list("claim_id", "side"))
        a, b = (frozenset(claim for claim, at in members if at == side) for side in ("a", "b"))
        return cls(a, b)

    def __or__(self, other: Sides) -> Sides:
        """Return both together."""
        return Sides(self.a | other.a, self.b | other.b)

    def without(self, claims: Collection[int]) -> Sides:
        """Return them less some claims."""
        return Sides(self.a - set(claims), self.b - set(claims))

    def only(self, claims: Collection[int]) -> Sides:
        """Return those of them that are among some claims."""
        return Sides(self.a & set(claims), self.b & set(claims))

    @property
    def claims(self) -> frozenset[int]:
        """Return all of them."""
        return self.a | self.b

    @property
    def whole(self) -> bool:
        """Tell whether both sides have a claim."""
        return bool(self.a and self.b)

    @property
    def key(self) -> str:
        """Return the identity of a pair of these claims."""
        return pair_key(self.a, self.b)


def regroup(pair: Pair, sides: Sides, actor: AbstractBaseUser, ledger: Ledger) -> None:
    """Give a pair other claims. What people said of it stays with it; the machine's verdict waits for the worker.

    Raises:
        Refused: if people have made another pair of the same claims, or decided on it.
    """
    ledger.enter(pair)
    take_key(pair, sides.key, actor, ledger)
    set_members(pair, sides)
    pair.made_by_id, pair.made_at = actor.pk, timezone.now()
    pair.score, pair.sure, pair.withdrawn, pair.merged_into = None, False, False, None
    pair.save(update_fields=PLACED)
    await_verdict(pair)


def make(comparison: Comparison, sides: Sides, actor: AbstractBaseUser, ledger: Ledger) -> Pair:
    """Make a pair of claims that are none; one of them that was withdrawn comes back with all that was said of it.

    Raises:
        Refused: if the claims are a pair already.
    """
    Comparison.objects.select_for_update().get(pk=comparison.pk)  # two people may join the same claims at once
    earlier = comparison.pairs.filter(key=sides.key).first()
    if earlier is not None and not earlier.withdrawn:
        raise Refused({"claims": _known(earlier, actor)})
    if earlier is not None:
        regroup(earlier, sides, actor, ledger)
        return earlier
    pair = Pair.objects.create(comparison=comparison, key=sides.key, made_by_id=actor.pk, made_at=timezone.now())
    ledger.enter_new(pair)
    set_members(pair, sides)
    await_verdict(pair)
    return pair


def fold(pair: Pair, into: Pair, ledger: Ledger) -> None:
    """Let a pair be part of another: it is withdrawn, and what people said of it is found from there."""
    ledger.enter(pair)
    pair.key, pair.withdrawn, pair.merged_into = f"~{pair.pk}", True, into
    pair.save(update_fields=PLACED)


def take_key(pair: Pair, key: str, actor: AbstractBaseUser, ledger: Ledger) -> None:
    """Give a pair its new identity; what the machine alone has under it becomes part of it.

    Raises:
        Refused: if people worked on the pair that has it.
    """
    other = Pair.objects.filter(comparison_id=pair.comparison_id, key=key).exclude(pk=pair.pk).first()
    if other is not None:
        if not other.withdrawn and Pair.objects.filter(pk=other.pk).worked_on().exists():
            raise Refused({"claims": _known(other, actor)})
        fold(other, pair, ledger)
    pair.key = key


def set_members(pair: Pair, sides: Sides) -> None:
    """Write which claims a pair has; the words in which they differ are found when it is next judged."""
    wanted = dict.fromkeys(sides.a, "a") | dict.fromkeys(sides.b, "b")
    pair.members.exclude(claim__in=wanted).delete()
    pair.members.update(differing=[])
    known = set(pair.members.values_list("claim_id", flat=True))
    PairClaim.objects.bulk_create(
        PairClaim(pair=pair, claim_id=claim, side=side) for claim, side in wanted.items() if claim not in known
    )


def await_verdict(pair: Pair) -> None:
    """Take the machine's verdict away: it was on other claims."""
    Reason.objects.filter(verdict__pair=pair).delete()
    Verdict.objects.update_or_create(pair=pair, defaults={"relation": "", "kind": "", "confidence": 0, "judge": ""})


def owe(comparison: Comparison) -> None:
    """Have the worker judge what was made by hand, and match the rest of the comparison anew."""
    Comparison.objects.filter(pk=comparison.pk).update(due_since=timezone.now())
    request_run(comparison.event)


def _known(pair: Pair, actor: AbstractBaseUser) -> str:
    if pair.outcome == Outcome.NO_MATCH and Pair.objects.open_to(viewer_for(actor)).filter(pk=pair.pk).exists():
        return gettext(
            "These claims are pair %(pair)s, which was rejected. Open it and decide anew if they do match."
        ) % {"pair": pair.pk}
    return gettext("These claims are pair %(pair)s already. Open it to decide on it or to change its claims.") % {
        "pair": pair.pk
    }
