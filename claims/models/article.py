"""Articles: the published texts."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from claims.analysis import structures
from claims.models.event import Event
from claims.models.source import Source


class Article(models.Model):
    """One published text, by a source (its own readout) or by an outlet that reports the sources.

    ``read_at`` is empty while the text is still to be read into claims. ``language`` is the machine's word on what it
    is written in, ``stated_language`` an editor's, which counts; both are codes such as "en", or nothing. ``text`` is
    that of the newest version, whose number is ``version``; the first comes with the article.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="articles")
    name = models.CharField(max_length=200, help_text="The file's name, unique in the event.")
    title = models.CharField(max_length=300, blank=True)
    author = models.CharField(max_length=200, blank=True)
    publisher = models.ForeignKey(Source, on_delete=models.RESTRICT, null=True, blank=True, related_name="articles")
    outlet = models.CharField(max_length=200, blank=True)
    published = models.DateField(null=True, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    text = models.TextField()
    checksum = models.CharField(max_length=64, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    language = models.CharField(max_length=8, blank=True, editable=False)
    stated_language = models.CharField(max_length=8, blank=True)
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stated_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["event", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="article_named_once_in_its_event"),
            models.UniqueConstraint(fields=["event", "checksum"], name="article_text_once_in_its_event"),
            models.CheckConstraint(condition=~Q(text=""), name="article_has_a_text"),
            models.CheckConstraint(
                condition=Q(publisher__isnull=False, outlet="") | (Q(publisher__isnull=True) & ~Q(outlet="")),
                name="article_has_one_publisher",
            ),
            models.CheckConstraint(
                condition=Q(stated_language="", stated_by__isnull=True, stated_at__isnull=True)
                | (~Q(stated_language="") & Q(stated_by__isnull=False, stated_at__isnull=False)),
                name="article_language_is_stated_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher_name}, {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.checksum = checksum(self.text)
        added = self._state.adding
        super().save(*args, **kwargs)
        if added:
            self.versions.create(number=self.version, text=self.text, at=self.created_at)

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.pk])

    @property
    def publisher_name(self) -> str:
        """Return who published it, a compared source or an outlet."""
        return self.publisher.name if self.publisher else self.outlet

    @property
    def standing_language(self) -> str:
        """Return the language that counts, an editor's word or else the machine's; "" where it is not known."""
        return self.stated_language or self.language

    def as_structure(self) -> structures.Article:
        """Return the article as the analysis reads it."""
        return structures.Article(
            name=self.name,
            text=self.text,
            publisher=self.publisher_name,
            published=self.published,
            language=self.standing_language,
        )


def checksum(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hex: the same text is the same article."""
    return hashlib.sha256(text.encode()).hexdigest()
