"""Share an event's pairs out among reviewers, and take back what is not decided yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext, gettext_noop

from claims.models import Assignment, Change, Event, Pair, Review
from claims.models.assignment import reviewers
from claims.models.pair import PairQuerySet
from claims.services.refusals import Refused, Stale
from claims.services.threads import cut

_CHANGED = gettext_noop("Somebody else has assigned pairs of this event while you chose.")
_NONE_LEFT = gettext_noop(
    "Nothing is left to assign by this choice: it holds no pair, or its pairs have reviewers enough."
)
_AT_ONCE = 500

WHICH = {
    "": gettext_noop("all pairs"),
    "open": gettext_noop("decided by nobody"),
    "disputed": gettext_noop("reviewers differ"),
    "nobody": gettext_noop("assigned to nobody"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is to decide on which pair: ``shares`` in the order of the pairs; ``full`` had reviewers enough before.

    ``short`` are pairs for which there are fewer of the chosen reviewers than were asked for.
    """

    shares: tuple[tuple[int, int], ...]
    full: int
    short: int

    @property
    def load(self) -> Counter[int]:
        """Return how many pairs each reviewer is given."""
        return Counter(reviewer for _, reviewer in self.shares)


def share_out(
    pairs: Iterable[int],
    people: Sequence[int],
    *,
    per_pair: int,
    covered: Mapping[int, set[int]],
    load: Mapping[int, int],
) -> Plan:
    """Share pairs out so that each has ``per_pair`` reviewers and everybody has about as much to do.

    Each pair goes to those who have least so far. Of equals, who stands with whom turns from pair to pair, so that
    every two reviewers meet on some pairs: agreement is measured on those.

    Args:
        covered: by pair, who has it already, assigned or decided; they count and are not given it again.
        load: by reviewer, how many pairs wait for them already.
    """
    loads = {person: load.get(person, 0) for person in people}
    met: Counter[frozenset[int]] = Counter()
    shares: list[tuple[int, int]] = []
    full = short = 0
    for pair in pairs:
        has = set(covered.get(pair, ()))
        wanted = per_pair - len(has)
        full += wanted <= 0
        for _ in range(max(0, wanted)):
            left = [person for person in people if person not in has]
            if not left:
                short += 1
                break
            chosen = _least(left, has, loads, met)
            met.update(frozenset((chosen, one)) for one in has)
            has.add(chosen)
            loads[chosen] += 1
            shares.append((pair, chosen))
    return Plan(tuple(shares), full, short)


def _least(left: Sequence[int], has: set[int], loads: Mapping[int, int], met: Mapping[frozenset[int], int]) -> int:
    """Return who has least to do, and of several the one who has least met those that the pair has already."""
    return min(left, key=lambda person: (loads[person], sum(met[frozenset((person, one))] for one in has)))


def plan(pairs: PairQuerySet, people: Sequence[int], *, per_pair: int) -> Plan:
    """Say how the pairs would be shared out; changes nothing.

    Raises:
        Refused: if nobody or somebody who may not review is chosen, more reviewers a pair than may review, or nothing
            is left to share out.
    """
    known = set(reviewers().values_list("pk", flat=True))
    problems = {}
    if not people or not known.issuperset(people):
        problems["people"] = gettext("Choose who is to review, from the list.")
    if not 1 <= per_pair <= max(1, len(known)):
        problems["per_pair"] = gettext(
            "Choose how many reviewers each pair gets: from 1 to %(known)s, all that there are."
        ) % {"known": len(known)}
    if problems:
        raise Refused(problems)
    covered: dict[int, set[int]] = defaultdict(set)
    for rows in (Assignment.objects, Review.objects):
        for pair, reviewer in rows.filter(pair__in=pairs).values_list("pair", "reviewer"):
            covered[pair].add(reviewer)
    load = Counter(Assignment.objects.waiting().filter(reviewer__in=people).values_list("reviewer", flat=True))
    keys = pairs.values_list("pk", flat=True)
    made = share_out(keys, sorted(people), per_pair=per_pair, covered=covered, load=load)
    if not made.shares:
        raise Refused({"": gettext(_NONE_LEFT)})
    return made


@transaction.atomic
def assign(
    event: Event, editor: AbstractBaseUser, pairs: PairQuerySet, people: Sequence[int], *, per_pair: int, version: int
) -> Plan:
    """Share the pairs out and write it down.

    Args:
        version: ``event.shared_out`` as the editor saw it.

    Raises:
        Stale: if somebody assigned pairs of the event since.
        Refused: as ``plan``.
    """
    _take_turn(event, version)
    made = plan(pairs, people, per_pair=per_pair)
    names = dict(reviewers().filter(pk__in=people).values_list("pk", "username"))
    rows = [Assignment(pair_id=pair, reviewer_id=reviewer, by_id=editor.pk) for pair, reviewer in made.shares]
    Assignment.objects.bulk_create(rows, batch_size=_AT_ONCE)
    log(editor, Change.What.ASSIGNED, [(row.pair_id, names[row.reviewer_id]) for row in rows], about=event.title)
    return made


@transaction.atomic
def take_back(event: Event, editor: AbstractBaseUser, reviewer_id: int, *, version: int) -> int:
    """Take from a reviewer the event's pairs that they have not decided. Return how many.

    Raises:
        Stale: if somebody assigned pairs of the event since.
    """
    _take_turn(event, version)
    waiting = Assignment.objects.waiting().filter(reviewer=reviewer_id, pair__comparison__event=event)
    rows = list(waiting.select_related("reviewer"))
    Assignment.objects.filter(pk__in=[row.pk for row in rows]).delete()
    told = [(row.pair_id, row.reviewer.get_username()) for row in rows]
    log(editor, Change.What.UNASSIGNED, told, about=event.title)
    return len(rows)


def _take_turn(event: Event, version: int) -> None:
    """Count one more sharing out, provided that nobody else did since this version."""
    if not Event.objects.filter(pk=event.pk, shared_out=version).update(shared_out=F("shared_out") + 1):
        raise Stale(gettext(_CHANGED))


def log(
    editor: AbstractBaseUser,
    what: Change.What,
    told: Sequence[tuple[int, str]],
    *,
    about: str,
    takes_back: bool = False,
) -> None:
    """Note in the history who was given which pair, or no longer; several at once are one entry with parts."""
    names = cut(", ".join(sorted({name for _, name in told})))
    size = len({pair for pair, _ in told})
    whole = None
    if len(told) > 1:
        whole = Change.objects.create(
            actor_id=editor.pk, what=what, size=size, after=names, about=about, takes_back=takes_back
        )
    rows = [
        Change(pair_id=pair, part_of=whole, actor_id=editor.pk, what=what, after=name, takes_back=takes_back)
        for pair, name in told
    ]
    Change.objects.bulk_create(rows, batch_size=_AT_ONCE)


def assignable(event: Event) -> PairQuerySet:
    """Return an event's pairs that can be assigned: proposed, not final, in the order of the texts."""
    found: PairQuerySet = Pair.objects.filter(comparison__event=event, withdrawn=False, final=False)
    return found.order_by("comparison", "pk")


def chosen(event: Event, *, comparison: int | None = None, relation: str = "", which: str = "") -> PairQuerySet:
    """Return those of an event's assignable pairs that an editor chose.

    Args:
        comparison: the key of a comparison, None for all of the event's.
        relation: what the machine says of them, "" for anything.
        which: one of ``WHICH``.
    """
    found = assignable(event)
    if comparison is not None:
        found = found.filter(comparison=comparison)
    if relation:
        found = found.filter(verdict__relation=relation)
    if which == "open":
        return found.undecided_by(None)
    if which == "disputed":
        return found.filter(outcome="disputed")
    return found.filter(assignments=None) if which == "nobody" else found
