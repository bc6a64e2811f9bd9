"""What a judge on a server answered, kept so that no pair is paid for twice."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from claims.models.verdict import LONGEST_JUDGE


class JudgeAnswer(models.Model):
    """What a model wrote of one pair of texts, as it came. It is checked anew whenever it is taken.

    ``key`` is a SHA-256 of everything that the answer depends on (see ``analysis.judges.keeping``); ``judge`` says who
    answered, for people.
    """

    judge = models.CharField(max_length=LONGEST_JUDGE)
    key = models.CharField(max_length=64, unique=True)
    told = models.JSONField()
    answered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(judge=""), name="answer_says_who_gave_it")]

    def __str__(self) -> str:
        return f"{self.judge} {self.key[:12]}"
