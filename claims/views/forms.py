"""The forms of the pages that add and change. They read what was typed; the services say what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext, gettext_lazy

from claims.models import Claim, Event, Party, Source
from claims.services.ingest import SourceDraft
from claims.services.refusals import Refused

ANOTHER = "another"
MOST_SOURCES = 20


class NamesField(forms.CharField):
    """Several names in one line, with commas between them."""

    def to_python(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        """Return the names, each once, in the order that they were typed in."""
        names = (name.strip() for name in re.split(r"[,;\n]", super().to_python(value) or ""))
        return tuple(dict.fromkeys(name for name in names if name))

    def prepare_value(self, value: Any) -> Any:
        """Write stored names as they are typed."""
        return ", ".join(value) if isinstance(value, list | tuple) else value


class PlainText(forms.Field):
    """Text that is kept to the letter: no blanks cut off; what is wrong with it is the service's to say."""

    widget = forms.Textarea


class DateField(forms.DateField):
    """A day, by the browser's own picker or typed."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        problem = gettext("This is not a date. Write it as year-month-day, for instance 2025-06-04.")
        super().__init__(error_messages={"invalid": problem}, required=False, **kwargs)


def name_field(**kwargs: Any) -> forms.CharField:
    """Return a field for a name of at most 200 characters."""
    problem = gettext("This is too long: keep it under %(limit_value)d characters.")
    return forms.CharField(max_length=200, required=False, error_messages={"max_length": problem}, **kwargs)


class Form(forms.Form):
    """A form whose fields say beside themselves what is wrong."""

    def refuse(self, refused: Refused) -> None:
        """Put what a service refused beside the fields that it names, or above them all."""
        for field, problem in refused.problems.items():
            self.add_error(field if field in self.fields else None, problem)


def party_called(typed: str) -> Party | None:
    """Return the entry of the library that somebody typed, None for nothing.

    Raises:
        Refused: if there is none of that name, or several.
    """
    if not typed.strip():
        return None
    found = list(Party.objects.called(typed)[:5])
    if not found:
        problem = gettext("The library has no “%(typed)s”. Choose one that is proposed, or leave this empty.") % {
            "typed": typed.strip()
        }
        raise Refused({"entry": problem})
    exact = [one for one in found if one.label == typed.strip()]
    if len(found) > 1 and len(exact) != 1:
        several = ", ".join(f"“{one.label}”" for one in found)
        raise Refused(
            {
                "entry": gettext("The library has several of that name: %(several)s. Type one of them in full.")
                % {"several": several}
            }
        )
    return exact[0] if len(exact) == 1 else found[0]


class SourceForm(Form):
    """One source: its name, its side, and what texts call it."""

    entry = name_field(
        label=gettext_lazy("From the library"),
        help_text=gettext_lazy("Its names, and who held office on the event’s date, come along."),
        widget=forms.TextInput(
            attrs={
                "list": "entries",
                "autocomplete": "off",
                "hx-get": reverse_lazy("library_complete"),
                "hx-trigger": "input changed delay:150ms",
                "hx-target": "#entries",
                "hx-swap": "innerHTML",
            }
        ),
    )
    name = name_field(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("An office, a ministry, a person. Empty: as the library has it."),
    )
    party = name_field(label=gettext_lazy("Side"), help_text=gettext_lazy("The state or body it speaks for."))
    aliases = NamesField(
        label=gettext_lazy("Also called"),
        required=False,
        help_text=gettext_lazy("Names that texts use for this side, with commas between them."),
    )
    spokespeople = NamesField(
        label=gettext_lazy("Spokespeople"), required=False, help_text=gettext_lazy("With commas between them.")
    )

    def is_blank(self) -> bool:
        """Tell whether nothing was typed here."""
        return not any(self.cleaned_data.values())

    def clean_entry(self) -> Party | None:
        """Return the entry of the library that was typed."""
        try:
            return party_called(str(self.cleaned_data["entry"]))
        except Refused as refused:
            raise forms.ValidationError(refused.problems["entry"]) from None

    def draft(self) -> SourceDraft:
        """Return what was typed as the services take it; what was left empty is as the library has it."""
        typed = dict(self.cleaned_data)
        if entry := typed["entry"]:
            typed["name"], typed["party"] = typed["name"] or entry.name, typed["party"] or entry.side
        return SourceDraft(**typed)

    @staticmethod
    def typed_of(source: Source) -> dict[str, Any]:
        """Return a stored source as the form's initial values."""
        own = {key: getattr(source, key) for key in ("name", "party", "aliases", "spokespeople")}
        return {**own, "entry": source.entry.label if source.entry else ""}

    def refuse(self, refused: Refused) -> None:
        """Put what is wrong with the sources beside this one's name."""
        super().refuse(Refused({"name" if key == "sources" else key: text for key, text in refused.problems.items()}))


class EventForm(Form):
    """What an event is called, and when it was."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=300,
        required=False,
        error_messages={
            "max_length": gettext_lazy("This is too long for a title: keep it under %(limit_value)d characters.")
        },
    )
    date = DateField(label=gettext_lazy("Date"), help_text=gettext_lazy("Leave it empty if the day is not known."))


SourceForms = forms.formset_factory(SourceForm, extra=0, max_num=MOST_SOURCES, absolute_max=MOST_SOURCES)


class PublishedForm(Form):
    """Who published something, and when."""

    publisher = forms.ChoiceField(label=gettext_lazy("Published by"), required=False)
    outlet = name_field(
        label=gettext_lazy("Name of the outlet"), help_text=gettext_lazy("Only where none of the sources published it.")
    )
    published = DateField(label=gettext_lazy("Published on"))

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = [(source.name, source.name) for source in event.sources.all()]
        choices = [("", gettext("Choose …")), *sources, (ANOTHER, gettext("An outlet (type its name)"))]
        self.fields["publisher"].choices = choices  # type: ignore[attr-defined]
        self.fields["publisher"].error_messages["invalid_choice"] = gettext(
            "Choose one of this event's sources, or an outlet."
        )

    def clean(self) -> dict[str, Any]:
        """Settle on one publisher."""
        typed = self.cleaned_data
        source, outlet = typed.get("publisher", ""), typed.get("outlet", "")
        if source not in ("", ANOTHER) and outlet:
            problem = gettext(
                "This says that %(source)s published it. Empty the outlet's name, or choose “An outlet” above."
            ) % {"source": source}
            self.add_error("outlet", problem)
        elif source == ANOTHER and not outlet and "outlet" not in self.errors:
            self.add_error("outlet", gettext("Type the outlet's name."))
        typed["publisher"] = outlet if source in ("", ANOTHER) else source
        return typed

    @staticmethod
    def typed_publisher(event: Event, name: str) -> dict[str, str]:
        """Return a publisher's name as the form's initial values."""
        if not name or any(source.name == name for source in event.sources.all()):
            return {"publisher": name}
        return {"publisher": ANOTHER, "outlet": name}


class ArticleForm(PublishedForm):
    """A pasted text, who published it, and what is known of it."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=300,
        required=False,
        error_messages={
            "max_length": gettext_lazy("This is too long for a title: keep it under %(limit_value)d characters.")
        },
    )
    author = name_field(label=gettext_lazy("Author"))
    url = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        widget=forms.URLInput(attrs={"placeholder": "https://…", "maxlength": 1000}),
    )
    text = PlainText(
        label=gettext_lazy("Text"),
        required=False,
        help_text=gettext_lazy("The whole article, without menus and captions."),
    )

    def clean_url(self) -> str:
        """Return the address, refused where no browser could open it."""
        return address_of(str(self.cleaned_data["url"]))

    def arguments(self) -> dict[str, str | dt.date | None]:
        """Return what ``add_article`` takes."""
        typed = {key: self.cleaned_data[key] for key in ("publisher", "published", "url", "title", "author", "text")}
        return {**typed, "text": typed["text"] or ""}


def address_of(typed: str) -> str:
    """Return the address of a page as somebody typed it, with https:// where they left it out."""
    try:
        if "://" in typed and not typed.lower().startswith(("http://", "https://")):
            raise forms.ValidationError("another scheme")
        forms.URLField(required=False, max_length=1000, assume_scheme="https").clean(typed)
    except forms.ValidationError:
        problem = gettext("This is no address of a page. Copy it from the browser; it begins with https://.")
        raise forms.ValidationError(problem) from None
    if typed and not typed.lower().startswith(("http://", "https://")):
        return f"https://{typed}"
    return typed


class CorrectionForm(Form):
    """Whose claim it is: one of the event's sources, or somebody else by name."""

    source = forms.ModelChoiceField(
        label=gettext_lazy("Whose claim is it?"),
        queryset=Source.objects.none(),
        required=False,
        empty_label=gettext_lazy("Somebody else:"),
    )
    voice = name_field(
        label=gettext_lazy("Their name"), help_text=gettext_lazy("The outlet, or whoever else speaks here.")
    )

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = self.fields["source"]
        chooser.queryset = event.sources.all()  # type: ignore[attr-defined]
        chooser.error_messages["invalid_choice"] = gettext("Choose one of this event's sources.")

    @staticmethod
    def typed_of(claim: Claim) -> dict[str, Any]:
        """Return who makes the claim now, as the form's initial values."""
        source = claim.standing_source
        return {"source": source, "voice": "" if source else claim.standing_voice}

    def clean_voice(self) -> str:
        """Return the name; refuse one that was typed beside a chosen source, since only one of them can be meant."""
        voice = str(self.cleaned_data["voice"])
        source = self.cleaned_data.get("source")
        if source is not None and voice and "voice" in self.changed_data:
            problem = gettext("%(source)s is chosen above. Choose “Somebody else” there, or empty this name.") % {
                "source": source
            }
            raise forms.ValidationError(problem)
        return voice
