"""A message that what it tells of can be taken back from."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from claims.models import Change, Pair
from claims.services.undo import Undone
from claims.templatetags.crossread import word
from claims.views.person import viewer_of

_NO_MORE = "what was said there cannot be taken back any more"
_NAMED = 8  # pairs that a message names one by one


def tell_decided(request: HttpRequest, change: Change, text: str) -> None:
    """Tell what was decided; the message carries the entry, for its button that takes it back."""
    messages.success(request, text, extra_tags=str(change.pk))


def tell_undone(request: HttpRequest, undone: Undone) -> None:
    """Tell what was taken back, and what was left because somebody has decided on it since."""
    what = word(undone.change.after) if undone.change.after else "a word on a reason"
    if undone.done:
        messages.info(request, f"Taken back: {what}{_on(undone.done) if undone.change.size else ''}.")
    seen = _seen(request, undone)
    for by, pairs in _left(undone, seen).items():
        are, them = ("is left as it is", "it") if len(pairs) == 1 else ("are left as they are", "them")
        messages.warning(request, f"{_pairs(pairs)} {are}: {by.format(them=them)}.")
    for name in undone.others if undone.done and undone.change.pair_id in seen else ():
        messages.info(request, f"{name} has decided on this pair since; that stays.")


def _seen(request: HttpRequest, undone: Undone) -> set[int]:
    """Return those of the pairs on which others' decisions may be told: in a blind event one has to decide first."""
    keys = [one.pair_id for one in undone.left] + [undone.change.pair_id or 0]
    return set(Pair.objects.open_to(viewer_of(request)).filter(pk__in=keys).values_list("pk", flat=True))


def _left(undone: Undone, seen: set[int]) -> dict[str, list[int]]:
    """Return the pairs that were left, by the reason why."""
    left: dict[str, list[int]] = {}
    for one in undone.left:
        who = f"{one.by} has" if one.by else "you have"
        why = f"{who} decided on {{them}} since" if not one.by or one.pair_id in seen else _NO_MORE
        left.setdefault(why, []).append(one.pair_id)
    return left


def _on(count: int) -> str:
    return " on 1 pair" if count == 1 else f" on {count:,} pairs"


def _pairs(pairs: list[int]) -> str:
    if len(pairs) > _NAMED:
        return f"{len(pairs):,} pairs"
    return f"Pair {pairs[0]}" if len(pairs) == 1 else f"Pairs {', '.join(map(str, pairs))}"
