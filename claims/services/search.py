"""Find claims by what was typed, complete what is being typed, and keep searches under a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import reduce
from operator import or_

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext, gettext_noop

from claims.models import Claim, Event, Lone, Pair, PairClaim, SavedSearch, Source
from claims.models.claim import ClaimQuerySet
from claims.models.index import rebuild_index
from claims.models.viewer import EVERYTHING, Viewer
from claims.services.query import ONLY, REASONS, RELATIONS, Key, Query, parse, quoted
from claims.services.refusals import Refused

MOST_COMPLETIONS = 12
_MOST_SAVED = 100
_MOST_NAMED = 500  # sources or events that a completion or a hint looks at
_UNKNOWN = {
    Key.SOURCE: gettext_noop("No source is called “%(value)s”. %(hint)s"),
    Key.PARTY: gettext_noop("No side is called “%(value)s”. %(hint)s"),
    Key.EVENT: gettext_noop("No event is called “%(value)s”. %(hint)s"),
}


def find(query: Query, viewer: Viewer = EVERYTHING, *, words: bool = True) -> ClaimQuerySet:
    """Return the current claims that a query asks for, unsorted; without its words only what its filters keep.

    What is hidden from somebody in a blind event is not looked for either.

    Raises:
        Refused: if a part of it was not understood, or names what there is not.
    """
    problems = [*query.problems, *_unknown(query)]
    if problems:
        raise Refused({str(number): problem for number, problem in enumerate(problems)})
    found = _kept(query, viewer) if query.filters else Claim.objects.current()
    return found.saying(query.terms) if words else found.saying([term for term in query.terms if term.absent])


def complete(typed: str) -> list[str]:
    """Return what the last word that is being typed could become, each time with all that stands before it."""
    before, _, last = typed.rpartition(" ")
    sign = "-" if last.startswith("-") else ""
    key, colon, begun = last.removeprefix("-").partition(":")
    if not colon:
        found = [f"{one.value}:" for one in Key if one.value.startswith(key.lower())]
        values = _named(Key.SOURCE, key)[:MOST_COMPLETIONS] if key else []
        found += [f"{Key.SOURCE}:{value}" for value in values]
    elif key.lower() in set(Key):
        found = [f"{key}:{quoted(value)}" for value in _values(Key(key.lower()), begun.strip('"'))]
    else:
        found = []
    start = f"{before} {sign}" if before else sign
    return [f"{start}{one}" for one in found[:MOST_COMPLETIONS]]


@transaction.atomic
def save_search(user: AbstractBaseUser, *, name: str, query: str, meaning: bool) -> SavedSearch:
    """Keep a search under a name.

    Raises:
        Refused: if it has no name or asks for nothing, or the name is taken by another of this person's searches.
    """
    name, told = " ".join(name.replace("\0", " ").split()), parse(query)
    if told.is_empty or told.problems:
        raise Refused({"name": gettext("Only a search that finds something can be saved: put it right first.")})
    if not name:
        raise Refused({"name": gettext("Give the search a name, so that you find it again.")})
    if len(name) > 100:
        raise Refused({"name": gettext("This name is too long: keep it under 100 characters.")})
    own = SavedSearch.objects.filter(user_id=user.pk)
    if own.filter(name=name).exists():
        raise Refused(
            {
                "name": gettext(
                    "You have saved a search as “%(name)s” already. Choose another name, or delete that one."
                )
                % {"name": name}
            }
        )
    if own.count() >= _MOST_SAVED:
        raise Refused(
            {
                "name": gettext("You have saved %(most_saved)s searches. Delete one that you no longer need.")
                % {"most_saved": _MOST_SAVED}
            }
        )
    return SavedSearch.objects.create(user_id=user.pk, name=name, query=told.typed, meaning=meaning)


def rebuild() -> int:
    """Make the index of words anew. Return how many claims there are."""
    rebuild_index()
    return Claim.objects.count()


def embed_missing() -> int:
    """Compute the vectors that claims lack, event by event. Return how many events there are."""
    from claims.services.matching import embed_claims

    events = Event.objects.all()
    for event in events:
        embed_claims(event, beat=lambda: None)
    return len(events)


def _kept(query: Query, viewer: Viewer) -> ClaimQuerySet:
    claims = found = Claim.objects.current().attributed().dated()
    for condition in _conditions(query, viewer, absent=False):
        found = found.filter(condition)
    for condition in _conditions(query, viewer, absent=True):
        # Not the condition's opposite: a claim of nobody who is compared is not of this source either.
        found = found.exclude(pk__in=claims.filter(condition).values("pk"))
    return found


def _conditions(query: Query, viewer: Viewer, *, absent: bool) -> Iterable[Q]:
    """Yield one condition for each key that is used; several values of one key are alternatives."""
    if sources := query.values(Key.SOURCE, absent=absent):
        yield reduce(or_, map(_of_source, sources))
    if parties := query.values(Key.PARTY, absent=absent):
        yield Q(attributed_to__in=Source.objects.filter(_any("party__icontains", parties)).values("pk"))
    if events := query.values(Key.EVENT, absent=absent):
        yield Q(article__event__in=Event.objects.filter(_of_event(events)).values("pk"))
    relations, reasons = (query.values(key, absent=absent) for key in (Key.RELATION, Key.REASON))
    if relations or reasons:
        yield _related(relations, reasons, viewer)
    for one in query.filters:
        if one.absent is absent and one.key is Key.BEFORE:
            yield Q(said_on__lt=one.day)
        if one.absent is absent and one.key is Key.AFTER:
            yield Q(said_on__gt=one.day)


def _of_source(value: str) -> Q:
    """Keep what a source says whose name or address holds the value, or anybody else of such a name."""
    named = Source.objects.filter(_source(value)).values("pk")
    corrected = Q(standing_correction__isnull=False, standing_correction__voice__icontains=value)
    return Q(attributed_to__in=named) | corrected | Q(standing_correction__isnull=True, voice__icontains=value)


def _source(value: str) -> Q:
    return Q(slug__icontains=value) | Q(name__icontains=value)


def _of_event(values: Sequence[str]) -> Q:
    return _any("slug__icontains", values) | _any("title__icontains", values)


def _related(relations: Sequence[str], reasons: Sequence[str], viewer: Viewer) -> Q:
    """Keep claims of a standing pair that has one of the relations and one of the reasons; or that stand alone."""
    pairs = Pair.objects.standing(viewer)
    if shown := [relation for relation in relations if relation != ONLY]:
        pairs = pairs.filter(shown__in=shown)  # type: ignore[misc]
    if reasons:
        # Where people said that a pair agrees, the pages show no reasons either.
        pairs = pairs.filter(verdict__reasons__kind__in=reasons).exclude(shown="agree")  # type: ignore[misc]
    found = Q(pk__in=PairClaim.objects.filter(pair__in=pairs.values("pk")).values("claim"))
    alone = Q(pk__in=Lone.objects.standing(viewer).values("claim"))
    if not relations or ONLY not in relations:
        return found
    return found | alone if shown else alone


def _any(lookup: str, values: Iterable[str]) -> Q:
    return reduce(or_, (Q(**{lookup: value}) for value in values))


def _unknown(query: Query) -> Iterable[str]:
    """Yield a sentence for each source, side and event that there is not."""
    for one in query.filters:
        if one.key in _UNKNOWN and not _exists(one.key, one.value):
            known = _named(one.key, "")
            words = {word for value in known for word in re.split(r"[\s-]+", value) if len(word) > 3}
            near = get_close_matches(one.value.lower(), [*known, *sorted(words)], n=1, cutoff=0.7)
            hint = (
                gettext("Did you mean %(key)s:%(near)s?") % {"key": one.key, "near": quoted(near[0])}
                if near
                else _first(one.key, known)
            )
            yield gettext(_UNKNOWN[one.key]) % {"value": one.value, "hint": hint}


def _first(key: Key, known: Sequence[str]) -> str:
    listed = ", ".join(f"{key}:{quoted(value)}" for value in known[:3])
    if not known:
        return gettext("There is none yet.")
    told = gettext("There is %(listed)s and others.") if len(known) > 3 else gettext("There is %(listed)s.")
    return told % {"listed": listed}


def _exists(key: Key, value: str) -> bool:
    match key:
        case Key.SOURCE:
            return Source.objects.filter(_source(value)).exists() or Claim.objects.filter(_of_voice(value)).exists()
        case Key.PARTY:
            return Source.objects.filter(party__icontains=value).exists()
    return Event.objects.filter(_of_event([value])).exists()


def _of_voice(value: str) -> Q:
    return Q(voice__icontains=value) | Q(standing_correction__voice__icontains=value)


def _values(key: Key, begun: str) -> list[str]:
    """Return what can stand after a key and holds what was begun."""
    if key in _UNKNOWN:
        return _named(key, begun)
    fixed = {Key.RELATION: RELATIONS, Key.REASON: REASONS}.get(key, ())
    return [value for value in fixed if value.startswith(begun.lower())]


def _named(key: Key, begun: str) -> list[str]:
    """Return the names of sources, sides or events that hold what was begun."""
    sources = Source.objects.order_by("pk")
    match key:
        case Key.SOURCE:
            found = list(sources.filter(_source(begun)).values_list("slug", flat=True)[:_MOST_NAMED])
        case Key.PARTY:
            named = sources.filter(party__icontains=begun).exclude(party="")
            found = [party.lower() for party in named.values_list("party", flat=True)[:_MOST_NAMED]]
        case _:
            events = Event.objects.filter(_of_event([begun])).order_by("-date", "-pk")
            found = list(events.values_list("slug", flat=True)[:_MOST_NAMED])
    return list(dict.fromkeys(found))
