"""The forms of the pages that add and change. They read what was typed; the services say what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from claims.models import Claim, Event, Source
from claims.models.version import LONGEST_WHY
from claims.services.decoding import decode
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
        problem = "This is not a date. Write it as year-month-day, for instance 2025-06-04."
        super().__init__(error_messages={"invalid": problem}, required=False, **kwargs)


def _name_field(**kwargs: Any) -> forms.CharField:
    problem = "This is too long: keep it under %(limit_value)d characters."
    return forms.CharField(max_length=200, required=False, error_messages={"max_length": problem}, **kwargs)


class Form(forms.Form):
    """A form whose fields say beside themselves what is wrong."""

    def refuse(self, refused: Refused) -> None:
        """Put what a service refused beside the fields that it names, or above them all."""
        for field, problem in refused.problems.items():
            self.add_error(field if field in self.fields else None, problem)


class SourceForm(Form):
    """One source: its name, its side, and what texts call it."""

    name = _name_field(label="Name", help_text="An office, a ministry, a person.")
    party = _name_field(label="Side", help_text="The state or body it speaks for.")
    aliases = NamesField(
        label="Also called", required=False, help_text="Names that texts use for this side, with commas between them."
    )
    spokespeople = NamesField(label="Spokespeople", required=False, help_text="With commas between them.")

    def is_blank(self) -> bool:
        """Tell whether nothing was typed here."""
        return not any(self.cleaned_data.values())

    def draft(self) -> SourceDraft:
        """Return what was typed as the services take it."""
        return SourceDraft(**self.cleaned_data)

    @staticmethod
    def typed_of(source: Source) -> dict[str, Any]:
        """Return a stored source as the form's initial values."""
        return {key: getattr(source, key) for key in ("name", "party", "aliases", "spokespeople")}

    def refuse(self, refused: Refused) -> None:
        """Put what is wrong with the sources beside this one's name."""
        super().refuse(Refused({"name" if key == "sources" else key: text for key, text in refused.problems.items()}))


class EventForm(Form):
    """What an event is called, and when it was."""

    title = forms.CharField(
        label="Title",
        max_length=300,
        required=False,
        error_messages={"max_length": "This is too long for a title: keep it under %(limit_value)d characters."},
    )
    date = DateField(label="Date", help_text="Leave it empty if the day is not known.")


SourceForms = forms.formset_factory(SourceForm, extra=0, max_num=MOST_SOURCES, absolute_max=MOST_SOURCES)


class TextForm(Form):
    """A text, pasted or uploaded."""

    text = PlainText(label="Text", required=False, help_text="The whole article, without menus and captions.")
    file = forms.FileField(
        label="Or a .txt file",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
    )

    def clean(self) -> dict[str, Any]:
        """Settle on one text."""
        typed = self.cleaned_data
        file = typed.get("file")
        if file is not None and (typed.get("text") or "").strip():
            self.add_error("file", "There is a pasted text and a file. Empty the text, or choose the file no more.")
        elif file is not None:
            self._read(file)
        return typed

    def _read(self, file: UploadedFile[Any]) -> None:
        """Take the file's text as if it had been pasted, so that it is kept when another field is wrong."""
        limit = settings.CROSSREAD_MAX_ARTICLE_BYTES
        # UTF-32 takes four bytes where UTF-8 takes one; what is larger than that is over the limit in any encoding.
        if (file.size or 0) > 4 * limit:
            problem = f"This file has {(file.size or 0) / 1e6:.1f} MB; an article may have {limit / 1e6:g} MB."
            self.add_error("file", f"{problem} Leave out what does not belong to it, or add it in parts.")
            return
        try:
            self.cleaned_data["text"] = decode(file.read())
        except Refused as refused:
            self.add_error("file", refused.problems["text"])
            return
        typed = self.data if isinstance(self.data, MultiValueDict) else MultiValueDict()
        self.data = MultiValueDict({**dict(typed.lists()), "text": [self.cleaned_data["text"]]})


class VersionForm(TextForm):
    """A new text of an article, and why there is one. ``seen`` is the version that it is made from."""

    why = forms.CharField(
        label="Why there is a new text",
        max_length=LONGEST_WHY,
        required=False,
        help_text="For instance: “corrected by the press office on 5 June”.",
        error_messages={"max_length": "This is too long: keep it under %(limit_value)d characters."},
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def arguments(self) -> dict[str, Any]:
        """Return what ``revise`` takes."""
        typed = self.cleaned_data
        return {"text": typed["text"] or "", "why": typed["why"], "seen": typed["seen"]}


class ArticleForm(TextForm):
    """A text, pasted or uploaded, and who published it."""

    publisher = forms.ChoiceField(label="Published by", required=False)
    outlet = _name_field(label="Name of the outlet", help_text="Only where none of the sources published it.")
    published = DateField(label="Published on")
    url = forms.CharField(
        label="Address", required=False, widget=forms.URLInput(attrs={"placeholder": "https://…", "maxlength": 1000})
    )

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = [(source.name, source.name) for source in event.sources.all()]
        choices = [("", "Choose …"), *sources, (ANOTHER, "An outlet (type its name)")]
        self.fields["publisher"].choices = choices  # type: ignore[attr-defined]
        self.fields["publisher"].error_messages["invalid_choice"] = "Choose one of this event's sources, or an outlet."

    def clean_url(self) -> str:
        """Return the address, refused where no browser could open it."""
        url = str(self.cleaned_data["url"])
        try:
            forms.URLField(required=False, max_length=1000, assume_scheme="https").clean(url)
        except forms.ValidationError:
            problem = "This is no address of a page. Copy it from the browser; it begins with https://."
            raise forms.ValidationError(problem) from None
        if url and not url.lower().startswith(("http://", "https://")):
            url = f"https://{url}"
        return url

    def clean(self) -> dict[str, Any]:
        """Settle on one text and one publisher."""
        self._settle_publisher(self.cleaned_data)
        return super().clean()

    def _settle_publisher(self, typed: dict[str, Any]) -> None:
        source, outlet = typed.get("publisher", ""), typed.get("outlet", "")
        if source not in ("", ANOTHER) and outlet:
            problem = f"This says that {source} published it. Empty the outlet's name, or choose “An outlet” above."
            self.add_error("outlet", problem)
        elif source == ANOTHER and not outlet and "outlet" not in self.errors:
            self.add_error("outlet", "Type the outlet's name.")
        typed["publisher"] = outlet if source in ("", ANOTHER) else source

    def arguments(self) -> dict[str, str | dt.date | None]:
        """Return what ``add_article`` takes."""
        file = self.cleaned_data["file"]
        name = file.name.rsplit("/", 1)[-1] if file else ""
        typed = {key: self.cleaned_data[key] for key in ("publisher", "published", "url", "text")}
        return {**typed, "text": typed["text"] or "", "name": name}


class CorrectionForm(Form):
    """Whose claim it is: one of the event's sources, or somebody else by name."""

    source = forms.ModelChoiceField(
        label="Whose claim is it?", queryset=Source.objects.none(), required=False, empty_label="Somebody else:"
    )
    voice = _name_field(label="Their name", help_text="The outlet, or whoever else speaks here.")

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = self.fields["source"]
        chooser.queryset = event.sources.all()  # type: ignore[attr-defined]
        chooser.error_messages["invalid_choice"] = "Choose one of this event's sources."

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
            problem = f"{source} is chosen above. Choose “Somebody else” there, or empty this name."
            raise forms.ValidationError(problem)
        return voice
