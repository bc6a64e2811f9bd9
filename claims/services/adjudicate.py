"""Adjudicate: an editor's final verdict on a pair, and reopening it."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from claims.models import Adjudication, Change, Decision, Pair
from claims.models.adjudication import LONGEST_WHY
from claims.models.webhook import Kind
from claims.services.outcomes import sum_up
from claims.services.refusals import Refused, Stale
from claims.services.review import CHANGED
from claims.services.webhooks import announce

_SAYS_WHY = gettext_noop("Say in a sentence why: reviewers who said otherwise read it.")
_TOO_LONG = gettext_noop("This is too long: keep it under %(most)s characters.")
_CHANGED = gettext_noop("Somebody else adjudicated or reopened this pair while you wrote.")


@transaction.atomic
def adjudicate(
    pair: Pair, editor: AbstractBaseUser, *, decision: str, why: str, version: int, seen: str = ""
) -> Adjudication:
    """Give a pair its final verdict, or another one; the reviewers' own stay as they are.

    Args:
        version: the number of the adjudication that the editor saw last, 0 for none.
        seen: the key of the pair as the editor saw it, where that is known; it changes with the pair's claims.

    Raises:
        Stale: if somebody adjudicated or reopened it since, or the pair holds other claims by now.
        Refused: if the decision is none, or no reason why is given.
    """
    problems = _check_why(why)
    if decision not in Decision.values:
        problems["decision"] = gettext("Choose agree, partial, diverge or not a match as the final verdict.")
    return _write(pair, editor, decision=decision, why=why, version=version, seen=seen, problems=problems)


@transaction.atomic
def reopen_final(pair: Pair, editor: AbstractBaseUser, *, why: str, version: int, seen: str = "") -> Adjudication:
    """Reopen a pair that has a final verdict, which stays in its history.

    Raises:
        Stale: if somebody adjudicated or reopened it since, or the pair holds other claims by now.
        Refused: if no reason why is given, or the pair has no final verdict.
    """
    return _write(pair, editor, decision="", why=why, version=version, seen=seen, problems=_check_why(why))


def _write(
    pair: Pair,
    editor: AbstractBaseUser,
    *,
    decision: str,
    why: str,
    version: int,
    seen: str,
    problems: dict[str, str],
) -> Adjudication:
    pair = Pair.objects.select_for_update(of=("self",)).select_related("comparison__event").get(pk=pair.pk)
    last = Adjudication.objects.latest_of(pair.pk)
    if version != (last.version if last else 0):
        raise Stale(gettext(_CHANGED))
    if seen and seen != pair.key:
        raise Stale(gettext(CHANGED))
    if not decision and not pair.final:
        problems = problems or {"": gettext("This pair has no final verdict to reopen.")}
    if problems:
        raise Refused(problems)
    made = Adjudication.objects.create(
        pair=pair, editor_id=editor.pk, decision=decision, why=why.strip(), version=version + 1
    )
    before = last.decision if last else ""
    what = Change.What.FINAL if decision else Change.What.FINAL_REOPENED
    Change.objects.create(pair=pair, actor_id=editor.pk, what=what, before=before, after=decision)
    sum_up([pair.pk])
    said = {"decision": decision, "editor": editor.get_username()}
    announce(Kind.FINAL_VERDICT, pair.comparison.event, {"pair": pair.pk}, said)
    return made


def _check_why(why: str) -> dict[str, str]:
    if not why.strip():
        return {"why": gettext(_SAYS_WHY)}
    return {"why": gettext(_TOO_LONG) % {"most": LONGEST_WHY}} if len(why) > LONGEST_WHY else {}
