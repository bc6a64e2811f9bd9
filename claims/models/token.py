"""Tokens: what a program shows in the place of a person's password, and what it may do with it."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

LONGEST_NAME = 100
HINT_LENGTH = 6  # characters of a token that are kept, so that its owner can tell which one it is
_SEEN_EVERY = dt.timedelta(minutes=1)


class Scope(models.TextChoices):
    """What a token can be good for; never more than its person may do."""

    READ = "read", gettext_lazy("read")
    REVIEW = "review", gettext_lazy("review and annotate")
    EDIT = "edit", gettext_lazy("add and correct")


class TokenQuerySet(models.QuerySet["Token"]):
    """What the API and the page of tokens ask."""

    def open(self) -> TokenQuerySet:
        """Keep those that are good today: neither revoked nor expired, of somebody whose account is active."""
        lasting = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
        return self.filter(lasting, revoked_at__isnull=True, user__is_active=True)

    def shown_as(self, secret: str) -> Token | None:
        """Return the open token that somebody shows, with its person, or None."""
        return self.open().select_related("user").filter(digest=digest(secret)).first()


class Token(models.Model):
    """A personal token. Only its SHA-256 is stored: it holds 256 random bits, so nobody can guess it from that.

    Every token reads; ``reviews`` and ``edits`` say what else it is good for.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=LONGEST_NAME)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=HINT_LENGTH, editable=False)
    reviews = models.BooleanField(default=False)
    edits = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="token_has_a_name"),
            models.UniqueConstraint(
                fields=["user", "name"], condition=Q(revoked_at__isnull=True), name="token_named_once_while_it_is_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.user_id}"

    @property
    def scopes(self) -> list[Scope]:
        """Return what it is good for."""
        more = ((Scope.REVIEW, self.reviews), (Scope.EDIT, self.edits))
        return [Scope.READ, *(scope for scope, given in more if given)]

    @property
    def state(self) -> str:
        """Return "open", "revoked" or "expired"."""
        if self.revoked_at is not None:
            return "revoked"
        expired = self.expires_at is not None and self.expires_at <= timezone.now()
        return "expired" if expired else "open"

    def seen(self) -> None:
        """Note that it was used; within a minute once, so that reading seldom writes."""
        now = timezone.now()
        if self.last_used_at is None or now - self.last_used_at > _SEEN_EVERY:
            Token.objects.filter(pk=self.pk).update(last_used_at=now)


class KeptAnswer(models.Model):
    """What was answered to a write that named itself by an ``Idempotency-Key``, so that a repetition does nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    asked = models.CharField(max_length=64, help_text="SHA-256 of the method, the address and the body.")
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="kept_answer_has_a_key"),
            models.UniqueConstraint(fields=["user", "key"], name="kept_answer_once_for_person_and_key"),
        ]
        # Those older than a day are removed.
        indexes = [models.Index(fields=["at"], name="kept_answer_by_time")]

    def __str__(self) -> str:
        return f"{self.key} of {self.user_id}"


def digest(secret: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
