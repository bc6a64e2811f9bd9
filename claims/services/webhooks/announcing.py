"""Say what happened, to every address that wants to know.

In a blind event nothing but ids and kinds goes out: an address stands for nobody who has decided, so it is told neither
what others decided nor who they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from claims.models import Event, Pair, Webhook
from claims.models.webhook import Kind
from claims.services.outcomes import batches
from claims.services.webhooks.queueing import queue


def announce(kind: Kind, event: Event, ids: Mapping[str, Any], said: Mapping[str, Any] | None = None) -> None:
    """Queue a message for each address that is told this kind. Takes one query where there is none.

    Args:
        ids: what it is about.
        said: who said what; left out where the event is reviewed blind.
    """
    wanting = [hook for hook in Webhook.objects.on(event) if kind in hook.kinds]
    data = {"event": event.slug, **ids, **({} if event.blind else said or {})}
    for hook in wanting:
        queue(hook, kind, data)


def announce_reviews(pairs: Sequence[int], said: Mapping[str, Any]) -> None:
    """Say of many pairs that they were decided on, or that a decision was taken back: one message for each event."""
    if not pairs or not Webhook.objects.filter(off_at__isnull=True).exists():
        return
    decided: dict[Event, list[int]] = defaultdict(list)
    for some in batches(pairs):
        for pair in Pair.objects.filter(pk__in=some).select_related("comparison__event").order_by("pk"):
            decided[pair.comparison.event].append(pair.pk)
    for event, keys in decided.items():
        announce(Kind.PAIR_REVIEWED, event, {"pairs": keys}, said)
