"""People's words on reasons: one is right, one is dismissed, one is added.

Words are alike, for a dismissal "of all alike", if the reason is of the same kind and quotes the same words on both
sides, whichever the case of their letters and whichever source says which (see ``alike``).
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext

from claims.analysis.structures import ReasonKind
from claims.models import Change, Pair, Reason, ReasonReview, Says
from claims.models.verdict import LONGEST_QUOTED
from claims.services.grounds import checked_why
from claims.services.refusals import Refused


@transaction.atomic
def say(pair: Pair, reviewer: AbstractBaseUser, *, kind: str, words: str, says: str, why: str = "") -> Change:
    """Write a person's word on a reason of the pair; an empty word takes back the one that stands.

    Args:
        words: what the reason quotes, as ``Reason.quoted`` tells it; of an added one whatever the person typed.

    Raises:
        Refused: if there is no such reason, or none that could be added.
    """
    words, why = " ".join(words.split()), checked_why(why)
    _refuse_with(_check(pair, kind, words, says))
    before = word_of(pair.pk, reviewer.pk, kind, words)
    write_word(pair.pk, reviewer.pk, kind, words, says)
    return Change.objects.create(
        pair=pair,
        actor_id=reviewer.pk,
        what=Change.What.REASON,
        reason=kind,
        words=words,
        before=before,
        after=says,
        why=why,
    )


def word_of(pair_id: int, reviewer_id: int, kind: str, words: str) -> str:
    """Return what a reviewer says of a reason now, or nothing."""
    found = ReasonReview.objects.filter(pair_id=pair_id, reviewer_id=reviewer_id, kind=kind, words=words)
    return found.values_list("says", flat=True).first() or ""


def write_word(pair_id: int, reviewer_id: int, kind: str, words: str, says: str) -> None:
    """Let a reviewer's word on a reason be this one; an empty one leaves none."""
    words_on = ReasonReview.objects.filter(pair_id=pair_id, kind=kind, words=words)
    if says:
        words_on.update_or_create(
            reviewer_id=reviewer_id,
            defaults={"says": says},
            create_defaults={"pair_id": pair_id, "kind": kind, "words": words, "says": says},
        )
    else:
        words_on.filter(reviewer_id=reviewer_id).delete()


def alike(words: str) -> frozenset[str]:
    """Return what two reasons of one kind have in common if their words are the same, the sides in any order."""
    return frozenset(side.strip().casefold() for side in words.split(" / "))


def _check(pair: Pair, kind: str, words: str, says: str) -> dict[str, str]:
    if kind not in set(ReasonKind):
        return {"reason_kind": gettext("Choose what differs: one of the kinds in the list.")}
    if says not in ("", *Says.values):
        return {"says": gettext("Say that the reason is right, dismiss it, or add one.")}
    if len(words) > LONGEST_QUOTED:
        return {
            "reason_words": gettext("Quote at most %(longest_quoted)s characters; a longer thought is an annotation.")
            % {"longest_quoted": LONGEST_QUOTED}
        }
    if says == Says.ADDED and words in _machines(pair, kind):
        return {"reason_kind": gettext("The machine gives this reason already: say there that it is right.")}
    if says in (Says.RIGHT, Says.DISMISSED) and words not in _machines(pair, kind) | _peoples(pair, kind):
        return {"says": gettext("This reason is no longer given. Reload the page to see the ones that are.")}
    return {}


def _machines(pair: Pair, kind: str) -> set[str]:
    reasons = Reason.objects.filter(verdict__pair=pair, kind=kind).prefetch_related("words__claim")
    return {reason.quoted for reason in reasons}


def _peoples(pair: Pair, kind: str) -> set[str]:
    return set(ReasonReview.objects.filter(pair=pair, kind=kind).values_list("words", flat=True))


def _refuse_with(problems: dict[str, str]) -> None:
    if problems:
        raise Refused(problems)
