"""The forms of feeds: how one is watched, a rule, a list of another reader."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext, gettext_lazy

from claims.models import Event, Feed
from claims.views.forms import Form, NamesField, address_of, name_field


class FeedForm(Form):
    """How a feed is watched."""

    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=1000,
        error_messages={"required": gettext_lazy("Type the feed’s address. It is called “RSS” or “feed” on the site.")},
        widget=forms.URLInput(attrs={"placeholder": "https://…"}),
    )
    title = name_field(label=gettext_lazy("Title"), help_text=gettext_lazy("Empty: as the feed calls itself."))
    publisher = name_field(
        label=gettext_lazy("Published by"),
        help_text=gettext_lazy("The source or outlet whose feed it is. Empty: as pages say."),
    )
    every_minutes = forms.TypedChoiceField(
        label=gettext_lazy("Look at it"), choices=Feed.INTERVALS, coerce=int, initial=60
    )
    active = forms.BooleanField(label=gettext_lazy("Watch it"), required=False, initial=True)

    def clean_url(self) -> str:
        """Return the address, refused where nothing could be fetched from it."""
        return address_of(str(self.cleaned_data["url"]))

    @staticmethod
    def typed_of(feed: Feed) -> dict[str, Any]:
        """Return a stored feed as the form's initial values."""
        return {key: getattr(feed, key) for key in ("url", "title", "publisher", "every_minutes", "active")}


class RuleForm(Form):
    """Which items a rule is about, and where they go."""

    names = NamesField(
        label=gettext_lazy("Items that name all of"),
        required=False,
        help_text=gettext_lazy(
            "Two parties at least, with commas between them. Of one that is in the library every name counts."
        ),
    )
    event = forms.ModelChoiceField(
        label=gettext_lazy("Go to"),
        queryset=Event.objects.order_by("-date", "-pk"),
        required=False,
        empty_label=gettext_lazy("a new event of these parties, one for each day"),
    )


class OpmlForm(Form):
    """A list of feeds as a file."""

    file = forms.FileField(
        label=gettext_lazy("List of feeds (OPML)"), error_messages={"required": gettext_lazy("Choose a file.")}
    )

    def clean_file(self) -> Any:
        """Refuse what is too large to be a list."""
        file = self.cleaned_data["file"]
        if file.size > settings.CROSSREAD_MAX_ARTICLE_BYTES:
            raise forms.ValidationError(gettext("This file is too large for a list of feeds."))
        return file
