"""The forms of the library: a party with its people, and a person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from claims.models import Party, Person, Term
from claims.services.library.keeping import PartyDraft, TermDraft
from claims.views.forms import DateField, Form, NamesField, name_field

MOST_TERMS = 100


class TermForm(Form):
    """Somebody's time in an office."""

    term = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120, required=False)
    name = name_field(label=gettext_lazy("Name"))
    since = DateField(label=gettext_lazy("From"))
    until = DateField(label=gettext_lazy("Until"))
    gone = forms.BooleanField(label=gettext_lazy("Leave out"), required=False)

    def is_blank(self) -> bool:
        """Tell whether this row says nothing, or is to go."""
        return bool(self.cleaned_data.get("gone")) or not any(
            self.cleaned_data.get(key) for key in ("title", "name", "since", "until")
        )

    def draft(self) -> TermDraft:
        """Return what was typed as the services take it."""
        return TermDraft(**{key: value for key, value in self.cleaned_data.items() if key != "gone"})


TermForms = forms.formset_factory(TermForm, extra=0, max_num=MOST_TERMS, absolute_max=MOST_TERMS)


class PartyForm(Form):
    """A state, a body or an office."""

    name = name_field(
        label=gettext_lazy("Name"), help_text=gettext_lazy("A state, a body, an office: “Russia”, “Kremlin”.")
    )
    within = name_field(
        label=gettext_lazy("Within"),
        help_text=gettext_lazy(
            "The state or body that it speaks for. Empty for a state. What is not in the library yet is added."
        ),
        widget=forms.TextInput(attrs={"list": "parties", "autocomplete": "off"}),
    )
    aliases = NamesField(
        label=gettext_lazy("Also called"),
        required=False,
        help_text=gettext_lazy("Names that texts use for it, with commas between them."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def draft(self, rows: Any) -> PartyDraft:
        """Return what was typed with the people of its rows."""
        terms = [row.draft() for row in rows if not row.is_blank()]
        typed = {key: self.cleaned_data[key] for key in ("name", "within", "aliases")}
        return PartyDraft(**typed, terms=terms)

    @staticmethod
    def typed_of(party: Party) -> dict[str, Any]:
        """Return a stored party as the form's initial values."""
        within = party.within.name if party.within else ""
        return {"name": party.name, "within": within, "aliases": party.aliases, "version": party.version}

    @staticmethod
    def typed_of_draft(draft: PartyDraft) -> dict[str, Any]:
        """Return what would be kept as the form's initial values."""
        return {"name": draft.name, "within": draft.within, "aliases": draft.aliases}


def term_rows(terms: list[Term]) -> list[dict[str, Any]]:
    """Return stored terms as the rows' initial values."""
    return [
        {"term": one.pk, "title": one.title, "name": one.person.name, "since": one.since, "until": one.until}
        for one in terms
    ]


def draft_rows(terms: Any) -> list[dict[str, Any]]:
    """Return terms that would be kept as the rows' initial values."""
    return [{"title": one.title, "name": one.name, "since": one.since, "until": one.until} for one in terms]


class PersonForm(Form):
    """What somebody is called."""

    name = name_field(label=gettext_lazy("Name"), help_text=gettext_lazy("In full, as texts introduce the person."))
    aliases = NamesField(
        label=gettext_lazy("Also called"),
        required=False,
        help_text=gettext_lazy(
            "Other spellings and names, with commas between them. The surname alone is known from the name."
        ),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @staticmethod
    def typed_of(person: Person) -> dict[str, Any]:
        """Return a stored person as the form's initial values."""
        return {"name": person.name, "aliases": person.aliases, "version": person.version}
