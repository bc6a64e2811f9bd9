"""Rounds: a reviewer's way through a selection of pairs, in an order that stays while it lasts."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import models

from claims.models.pair import Pair, PairQuerySet

LONGEST_KEY = 600
_LOOKED_AT_FIRST = 100


class Round(models.Model):
    """The order in which somebody works through a selection, and the pair that they are at.

    ``selection`` is the queue's query string. ``order`` are ids of pairs; it only grows at its end, so that nothing
    jumps while somebody works, whatever a new matching makes of the scores. It is one value of the row because it is
    read whole, by its owner alone; what is gone from the pairs is passed over.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="rounds")
    selection = models.CharField(max_length=LONGEST_KEY, blank=True)
    order = models.JSONField(default=list)
    at = models.ForeignKey(Pair, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-touched_at"]
        constraints = [models.UniqueConstraint(fields=["user", "selection"], name="round_once_for_user_and_selection")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.selection or 'everything'}"

    def place_of(self, pair_id: int) -> int:
        """Return the place of a pair in the order, or -1 for one that is not in it."""
        try:
            place: int = self.order.index(pair_id)
        except ValueError:
            return -1
        return place

    def previous_of(self, standing: PairQuerySet, before: int) -> int | None:
        """Return the pair that comes just before another one, decided or not, if it still stands."""
        earlier = self.order[: max(0, self.place_of(before))][::-1][:_LOOKED_AT_FIRST]
        return _first(earlier, standing.filter(pk__in=earlier).values_list("pk", flat=True))

    def next_of(self, waiting: PairQuerySet, *, after: int | None = None) -> int | None:
        """Return the first pair behind ``after`` (or of all) that is among those that wait, in at most two queries."""
        left = self.order[self.place_of(after) + 1 :] if after is not None else self.order
        near, far = left[:_LOOKED_AT_FIRST], left[_LOOKED_AT_FIRST:]
        found = _first(near, waiting.filter(pk__in=near).values_list("pk", flat=True))
        if found is None and far:
            found = _first(far, waiting.values_list("pk", flat=True))
        return found


def _first(order: Iterable[int], found: Iterable[int]) -> int | None:
    kept = set(found)
    return next((one for one in order if one in kept), None)
