"""Take an item of a feed into an event, through a draft and a snapshot as every page, or dismiss it."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from claims.models import Draft, Event, FeedItem, FeedRule
from claims.services.incoming.deliver import Told, deliver_page
from claims.services.refusals import Refused

_State = FeedItem.State
_DECIDED = gettext_noop("This was decided meanwhile. Nothing was changed.")


def accept_item(item: FeedItem, event: Event, by: AbstractBaseUser, *, rule: FeedRule | None = None) -> Draft:
    """Fetch an item's page for an event; it waits there as a draft, to be looked through and added.

    Raises:
        Refused: if it was decided meanwhile, or if its page cannot be fetched; then it stays to be decided.
    """
    if not FeedItem.objects.filter(pk=item.pk, state=_State.NEW).exists():
        raise Refused({"": gettext(_DECIDED)})
    published = item.published.date() if item.published else None
    try:
        draft = deliver_page(event, by, item.url, Told(item.feed.publisher, published))
    except Refused as refused:
        raise Refused({"": f"“{item}” could not be fetched. {refused}"}) from None
    with transaction.atomic():
        waiting = FeedItem.objects.filter(pk=item.pk, state=_State.NEW)
        decided = {"event": event, "draft": draft, "rule": rule, "decided_by": by, "decided_at": timezone.now()}
        if not waiting.update(state=_State.ACCEPTED, **decided):
            draft.delivery.delete()
            raise Refused({"": gettext(_DECIDED)})
        if item.title and not draft.title and draft.is_open:
            draft.title = item.title
            draft.save(update_fields=["title"])
    return draft


def dismiss_item(item: FeedItem, by: AbstractBaseUser) -> None:
    """Let an item be; it is not shown as new again.

    Raises:
        Refused: if it was decided meanwhile.
    """
    waiting = FeedItem.objects.filter(pk=item.pk, state=_State.NEW)
    if not waiting.update(state=_State.DISMISSED, decided_by=by, decided_at=timezone.now()):
        raise Refused({"": gettext(_DECIDED)})


def dismiss_all(keys: Sequence[int], by: AbstractBaseUser) -> int:
    """Let all of these items be that still wait. Return how many those were."""
    waiting = FeedItem.objects.filter(pk__in=keys, state=_State.NEW)
    return waiting.update(state=_State.DISMISSED, decided_by=by, decided_at=timezone.now())


def take_back(item: FeedItem) -> None:
    """Have a dismissed item wait for a decision again."""
    dismissed = FeedItem.objects.filter(pk=item.pk, state=_State.DISMISSED)
    dismissed.update(state=_State.NEW, decided_by=None, decided_at=None)
