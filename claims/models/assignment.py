"""Assignments: which reviewer is to decide on which pair."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from claims.models.pair import Pair
from claims.models.review import Review


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """What pages ask about assignments."""

    def waiting(self) -> AssignmentQuerySet:
        """Keep those that are still to be done: the reviewer has not decided, and the pair is open and proposed.

        So are those of a pair whose text changed since, until somebody decides anew.
        """
        done = Review.objects.filter(pair=OuterRef("pair"), reviewer=OuterRef("reviewer"))
        to_do = Q(Exists(done), pair__stale=True) | Q(~Exists(done), pair__withdrawn=False)
        return self.filter(to_do, pair__final=False)


class Assignment(models.Model):
    """That a pair is one reviewer's to decide. It goes with its pair, and is no decision itself."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="assignments")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["pair", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pair", "reviewer"], name="assignment_once_for_reviewer_and_pair")
        ]

    def __str__(self) -> str:
        return f"pair {self.pair_id} for {self.reviewer_id}"


def reviewers() -> QuerySet[AbstractUser]:
    """Return the people who may decide on pairs, by name."""
    people: QuerySet[AbstractUser] = get_user_model()._default_manager.with_perm("claims.add_review")
    return people.order_by("username")


def with_load(people: QuerySet[AbstractUser], event_id: int) -> QuerySet[AbstractUser]:
    """Add ``assigned``, ``done`` and ``waiting`` in an event, and ``waiting_everywhere``; in one query."""
    waiting = Q(assignments__in=Assignment.objects.waiting())
    done = Q(assignments__pair__reviews__reviewer=F("pk"))
    here = Q(assignments__pair__comparison__event=event_id, assignments__pair__withdrawn=False)
    return people.annotate(
        assigned=Count("assignments", filter=here, distinct=True),
        done=Count("assignments", filter=here & done, distinct=True),
        waiting=Count("assignments", filter=here & waiting, distinct=True),
        waiting_everywhere=Count("assignments", filter=waiting, distinct=True),
    )
