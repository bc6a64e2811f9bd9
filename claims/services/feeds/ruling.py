"""Rules of a feed: items that name all of some parties go to an event by themselves, in the name of who made the rule.

What a rule would do is shown before it is switched on, by the same function that decides later. Each time it acts, and
each time it cannot, is written down.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext

from claims.models import Draft, Event, Feed, FeedItem, FeedRule, Party, RuleApplication
from claims.models.feed import LONGEST_OUTCOME
from claims.services.feeds.deciding import accept_item
from claims.services.feeds.placing import names, names_of_party
from claims.services.incoming.deliver import add_draft
from claims.services.ingest import SourceDraft, add_event
from claims.services.refusals import Refused

MOST_SHOWN = 200  # newest items that a rule is tried on
MOST_AT_ONCE = 10  # items that one look at a feed takes in by rules: a feed that runs wild fills no event
_SAME_CALL = dt.timedelta(days=1)
_NO_ROLE = "Not taken: {by}, who made the rule, may not add articles any more."
_MANY = "Not taken: more than {most} items fitted at once. Decide on it by hand."


def make_rule(feed: Feed, by: AbstractBaseUser, *, wanted: Sequence[str], event: Event | None) -> FeedRule:
    """Store a rule, switched off.

    Raises:
        Refused: if it names fewer than two parties: one alone is in too many texts.
    """
    told = list(dict.fromkeys(name.strip() for name in wanted if name.strip()))
    if len(told) < 2:
        raise Refused({"names": gettext("Name two parties at least, for instance “Kremlin, White House”.")})
    return FeedRule.objects.create(feed=feed, names=told, event=event, by_id=by.pk)


def switch_rule(rule: FeedRule, *, on: bool) -> None:
    """Switch a rule on or off. It acts on items that come from then on."""
    FeedRule.objects.filter(pk=rule.pk).update(active=on)


def fitting(rule: FeedRule, items: Iterable[FeedItem]) -> list[FeedItem]:
    """Return the items that a rule is about: those that name all of its parties, by any name that the library has."""
    called = [_called(name) for name in rule.names]
    return [item for item in items if all(names(item.text, forms) for forms in called)]


def tried(rule: FeedRule) -> list[FeedItem]:
    """Return the feed's newest items that the rule would have taken."""
    return fitting(rule, rule.feed.items.order_by("-at", "-pk")[:MOST_SHOWN])


def apply_rules(feed: Feed, items: Sequence[FeedItem]) -> int:
    """Let the feed's rules take new items in. Return how many they took."""
    taken, acted = 0, 0
    for rule in feed.rules.filter(active=True).select_related("event", "feed"):
        for item in fitting(rule, items):
            acted += 1
            taken += _apply(rule, item, too_many=acted > MOST_AT_ONCE)
    return taken


def _apply(rule: FeedRule, item: FeedItem, *, too_many: bool) -> bool:
    by = get_user_model().objects.get(pk=rule.by_id)
    told, event = "", None
    if not by.is_active or not by.has_perm("claims.add_article"):
        told = _NO_ROLE.format(by=by.get_username())
    elif too_many:
        told = _MANY.format(most=MOST_AT_ONCE)
    else:
        try:
            event, told = _taken(rule, item, by)
        except Refused as refused:
            told = f"Not taken: {refused}"
    RuleApplication.objects.get_or_create(
        rule=rule, item=item, defaults={"event": event, "told": told[:LONGEST_OUTCOME]}
    )
    return event is not None


def _taken(rule: FeedRule, item: FeedItem, by: AbstractBaseUser) -> tuple[Event, str]:
    """Take an item in and add its article, where nothing is lacking. Return the event and what was done."""
    made = rule.event is None and _made_for(rule, item) is None
    event = rule.event or _made_for(rule, item) or _new_event(rule, item)
    try:
        draft = accept_item(item, event, by, rule=rule)
    except Refused:
        if made:
            event.delete()
        raise
    where = f"a new event, “{event}”" if made else f"“{event}”"
    if draft.state == Draft.State.REFUSED:
        return event, f"Brought to {where}, where its page could not be read: {draft.problem}"
    try:
        add_draft(draft, by)
    except Refused as refused:
        return event, f"Brought to {where} as a draft; it lacks something: {refused}"
    return event, f"Added to {where}."


def _made_for(rule: FeedRule, item: FeedItem) -> Event | None:
    """Return the event that this rule made for another item of the same days."""
    day = item.at.date()
    made = Event.objects.filter(feed_items__rule=rule, date__range=(day - _SAME_CALL, day + _SAME_CALL))
    return made.order_by("-date", "pk").first()


@transaction.atomic
def _new_event(rule: FeedRule, item: FeedItem) -> Event:
    """Make an event of the parties that a rule names, as the library has them."""
    sources = []
    for name in rule.names:
        found = list(Party.objects.called(name)[:2])
        entry = found[0] if len(found) == 1 else None
        sources.append(SourceDraft(entry.name if entry else name, entry.side if entry else "", entry=entry))
    return add_event(title=item.title or str(rule), date=item.at.date(), sources=sources)


def _called(name: str) -> list[str]:
    """Return all names of a party that the library has, and of who is in it; else the name alone."""
    found = list(Party.objects.called(name).prefetch_related("terms__person")[:2])
    if len(found) != 1:
        return [name]
    return [name, *names_of_party(found[0])]
