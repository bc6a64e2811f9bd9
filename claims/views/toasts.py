"""A message that what it tells of can be taken back from."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from claims.models import Change
from claims.services.undo import Undone
from claims.templatetags.crossread import word

_NAMED = 8  # pairs that a message names one by one


def tell_decided(request: HttpRequest, change: Change, text: str) -> None:
    """Tell what was decided; the message carries the entry, for its button that takes it back."""
    messages.success(request, text, extra_tags=str(change.pk))


def tell_undone(request: HttpRequest, undone: Undone) -> None:
    """Tell what was taken back, and what was left because somebody has decided on it since."""
    what = word(undone.change.after) if undone.change.after else "a word on a reason"
    if undone.done:
        messages.info(request, f"Taken back: {what}{_on(undone.done) if undone.change.size else ''}.")
    for by, pairs in _left(undone).items():
        who = f"{by} has" if by else "you have"
        are, them = ("is left as it is", "it") if len(pairs) == 1 else ("are left as they are", "them")
        messages.warning(request, f"{_pairs(pairs)} {are}: {who} decided on {them} since.")
    for name in undone.others if undone.done else ():
        messages.info(request, f"{name} has decided on this pair since; that stays.")


def _left(undone: Undone) -> dict[str, list[int]]:
    """Return the pairs that were left, by who has decided on them since."""
    left: dict[str, list[int]] = {}
    for one in undone.left:
        left.setdefault(one.by, []).append(one.pair_id)
    return left


def _on(count: int) -> str:
    return " on 1 pair" if count == 1 else f" on {count:,} pairs"


def _pairs(pairs: list[int]) -> str:
    if len(pairs) > _NAMED:
        return f"{len(pairs):,} pairs"
    return f"Pair {pairs[0]}" if len(pairs) == 1 else f"Pairs {', '.join(map(str, pairs))}"
