"""Decide on many pairs at once: a preview that says how many, and the confirmation of exactly that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext, override
from django.views.decorators.http import require_http_methods

from claims.models import Event, Pair, Viewer
from claims.models.pair import PairQuerySet
from claims.services.bulk import Plan, PlanChanged, Wish, carry_out, plan
from claims.services.refusals import Refused
from claims.services.selection import Selection
from claims.templatetags.crossread import plain, word
from claims.views.asked import number
from claims.views.going_on import next_address, see_other
from claims.views.person import person_of, viewer_of
from claims.views.queue import told_choices
from claims.views.toasts import tell_decided

_SAMPLE = 10  # pairs that the preview shows in full
_BY_HAND = 500  # pairs that one form may name


@dataclass(frozen=True, slots=True)
class Asked:
    """A bulk as the form asks for it: of which pairs (all selected, or those ``by_hand``), and what."""

    selection: Selection
    by_hand: tuple[int, ...] | None
    wish: Wish
    shown: int
    why: str
    mark: str
    after_page: str = ""

    @classmethod
    def of(cls, told: QueryDict) -> Asked:
        """Read it from a form, or from the address of a link."""
        keys = {key for text in told.getlist("pair") if (key := number(text)) is not None}
        if told.get("which") == "page":
            keys = {key for text in told.getlist("on_page") if (key := number(text)) is not None}
        hand = tuple(sorted(keys)[:_BY_HAND]) if told.get("which") in ("hand", "page") else None
        kind = told.get("kind", "")
        wish = Wish("" if kind else told.get("decision", ""), kind, told.get("words", ""), bool(told.get("over")))
        shown = len(hand) if hand is not None else number(told.get("shown")) or 0
        # Only where a whole page is confirmed does one go on to the next.
        after = told.get("after_page", "") if told.get("which") == "page" else ""
        return cls(Selection.of(told), hand, wish, shown, told.get("why", ""), told.get("mark", ""), after)

    def pairs(self, viewer: Viewer) -> PairQuerySet:
        """Return the pairs that are meant."""
        if self.by_hand is not None:
            return Pair.objects.reviewable(viewer).filter(pk__in=self.by_hand)
        return self.selection.listed(viewer)

    @property
    def about(self) -> str:
        """Return in words by what the pairs are chosen."""
        if self.by_hand is not None:
            return gettext("chosen by hand")
        title = Event.objects.filter(slug=self.selection.event).values_list("title", flat=True).first()
        return ", ".join(filter(None, [title, *told_choices(self.selection)])) or gettext("all pairs")

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Return what a form has to send to ask for the same pairs and the same decision again."""
        wish = {"decision": self.wish.decision, "kind": self.wish.kind, "words": self.wish.words}
        wish["after_page"] = self.after_page
        told = {**self.selection.kept, **wish, "shown": str(self.shown)}
        which, name = ("page", "on_page") if self.after_page else ("hand", "pair")
        hand = [("which", which), *((name, str(pk)) for pk in self.by_hand)] if self.by_hand is not None else []
        return [(name, value) for name, value in told.items() if value] + hand


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("claims.add_review", raise_exception=True)
def bulk(request: HttpRequest) -> HttpResponse:
    """Show what a bulk would do; once that is confirmed (``mark`` names it), do it and go back."""
    told = request.POST if request.method == "POST" else request.GET
    asked = Asked.of(told)
    back = next_address(request, f"{reverse('review_list')}?{urlencode(asked.selection.kept)}")
    following = _following(asked, back)
    reviewer = person_of(request)
    pairs = asked.pairs(viewer_of(request))
    try:
        if request.method == "POST" and asked.mark:
            entry = carry_out(
                pairs, reviewer, asked.wish, mark=asked.mark, why=asked.why, about=about_in_english(asked)
            )
            if entry is None:
                messages.info(request, gettext("There was nothing to change."))
            else:
                tell_decided(
                    request,
                    entry,
                    gettext("%(what)s on %(pairs)s.") % {"what": said_by(asked.wish), "pairs": _count(entry.size)},
                )
            return see_other(following)
        return _preview(request, asked, plan(pairs, reviewer, asked.wish), back)
    except PlanChanged as changed:
        problem = gettext(
            "The pairs have changed since you saw this. Nothing was stored: this is what would happen now."
        )
        return _preview(request, asked, changed.plan, back, problem=problem, status=409)
    except Refused as refused:
        return _refused(request, asked, refused, back)


def _following(asked: Asked, back: str) -> str:
    """Return the page of the list to go on with, once all pairs of one are confirmed: the one behind it."""
    after = number(asked.after_page)
    if after is None:
        return back
    path, _, query = back.partition("?")
    kept = dict(parse_qsl(query)) | {"page": str(after)}
    return f"{path}?{urlencode(kept)}"


def about_in_english(asked: Asked) -> str:
    """Return by what the pairs are chosen in the words that the history keeps, whoever reads them later."""
    with override("en"):
        return asked.about


def said_by(wish: Wish) -> str:
    """Return in words what a bulk says of each pair."""
    if not wish.kind:
        return word(wish.decision)
    return gettext("“%(kind)s” dismissed") % {"kind": plain(wish.kind)}


def _count(size: int) -> str:
    return ngettext("%(count)s pair", "%(count)s pairs", size) % {"count": intcomma(size)}


def _preview(
    request: HttpRequest, asked: Asked, made: Plan, back: str, *, problem: str = "", status: int = 200
) -> HttpResponse:
    keys = [step.pair_id for step in made.steps[:_SAMPLE]]
    context = {
        "asked": asked,
        "plan": made,
        "count": len(made.steps),
        "unseen": max(0, made.total - asked.shown),
        "more": max(0, len(made.steps) - _SAMPLE),
        "sample": Pair.objects.filter(pk__in=keys).listed(viewer_of(request)).order_by("pk"),
        "what": said_by(asked.wish),
        "back": back,
        "problem": problem,
    }
    return render(request, "claims/bulk.html", context, status=status)


def _refused(request: HttpRequest, asked: Asked, refused: Refused, back: str) -> HttpResponse:
    """Say what is wrong: in the preview, with what was typed, if there is one; else on a page of its own."""
    problem = " ".join(refused.problems.values())
    if "why" in refused.problems:
        made = plan(asked.pairs(viewer_of(request)), person_of(request), asked.wish)
        return _preview(request, asked, made, back, problem=problem, status=422)
    context: dict[str, Any] = {"problem": problem, "back": back}
    return render(request, "claims/refused.html", context, status=422)
