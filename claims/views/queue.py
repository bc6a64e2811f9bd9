"""The review queue: one pair at a time, of a selection and in an order that the reviewer chooses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from claims.models import Event, Pair, Source
from claims.models.pair import PairQuerySet
from claims.models.verdict import REASON_KINDS, RELATIONS
from claims.templatetags.crossread import plain
from claims.views.access import open_to_readers
from claims.views.pairs import page_of
from claims.views.selection import ORDERS, SCORES, STATES, Selection

_Choice = tuple[str, str, str, list[tuple[str, str]], str]


@open_to_readers
@require_GET
@vary_on_headers("HX-Request", "HX-Target")
def queue(request: HttpRequest) -> HttpResponse:
    """Show the next pair to decide, of all or of a selection (see ``selection``)."""
    selection = Selection.of(request.GET)
    choices = _choices(selection)
    asked = request.GET.get("pair", "")
    skipped = _numbers(request.GET.get("skip", ""))
    context: dict[str, Any] = {
        "selection": selection,
        "events": Event.objects.order_by("title").values_list("slug", "title"),
        "sources": Source.objects.order_by("name").values_list("slug", "name").distinct(),
        "choices": choices,
        "chosen_words": _words(selection, choices),
        **_progress(selection.pairs(), request),
    }
    chosen = _chosen(selection, request, asked, skipped)
    if chosen is not None:
        context |= page_of(request, chosen)
        context |= _steps(selection.kept, skipped, chosen)
    elif _chosen(selection, request, "", []) is not None:
        context["again"] = f"{reverse('queue')}?{urlencode(selection.kept)}"
    htmx = getattr(request, "htmx", None)
    partial = "#card" if htmx and htmx.target == "desk" else ""
    return render(request, f"claims/queue.html{partial}", context)


def _steps(kept: dict[str, str], skipped: list[int], chosen: int) -> dict[str, str]:
    """Return where a decision, passing over and going back lead, with what narrows the queue."""
    back = _kept(kept, skipped[:-1]) | {"pair": str(skipped[-1])} if skipped else None
    return {
        "next": f"{reverse('queue')}?{urlencode(_kept(kept, skipped))}",
        "skip": f"{reverse('queue')}?{urlencode(_kept(kept, [*skipped, chosen]))}",
        "back": f"{reverse('queue')}?{urlencode(back)}" if back else "",
    }


def _words(selection: Selection, choices: Sequence[_Choice]) -> list[str]:
    """Return in words what is chosen, the event left out: its title stands beside them."""
    named = Source.objects.filter(slug=selection.source).values_list("name", flat=True)
    source = named.first() if selection.source else None
    taken = [dict(options).get(value, "") for _, _, _, options, value in choices]
    return [word for word in (source, *taken) if word]


def _choices(selection: Selection) -> list[_Choice]:
    """Return the queue's choices but for event and source: name, label, the open choice, all others, the one taken."""
    offered = [
        ("relation", "Relation", "any relation", RELATIONS),
        ("reason", "Reason", "any reason", [(kind, plain(kind)) for kind, _ in REASON_KINDS]),
        ("score", "Match", "any match", [*SCORES.items()]),
        ("state", "State", "not decided by me", [*STATES.items()]),
        ("order", "Order", "most uncertain first", [*ORDERS.items()]),
    ]
    return [(name, label, none, choices, getattr(selection, name)) for name, label, none, choices in offered]


def _chosen(selection: Selection, request: HttpRequest, asked: str, skipped: list[int]) -> int | None:
    """Return the pair asked for, or the first one that waits and was not passed over."""
    if asked.isascii() and asked.isdigit() and len(asked) < 16:
        found = Pair.objects.reviewable().filter(pk=int(asked)).values_list("pk", flat=True).first()
        if found is not None:
            return found
    waiting = selection.waiting(request.user.pk).exclude(pk__in=skipped)
    left: int | None = waiting.values_list("pk", flat=True).first()
    return left


def _progress(pairs: PairQuerySet, request: HttpRequest) -> dict[str, int]:
    """Count the pairs that were proposed, those that somebody and those that this person has decided."""
    total = pairs.count()
    return {
        "total": total,
        "by_me": total - pairs.undecided_by(request.user.pk).count() if request.user.is_authenticated else 0,
        "by_team": total - pairs.undecided_by(None).count(),
    }


def _kept(kept: dict[str, str], skipped: list[int]) -> dict[str, str]:
    return kept | ({"skip": ".".join(map(str, skipped))} if skipped else {})


def _numbers(text: str) -> list[int]:
    """Return the pairs passed over so far; only the last few are kept, so that the address stays short."""
    return [int(one) for one in text.split(".") if one.isascii() and one.isdigit() and len(one) < 16][-50:]
