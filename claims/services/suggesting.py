"""Suggest names that texts use for an event's sources and that nobody listed; accept them, or dismiss them for good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from claims.analysis.library import people_in
from claims.analysis.unlisted import Known, Place, unlisted_names
from claims.models import Article, Event, Source, SuggestedName, SuggestedPlace, Term
from claims.models.library import folded
from claims.services.analyse import request_run
from claims.services.ingest import check_sources, draft_of
from claims.services.library.keeping import add_alias
from claims.services.refusals import Refused
from claims.services.renaming import owe_for_names

_State = SuggestedName.State


@transaction.atomic
def suggest_names(event: Event) -> int:
    """Make the event's open suggestions anew from its texts as they are (the worker's part). Return how many.

    What was dismissed stays dismissed. What was accepted comes back only if the name is no source's any more.
    """
    from claims.services.reading import EventRows

    rows = EventRows.of(event)
    found = unlisted_names(rows.as_structure(), list(_known(event)))
    event.suggested_names.filter(state=_State.OPEN).delete()
    decided = {one.folded: one for one in event.suggested_names.all()}
    listed = {folded(name) for source in rows.sources for name in (*source.all_aliases, *source.all_spokespeople)}
    sources = {source.name: source for source in rows.sources}
    articles = {article.name: article for article in rows.articles}
    made = 0
    for one in found:
        key = folded(one.words)[:200]
        before = decided.get(key)
        if before is not None and (before.state == _State.DISMISSED or key in listed):
            continue
        if before is not None:
            before.delete()
        name = SuggestedName.objects.create(
            event=event, words=one.words[:200], folded=key, why=one.why[:500], count=one.count
        )
        name.sources.set([sources[source] for source in one.sources])
        SuggestedPlace.objects.bulk_create(_places(name, one.places, articles))
        made += 1
    return made


@transaction.atomic
def accept_name(suggested: SuggestedName, source: Source, by: AbstractBaseUser, *, everywhere: bool = False) -> None:
    """Make the words a name of a source, and have read again what holds them.

    Args:
        everywhere: keep it in the library, where the source is of it, for all events that use the entry.

    Raises:
        Refused: if it was decided on meanwhile, if the source is of another event, or if another source has the name.
    """
    suggested = _open(suggested)
    if source.event_id != suggested.event_id:
        raise Refused({"": gettext("Choose one of this event’s sources.")})
    drafts = {one.pk: draft_of(one) for one in suggested.event.sources.select_related("entry")}
    taken = [draft for key, draft in drafts.items() if key != source.pk]
    if any(folded(suggested.words) in {folded(name) for name in draft.names()} for draft in taken):
        _refuse_with(check_sources([drafts[source.pk], *taken]))
        raise Refused({"": f"“{suggested.words}” is another source’s name here. Change that source first."})
    if everywhere and source.entry is not None:
        add_alias(source.entry, suggested.words, by)
    elif suggested.words not in source.aliases:
        source.aliases = [*source.aliases, suggested.words]
        source.save(update_fields=["aliases"])
        owe_for_names(suggested.event, [suggested.words])
    suggested.accepted_for = source
    _decide(suggested, _State.ACCEPTED, by)
    request_run(suggested.event)


@transaction.atomic
def dismiss_name(suggested: SuggestedName, by: AbstractBaseUser) -> None:
    """Say that the words name none of the event's sources; they are not proposed here again.

    Raises:
        Refused: if it was decided on meanwhile.
    """
    _decide(_open(suggested), _State.DISMISSED, by)


@transaction.atomic
def reopen_name(suggested: SuggestedName) -> None:
    """Take a dismissal back."""
    dismissed = SuggestedName.objects.filter(pk=suggested.pk, state=_State.DISMISSED)
    dismissed.update(state=_State.OPEN, decided_by=None, decided_at=None)


def _open(suggested: SuggestedName) -> SuggestedName:
    found = SuggestedName.objects.select_for_update(of=("self",)).select_related("event").filter(pk=suggested.pk)
    locked = found.first()
    if locked is None or locked.state != _State.OPEN:
        raise Refused({"": gettext("This was decided meanwhile. Nothing was changed.")})
    return locked


def _decide(suggested: SuggestedName, state: SuggestedName.State, by: AbstractBaseUser) -> None:
    suggested.state, suggested.decided_by_id, suggested.decided_at = state, by.pk, timezone.now()
    suggested.save()


def _refuse_with(problems: dict[str, str]) -> None:
    if problems:
        raise Refused(problems)


def _places(name: SuggestedName, places: Iterable[Place], articles: dict[str, Article]) -> list[SuggestedPlace]:
    return [
        SuggestedPlace(
            name=name,
            article=articles[place.article],
            count=place.count,
            sentence=place.sentence,
            start=place.span.start,
            end=min(place.span.end, len(place.sentence)),
        )
        for place in places
    ]


def _known(event: Event) -> Iterator[Known]:
    """Yield the people who belong to the event's sources by the library at another time, or in other events."""
    sources = list(event.sources.select_related("entry"))
    for source in sources:
        others = Source.objects.filter(name__iexact=source.name, party__iexact=source.party).exclude(event=event)
        for row in others.select_related("event").order_by("-pk")[:20]:
            for person in people_in((), row.spokespeople)[1]:
                yield Known(source.name, person.name, f"speaks for {source.name} in “{row.event.title}”")
        if source.entry is not None:
            at = Q(party=source.entry) | Q(party=source.entry.within_id)
            for term in Term.objects.filter(at).select_related("person"):
                why = f"was {term.title or 'in office'} of {source.name} at another time"
                yield Known(source.name, term.person.name, why)
