"""What new names of a source, or names that it loses, make the machine owe: no more than they can touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q

from claims.analysis.naming import split_title
from claims.models import Claim, Event

_MOST_LOOKED_FOR = 30  # names: with more of them every article is read again


def owe_for_names(event: Event, names: Sequence[str]) -> None:
    """Have the articles read again that hold any of the names, and what they are compared in matched again.

    A name with a title ("President Li") tells who "the president" is, in whatever text: then all articles are read.
    Reading finds by itself which claims change hands; matched again are also comparisons of claims that hold the names,
    since who is meant in a claim is a part of what it says.
    """
    if not names:
        return
    articles = event.articles.all()
    if len(names) > _MOST_LOOKED_FOR or any(split_title(name)[0] for name in names):
        articles.update(read_at=None)
        return
    articles.filter(_holds(names)).update(read_at=None)
    claims = Claim.objects.current().filter(_holds(names), article__event=event)
    claims = claims.select_related("source", "standing_correction__source").defer("text")
    sources = {claim.standing_source for claim in claims} - {None}
    if sources:
        event.owe_matching(*sources)


def _holds(names: Iterable[str]) -> Q:
    found = Q(pk=None)
    for name in names:
        found |= Q(text__contains=name.removeprefix("the ").removeprefix("The "))
    return found
