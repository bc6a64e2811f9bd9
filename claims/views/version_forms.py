"""The form of a new version of an article's text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, gettext_lazy

from claims.models.version import LONGEST_WHY
from claims.services.decoding import decode
from claims.services.refusals import Refused
from claims.views.forms import Form, PlainText


class VersionForm(Form):
    """A new text of an article, pasted or uploaded, and why there is one. ``seen`` is the version it is made from."""

    text = PlainText(
        label=gettext_lazy("Text"),
        required=False,
        help_text=gettext_lazy("The whole article, without menus and captions."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a .txt file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
    )
    why = forms.CharField(
        label=gettext_lazy("Why there is a new text"),
        max_length=LONGEST_WHY,
        required=False,
        help_text=gettext_lazy("For instance: “corrected by the press office on 5 June”."),
        error_messages={"max_length": gettext_lazy("This is too long: keep it under %(limit_value)d characters.")},
    )
    seen = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={
            "required": gettext_lazy("Load this page again: it does not say which version the text was made from.")
        },
    )

    def clean(self) -> dict[str, Any]:
        """Settle on one text."""
        typed = self.cleaned_data
        file = typed.get("file")
        if file is not None and (typed.get("text") or "").strip():
            self.add_error(
                "file", gettext("There is a pasted text and a file. Empty the text, or choose the file no more.")
            )
        elif file is not None:
            self._read(file)
        return typed

    def arguments(self) -> dict[str, Any]:
        """Return what ``revise`` takes."""
        typed = self.cleaned_data
        return {"text": typed["text"] or "", "why": typed["why"], "seen": typed["seen"]}

    def _read(self, file: UploadedFile[Any]) -> None:
        """Take the file's text as if it had been pasted, so that it is kept when another field is wrong."""
        limit = settings.CROSSREAD_MAX_ARTICLE_BYTES
        # UTF-32 takes four bytes where UTF-8 takes one; what is larger than that is over the limit in any encoding.
        if (file.size or 0) > 4 * limit:
            problem = gettext("This file has %(size)s MB; an article may have %(limit)s MB.") % {
                "size": f"{(file.size or 0) / 1e6:.1f}",
                "limit": f"{limit / 1e6:g}",
            }
            self.add_error(
                "file",
                gettext("%(problem)s Leave out what does not belong to it, or add it in parts.") % {"problem": problem},
            )
            return
        try:
            self.cleaned_data["text"] = decode(file.read())
        except Refused as refused:
            self.add_error("file", refused.problems["text"])
            return
        self._show("text", self.cleaned_data["text"])

    def take_up(self, version: int) -> None:
        """Have the form made on another version, with what was typed kept."""
        self._show("seen", str(version))

    def _show(self, field: str, value: str) -> None:
        typed = self.data if isinstance(self.data, MultiValueDict) else MultiValueDict()
        self.data = MultiValueDict({**dict(typed.lists()), field: [value]})
