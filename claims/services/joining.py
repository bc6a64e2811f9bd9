"""Put pairs together by hand: join claims, move them, merge pairs and split them."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from claims.models import Claim, Comparison, Decision, Fix, Lone, Pair, Silence
from claims.services.grouping import Sides, fold, make, owe, regroup
from claims.services.ledger import Ledger
from claims.services.refusals import Refused
from claims.services.review import decide
from claims.services.roles import viewer_for

_RELATIONS = (Decision.AGREE, Decision.PARTIAL, Decision.DIVERGE)
_BOTH_SIDES = gettext_noop("Choose at least one claim on each side.")
_NONE_CHOSEN = gettext_noop("Choose the claims that are meant.")
_LEFT_OVER = gettext_noop(
    "This would leave the pair without a claim on one side. Leave one there, merge the pairs, "
    "or say that it is not a match."
)


@transaction.atomic
def join(comparison: Comparison, actor: AbstractBaseUser, claims: Collection[int], *, relation: str = "") -> Pair:
    """Make a pair of claims of both sources; ``relation`` is the maker's own verdict, if they give one at once.

    Raises:
        Refused: if a side has no claim, the claims are a pair already, or somebody confirmed that the other side is
            silent on one of them.
    """
    if relation and relation not in _RELATIONS:
        raise Refused({"relation": gettext("Choose agree, partial or diverge, or leave it open.")})
    sides = _sides(comparison, claims)
    if not sides.whole:
        raise Refused({"claims": gettext(_BOTH_SIDES)})
    _refuse_silent(comparison, sides)
    ledger = Ledger()
    pair = make(comparison, sides, actor, ledger)
    if relation:
        decide(pair, actor, relation)
    ledger.close(actor, Fix.Kind.JOINED, event=comparison.event, comparison=comparison)
    owe(comparison)
    return pair


@transaction.atomic
def move(pair: Pair, actor: AbstractBaseUser, claims: Collection[int], *, to: Pair | None) -> None:
    """Move claims from a pair to another of the same comparison, or with ``to`` None out of it: they are alone then.

    Raises:
        Refused: if no claim of the pair is chosen, none would be left on a side, or the other pair does not stand.
    """
    pair, to = _locked(pair), _locked(to) if to is not None else None
    going, left = _parted(pair, claims, actor)
    if to is not None:
        _check_target(pair, to, actor)
    ledger = Ledger()
    regroup(pair, left, actor, ledger)
    if to is not None:
        regroup(to, Sides.of(to) | going, actor, ledger)
    _alone(pair.comparison, going.claims)
    ledger.close(actor, Fix.Kind.MOVED, event=pair.comparison.event, comparison=pair.comparison)
    owe(pair.comparison)


@transaction.atomic
def merge(pair: Pair, actor: AbstractBaseUser, *, into: Pair) -> None:
    """Merge a pair into another of the same comparison, which takes its claims; what was said of it is kept there.

    Raises:
        Refused: if it is the pair itself, or one of them does not stand.
    """
    pair, into = _locked(pair), _locked(into)
    _check_standing(pair, actor)
    _check_target(pair, into, actor)
    sides = Sides.of(into) | Sides.of(pair)
    ledger = Ledger()
    ledger.enter(into)
    fold(pair, into, ledger)
    regroup(into, sides, actor, ledger)
    ledger.close(actor, Fix.Kind.MERGED, event=pair.comparison.event, comparison=pair.comparison)
    owe(pair.comparison)


@transaction.atomic
def split(pair: Pair, actor: AbstractBaseUser, claims: Collection[int]) -> Pair:
    """Split chosen claims off into a pair of their own; what was said of the pair stays with the rest.

    Raises:
        Refused: if the chosen claims or the rest are not on both sides, or are another pair already.
    """
    pair = _locked(pair)
    going, left = _parted(pair, claims, actor)
    if not going.whole:
        raise Refused(
            {"claims": gettext("A new pair needs claims of both sides. Choose some on each, or take the claims out.")}
        )
    ledger = Ledger()
    regroup(pair, left, actor, ledger)
    made = make(pair.comparison, going, actor, ledger)
    ledger.close(actor, Fix.Kind.SPLIT, event=pair.comparison.event, comparison=pair.comparison)
    owe(pair.comparison)
    return made


def _locked(pair: Pair) -> Pair:
    """Return a pair as it stands now, held against others until the end of the transaction."""
    return Pair.objects.select_for_update(of=("self",)).select_related("comparison__event").get(pk=pair.pk)


def _sides(comparison: Comparison, claims: Collection[int]) -> Sides:
    """Sort claims by the source that they belong to now.

    Raises:
        Refused: if one of them is of neither source, or no claim any more.
    """
    owners = Claim.objects.filter(pk__in=claims).owners(comparison.a, comparison.b)
    if set(claims) - owners.keys():
        raise Refused({"claims": gettext("A chosen claim has changed or belongs to another source now. Choose again.")})
    a, b = (frozenset(pk for pk, owner in owners.items() if owner == key) for key in (comparison.a_id, comparison.b_id))
    return Sides(a, b)


def _parted(pair: Pair, claims: Collection[int], actor: AbstractBaseUser) -> tuple[Sides, Sides]:
    """Return the chosen claims of a pair, and those that stay."""
    _check_standing(pair, actor)
    whole = Sides.of(pair)
    going, left = whole.only(claims), whole.without(claims)
    if not going.claims or set(claims) - whole.claims:
        raise Refused({"claims": gettext(_NONE_CHOSEN)})
    if not left.whole:
        raise Refused({"claims": gettext(_LEFT_OVER)})
    return going, left


def _check_standing(pair: Pair, actor: AbstractBaseUser) -> None:
    """Refuse a pair that stands no longer, as far as the actor may see: what is hidden from them rejects nothing."""
    if not Pair.objects.standing(viewer_for(actor)).filter(pk=pair.pk).exists():
        raise Refused(
            {
                "claims": gettext("Pair %(pair)s does not stand: it was rejected or is no longer proposed.")
                % {"pair": pair.pk}
            }
        )
    _sides(pair.comparison, Sides.of(pair).claims)


def _check_target(pair: Pair, to: Pair, actor: AbstractBaseUser) -> None:
    if to.pk == pair.pk or to.comparison_id != pair.comparison_id:
        raise Refused({"to": gettext("Choose another pair of this comparison.")})
    _check_standing(to, actor)


def _refuse_silent(comparison: Comparison, sides: Sides) -> None:
    silence = Silence.objects.filter(comparison=comparison, claim__in=sides.claims).select_related("by", "claim")
    if (held := silence.first()) is not None:
        problem = gettext("%(by)s confirmed that the other side says nothing of “%(claim)s”. Take that back first.") % {
            "by": held.by,
            "claim": held.claim,
        }
        raise Refused({"claims": problem})


def _alone(comparison: Comparison, claims: Collection[int]) -> None:
    """Let claims be shown as alone where no other pair has them, until the next matching says what came near."""
    Lone.objects.bulk_create((Lone(comparison=comparison, claim_id=claim) for claim in claims), ignore_conflicts=True)
