"""A message that what it tells of can be taken back from."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from claims.models import Change
from claims.services.undo import Undone
from claims.templatetags.crossread import word


def tell_decided(request: HttpRequest, change: Change, text: str) -> None:
    """Tell what was decided; the message carries the entry, for its button that takes it back."""
    messages.success(request, text, extra_tags=str(change.pk))


def tell_undone(request: HttpRequest, undone: Undone) -> None:
    """Tell what was taken back, and what was left because somebody has decided on it since."""
    what = word(undone.change.after) if undone.change.after else "a word on a reason"
    if undone.done:
        messages.info(request, f"Taken back: {what}{_on(undone.done) if undone.change.size else ''}.")
    for by, count in _counted(undone).items():
        who = f"{by} has" if by else "you have"
        it = "it is" if count == 1 else "they are"
        messages.warning(
            request, f"{_pairs(count)} left as {it}: {who} decided on {'it' if count == 1 else 'them'} since."
        )
    for name in undone.others if undone.done else ():
        messages.info(request, f"{name} has decided on this pair since; that stays.")


def _counted(undone: Undone) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in undone.left:
        counts[one.by] = counts.get(one.by, 0) + 1
    return counts


def _on(count: int) -> str:
    return " on 1 pair" if count == 1 else f" on {count:,} pairs"


def _pairs(count: int) -> str:
    return "1 pair is" if count == 1 else f"{count:,} pairs are"
