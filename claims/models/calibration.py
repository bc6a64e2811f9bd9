"""Calibrations: how the machine's scores are read here, by people's decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Calibration(models.Model):
    """One fit that was put to use; without one in use, scores are read as they come.

    ``model`` is the encoder whose scores it reads, and holds for no other's. ``by`` is empty where a command applied
    it. Rows are kept, so that an earlier one can be gone back to.
    """

    fitted_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    model = models.CharField(max_length=200)
    decisions = models.PositiveIntegerField()
    intercept = models.FloatField()
    slope = models.FloatField()
    suggested = models.FloatField()
    sure = models.FloatField()
    in_use = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["in_use"], condition=Q(in_use=True), name="calibration_one_in_use"),
            models.CheckConstraint(condition=Q(slope__gt=0), name="calibration_keeps_the_order_of_scores"),
            models.CheckConstraint(
                condition=Q(suggested__range=(0, 1), sure__range=(0, 1), suggested__lte=F("sure")),
                name="calibration_is_sure_of_what_it_suggests",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fitted_at:%Y-%m-%d %H:%M}, {self.decisions} decisions"
