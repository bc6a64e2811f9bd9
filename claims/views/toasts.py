"""A message that what it tells of can be taken back from."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext

from claims.models import Change, Pair
from claims.services.undo import Undone
from claims.templatetags.crossread import word
from claims.views.person import viewer_of

_NAMED = 8  # pairs that a message names one by one


def tell_decided(request: HttpRequest, change: Change, text: str) -> None:
    """Tell what was decided; the message carries the entry, for its button that takes it back."""
    messages.success(request, text, extra_tags=str(change.pk))


def tell_undone(request: HttpRequest, undone: Undone) -> None:
    """Tell what was taken back, and what was left because somebody has decided on it since."""
    what = _what(undone.change)
    if undone.done:
        if undone.change.size:
            what = gettext("%(what)s on %(pairs)s") % {"what": what, "pairs": _count(undone.done)}
        messages.info(request, gettext("Taken back: %(what)s.") % {"what": what})
    seen = _seen(request, undone)
    for why, pairs in _left(undone, seen).items():
        messages.warning(request, _left_because(why, pairs))
    for name in undone.others if undone.done and undone.change.pair_id in seen else ():
        messages.info(request, gettext("%(name)s has decided on this pair since; that stays.") % {"name": name})


def _what(change: Change) -> str:
    """Say what an entry did, within a sentence."""
    if change.what not in Change.DECISIONS:
        return change.get_what_display()
    return word(change.after) if change.after else gettext("a word on a reason")


def _seen(request: HttpRequest, undone: Undone) -> set[int]:
    """Return those of the pairs on which others' decisions may be told: in a blind event one has to decide first."""
    keys = [one.pair_id for one in undone.left] + [undone.change.pair_id or 0]
    return set(Pair.objects.open_to(viewer_of(request)).filter(pk__in=keys).values_list("pk", flat=True))


def _left(undone: Undone, seen: set[int]) -> dict[str | None, list[int]]:
    """Return the pairs that were left, by who has decided since (None where that is not told)."""
    left: dict[str | None, list[int]] = {}
    for one in undone.left:
        left.setdefault(one.by if not one.by or one.pair_id in seen else None, []).append(one.pair_id)
    return left


def _left_because(by: str | None, pairs: list[int]) -> str:
    """Say that pairs are left, since somebody has decided on them, or (None) without telling who did."""
    if by is None:
        told = ngettext(
            "%(pairs)s is left as it is: what was said there cannot be taken back any more.",
            "%(pairs)s are left as they are: what was said there cannot be taken back any more.",
            len(pairs),
        )
    elif by:
        told = ngettext(
            "%(pairs)s is left as it is: %(by)s has decided on it since.",
            "%(pairs)s are left as they are: %(by)s has decided on them since.",
            len(pairs),
        )
    else:
        told = ngettext(
            "%(pairs)s is left as it is: you have decided on it since.",
            "%(pairs)s are left as they are: you have decided on them since.",
            len(pairs),
        )
    return told % {"pairs": _pairs(pairs), "by": by}


def _count(count: int) -> str:
    return ngettext("%(count)s pair", "%(count)s pairs", count) % {"count": intcomma(count)}


def _pairs(pairs: list[int]) -> str:
    if len(pairs) > _NAMED:
        return _count(len(pairs))
    return ngettext("Pair %(pairs)s", "Pairs %(pairs)s", len(pairs)) % {"pairs": ", ".join(map(str, pairs))}
