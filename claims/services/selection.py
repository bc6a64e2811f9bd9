"""Which pairs a reviewer works through, and in which order, as the queue's address says it."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, replace
from typing import Self
from urllib.parse import urlencode

from django.db.models import Case, Exists, F, IntegerField, Min, OuterRef, Q, Value, When
from django.http import QueryDict
from django.utils.translation import gettext_noop

from claims.models import Assignment, Pair, Reason, Review, Viewer
from claims.models.pair import MOST_UNCERTAIN, Outcome, PairQuerySet
from claims.models.round import LONGEST_KEY
from claims.models.verdict import REASON_KINDS, RELATIONS

SCORES = {"sure": gettext_noop("sure matches"), "suggested": gettext_noop("suggested matches")}
STATES = {
    "stale": gettext_noop("text changed since decided"),
    "open": gettext_noop("decided by nobody"),
    "disputed": gettext_noop("reviewers differ"),
    "waiting": gettext_noop("not decided by whom it is assigned to"),
    "mine": gettext_noop("decided by me"),
    "undecided": gettext_noop("not decided by me"),
}
ASSIGNEES = {"mine": gettext_noop("assigned to me"), "nobody": gettext_noop("assigned to nobody")}
SOMEBODY = "@"  # before the name of a person whose pairs are asked for
ORDERS = {
    "diverge": gettext_noop("divergences first"),
    "match": gettext_noop("least certain matches first"),
    "text": gettext_noop("as in the texts"),
}
_STALE_FIRST = F("seen_stale").desc()
_ALLOWED = {
    "relation": {value for value, _ in RELATIONS},
    "reason": {value for value, _ in REASON_KINDS},
    "score": SCORES,
    "state": STATES,
    "order": ORDERS,
}


@dataclass(frozen=True, slots=True)
class Selection:
    """What narrows and orders the queue; an empty field leaves it open, and the most uncertain pairs come first.

    ``event`` and ``source`` are slugs, ``relation`` and ``reason`` what the machine says, ``score`` sure or suggested,
    ``state`` whom a pair waits for: this reviewer if empty, anybody (``open``), reviewers that differ, or whoever
    decides anew where the text changed (``stale``), or those to whom it is assigned (``waiting``). In the list, where
    nothing waits, an empty state is any; ``undecided`` is there what empty is in the queue. ``assignee`` is whose a
    pair is to decide: ``mine``, ``nobody`` or a name with an "@" before it. ``least`` and ``most`` bound the score of
    the match ("0.45"; a pair made by hand has none), ``since`` and ``until`` the event's day ("2031-04-08").
    """

    event: str = ""
    source: str = ""
    relation: str = ""
    reason: str = ""
    score: str = ""
    state: str = ""
    assignee: str = ""
    least: str = ""
    most: str = ""
    since: str = ""
    until: str = ""
    order: str = ""

    @classmethod
    def of(cls, told: QueryDict) -> Self:
        """Read it from an address; what is no choice there is left open."""
        found = cls(**{name: told.get(name, "") for name in cls.__dataclass_fields__})
        odd = {name: "" for name, allowed in _ALLOWED.items() if getattr(found, name) not in allowed}
        if found.assignee not in ASSIGNEES and not found.assignee.startswith(SOMEBODY):
            odd["assignee"] = ""
        odd |= {name: "" for name in ("least", "most") if _score(getattr(found, name)) is None}
        odd |= {name: "" for name in ("since", "until") if _day(getattr(found, name)) is None}
        return replace(found, **odd)

    @property
    def kept(self) -> dict[str, str]:
        """Return what an address has to say to mean the same selection."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def query(self) -> str:
        """Return it as a query string without its question mark."""
        return urlencode(self.kept)

    @property
    def key(self) -> str:
        """Return what a reviewer's round through it is known by."""
        return self.query[:LONGEST_KEY]

    @property
    def is_narrow(self) -> bool:
        """Tell whether it leaves any pair out."""
        return bool(self.kept.keys() - {"order"})

    def pairs(self, viewer: Viewer) -> PairQuerySet:
        """Return the selected pairs as somebody may see them, decided ones too.

        Withdrawn ones are left out, save those that wait to be decided anew.
        """
        found = self._assigned(Pair.objects.reviewable(viewer), viewer)
        if self.event:
            found = found.filter(comparison__event__slug=self.event)
        if self.source:
            found = found.filter(Q(comparison__a__slug=self.source) | Q(comparison__b__slug=self.source))
        if self.relation:
            found = found.filter(verdict__relation=self.relation)
        if self.reason:
            found = found.filter(Exists(Reason.objects.filter(verdict__pair=OuterRef("pk"), kind=self.reason)))
        if self.score:
            found = found.filter(sure=self.score == "sure")
        found = found.filter(*self._within())
        if self.state == "stale":
            return found.filter(Q(seen_stale=True))
        if self.state == "waiting":
            return found.filter(self._to_do())
        return found.filter(Q(seen_outcome=Outcome.DISPUTED)) if self.state == "disputed" else found

    def ordered(self, viewer: Viewer) -> PairQuerySet:
        """Return the selected pairs in order."""
        return self._in_order(self.pairs(viewer))

    def waiting(self, viewer: Viewer) -> PairQuerySet:
        """Return all pairs, selected or not, that are in the state in which a pair waits here for this reviewer.

        A final verdict leaves nothing to decide; one whose text changed since waits for those who adjudicate. Where
        reviewers differ, a pair waits until they agree, for those who decided too, and so does one whose text changed
        since, until somebody decides anew. What is assigned to somebody waits for them even where others have rejected
        it.
        """
        found = self._assigned(Pair.objects.reviewable(viewer), viewer)
        stale = Q(seen_stale=True) if viewer.sees_all else Q(seen_stale=True, final=False)
        if self.state == "stale":
            return found.filter(stale)
        found = found.filter(Q(final=False) | stale)
        if self.state == "mine":
            # What one rejected oneself can be looked at again.
            return found.decided_by(viewer.pk)
        if self.assignee != "mine":
            found = found.exclude(Q(seen_outcome=Outcome.NO_MATCH, seen_stale=False))
        if self.state == "disputed":
            return found.filter(Q(seen_outcome=Outcome.DISPUTED))
        if self.state == "waiting":
            return found.filter(self._to_do())
        if self.state == "open" or viewer.pk is None:
            return found.filter(Q(seen_outcome=Outcome.UNDECIDED))
        return found.filter(stale) | found.undecided_by(viewer.pk)

    def listed(self, viewer: Viewer) -> PairQuerySet:
        """Return the selected pairs that are in the selection's state, in order."""
        found = self.pairs(viewer)
        match self.state:
            case "open":
                found = found.filter(Q(seen_outcome=Outcome.UNDECIDED))
            case "mine":
                found = found.decided_by(viewer.pk)
            case "undecided" if viewer.pk is not None:
                found = found.undecided_by(viewer.pk)
        return self._in_order(found)

    def _assigned(self, pairs: PairQuerySet, viewer: Viewer) -> PairQuerySet:
        assigned = Assignment.objects.filter(pair=OuterRef("pk"))
        match self.assignee:
            case "mine":
                return pairs.filter(Exists(assigned.filter(reviewer_id=viewer.pk or 0)))
            case "nobody":
                return pairs.filter(~Exists(assigned))
            case "":
                return pairs
        return pairs.filter(Exists(assigned.filter(reviewer__username=self.assignee.removeprefix(SOMEBODY))))

    def _within(self) -> list[Q]:
        """Return the bounds of scores and days."""
        bounds = {
            "score__gte": _score(self.least),
            "score__lte": _score(self.most),
            "comparison__event__date__gte": _day(self.since),
            "comparison__event__date__lte": _day(self.until),
        }
        return [Q(**{name: value}) for name, value in bounds.items() if value is not None]

    def _to_do(self) -> Q:
        """Return the condition under which a pair waits for somebody to whom it is assigned.

        What is hidden from who looks waits as far as they may know.
        """
        assigned = Assignment.objects.filter(pair=OuterRef("pk"))
        if self.assignee.startswith(SOMEBODY):
            assigned = assigned.filter(reviewer__username=self.assignee.removeprefix(SOMEBODY))
        done = Review.objects.filter(pair=OuterRef("pair"), reviewer=OuterRef("reviewer"))
        return Q(Exists(assigned.filter(~Exists(done)))) | Q(Exists(assigned), hidden=True)

    def _in_order(self, pairs: PairQuerySet) -> PairQuerySet:
        """Sort by what no decision changes, so that nothing jumps while somebody works; first those decided before."""
        match self.order:
            case "diverge":
                first = Case(
                    When(verdict__relation="diverge", then=Value(0)), default=Value(1), output_field=IntegerField()
                )
                return pairs.annotate(rank=first).order_by(_STALE_FIRST, "rank", *MOST_UNCERTAIN)
            case "match":
                return pairs.order_by(_STALE_FIRST, "score", "pk")
            case "text":
                place = Min("members__claim__start", filter=Q(members__side="a"))
                return pairs.annotate(place=place).order_by(
                    _STALE_FIRST, "comparison__event__title", F("comparison"), F("place"), "pk"
                )
        return pairs.order_by(_STALE_FIRST, *MOST_UNCERTAIN)


def _score(text: str) -> float | None:
    """Return a score from 0 to 1, or None for anything else."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if 0 <= found <= 1 else None


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
