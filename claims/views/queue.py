"""The review queue: one pair at a time, the most uncertain first."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from claims.models import Event, Pair
from claims.models.pair import Outcome, PairQuerySet
from claims.views.access import open_to_readers
from claims.views.pairs import page_of


@open_to_readers
@require_GET
@vary_on_headers("HX-Request", "HX-Target")
def queue(request: HttpRequest) -> HttpResponse:
    """Show the next pair to decide: of all events or of one, of all sources or of those with a slug."""
    slug, source = request.GET.get("event", ""), request.GET.get("source", "")
    pairs = Pair.objects.filter(withdrawn=False)
    if slug:
        pairs = pairs.filter(comparison__event__slug=slug)
    if source:
        pairs = pairs.filter(Q(comparison__a__slug=source) | Q(comparison__b__slug=source))
    kept = {name: value for name, value in (("event", slug), ("source", source)) if value}
    asked = request.GET.get("pair", "")
    skipped = _numbers(request.GET.get("skip", ""))
    context: dict[str, Any] = {
        "slug": slug,
        "narrowed": bool(kept),
        "events": Event.objects.order_by("title").values_list("slug", "title"),
        **_progress(pairs, request),
    }
    chosen = _chosen(pairs, request, asked, skipped)
    if chosen is not None:
        context |= page_of(request, chosen)
        context |= _steps(kept, skipped, chosen)
    elif _chosen(pairs, request, "", []) is not None:
        context["again"] = f"{reverse('queue')}?{urlencode(kept)}"
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


def _chosen(pairs: PairQuerySet, request: HttpRequest, asked: str, skipped: list[int]) -> int | None:
    """Return the pair asked for, or the most uncertain one that this reviewer has neither decided nor passed over."""
    if asked.isascii() and asked.isdigit() and len(asked) < 16:
        found = Pair.objects.filter(pk=int(asked), withdrawn=False).values_list("pk", flat=True).first()
        if found is not None:
            return found
    waiting = pairs.exclude(outcome=Outcome.NO_MATCH).undecided_by(request.user.pk).most_uncertain_first()
    left: int | None = waiting.exclude(pk__in=skipped).values_list("pk", flat=True).first()
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
