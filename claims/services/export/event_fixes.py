"""What people put right by hand, as JSON tells it: fixes with the states of the rows that they touched, and silences.

A fix holds keys of the database in its states (see ``services.ledger``); here they become what a file knows rows by: a
claim its place, a person the account's name, a pair its place in the list of the event's pairs. What has no row any
more has no such name: a claim is null, a pair is left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model

from claims.models import Claim, Event, Fix, Pair, Silence
from claims.services.export.moments import moment

Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Where the rows of an event stand in the lists of its file, by their keys; ``claims`` in document order."""

    pairs: dict[int, int]
    fixes: dict[int, int]

    @classmethod
    def of(cls, event: Event) -> Numbers:
        """Read them: two queries."""
        pairs = Pair.objects.filter(comparison__event=event).order_by("pk").values_list("pk", flat=True)
        fixes = event.fixes.order_by("pk").values_list("pk", flat=True)
        return cls({pk: place for place, pk in enumerate(pairs)}, {pk: place for place, pk in enumerate(fixes)})


def fixes_of(event: Event) -> Iterator[Told]:
    """Yield what was put right by hand, oldest first."""
    found = event.fixes.select_related("actor", "source", "comparison__a", "comparison__b").order_by("pk")
    if not found:
        return
    names = _Names.of(event)
    for fix in found:
        yield names.fix_told(fix)


def silences_of(event: Event) -> Iterator[Told]:
    """Yield of which claims people confirmed that the other side says nothing."""
    found = Silence.objects.filter(comparison__event=event).select_related(
        "comparison__a", "comparison__b", "claim__article", "by"
    )
    ordered = found.defer("claim__article__text").order_by(
        "comparison__a_id", "comparison__b_id", "claim__article_id", "claim__start", "claim__end"
    )
    for one in ordered:
        yield {
            "comparison": [one.comparison.a.slug, one.comparison.b.slug],
            "claim": place_of(one.claim),
            "by": one.by.get_username(),
            "at": moment(one.at),
        }


def place_of(claim: Claim) -> list[object]:
    """Return what a claim is known by: its article's name, its start and its end; of a past one the version, too."""
    place: list[object] = [claim.article.name, claim.start, claim.end]
    return [*place, claim.past_version] if claim.past_version else place


def merged_told(pair: Pair, numbers: Numbers) -> Told | None:
    """Tell that a pair became part of another, and of which, where that one is still there."""
    return _merged(pair.key, pair.merged_into_id, numbers.pairs)


@dataclass(frozen=True, slots=True)
class _Names:
    """What the file calls the rows of an event, by their keys; ``order`` is a claim's place among all."""

    pairs: dict[int, int]
    claims: dict[int, list[object]]
    order: dict[int, int]
    people: dict[int, str]

    @classmethod
    def of(cls, event: Event) -> _Names:
        claims = Claim.objects.filter(article__event=event).in_order().select_related("article")
        places = {claim.pk: place_of(claim) for claim in claims.only("start", "end", "past_version", "article__name")}
        users = get_user_model().objects.values_list("pk", "username")
        order = {pk: number for number, pk in enumerate(places)}
        return cls(Numbers.of(event).pairs, places, order, dict(users))

    def fix_told(self, fix: Fix) -> Told:
        comparison = fix.comparison
        return {
            "kind": fix.kind,
            "comparison": [comparison.a.slug, comparison.b.slug] if comparison else None,
            "source": fix.source.slug if fix.source else None,
            "by": fix.actor.get_username(),
            "at": moment(fix.at),
            "was": fix.was,
            "now": fix.now,
            "before": self._states(fix.before),
            "after": self._states(fix.after),
            "undone_at": moment(fix.undone_at),
        }

    def _states(self, states: Told) -> Told:
        if "silence" in states:
            return {"silence": self._silence(states["silence"])}
        pairs = {self.pairs[int(key)]: state for key, state in states["pairs"].items() if int(key) in self.pairs}
        claims = [(self.order.get(int(key)), int(key), state) for key, state in states["claims"].items()]
        kept = sorted((place, key, state) for place, key, state in claims if place is not None)
        return {
            "pairs": [{"pair": place, "state": self._pair(pairs[place])} for place in sorted(pairs)],
            "claims": [{"claim": self.claims[key], "state": self._claim(state)} for _, key, state in kept],
        }

    def _silence(self, state: Told | None) -> Told | None:
        if state is None:
            return None
        return {"claim": self.claims.get(state["claim"]), **self._by(state["by"], state["at"])}

    def _pair(self, state: Told | None) -> Told | None:
        if state is None:
            return None
        members = sorted(state["members"], key=lambda one: (one[1], self.order.get(one[0], -1)))
        return {
            "score": state["score"],
            "sure": state["sure"],
            "withdrawn": state["withdrawn"],
            "made": self._made(state),
            "merged": _merged(state["key"], state["merged_into"], self.pairs),
            "claims": [
                {"side": side, "claim": self.claims.get(claim), "differing": differing}
                for claim, side, differing in members
            ],
        }

    def _claim(self, state: Told | None) -> Told | None:
        return None if state is None else {"withdrawn": state["withdrawn"], "made": self._made(state)}

    def _made(self, state: Told) -> Told | None:
        return self._by(state["made_by"], state["made_at"]) if state["made_by"] else None

    def _by(self, person: int, at: str) -> Told:
        return {"by": self.people.get(person), "at": moment(dt.datetime.fromisoformat(at))}


def _merged(key: str, into: int | None, pairs: dict[int, int]) -> Told | None:
    if into is None and not key.startswith("~"):
        return None
    return {"into": None if into is None else pairs.get(into)}
