"""Say what the decisions of a table would change, before anything is changed.

A row is one of five cases: it changes something, it says what stands already, it is a conflict (somebody decided on
the pair after the table was exported, or its text changed), it cannot be taken (with the reason), or it was left as it
was exported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext

from claims.models import Change, Decision, Pair
from claims.services.decisions.sheet import Line
from claims.services.export.rows import SAID, own_decision, review_told
from claims.services.export.version import Version, texts_mark

_WORDS = {
    **{decision.value: decision for decision in Decision},
    **{SAID[decision]: decision for decision in Decision},
    "no match": Decision.NO_MATCH,
    "not match": Decision.NO_MATCH,
}
_AT_ONCE = 500


class Kind(StrEnum):
    """What becomes of a pair's rows."""

    CHANGE = "change"
    CONFLICT = "conflict"
    PROBLEM = "problem"
    SAME = "same"
    UNTOUCHED = "untouched"


@dataclass(frozen=True, slots=True)
class Case:
    """What the rows of one pair say, and what becomes of it.

    ``before`` is the reviewer's own decision now, ``others`` what the others said, ``since`` what happened after the
    export, ``now`` the number of the pair's last decision as it is now, ``words`` a mark of its text if that changed.
    """

    kind: Kind
    rows: tuple[int, ...]
    pair: Pair | None = None
    decision: str = ""
    before: str = ""
    others: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    problem: str = ""
    now: int = 0
    words: str = ""

    @property
    def mark(self) -> str:
        """Return what a tick stands for: this pair, in the state (and with the words) that was shown."""
        return f"{self.pair.pk if self.pair else 0}:{self.now}{self.words}"

    @property
    def said(self) -> list[tuple[str, str]]:
        """Return who says what in the pair, side a first."""
        if self.pair is None:
            return []
        sides = (("a", self.pair.comparison.a), ("b", self.pair.comparison.b))
        return [(source.name, claim.text) for side, source in sides for claim in self.pair.claims_of(side)]

    @property
    def row(self) -> int:
        """Return its first row in the sheet."""
        return self.rows[0]


@dataclass(frozen=True, slots=True)
class Plan:
    """The cases of a table, in the order of its rows."""

    cases: tuple[Case, ...]

    def of(self, kind: str) -> list[Case]:
        """Return the cases of one kind."""
        return [case for case in self.cases if case.kind == kind]

    @property
    def changes(self) -> list[Case]:
        """Return what would be changed."""
        return self.of(Kind.CHANGE)

    @property
    def conflicts(self) -> list[Case]:
        """Return what was decided on after the export."""
        return self.of(Kind.CONFLICT)

    @property
    def problems(self) -> list[Case]:
        """Return what cannot be taken."""
        return self.of(Kind.PROBLEM)

    @property
    def unchanged(self) -> int:
        """Return how many pairs stay as they are."""
        return len(self.of(Kind.SAME)) + len(self.of(Kind.UNTOUCHED))


@dataclass(frozen=True, slots=True)
class _Read:
    """A row whose cells were understood."""

    number: int
    pair: int
    decision: str
    version: Version

    @property
    def touched(self) -> bool:
        """Tell whether somebody filled the cell in; an emptied one takes nothing back."""
        return self.decision not in ("", self.version.decision)


def plan(lines: Sequence[Line], reviewer: AbstractBaseUser) -> Plan:
    """Hold the rows of a table against what stands now, for the reviewer whose decisions they would become."""
    read, cases = _understood(lines)
    by_pair: dict[int, list[_Read]] = defaultdict(list)
    for row in read:
        by_pair[row.pair].append(row)
    pairs = _pairs(key for key, rows in by_pair.items() if any(row.touched for row in rows))
    cases += [_case(rows, pairs.get(key), reviewer) for key, rows in by_pair.items()]
    return Plan(tuple(sorted(_with_history(cases, by_pair), key=lambda case: case.row)))


def _understood(lines: Iterable[Line]) -> tuple[list[_Read], list[Case]]:
    read: list[_Read] = []
    problems: list[Case] = []
    for line in lines:
        version, word = Version.read(line.version), line.decision.casefold().strip()
        if line.pair_id is None:
            problems.append(_problem(line, gettext("“%(pair)s” is no pair's number.") % {"pair": line.pair}))
        elif word and word not in _WORDS:
            known = "agree, partial, diverge, not a match"
            problems.append(
                _problem(
                    line,
                    gettext("“%(decision)s” is no decision. Write %(known)s.")
                    % {"decision": line.decision, "known": known},
                )
            )
        elif version is None:
            problem = gettext(
                "The column version was changed or emptied, so it cannot be told what happened since the export."
            )
            problems.append(_problem(line, gettext("%(problem)s Export the table anew.") % {"problem": problem}))
        else:
            decision = _WORDS[word].value if word else ""
            read.append(_Read(line.number, int(line.pair), decision, version))
    return read, problems


def _problem(line: Line, told: str) -> Case:
    return Case(Kind.PROBLEM, (line.number,), problem=told)


def _pairs(keys: Iterable[int]) -> dict[int, Pair]:
    wanted = list(keys)
    found: dict[int, Pair] = {}
    for first in range(0, len(wanted), _AT_ONCE):
        found |= {pair.pk: pair for pair in Pair.objects.filter(pk__in=wanted[first : first + _AT_ONCE]).exported()}
    return found


def _case(rows: list[_Read], pair: Pair | None, reviewer: AbstractBaseUser) -> Case:
    numbers = tuple(row.number for row in rows)
    touched = {row.decision for row in rows if row.touched}
    if not touched:
        return Case(Kind.UNTOUCHED, numbers)
    if pair is None:
        problem = gettext("There is no pair %(pair)s here. Was the table exported from this Crossread?") % {
            "pair": rows[0].pair
        }
        return Case(Kind.PROBLEM, numbers, problem=problem)
    if len(touched) > 1:
        problem = gettext("The rows of this pair say different things. Leave one decision for it.")
        return Case(Kind.PROBLEM, numbers, pair, problem=problem)
    changed = any(row.version.texts != texts_mark(pair) for row in rows)
    if problem := _problem_of(pair, changed=changed):
        return Case(Kind.PROBLEM, numbers, None if changed else pair, problem=problem)
    if changed:
        return _on_earlier_words(numbers, pair, touched.pop(), reviewer)
    return _decided(numbers, pair, touched.pop(), reviewer, min(row.version.change for row in rows if row.touched))


def _problem_of(pair: Pair, *, changed: bool) -> str:
    """Return why no decision can be taken on a pair, or nothing; ``changed`` is whether the table has other words."""
    if changed and not _changed_since(pair):
        told = gettext("Pair %(pair)s is about other words here. Was the table exported from this Crossread?")
        return told % {"pair": pair.pk}
    if pair.final:
        return gettext("This pair has a final verdict. An editor can reopen it.")
    return "" if pair.can_be_decided else gettext("This pair is no longer proposed: one of its claims has changed.")


def _changed_since(pair: Pair) -> bool:
    """Tell whether other words than today's stood in the pair: in a table of before, they are no odd ones."""
    return pair.changed_at is not None or bool(pair.made_at)


def _on_earlier_words(numbers: tuple[int, ...], pair: Pair, decision: str, reviewer: AbstractBaseUser) -> Case:
    """Return the conflict of a decision that was written beside words that have changed since."""
    others = tuple(review_told(one) for one in pair.reviews.all() if one.reviewer_id != reviewer.pk)
    told = gettext("the text: it says other words now than the table does; read them before you decide")
    before = own_decision(pair, reviewer.pk)
    now, words = vars(pair)["last_decision"], f":{texts_mark(pair)}"
    return Case(Kind.CONFLICT, numbers, pair, decision, before, others, since=(told,), now=now, words=words)


def _decided(numbers: tuple[int, ...], pair: Pair, decision: str, reviewer: AbstractBaseUser, seen: int) -> Case:
    before = own_decision(pair, reviewer.pk)
    now = vars(pair)["last_decision"]
    # Where the text changed since, the same word once more is a decision on the new words.
    stands = before == decision and not pair.stale
    kind = Kind.SAME if stands else Kind.CHANGE if now == seen else Kind.CONFLICT
    others = tuple(review_told(one) for one in pair.reviews.all() if one.reviewer_id != reviewer.pk)
    return Case(kind, numbers, pair, decision, before, others, now=now)


def _with_history(cases: list[Case], by_pair: dict[int, list[_Read]]) -> list[Case]:
    """Give the conflicts what happened since their export."""
    keys = [case.pair.pk for case in cases if case.kind == Kind.CONFLICT and case.pair]
    what = [Change.What.REVIEW, Change.What.UNDO]
    history: dict[int, list[Change]] = defaultdict(list)
    for change in Change.objects.filter(pair__in=keys, what__in=what).select_related("actor").order_by("pk"):
        if change.pair_id is not None:  # asked for by pair: none is of a report
            history[change.pair_id].append(change)
    told = []
    for case in cases:
        if case.kind == Kind.CONFLICT and case.pair:
            seen = min(row.version.change for row in by_pair[case.pair.pk])
            since = tuple(_change_told(one) for one in history[case.pair.pk] if one.pk > seen)
            told.append(replace(case, since=(*case.since, *since)))
        else:
            told.append(case)
    return told


def _change_told(change: Change) -> str:
    words = {decision.value: str(decision.label) for decision in Decision} | {"": gettext("no decision")}
    told = gettext("%(who)s, %(when)s: took back to %(what)s")
    if change.what != Change.What.UNDO:
        told = gettext("%(who)s, %(when)s: said %(what)s")
    at = f"{timezone.localtime(change.at):%Y-%m-%d %H:%M}"
    return told % {"who": change.actor, "when": at, "what": words.get(change.after, change.after)}
