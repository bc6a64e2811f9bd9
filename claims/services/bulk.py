"""Decide on many pairs at once: first a plan that says how many, then, once confirmed, all of it in one transaction."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext

from claims.analysis.structures import ReasonKind
from claims.models import Change, Decision, Reason, ReasonReview, ReasonWords, Review, Says
from claims.models.pair import PairQuerySet
from claims.models.verdict import quoted
from claims.services.grounds import checked_why
from claims.services.outcomes import AT_ONCE, sum_up
from claims.services.reasons import alike
from claims.services.refusals import Refused
from claims.services.webhooks import announce_reviews

MACHINES = "machine"  # of each pair the relation that the machine says


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be said of all pairs: a ``decision`` (or ``MACHINES``), or that a reason is dismissed.

    ``words`` narrows a dismissal to reasons that quote the same; empty, every reason of its ``kind`` is meant.
    ``over`` lets it go over what the person has decided already.
    """

    decision: str = ""
    kind: str = ""
    words: str = ""
    over: bool = False

    @property
    def what(self) -> Change.What:
        """Return what kind of change it makes."""
        return Change.What.REASON if self.kind else Change.What.REVIEW

    @property
    def says(self) -> str:
        """Return what is said of each."""
        return Says.DISMISSED if self.kind else self.decision


@dataclass(frozen=True, slots=True)
class Step:
    """One pair of a plan, what is said of it, what the person said of it (or of its reason) before, the reason's words.

    ``key`` says which claims it holds: who confirms has seen those.
    """

    pair_id: int
    says: str
    before: str = ""
    words: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a bulk would do: its ``steps``; how many keep what the person said of them, and how many say it already.

    ``settled`` are pairs with a final verdict, which are left: nothing is left to decide on them; ``unjudged`` those of
    which the machine says nothing yet, where its word is wished for.
    """

    wish: Wish
    steps: tuple[Step, ...]
    kept: int
    same: int
    settled: int
    unjudged: int = 0

    @property
    def mark(self) -> str:
        """Return a short mark of exactly these steps: whoever confirms names the plan that they saw."""
        told = repr([(step.pair_id, step.key, step.says, step.before, step.words) for step in self.steps])
        return hashlib.sha256(f"{self.wish!r} {told}".encode()).hexdigest()[:16]

    @property
    def total(self) -> int:
        """Return how many pairs it was made of."""
        return len(self.steps) + self.kept + self.same + self.settled + self.unjudged


class PlanChanged(Exception):
    """What was confirmed is no longer what would happen; ``plan`` is what would."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(gettext("The pairs have changed since the preview."))
        self.plan = plan


def plan(pairs: PairQuerySet, reviewer: AbstractBaseUser, wish: Wish) -> Plan:
    """Say what a bulk over these pairs would do. Takes four queries, and writes nothing.

    Raises:
        Refused: if nothing sensible is wished for.
    """
    _check(wish)
    found = list(_reasons(pairs, wish) if wish.kind else _verdicts(pairs))
    said = _said_of_reasons(pairs, reviewer, wish) if wish.kind else _decided(pairs, reviewer)
    now = pairs.order_by().values_list("pk", "final", "stale", "key", "verdict__relation")
    rows = {pk: (final, stale, key, relation or "") for pk, final, stale, key, relation in now}
    steps, counts = [], Counter[str]()
    for pair_id, words in found:
        before = said.get((pair_id, words), "")
        final, stale, key, relation = rows[pair_id]
        says = relation if wish.decision == MACHINES else wish.says
        if left := _left(before, says, wish, final=final, stale=stale):
            counts[left] += 1
        else:
            steps.append(Step(pair_id, says, before, words, key))
    return Plan(wish, tuple(steps), counts["kept"], counts["same"], counts["settled"], counts["unjudged"])


def _left(before: str, says: str, wish: Wish, *, final: bool, stale: bool) -> str:
    """Return why a pair is left as it is, as ``Plan`` counts it, or nothing."""
    if final:
        return "settled"
    if not says:
        return "unjudged"
    if before == says:
        # Where the text changed since, the same word once more is a decision on the new words.
        return "" if stale and not wish.kind else "same"
    return "kept" if before and not wish.over else ""


@transaction.atomic
def carry_out(
    pairs: PairQuerySet, reviewer: AbstractBaseUser, wish: Wish, *, mark: str, why: str = "", about: str = ""
) -> Change | None:
    """Do what was previewed, as one entry of the history.

    Args:
        mark: of the plan that was confirmed.
        about: by what the pairs were chosen, in words.

    Returns:
        The entry, or None where there is nothing to do.

    Raises:
        Refused: if nothing sensible is wished for, or the ground is too long.
        PlanChanged: if it would no longer be the same.
    """
    why = checked_why(why)
    made = plan(pairs, reviewer, wish)
    if made.mark != mark:
        raise PlanChanged(made)
    if not made.steps:
        return None
    (_dismiss if wish.kind else _decide)(made, reviewer)
    if not wish.kind:
        by_word: dict[str, list[int]] = defaultdict(list)
        for step in made.steps:
            by_word[step.says].append(step.pair_id)
        for says, keys in by_word.items():
            announce_reviews(keys, {"decision": says, "reviewer": reviewer.get_username()})
    return _log(made, reviewer, why=why, about=about)


def _check(wish: Wish) -> None:
    if wish.kind and wish.kind not in set(ReasonKind):
        raise Refused({"kind": gettext("Choose a kind of reason from the list.")})
    if not wish.kind and wish.decision not in {MACHINES, *Decision.values}:
        raise Refused(
            {"decision": gettext("Choose what to say of the pairs: a relation, not a match, or a reason to dismiss.")}
        )


def _verdicts(pairs: PairQuerySet) -> Iterator[tuple[int, str]]:
    for pk in pairs.order_by("pk").values_list("pk", flat=True):
        yield pk, ""


def _decided(pairs: PairQuerySet, reviewer: AbstractBaseUser) -> dict[tuple[int, str], str]:
    mine = Review.objects.filter(reviewer_id=reviewer.pk, pair__in=pairs.order_by().values("pk"))
    return {(pair, ""): decision for pair, decision in mine.values_list("pair_id", "decision")}


def _reasons(pairs: PairQuerySet, wish: Wish) -> Iterator[tuple[int, str]]:
    """Yield each pair that the machine gives such a reason for, with the words of that reason."""
    chosen = pairs.order_by().values("pk")
    shown: dict[int, list[tuple[str, str]]] = defaultdict(list)
    words = ReasonWords.objects.filter(reason__kind=wish.kind, reason__verdict__pair__in=chosen)
    rows = words.order_by("reason", "side", "start")
    for reason, side, start, end, text, offset in rows.values_list(
        "reason_id", "side", "start", "end", "claim__text", "claim__start"
    ):
        shown[reason].append((side, text[start - offset : end - offset]))
    reasons = Reason.objects.filter(kind=wish.kind, verdict__pair__in=chosen).order_by("verdict__pair")
    for pk, pair, explanation in reasons.values_list("pk", "verdict__pair", "explanation"):
        told = quoted(shown.get(pk, ()), explanation)
        if not wish.words or alike(told) == alike(wish.words):
            yield pair, told


def _said_of_reasons(pairs: PairQuerySet, reviewer: AbstractBaseUser, wish: Wish) -> dict[tuple[int, str], str]:
    mine = ReasonReview.objects.filter(reviewer_id=reviewer.pk, kind=wish.kind, pair__in=pairs.order_by().values("pk"))
    return {(pair, words): says for pair, words, says in mine.values_list("pair_id", "words", "says")}


def _decide(made: Plan, reviewer: AbstractBaseUser) -> None:
    Review.objects.bulk_create(
        [Review(pair_id=step.pair_id, reviewer_id=reviewer.pk, decision=step.says) for step in made.steps],
        update_conflicts=True,
        unique_fields=["pair", "reviewer"],
        update_fields=["decision", "made_at"],
        batch_size=AT_ONCE,
    )
    sum_up([step.pair_id for step in made.steps])


def _dismiss(made: Plan, reviewer: AbstractBaseUser) -> None:
    kind, says = made.wish.kind, Says.DISMISSED
    ReasonReview.objects.bulk_create(
        [
            ReasonReview(pair_id=step.pair_id, reviewer_id=reviewer.pk, kind=kind, words=step.words, says=says)
            for step in made.steps
        ],
        update_conflicts=True,
        unique_fields=["pair", "reviewer", "kind", "words"],
        update_fields=["says", "made_at"],
        batch_size=AT_ONCE,
    )


def _log(made: Plan, reviewer: AbstractBaseUser, *, why: str, about: str) -> Change:
    wish, steps = made.wish, made.steps
    told = {"actor_id": reviewer.pk, "what": wish.what, "reason": wish.kind, "why": why}
    entry = Change.objects.create(**told, after=wish.says, size=len(steps), words=wish.words, about=about[:300])
    Change.objects.bulk_create(_parts(entry, steps, told), batch_size=AT_ONCE)
    return entry


def _parts(entry: Change, steps: Sequence[Step], told: dict[str, object]) -> list[Change]:
    return [
        Change(**told, part_of=entry, pair_id=step.pair_id, before=step.before, after=step.says, words=step.words)
        for step in steps
    ]
