"""Changes: who decided what, when and why; the history of people's work, and the log that undo walks back."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from claims.models.annotation import Annotation
from claims.models.claim import Claim
from claims.models.event import Event
from claims.models.fix import Fix
from claims.models.pair import Pair, PairClaim, hidden_from
from claims.models.report import Report
from claims.models.verdict import REASON_KINDS
from claims.models.viewer import Viewer

LONGEST_WHY = 500

_CAN_BE_UNDONE = [
    "review",
    "reason",
    "annotation",
    "note_edited",
    "reply",
    "reply_edited",
    "reply_gone",
    "resolved",
    "reopened",
    "correction",
    "final",
    "final_undone",
    "assigned",
    "unassigned",
]

LONGEST_TOLD = 200  # characters of what stood before and after


class ChangeQuerySet(models.QuerySet["Change"]):
    """What undo and the pages of the history ask about changes."""

    def entries(self) -> ChangeQuerySet:
        """Keep what is one entry of the history: single changes, and each bulk as a whole."""
        return self.filter(part_of__isnull=True)

    def undoable_by(self, user_id: int) -> ChangeQuerySet:
        """Keep this person's decisions that still stand, a bulk as one, newest first."""
        standing = self.entries().filter(actor_id=user_id, undone_at__isnull=True)
        return standing.filter(what__in=Change.DECISIONS).order_by("-pk")

    def acts_of(self, user_id: int) -> ChangeQuerySet:
        """Keep all that this person did, still stands and can be taken back, a bulk as one, newest first."""
        standing = self.entries().filter(actor_id=user_id, undone_at__isnull=True, takes_back=False)
        return standing.filter(what__in=Change.ACTS).order_by("-pk")

    def listed(self, viewer: Viewer) -> ChangeQuerySet:
        """Bring what a line of the history shows, newest first; ``part_of`` is None where the whole is hidden."""
        wholes = Change.objects.visible_to(viewer).select_related("actor")
        related = ("pair__comparison__event", "pair__comparison__a", "pair__comparison__b", "claim__article__event")
        found = self.select_related("actor", "fix", *related).prefetch_related(models.Prefetch("part_of", wholes))
        return found.order_by("-at", "-pk")

    def of_event(self, event: Event) -> ChangeQuerySet:
        """Keep what happened to the event's pairs and claims; of a bulk over several events the whole entry."""
        parts = Change.objects.filter(part_of=OuterRef("pk"), pair__comparison__event=event)
        own = Q(pair__comparison__event=event) | Q(claim__article__event=event)
        return self.filter(own | Exists(parts))

    def bulks_of(self, event: Event) -> ChangeQuerySet:
        """Keep the bulks that changed pairs of the event, oldest first."""
        parts = Change.objects.filter(part_of=OuterRef("pk"), pair__comparison__event=event)
        return self.filter(Exists(parts), size__gt=0).order_by("pk")

    def of_claim(self, claim: Claim) -> ChangeQuerySet:
        """Keep what happened to the claim, and to the pairs that it is in."""
        return self.filter(Q(claim=claim) | Q(pair__in=PairClaim.objects.filter(claim=claim).values("pair")))

    def between(self, since: dt.date | None, until: dt.date | None) -> ChangeQuerySet:
        """Keep what happened from the first day to the last, both included."""
        found = self if since is None else self.filter(at__date__gte=since)
        return found if until is None else found.filter(at__date__lte=until)

    def visible_to(self, viewer: Viewer) -> ChangeQuerySet:
        """Leave out what would tell somebody others' decisions and notes on a pair that are hidden from them.

        A bulk is left out as a whole where a pair of it is hidden: its size and its ground would tell of that pair too.
        That a text changed under a decision tells of it, too. What was changed by hand is seen on every page, and so in
        the history.
        """
        hidden = hidden_from(viewer, "pair")
        if hidden is None:
            return self
        told = (
            Q(actor__isnull=True) & ~Q(what=Change.What.STALE) | Q(what__in=Change.NEVER_HIDDEN) | Q(fix__isnull=False)
        )
        if viewer.pk is not None:
            told |= Q(actor_id=viewer.pk)
        parts = Change.objects.filter(hidden, part_of=OuterRef("pk"))
        return self.filter(told | ~(Q(pair__isnull=False) & hidden) & ~Exists(parts))


class Change(models.Model):
    """One change on a pair, a claim or a report, or a bulk of them. ``actor`` is empty where the machine made it.

    Rows are only added, never edited, save that an undone decision says when it was undone. A bulk is a row with a
    ``size`` and neither pair nor claim; what it did to each pair is a row that is ``part_of`` it. ``reason`` and
    ``words`` name the reason that a change is about. What a person changed by hand belongs to a ``fix``. One that only
    ``takes_back`` another entry of its actor is no act that could be taken back in its turn.
    """

    class What(models.TextChoices):
        """What was changed."""

        REVIEW = "review", gettext_lazy("review")
        REASON = "reason", gettext_lazy("word on a reason")
        UNDO = "undo", gettext_lazy("undo")
        VERDICT = "verdict", gettext_lazy("machine verdict")
        WITHDRAWN = "withdrawn", gettext_lazy("no longer proposed")
        RESTORED = "restored", gettext_lazy("proposed again")
        STALE = "stale", gettext_lazy("text changed")
        ANNOTATION = "annotation", gettext_lazy("annotation")
        REPLY = "reply", gettext_lazy("reply")
        RESOLVED = "resolved", gettext_lazy("annotation resolved")
        REOPENED = "reopened", gettext_lazy("annotation reopened")
        JOINED = "joined", gettext_lazy("made by hand")
        MOVED = "moved", gettext_lazy("claims moved")
        MERGED = "merged", gettext_lazy("pairs merged")
        SPLIT = "split", gettext_lazy("pair split")
        CUT = "cut", gettext_lazy("claim split")
        UNITED = "united", gettext_lazy("claims merged")
        UNFIXED = "unfixed", gettext_lazy("change by hand taken back")
        CORRECTION = "correction", gettext_lazy("source corrected")
        REPORT = "report", gettext_lazy("report edited")
        LINK = "link", gettext_lazy("public link made")
        REVOKED = "revoked", gettext_lazy("public link revoked")
        NOTE_EDITED = "note_edited", gettext_lazy("annotation edited")
        REPLY_EDITED = "reply_edited", gettext_lazy("reply edited")
        REPLY_TAKEN_BACK = "reply_gone", gettext_lazy("reply deleted")
        NOTE_TAKEN_BACK = "note_gone", gettext_lazy("annotation taken back")
        ASSIGNED = "assigned", gettext_lazy("assigned to")
        UNASSIGNED = "unassigned", gettext_lazy("no longer assigned to")
        FINAL = "final", gettext_lazy("final verdict")
        FINAL_REOPENED = "final_undone", gettext_lazy("final verdict reopened")

    NEVER_HIDDEN = (What.ASSIGNED, What.UNASSIGNED)

    WRITINGS = (
        What.ANNOTATION,
        What.REPLY,
        What.RESOLVED,
        What.REOPENED,
        What.NOTE_EDITED,
        What.REPLY_EDITED,
        What.REPLY_TAKEN_BACK,
        What.NOTE_TAKEN_BACK,
    )

    # What a person decides and can take back.
    DECISIONS = (What.REVIEW, What.REASON)

    # All that can be taken back, save what was changed by hand: that is a fix.
    ACTS = (
        *DECISIONS,
        What.ANNOTATION,
        What.NOTE_EDITED,
        What.REPLY,
        What.REPLY_EDITED,
        What.REPLY_TAKEN_BACK,
        What.RESOLVED,
        What.REOPENED,
        What.CORRECTION,
        What.FINAL,
        What.FINAL_REOPENED,
        What.ASSIGNED,
        What.UNASSIGNED,
    )

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, null=True, blank=True, related_name="changes")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, null=True, blank=True, related_name="changes")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, null=True, blank=True, related_name="changes")
    annotation = models.ForeignKey(Annotation, on_delete=models.SET_NULL, null=True, blank=True, related_name="changes")
    part_of = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="parts")
    size = models.PositiveIntegerField(default=0, help_text="Of a bulk: how many pairs it changed.")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    what = models.CharField(max_length=12, choices=What)
    reason = models.CharField(max_length=20, choices=REASON_KINDS, blank=True)
    words = models.CharField(max_length=500, blank=True)
    before = models.CharField(max_length=LONGEST_TOLD, blank=True)
    after = models.CharField(max_length=LONGEST_TOLD, blank=True)
    about = models.CharField(max_length=300, blank=True, help_text="Of a bulk: by what its pairs were chosen.")
    why = models.CharField(max_length=LONGEST_WHY, blank=True)
    fix = models.ForeignKey(Fix, on_delete=models.PROTECT, null=True, blank=True, related_name="changes")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    takes_back = models.BooleanField(default=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(what__in=_CAN_BE_UNDONE),
                name="only_an_act_can_be_undone",
            ),
            models.CheckConstraint(
                condition=Q(takes_back=False) | Q(undone_at__isnull=True), name="taking_back_is_no_act_to_undo"
            ),
            models.CheckConstraint(
                condition=Q(size=0, pair__isnull=False, claim__isnull=True, report__isnull=True)
                | Q(size=0, pair__isnull=True, claim__isnull=False, report__isnull=True)
                | Q(size=0, pair__isnull=True, claim__isnull=True, report__isnull=False)
                | Q(size__gt=0, pair__isnull=True, claim__isnull=True, report__isnull=True, part_of__isnull=True),
                name="change_is_on_one_thing_or_a_bulk",
            ),
            models.CheckConstraint(
                condition=Q(what="reason", size=0) & ~Q(reason="") | ~Q(what="reason") | Q(size__gt=0),
                name="word_on_a_reason_names_its_kind",
            ),
        ]
        indexes = [
            # Undo looks for a person's last standing decision.
            models.Index(fields=["actor", "what", "-id"], name="change_by_actor"),
            models.Index(
                fields=["actor", "-id"],
                condition=Q(part_of__isnull=True, undone_at__isnull=True),
                name="change_to_undo",
            ),
            # The history is read from the newest entry back, past the parts of every bulk.
            models.Index(fields=["-at", "-id"], condition=Q(part_of__isnull=True), name="change_entry_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.before or '–'} → {self.after or '–'}"

    def get_absolute_url(self) -> str:
        return reverse("history_entry", args=[self.pk])

    @property
    def nothing(self) -> str:
        """Return what to call an empty ``before`` or ``after``."""
        return gettext("undecided") if self.pair_id and not self.reason else gettext("nothing said")

    @property
    def is_writing(self) -> bool:
        """Tell whether ``before`` and ``after`` are what somebody wrote, and no states."""
        return self.what in self.WRITINGS

    @property
    def names_somebody(self) -> bool:
        """Tell whether ``after`` is a person's name."""
        return self.what in (self.What.ASSIGNED, self.What.UNASSIGNED)
