"""Saved searches: what somebody looks for again and again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

LONGEST_QUERY = 500


class SavedSearch(models.Model):
    """A search under a name, for the person who saved it alone; ``meaning`` where it is one by meaning."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=100)
    query = models.CharField(max_length=LONGEST_QUERY)
    meaning = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["user", "name"]
        verbose_name_plural = "saved searches"
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="saved_search_named_once_by_its_owner"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(query=""), name="saved_search_has_a_name_and_a_query"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        told = {"q": self.query} | ({"by": "meaning"} if self.meaning else {})
        return f"{reverse('search')}?{urlencode(told)}"
