"""The forms of what comes in from outside: files, a page's address, a draft, a table, an archive."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, gettext_lazy

from claims.models import Draft, Event, Table
from claims.services.incoming.bulk import Mapped
from claims.services.incoming.deliver import MOST_FILES, Arrived, Told
from claims.services.languages import LANGUAGES
from claims.views.forms import ArticleForm, Form, PublishedForm, address_of

_LABELS = {
    "text": gettext_lazy("Text"),
    "title": gettext_lazy("Title"),
    "publisher": gettext_lazy("Publisher"),
    "author": gettext_lazy("Author"),
    "published": gettext_lazy("Published on"),
    "url": gettext_lazy("Address"),
}


def _named_languages() -> list[tuple[str, Any]]:
    """Return the languages that a text can be in, each named in the reader's."""
    return [(code, gettext_lazy(name)) for code, name in LANGUAGES]


class SeveralFiles(forms.ClearableFileInput):
    """A chooser of several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Return the files, each looked at by itself."""
        several = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in several if one]


class FilesForm(PublishedForm):
    """Files to read articles from, and who published them all."""

    uploads = FilesField(
        label=gettext_lazy("Files"),
        required=False,
        allow_empty_file=True,
        max_length=None,
        widget=SeveralFiles(attrs={"accept": ".txt,.html,.htm,.docx,.pdf,.eml,text/plain,text/html"}),
    )

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(event, *args, **kwargs)
        self.auto_id = "files_%s"  # three forms stand on one page
        self.fields["uploads"].help_text = gettext(
            "Text, web page, Word, PDF or e-mail (.txt, .html, .docx, .pdf, .eml); up to %(most_files)s at once."
        ) % {"most_files": MOST_FILES}
        self.fields["publisher"].help_text = gettext("Leave it, and each file is asked.")
        self.fields["outlet"].help_text = ""

    def arrived(self) -> list[Arrived]:
        """Return the files as the services take them; what is too large is not taken into memory."""
        files = self.cleaned_data["uploads"]
        return [Arrived.of(file.name or "", file.size or 0, file.content_type or "", file.read) for file in files]

    def told(self) -> Told:
        """Return what was said of them all."""
        return Told(self.cleaned_data["publisher"], self.cleaned_data["published"])


class PageForm(Form):
    """The address of a page to fetch an article from."""

    address = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=1000,
        widget=forms.URLInput(attrs={"placeholder": "https://…"}),
        help_text=gettext_lazy(
            "The page is fetched once, its article is taken out, and you look through it before it is added."
        ),
        error_messages={
            "max_length": gettext_lazy("This is too long: an address may have %(limit_value)d characters.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "page_%s"

    def clean_address(self) -> str:
        """Return the address; refuse none at all."""
        url = address_of(str(self.cleaned_data["address"]))
        if not url:
            raise forms.ValidationError(gettext("Copy the address of the page here; it begins with https://."))
        return url


class DraftForm(ArticleForm):
    """An article as it was read, to be corrected before it is stored."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[("", gettext_lazy("as detected when it is read")), *_named_languages()],
    )

    @staticmethod
    def typed_of(draft: Draft) -> dict[str, Any]:
        """Return a draft as the form's initial values."""
        told = {key: getattr(draft, key) for key in ("text", "title", "author", "published", "language", "url")}
        return {**told, **PublishedForm.typed_publisher(draft.delivery.event, draft.publisher)}

    def fields_of_draft(self) -> dict[str, Any]:
        """Return what the services keep."""
        keys = ("text", "title", "publisher", "author", "published", "language", "url")
        fields = {key: self.cleaned_data[key] for key in keys}
        return {**fields, "text": (fields["text"] or "").replace("\r\n", "\n")}


class TableFileForm(Form):
    """A table of articles."""

    file = forms.FileField(
        label=gettext_lazy("Table"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("CSV or JSONL, packed with gzip or not: a row for each article, columns in any order."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.jsonl,.ndjson,.gz,text/csv"}),
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Return the file; refuse none, or one that is too large."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        limit = settings.CROSSREAD_MAX_TABLE_BYTES
        if file is None:
            raise forms.ValidationError(gettext("Choose a file that holds a table."))
        if (file.size or 0) > limit:
            raise forms.ValidationError(
                gettext("This file has more than %(limit)s MB. Load it with manage.py load.")
                % {"limit": f"{limit / 1e6:g}"}
            )
        return file


class MappingForm(Form):
    """Which column of a table is what."""

    def __init__(self, table: Table, columns: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**table.mapping, "constant": table.publisher}
        for meaning, label in _LABELS.items():
            choices = [
                ("", gettext("no column") if meaning != "text" else gettext("Choose …")),
                *((one, one) for one in columns),
            ]
            wrong = {"invalid_choice": gettext("Choose one of the file's columns.")}
            self.fields[meaning] = forms.ChoiceField(label=label, choices=choices, required=False, error_messages=wrong)
        self.fields["constant"] = forms.CharField(
            label=gettext("Publisher of all rows"),
            required=False,
            max_length=200,
            help_text=gettext("Where no column says it, or a cell is empty: one of the event’s sources, or an outlet."),
            error_messages={"max_length": gettext("This is too long: keep it under %(limit_value)d characters.")},
        )

    def mapped(self) -> Mapped:
        """Return what was chosen as the services take it."""
        columns = {meaning: column for meaning in _LABELS if (column := self.cleaned_data[meaning])}
        return Mapped(columns, self.cleaned_data["constant"].strip())


class ArchiveForm(Form):
    """A .zip file of event folders."""

    file = forms.FileField(
        label=gettext_lazy("Archive"),
        required=False,
        help_text=gettext_lazy("A .zip file of event folders: in each an event.toml, and the texts that it names."),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Return the file; refuse none, or one that is too large."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is None:
            raise forms.ValidationError(gettext("Choose a .zip file that holds event folders."))
        if (file.size or 0) > settings.CROSSREAD_MAX_TABLE_BYTES:
            limit = settings.CROSSREAD_MAX_TABLE_BYTES / 1e6
            raise forms.ValidationError(
                gettext("This file has more than %(limit)s MB. Load it with manage.py load.") % {"limit": f"{limit:g}"}
            )
        return file
