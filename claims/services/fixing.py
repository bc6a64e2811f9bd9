"""Take back what a person put right by hand: every row that it touched stands again as before."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from claims.models import Change, Claim, Comparison, Correction, Fix, Lone, Pair, PairClaim, Silence
from claims.services.edges import owe_of
from claims.services.grouping import PLACED, await_verdict, fold, owe
from claims.services.ledger import Ledger, State, state_of, state_of_claim, told
from claims.services.outcomes import sum_up
from claims.services.refusals import Refused
from claims.services.roles import viewer_for
from claims.services.substituting import anchor, substitute

_CHANGED = gettext_noop(
    "This cannot be taken back any more: what it changed has been changed since. Put it right by hand."
)
_EDGES = (Fix.Kind.CUT, Fix.Kind.UNITED)


@transaction.atomic
def take_back(fix: Fix, actor: AbstractBaseUser) -> Fix:
    """Undo a fix of one's own, and have the rest matched anew.

    Raises:
        Refused: if it is somebody else's or undone already, if its rows have been changed since, or if others decided
            or wrote on a pair that it made.
    """
    fix = Fix.objects.select_for_update().get(pk=fix.pk)
    if fix.actor_id != actor.pk or fix.undone_at is not None:
        raise Refused({"": gettext("Only your own changes that still stand can be taken back.")})
    if fix.kind in (Fix.Kind.SILENT, Fix.Kind.HEARD) and fix.comparison is not None:
        _restore_silence(fix, fix.comparison)
    else:
        before = {pair.pk: told(pair) for pair in Pair.objects.filter(pk__in=fix.after["pairs"])}
        _restore_claims(fix, actor) if fix.kind in _EDGES else _restore_pairs(fix, actor)
        _log(fix, actor, before)
    fix.undone_at = timezone.now()
    fix.save(update_fields=["undone_at"])
    if fix.comparison is not None:
        owe(fix.comparison)
    return fix


def _restore_pairs(fix: Fix, actor: AbstractBaseUser) -> None:
    states: dict[str, State | None] = fix.before["pairs"]
    pairs = {str(pair.pk): pair for pair in Pair.objects.select_for_update().filter(pk__in=states)}
    if any(not _same(pairs.get(key), fix.after["pairs"][key]) for key in states):
        raise Refused({"": gettext(_CHANGED)})
    for pair in pairs.values():
        Pair.objects.filter(pk=pair.pk).update(key=f"~{pair.pk}")  # out of the way of one another
    for key, state in states.items():
        if state is None or state["withdrawn"]:
            _take_decision_back(pairs[key], actor)
        if state is None:
            _unmake(pairs[key], fix.after["pairs"][key]["key"])
        else:
            _restore(pairs[key], state)
            await_verdict(pairs[key])
    members = PairClaim.objects.filter(pair__in=pairs.values()).values_list("claim_id", flat=True).distinct()
    Lone.objects.bulk_create((Lone(comparison=fix.comparison, claim_id=one) for one in members), ignore_conflicts=True)


def _restore_claims(fix: Fix, actor: AbstractBaseUser) -> None:
    """Put a claim's old edges back: in the pairs of then as they were, and in those that came since."""
    states: dict[str, State | None] = fix.before["claims"]
    claims = {str(one.pk): one for one in Claim.objects.select_for_update().filter(pk__in=states)}
    past = any(claim.past_version for claim in claims.values())
    if past or any(state_of_claim(claims[key]) != fix.after["claims"][key] for key in states):
        raise Refused({"": gettext(_CHANGED)})
    if Correction.objects.filter(claim__in=claims.values(), made_at__gt=fix.at).exists():
        raise Refused({"": gettext(_CHANGED)})
    gone = sorted((one for one in claims.values() if not one.withdrawn), key=lambda one: one.start)
    back = sorted((one for one in claims.values() if one.withdrawn), key=lambda one: one.start)
    for key, state in states.items():
        _restore_claim(claims[key], state)
    before: dict[str, State] = fix.before["pairs"]
    pairs = [
        pair
        for pair in Pair.objects.select_for_update().filter(pk__in=before)
        if _same(pair, fix.after["pairs"][str(pair.pk)], edges=True) and _belong(pair, before[str(pair.pk)])
    ]
    for pair in pairs:
        Pair.objects.filter(pk=pair.pk).update(key=f"~{pair.pk}")
    for pair in pairs:
        _restore(pair, before[str(pair.pk)])
    substitute(gone, back, Ledger(), actor=actor, save=[pair.pk for pair in pairs])
    anchor(gone, back)
    owe_of(back[0])


def _same(pair: Pair | None, state: State, *, edges: bool = False) -> bool:
    """Tell whether a pair has the claims that a fix left it with; what a new matching may change does not count."""
    if pair is None:
        return False
    now, names = state_of(pair), ["made_by", "made_at", "merged_into"]
    members, left = ({(claim, side) for claim, side, _ in one["members"]} for one in (now, state))
    return members == left and all(now[name] == state[name] for name in names) and (edges or not _shelved(now, state))


def _shelved(now: State, state: State) -> bool:
    return bool(now["withdrawn"] and not state["withdrawn"])


def _restore(pair: Pair, state: State) -> None:
    """Write a pair as it was.

    Raises:
        Refused: if one of its claims has changed or belongs to another source now, or people made the same pair anew.
    """
    if state["members"] != state_of(pair)["members"]:
        if not _belong(pair, state):
            raise Refused(
                {"": gettext("One of the claims has changed or belongs to another source now. Put it right by hand.")}
            )
        pair.members.all().delete()
        PairClaim.objects.bulk_create(
            PairClaim(pair=pair, claim_id=claim, side=side, differing=differing)
            for claim, side, differing in state["members"]
        )
    other = Pair.objects.filter(comparison_id=pair.comparison_id, key=state["key"]).exclude(pk=pair.pk).first()
    if other is not None:
        if not other.withdrawn and Pair.objects.filter(pk=other.pk).worked_on().exists():
            raise Refused(
                {"": gettext("Pair %(other)s has these claims by now. Put it right by hand.") % {"other": other.pk}}
            )
        fold(other, pair, Ledger())
    pair.key, pair.score, pair.sure = state["key"], state["score"], state["sure"]
    pair.withdrawn, pair.merged_into_id = state["withdrawn"], state["merged_into"]
    pair.made_by_id, pair.made_at = state["made_by"], _moment(state["made_at"])
    pair.save(update_fields=PLACED)


def _take_decision_back(pair: Pair, actor: AbstractBaseUser) -> None:
    """Take away what a pair's maker decided on it since they made it.

    Raises:
        Refused: if others decided on it, or somebody wrote on it.
    """
    since = pair.made_at
    reviews = pair.reviews.filter(made_at__gte=since)
    of_others = (
        reviews.exclude(reviewer_id=actor.pk),
        pair.annotations.filter(created_at__gte=since),
        pair.adjudications.filter(made_at__gte=since),
    )
    if any(rows.exists() for rows in of_others):
        if Pair.objects.open_to(viewer_for(actor)).filter(pk=pair.pk).exists():
            told = gettext(
                "Somebody decided or wrote on pair %(pair)s meanwhile. Reject it instead: what they said stays."
            )
        else:
            told = gettext("Pair %(pair)s cannot be taken apart any more. Reject it instead.")
        raise Refused({"": told % {"pair": pair.pk}})
    reviews.delete()
    mine = Change.objects.filter(pair=pair, what=Change.What.REVIEW, actor_id=actor.pk, undone_at__isnull=True)
    mine.filter(at__gte=since).update(undone_at=timezone.now())
    sum_up([pair.pk])


def _unmake(pair: Pair, key: str) -> None:
    """Withdraw a pair that the fix made; its history stays."""
    pair.key, pair.withdrawn, pair.made_by, pair.made_at = key, True, None, None
    pair.save(update_fields=PLACED)


def _restore_claim(claim: Claim, state: State | None) -> None:
    """Write a claim's flags as they were; one that the fix made is withdrawn."""
    claim.withdrawn = state["withdrawn"] if state else True
    claim.made_by_id, claim.made_at = (state["made_by"], _moment(state["made_at"])) if state else (None, None)
    claim.save(update_fields=["withdrawn", "made_by", "made_at"])


def _belong(pair: Pair, state: State) -> bool:
    """Tell whether the claims of a state are current and still of their sides' sources."""
    sides = {claim: side for claim, side, _ in state["members"]}
    sources = {"a": pair.comparison.a_id, "b": pair.comparison.b_id}
    owners = Claim.objects.filter(pk__in=sides).owners(pair.comparison.a, pair.comparison.b)
    return owners == {claim: sources[side] for claim, side in sides.items()}


def _restore_silence(fix: Fix, comparison: Comparison) -> None:
    before, after = fix.before["silence"], fix.after["silence"]
    claim = (before or after)["claim"]
    found = Silence.objects.filter(comparison=comparison, claim_id=claim)
    if found.exists() != bool(after):
        raise Refused({"": gettext(_CHANGED)})
    if after:
        found.delete()
        return
    standing = Pair.objects.standing().filter(comparison=comparison)
    if PairClaim.objects.filter(claim_id=claim, pair__in=standing).exists():
        raise Refused({"": gettext("The other side speaks of this claim in a pair by now. Reject that pair first.")})
    at = dt.datetime.fromisoformat(before["at"])
    Silence.objects.create(comparison=comparison, claim_id=claim, by_id=before["by"], at=at)


def _log(fix: Fix, actor: AbstractBaseUser, before: dict[int, str]) -> None:
    touched = Pair.objects.filter(changes__fix=fix).distinct().order_by("pk")
    Change.objects.bulk_create(
        Change(
            pair=pair,
            actor_id=actor.pk,
            what=Change.What.UNFIXED,
            before=before.get(pair.pk, ""),
            after=told(pair),
            fix=fix,
        )
        for pair in touched
    )


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
