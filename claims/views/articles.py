"""Articles: the text with whose words they are, adding one, and correcting who makes a claim."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from claims.models import Article, Claim, Event, Source
from claims.services.correct import correct_source
from claims.services.ingest import add_article
from claims.services.languages import LANGUAGES, covers, model_name, name_of, state_language
from claims.services.refusals import Refused
from claims.views.access import open_to_readers
from claims.views.asked import number
from claims.views.forms import ArticleForm, CorrectionForm
from claims.views.incoming_forms import FilesForm, PageForm
from claims.views.person import person_of
from claims.views.points import short_names
from claims.views.suggestions import suggested_in

# Of what the machine is less sure of, half or more is wrong on unread copy; of the rest, one in eight.
UNSURE_BELOW = 0.66
_TOLD = ("standing_correction__source", "standing_correction__editor", "made_by")
TINTS = 4  # how many sources have a colour of their own; the labels tell the others apart


@dataclass(frozen=True, slots=True)
class Voice:
    """Whoever makes claims in an article, with the tint that marks them; 0 is nobody that is compared.

    ``short`` is what they are called within a line, ``href`` leads to a source's page.
    """

    name: str
    tint: int
    short: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an article: a claim in three parts around its cue, or (without a claim) text that nobody claims.

    Every piece's parts put together, piece after piece, are the article's text.
    """

    before: str
    cue: str = ""
    after: str = ""
    claim: Claim | None = None
    voice: Voice | None = None
    label: str = ""
    opens: bool = False
    unsure: bool = False


@open_to_readers
@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an article with every sentence tinted by its source; ``?claim=`` selects one."""
    shown = _fetch(pk)
    return _page(request, shown, chosen=number(request.GET.get("claim")))


@require_POST
@permission_required("claims.add_correction", raise_exception=True)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct who makes a claim."""
    current = Claim.objects.current().select_related("article__event", "source", "standing_correction__source")
    claim = current.filter(pk=pk).first()
    if claim is None:
        return _past(request, get_object_or_404(Claim.objects.filter(past_version__gt=0), pk=pk))
    form = CorrectionForm(claim.article.event, request.POST, initial=CorrectionForm.typed_of(claim))
    if form.is_valid():
        try:
            correct_source(claim, person_of(request), **form.cleaned_data)
            messages.success(
                request, gettext("Corrected. The comparisons that the claim leaves or joins are made again.")
            )
            return redirect(f"{reverse('article', args=[claim.article_id])}?claim={claim.pk}#claim-{claim.pk}")
        except Refused as refused:
            form.refuse(refused)
    return _page(request, _fetch(claim.article_id), chosen=claim.pk, form=form, status=422)


def _past(request: HttpRequest, claim: Claim) -> HttpResponse:
    """Refuse to correct what is no longer in the text, with what was typed."""
    problem = gettext("The text of this claim has changed. Nothing was stored: correct it where it stands now.")
    chosen = Source.objects.filter(pk=number(request.POST.get("source")) or 0).first()
    typed = chosen.name if chosen else request.POST.get("voice", "")
    refusal = {"problem": problem, "back": reverse("article", args=[claim.article_id]), "typed": typed}
    return render(request, "claims/refused.html", refusal, status=409)


@require_POST
@permission_required("claims.change_article", raise_exception=True)
def article_language(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which language an article is in, over what was detected."""
    shown = _fetch(pk)
    try:
        state_language(shown, person_of(request), request.POST.get("language", ""))
    except Refused as refused:
        messages.error(request, str(refused))
        return _page(request, shown, chosen=None, status=422)
    messages.success(request, gettext("The language is set. The comparisons of this event are made again."))
    return redirect(shown)


@permission_required("claims.add_article", raise_exception=True)
def article_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a pasted article to an event; the page also leads to files, an address and tables."""
    event = get_object_or_404(Event.objects.prefetch_related("sources"), slug=slug)
    if request.method != "POST":
        return adding_page(request, event)
    form = ArticleForm(event, request.POST)
    if form.is_valid():
        try:
            add_article(event, **form.arguments())  # type: ignore[arg-type]
            return redirect(event)
        except Refused as refused:
            form.refuse(refused)
    return adding_page(request, event, pasted=form, status=422)


def adding_page(
    request: HttpRequest,
    event: Event,
    *,
    pasted: ArticleForm | None = None,
    files: FilesForm | None = None,
    page: PageForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the ways to add an article, with the form that was refused as it was typed."""
    context = {
        "event": event,
        "form": pasted or ArticleForm(event),
        "files": files or FilesForm(event),
        "page": page or PageForm(),
    }
    return render(request, "claims/article_add.html", context, status=status)


def pieces_of(article: Article, claims: Iterable[Claim], voices: dict[str, Voice]) -> Iterator[Piece]:
    """Cut an article's text into its claims, in document order, and what stands between them."""
    place, speaking = 0, ""
    for claim in claims:
        gap = article.text[place : claim.start]
        if gap:
            yield Piece(gap)
        opens = claim.start == 0 or "\n" in gap
        voice = voices[claim.standing_voice]
        label = voice.name if opens else voice.short if voice.name != speaking else ""
        yield _claim_piece(claim, voice, label=label, opens=opens)
        place, speaking = claim.end, voice.name
    if place < len(article.text):
        yield Piece(article.text[place:])


def _claim_piece(claim: Claim, voice: Voice, *, label: str, opens: bool) -> Piece:
    start, end = 0, 0
    # A sentence that carries on an earlier one's cue does not hold it.
    if claim.cue_start is not None and claim.cue_end is not None and claim.start <= claim.cue_start < claim.end:
        start, end = claim.cue_start - claim.start, min(claim.cue_end, claim.end) - claim.start
    unsure = claim.confidence < UNSURE_BELOW and claim.standing_correction is None
    text = claim.text
    return Piece(text[:start], text[start:end], text[end:], claim, voice, label, opens, unsure)


def voices_of(claims: Iterable[Claim], sources: Collection[Source]) -> dict[str, Voice]:
    """Return everybody who makes a claim, by name: the event's sources in their order, then all others."""
    known = {
        source.name: Voice(source.name, place if place <= TINTS else 0, short, source.get_absolute_url())
        for place, (source, short) in enumerate(short_names(sources).items(), start=1)
    }
    speaking = dict.fromkeys(claim.standing_voice for claim in claims)
    others = {name: Voice(name, 0, name) for name in speaking if name not in known}
    return {name: voice for name, voice in known.items() if name in speaking} | others


def _fetch(pk: int) -> Article:
    return get_object_or_404(
        Article.objects.select_related("event", "publisher", "stated_by").prefetch_related("event__sources"), pk=pk
    )


def _page(
    request: HttpRequest, article: Article, *, chosen: int | None, form: CorrectionForm | None = None, status: int = 200
) -> HttpResponse:
    current = article.claims.current().order_by("start")
    claims = list(current.select_related("source", *_TOLD))
    voices = voices_of(claims, article.event.sources.all())
    pieces = list(pieces_of(article, claims, voices))
    selected = next((piece for piece in pieces if piece.claim and piece.claim.pk == chosen), None)
    if selected and selected.claim and form is None:
        form = CorrectionForm(article.event, initial=CorrectionForm.typed_of(selected.claim))
    context = {
        "article": article,
        "event": article.event,
        "pieces": pieces,
        "voices": voices.values(),
        "selected": selected,
        "form": form,
        "claim_count": len(claims),
        "language": name_of(article.standing_language),
        "covered": covers(article.standing_language),
        "model": model_name(),
        "languages": LANGUAGES,
        "snapshots": article.snapshots.listed(),
        "how_read": article.drafts.order_by("-pk").values_list("notices", flat=True).first() or [],
        "suggested": suggested_in(request, article),
    }
    partial = "#reading" if request.headers.get("HX-Target") == "reading" else ""
    return render(request, f"claims/article.html{partial}", context, status=status)
