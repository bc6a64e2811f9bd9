"""The library: its list, a party with its people, a person; merging what is kept twice, and taking over from events."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from claims.models import Event, LibraryChange, Party, Person, Source, Term
from claims.services.analyse import request_run
from claims.services.library.adopting import Unkept, adopt, unkept, unkept_of
from claims.services.library.keeping import (
    PartyDraft,
    add_party,
    change_party,
    change_person,
    keep_apart,
)
from claims.services.library.merging import merge_parties, merge_people, take_back_merge
from claims.services.library.taking import reached_by
from claims.services.library.twice import kept_twice
from claims.services.refusals import Refused, Stale
from claims.views.access import open_to_readers
from claims.views.asked import number
from claims.views.library_forms import MOST_TERMS, PartyForm, PersonForm, TermForms, draft_rows, term_rows
from claims.views.person import person_of

PARTIES_A_PAGE = 40
MOST_UNKEPT = 12
MOST_PROPOSED = 12
MOST_CHANGES = 30
MOST_EVENTS = 20


@open_to_readers
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """List the parties with what is within them; for editors also what is not kept yet, or twice."""
    words = request.GET.get("q", "").replace("\0", " ").strip()
    page = Paginator(Party.objects.search(words).listed(), PARTIES_A_PAGE).get_page(request.GET.get("page"))
    edits = request.user.has_perm("claims.change_party")
    waiting = unkept() if edits and not words else []
    context = {
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "words": words,
        "unkept": [(one, one.draft()) for one in waiting[:MOST_UNKEPT]],
        "unkept_count": len(waiting),
        "twice": kept_twice() if edits and not words else [],
    }
    return render(request, "claims/library.html", context)


@require_safe
@permission_required("claims.add_source", raise_exception=True)
def library_complete(request: HttpRequest) -> HttpResponse:
    """Answer a field with the entries that hold what was typed into it."""
    typed = next((request.GET.get(key, "") for key in request.GET if key.endswith(("entry", "within"))), "")
    found = Party.objects.standing().select_related("within").search(typed.replace("\0", " ")[:200])
    return render(request, "claims/complete.html", {"completions": [one.label for one in found[:MOST_PROPOSED]]})


@permission_required("claims.add_party", raise_exception=True)
def party_add(request: HttpRequest) -> HttpResponse:
    """Keep a party: typed, or as events have it (``source``)."""
    taken = _taken(request)
    draft = taken.draft() if taken else PartyDraft(request.GET.get("name", "").replace("\0", "")[:200])
    if request.method != "POST":
        rows = TermForms(initial=[*draft_rows(draft.terms), {}])
        return _party_form(request, PartyForm(initial=PartyForm.typed_of_draft(draft)), rows, taken=taken)
    form, rows = PartyForm(request.POST), TermForms(request.POST)
    if "more" in request.POST:
        return _party_form(request, PartyForm(initial=request.POST.dict()), _with_another_row(request), taken=taken)
    if form.is_valid() & rows.is_valid():
        try:
            told = form.draft(rows)
            party = adopt(taken, person_of(request), told) if taken else add_party(told, person_of(request))
            return redirect(party)
        except Refused as refused:
            form.refuse(refused)
    return _party_form(request, form, rows, taken=taken, status=422)


@open_to_readers
def party(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a party with its people, its events and its history; editors change it here."""
    shown = get_object_or_404(Party.objects.select_related("within", "merged_into__within"), pk=pk)
    if shown.merged_into:
        return redirect(shown.merged_into)
    if request.method != "POST":
        rows = TermForms(initial=[*term_rows(_terms(shown)), {}])
        return _party_page(request, shown, PartyForm(initial=PartyForm.typed_of(shown)), rows)
    return _party_changed(request, shown)


@permission_required("claims.change_party", raise_exception=True)
def _party_changed(request: HttpRequest, shown: Party) -> HttpResponse:
    form, rows = PartyForm(request.POST), TermForms(request.POST)
    if "more" in request.POST:
        return _party_page(request, shown, PartyForm(initial=request.POST.dict()), _with_another_row(request))
    status = 422
    if form.is_valid() & rows.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            change_party(shown, form.draft(rows), person_of(request), version=version)
            messages.success(request, gettext("Saved. Events that use it take it over when they are next read."))
            return redirect(shown)
        except Stale as stale:
            form.refuse(stale)
            form.data = {**form.data.dict(), "version": str(_version_now(shown))}  # type: ignore[attr-defined]
            status = 409
        except Refused as refused:
            form.refuse(refused)
    return _party_page(request, _anew(shown), form, rows, status=status)


@require_POST
@permission_required("claims.change_party", raise_exception=True)
def party_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge another party into this one, or say that they are two."""
    kept = get_object_or_404(Party.objects.standing(), pk=pk)
    other = Party.objects.standing().filter(pk=number(request.POST.get("other", "")) or 0).first()
    return _merged(request, kept, other, merge_parties)


@open_to_readers
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person with the offices that they hold; editors change it here."""
    shown = get_object_or_404(Person.objects.select_related("merged_into"), pk=pk)
    if shown.merged_into:
        return redirect(shown.merged_into)
    if request.method != "POST":
        return _person_page(request, shown, PersonForm(initial=PersonForm.typed_of(shown)))
    return _person_changed(request, shown)


@permission_required("claims.change_person", raise_exception=True)
def _person_changed(request: HttpRequest, shown: Person) -> HttpResponse:
    form, status = PersonForm(request.POST), 422
    if form.is_valid():
        typed = form.cleaned_data
        try:
            told = {"name": typed["name"], "aliases": typed["aliases"], "version": typed["version"] or 0}
            change_person(shown, person_of(request), **told)
            messages.success(request, gettext("Saved. Events that use it take it over when they are next read."))
            return redirect(shown)
        except Stale as stale:
            form.refuse(stale)
            status = 409
        except Refused as refused:
            form.refuse(refused)
    return _person_page(request, Person.objects.get(pk=shown.pk), form, status=status)


@require_POST
@permission_required("claims.change_person", raise_exception=True)
def person_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge another entry of a person into this one, or say that they are two people."""
    standing = Person.objects.filter(merged_into__isnull=True)
    kept = get_object_or_404(standing, pk=pk)
    other = standing.filter(pk=number(request.POST.get("other", "")) or 0).first()
    return _merged(request, kept, other, merge_people)


@require_POST
@permission_required("claims.change_party", raise_exception=True)
def library_part(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a merge back, and lead to the entry that stands again."""
    change = get_object_or_404(LibraryChange.objects.select_related("party", "person"), pk=pk)
    try:
        again = take_back_merge(change, person_of(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(change.party or change.person or "library")
    messages.success(
        request,
        gettext("%(again)s stands by itself again, with what it had. Nothing else was changed.") % {"again": again},
    )
    return redirect(again)


@require_POST
@permission_required("claims.add_party", raise_exception=True)
def library_take(request: HttpRequest) -> HttpResponse:
    """Keep the ticked sources of events, by the names that the events have."""
    ticked = {key for key in map(number, request.POST.getlist("source")) if key}
    chosen = [one for one in unkept() if any(row.pk in ticked for row in one.rows)]
    for one in chosen:
        adopt(one, person_of(request))
    if chosen:
        kept = ", ".join(one.name for one in chosen)
        messages.success(
            request,
            gettext("Kept in the library: %(kept)s. What the events call them stays theirs too.") % {"kept": kept},
        )
    else:
        messages.warning(request, gettext("Tick what is to be kept in the library."))
    return redirect("library")


@require_POST
@permission_required("claims.change_party", raise_exception=True)
def library_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the events read now that a change of a party has reached."""
    shown = get_object_or_404(Party.objects.standing(), pk=pk)
    events = list(Event.objects.filter(sources__in=reached_by([shown]).filter(outdated=True)).distinct())
    for event in events:
        request_run(event)
    messages.success(
        request,
        ngettext("%(count)s event will be read with it now.", "%(count)s events will be read with it now.", len(events))
        % {"count": len(events)},
    )
    return redirect(shown)


def _merged(request: HttpRequest, kept: Any, other: Any, merge: Any) -> HttpResponse:
    """Do what the button says with two entries, and lead to the one that is kept."""
    back = redirect("library") if request.POST.get("back") == "library" else redirect(kept)
    if other is None:
        messages.error(request, gettext("Choose what is to be merged into it. It may have been merged meanwhile."))
        return back
    try:
        if request.POST.get("do") == "apart":
            keep_apart(kept, other, person_of(request))
            messages.success(
                request,
                gettext("%(kept)s and %(other)s are two, and are not proposed to be merged again.")
                % {"kept": kept, "other": other},
            )
        else:
            merge(kept, other, person_of(request))
            messages.success(
                request,
                gettext("%(other)s is part of %(kept)s now, with all that it had.") % {"other": other, "kept": kept},
            )
    except Refused as refused:
        messages.error(request, str(refused))
    return back


def _taken(request: HttpRequest) -> Unkept | None:
    key = number(request.GET.get("source", "") or request.POST.get("source", ""))
    source = Source.objects.filter(pk=key).first() if key else None
    return unkept_of(source) if source else None


def _with_another_row(request: HttpRequest) -> Any:
    """Return the rows as typed and an empty one, without saying yet what is wrong with them."""
    rows = TermForms(request.POST)
    initial: list[dict[str, Any]] = [
        {name: request.POST.get(f"{row.prefix}-{name}", "") for name in row.fields} for row in rows
    ]
    return TermForms(initial=[*initial, {}][:MOST_TERMS])


def _party_form(
    request: HttpRequest, form: PartyForm, rows: Any, *, taken: Unkept | None, status: int = 200
) -> HttpResponse:
    names = Party.objects.standing().filter(within__isnull=True).values_list("name", flat=True)
    context = {"form": form, "rows": rows, "taken": taken, "names": names[:300], **_problems(form)}
    return render(request, "claims/party_add.html", context, status=status)


def _party_page(request: HttpRequest, shown: Party, form: PartyForm, rows: Any, *, status: int = 200) -> HttpResponse:
    sources = Source.objects.filter(entry=shown).select_related("event").order_by("-event__date", "-pk")
    parts = Party.objects.standing().filter(within=shown).counted().order_by("folded")
    others = Party.objects.standing().exclude(pk=shown.pk).select_related("within")
    context = {
        "party": shown,
        "form": form,
        "rows": rows,
        "terms": _terms(shown),
        "parts": parts,
        "sources": sources[:MOST_EVENTS],
        "source_count": sources.count(),
        "outdated": reached_by([shown]).filter(outdated=True).values("event").distinct().count(),
        "others": others.exclude(pk=shown.within_id or 0).exclude(within=shown)[:500],
        "changes": shown.changes.select_related("actor")[:MOST_CHANGES],
        "names": Party.objects.standing().filter(within__isnull=True).values_list("name", flat=True)[:300],
        **_problems(form),
    }
    return render(request, "claims/party.html", context, status=status)


def _person_page(request: HttpRequest, shown: Person, form: PersonForm, *, status: int = 200) -> HttpResponse:
    last = shown.folded.split()[-1]
    others = Person.objects.filter(merged_into__isnull=True, folded__endswith=last).exclude(pk=shown.pk)
    terms = Prefetch("terms", Term.objects.select_related("party__within"))
    context = {
        "person": shown,
        "form": form,
        "terms": shown.terms.select_related("party__within"),
        "others": others.prefetch_related(terms)[:50],
        "changes": LibraryChange.objects.filter(person=shown).select_related("actor")[:MOST_CHANGES],
    }
    return render(request, "claims/person.html", context, status=status)


def _problems(form: PartyForm) -> dict[str, Any]:
    """Return what is wrong with the people, apart from what is wrong with the rest."""
    return {"problems": form.non_field_errors()}


def _terms(shown: Party) -> list[Term]:
    return list(shown.terms.select_related("person"))


def _anew(shown: Party) -> Party:
    return Party.objects.select_related("within").get(pk=shown.pk)


def _version_now(shown: Party) -> int:
    return Party.objects.values_list("version", flat=True).get(pk=shown.pk)
