"""The comparison page as plain objects: who says what, in rows that keep matched claims near each other.

Everything is read in a fixed number of queries, whatever the length of the texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from claims.models import Annotation, Claim, Comparison, PairClaim, Review, Says, Source, Viewer
from claims.models.verdict import Reason, quoted
from claims.services.languages import covers, name_of
from claims.templatetags.crossread import UNJUDGED, word
from claims.views.marking import Mark, marked
from claims.views.told import ReasonTold, Said, with_people

_BEGINNING = 60  # characters


def shorten(text: str, length: int) -> str:
    """Return the first characters of a text, with a sign where something is left out."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


@dataclass(slots=True)
class PairShown:
    """A pair as the page shows it; ``relation`` is the one that counts, people's or else the machine's.

    One that a person made and that the worker has not judged yet is ``unjudged``.
    """

    pk: int
    relation: str
    machine: str
    kind: str
    confidence: float
    score: float | None
    sure: bool
    outcome: str
    mine: str
    reviewed: bool
    stale: bool
    key: str  # of its claims; a form sends back the one it was made on
    made_by: str = ""  # who put its claims together, where a person did
    final: bool = False
    hidden: bool = False
    a: list[int] = field(default_factory=list)
    b: list[int] = field(default_factory=list)
    reasons: list[ReasonTold] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    notes: int = 0
    chosen: bool = False
    languages: str = ""  # "Russian / English" where its sides are in two

    @property
    def divergence(self) -> str:
        """Return the kind of the divergence, where that is what it counts as."""
        return self.kind if self.relation == "diverge" else ""

    @property
    def word(self) -> str:
        """Return its relation as a word."""
        return word(self.relation)

    @property
    def kinds(self) -> set[str]:
        """Return the kinds of its reasons."""
        return {reason.kind for reason in self.reasons}


@dataclass(frozen=True, slots=True)
class SilenceShown:
    """Who confirmed that the other side says nothing of a claim, and when."""

    by: str
    at: datetime


@dataclass(slots=True)
class ClaimShown:
    """A claim as the page shows it."""

    claim: Claim
    side: str
    html: SafeString
    pairs: list[PairShown]
    chosen: bool = False
    unmatched: str = ""  # its language, where that kept it out of the matching
    silence: SilenceShown | None = None  # that a person confirmed that the other side says nothing of it
    ticked: bool = False  # chosen for a pair to be made by hand
    # Set by rows.rows_of: the partners that stand in another row, and that it is shown beside its partner there.
    partners: list[ClaimShown] = field(default_factory=list)
    crossed: bool = False

    @property
    def relation(self) -> str:
        """Return the relation that colours it: the gravest of its pairs, ``unjudged``, ``only`` or ``unmatched``."""
        found = {pair.relation for pair in self.pairs}
        alone = "unmatched" if self.unmatched else "only"
        return next((one for one in ("diverge", "partial", "agree", UNJUDGED) if one in found), alone)

    @property
    def beginning(self) -> str:
        """Return its first words, by which a screen reader's user knows it among others."""
        return shorten(self.claim.text, _BEGINNING)

    @property
    def links(self) -> str:
        """Return its pairs for the module that draws the ribbons."""
        return " ".join(f"{pair.pk}:{pair.relation}" for pair in self.pairs)


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a comparison is shown; empty is everything."""

    relation: str = ""
    reason: str = ""
    state: str = ""

    @property
    def any(self) -> bool:
        """Tell whether anything is left out."""
        return bool(self.relation or self.reason or self.state)

    def keep_pair(self, pair: PairShown) -> bool:
        """Tell whether a pair is shown."""
        relation = (
            not self.relation
            or pair.relation == self.relation
            or (self.relation == "differences" and pair.relation != "agree")
        )
        state = {
            "": True,
            "undecided": not pair.reviewed,
            "reviewed": pair.reviewed,
            "disputed": pair.outcome == "disputed",
            "annotated": pair.notes > 0,
            "stale": pair.stale,
        }.get(self.state, True)
        return relation and state and (not self.reason or self.reason in pair.kinds)

    @property
    def query(self) -> str:
        """Return the filters as the beginning of a query string: "?" or "?relation=diverge&"."""
        kept = urlencode({f.name: value for f in fields(self) if (value := getattr(self, f.name))})
        return f"?{kept}&" if kept else "?"

    @property
    def keep_lone(self) -> bool:
        """Tell whether claims without a counterpart are shown."""
        return self.relation in ("", "only", "differences") and not self.reason and not self.state


@dataclass
class Desk:
    """All that the comparison page shows."""

    pairs: list[PairShown]
    a: list[ClaimShown]
    b: list[ClaimShown]
    filters: Filters
    chosen: PairShown | None = None

    @cached_property
    def shown_pairs(self) -> list[PairShown]:
        """Return the pairs that the filters keep, in the order of side a."""
        return [pair for pair in self.pairs if self.filters.keep_pair(pair)]

    @property
    def shown_lone(self) -> int:
        """Return how many claims without a counterpart the filters keep."""
        kept = self.filters.keep_lone or not self.filters.any
        return sum(one.relation == "only" for one in (*self.a, *self.b)) if kept else 0

    @property
    def chosen_words(self) -> str:
        """Return the first words of the chosen pair's claims, as it is announced."""
        return " / ".join(one.beginning for one in (*self.a, *self.b) if one.chosen)

    def count(self, relation: str) -> int:
        """Return how many pairs have a relation."""
        return sum(pair.relation == relation for pair in self.pairs)

    @cached_property
    def lone(self) -> list[ClaimShown]:
        """Return the claims that were matched with none."""
        return [claim for claim in (*self.a, *self.b) if not claim.pairs and not claim.unmatched]

    @property
    def holds_unmatched(self) -> bool:
        """Tell whether a claim's language kept it out of the matching."""
        return any(claim.unmatched for claim in (*self.a, *self.b))

    @property
    def reviewed(self) -> int:
        """Return how many pairs somebody has decided."""
        return sum(pair.reviewed for pair in self.pairs)

    @property
    def kinds(self) -> list[str]:
        """Return the kinds of reasons that occur, by name."""
        return sorted({kind for pair in self.pairs for kind in pair.kinds})

    def neighbour(self, step: int) -> PairShown | None:
        """Return the shown pair before (-1) or after (1) the chosen one, or the first."""
        shown = self.shown_pairs
        if self.chosen is None or self.chosen not in shown:
            return shown[0] if shown else None
        place = shown.index(self.chosen) + step
        return shown[place] if 0 <= place < len(shown) else None

    @property
    def next_undecided(self) -> PairShown | None:
        """Return the pair to go to after a decision: the next undecided one by me, from here on and round."""
        shown = self.shown_pairs
        start = shown.index(self.chosen) + 1 if self.chosen in shown else 0
        turned = shown[start:] + shown[: max(0, start - 1)]
        return next((pair for pair in turned if not pair.mine), self.neighbour(1) or self.chosen)


def published_by(claims: Iterable[ClaimShown], source: Source) -> str:
    """Return in words who published what a source says: "in its own text", or the names of others."""
    names = dict.fromkeys(str(one.claim.published_by) for one in claims)  # type: ignore[attr-defined]
    if not names:
        return ""
    if list(names) == [source.name]:
        return gettext("in its own text")
    return gettext("as published by %(names)s") % {
        "names": ", ".join(gettext("itself") if name == source.name else name for name in names)
    }


def languages_of(codes: Iterable[str]) -> str:
    """Return "Russian / English" where two statements are in different languages that are known, else nothing."""
    told = [name_of(code) for code in codes if code]
    return " / ".join(told) if len(told) == 2 and told[0] != told[1] else ""


def desk_of(
    comparison: Comparison,
    viewer: Viewer,
    *,
    filters: Filters,
    chosen: int | None,
    ticked: Collection[int] = (),
) -> Desk:
    """Read a comparison for its page, as somebody may see it; ``ticked`` are the claims they want to make a pair of."""
    claims = _claims(comparison)
    pairs = _pairs(comparison, viewer)
    differing = _members(comparison, pairs)
    marks = _reasons(comparison, pairs)
    for claim_id, mark in _annotations(comparison, viewer, pairs):
        marks[claim_id].append(mark)
    known = {claim.pk for claim in claims}
    standing = [pair for pair in pairs.values() if pair.a and pair.b and {*pair.a, *pair.b} <= known]
    place = {claim.pk: number for number, claim in enumerate(claims)}
    for pair in standing:
        pair.a.sort(key=place.__getitem__)
        pair.b.sort(key=place.__getitem__)
        pair.chosen = pair.pk == chosen
        pair.languages = languages_of(claims[place[key]].language for key in (pair.a[0], pair.b[0]))  # type: ignore[attr-defined]
    standing.sort(key=lambda pair: (place[pair.a[0]], place[pair.b[0]]))
    chosen_pair = next((pair for pair in standing if pair.chosen), None)
    of_claim: dict[int, list[PairShown]] = defaultdict(list)
    for pair in standing:
        for one in (*pair.a, *pair.b):
            of_claim[one].append(pair)
    shown = [
        _shown(
            claim,
            "a" if claim.attributed_to == comparison.a_id else "b",  # type: ignore[attr-defined]
            pairs=of_claim[claim.pk],
            marks=marks[claim.pk],
            differing=differing,
            chosen=chosen_pair,
        )
        for claim in claims
    ]
    for told in shown:
        told.silence, told.ticked = _silence(told.claim), told.claim.pk in ticked
    a, b = ([one for one in shown if one.side == side] for side in ("a", "b"))
    return Desk(standing, a, b, filters=filters, chosen=chosen_pair)


def _claims(comparison: Comparison) -> list[Claim]:
    publisher = Coalesce("article__publisher__name", "article__outlet")
    language = Coalesce(NullIf("article__stated_language", Value("")), "article__language")
    found = Claim.objects.of_sources(comparison.a, comparison.b).annotate(published_by=publisher, language=language)
    # At most one silence of a claim is the comparison's: its words come along in the claim's row.
    silent = FilteredRelation("silences", condition=Q(silences__comparison=comparison))
    found = found.annotate(silent=silent, silent_at=F("silent__at"), silent_by=F("silent__by__username"))
    return list(found.only("article_id", "past_version", "start", "text", "speaker", "quoted", "implicit"))


def _silence(claim: Claim) -> SilenceShown | None:
    told = vars(claim)
    return SilenceShown(told["silent_by"], told["silent_at"]) if told["silent_by"] is not None else None


def _pairs(comparison: Comparison, viewer: Viewer) -> dict[int, PairShown]:
    mine = Review.objects.filter(pair=OuterRef("pk"), reviewer_id=viewer.pk).values("decision")[:1]
    found = comparison.pairs.standing(viewer).annotate(
        mine=Coalesce(Subquery(mine), Value("")), maker=Coalesce("made_by__username", Value(""))
    )
    # What people said of reasons comes with its pair: a pair without any is one row, as without this.
    said = [f"reason_reviews__{name}" for name in ("kind", "words", "says", "reviewer__username", "reviewer")]
    rows = found.order_by("pk", "reason_reviews__made_at", "reason_reviews__pk").values_list(
        *("pk", "shown", "verdict__relation", "verdict__kind", "verdict__confidence"),
        *("score", "sure", "seen_outcome", "mine", "reviewed", "seen_stale", "key", "maker", "final", "hidden"),
        *said,
    )
    pairs: dict[int, PairShown] = {}
    for row in rows:
        pair = pairs.setdefault(row[0], PairShown(*row[:15]))
        pair.relation = pair.relation or UNJUDGED
        kind, words, says, name, reviewer = row[15:]
        if kind is not None and (not pair.hidden or reviewer == viewer.pk):
            pair.said.append(Said(kind, words, says, name, own=reviewer == viewer.pk))
    return pairs


def _members(comparison: Comparison, pairs: dict[int, PairShown]) -> dict[tuple[int, int], list[list[int]]]:
    """Fill in which claims each pair has; return the differing words of each claim in each pair."""
    found = PairClaim.objects.filter(pair__comparison=comparison, pair__withdrawn=False)
    differing = {}
    for pair_id, claim_id, side, words in found.values_list("pair", "claim", "side", "differing"):
        if pair := pairs.get(pair_id):
            (pair.a if side == "a" else pair.b).append(claim_id)
            differing[pair_id, claim_id] = words
    return differing


def _reasons(comparison: Comparison, pairs: dict[int, PairShown]) -> dict[int, list[Mark]]:
    """Fill in each pair's reasons; return the marks of their words by claim."""
    marks: dict[int, list[Mark]] = defaultdict(list)
    explained: dict[tuple[int, str], str] = {}
    shown: dict[tuple[int, str], list[tuple[str, str]]] = defaultdict(list)
    found = Reason.objects.filter(verdict__pair__comparison=comparison, verdict__pair__withdrawn=False)
    rows = found.order_by("verdict", "position", "words__side", "words__start").values_list(
        *("verdict__pair", "kind", "explanation", "words__side"),
        *("words__claim", "words__start", "words__end", "words__claim__text", "words__claim__start"),
    )
    for pair_id, kind, explanation, side, claim_id, start, end, text, offset in rows:
        pair = pairs.get(pair_id)
        if pair is None or pair.relation == "agree":
            continue
        explained[pair_id, kind] = explanation
        if claim_id is not None:
            shown[pair_id, kind].append((side, text[start - offset : end - offset]))
            marks[claim_id].append(Mark(start, end, f"words {pair.relation}", f"{pair_id}-{kind}"))
    for (pair_id, kind), explanation in explained.items():
        words = quoted(shown[pair_id, kind], explanation)
        pairs[pair_id].reasons.append(ReasonTold(kind, explanation, words))
    for pair in pairs.values():
        pair.reasons = with_people(pair.reasons, _heard(pair))
    return marks


def _heard(pair: PairShown) -> list[Said]:
    """Return what people said, without their words on reasons that the page does not show where a pair agrees."""
    added = {(one.kind, one.words) for one in pair.said if one.says == Says.ADDED}
    return [one for one in pair.said if pair.relation != "agree" or (one.kind, one.words) in added]


def _annotations(comparison: Comparison, viewer: Viewer, pairs: dict[int, PairShown]) -> list[tuple[int, Mark]]:
    """Count each pair's annotations; return the marks of those that are anchored in words."""
    found = Annotation.objects.visible_to(viewer).filter(pair__comparison=comparison)
    marks = []
    for pair_id, claim_id, start, end in found.values_list("pair", "claim", "start", "end"):
        if pair := pairs.get(pair_id):
            pair.notes += 1
            if claim_id is not None and start is not None and end is not None:
                marks.append((claim_id, Mark(start, end, "noted")))
    return marks


def _shown(
    claim: Claim,
    side: str,
    *,
    pairs: list[PairShown],
    marks: list[Mark],
    differing: dict[tuple[int, int], list[list[int]]],
    chosen: PairShown | None,
) -> ClaimShown:
    own = {pair.pk for pair in pairs}
    shown = [mark for mark in marks if not mark.reason or int(mark.reason.split("-")[0]) in own]
    is_chosen = chosen is not None and chosen.pk in own
    if chosen is not None and is_chosen and chosen.relation != "agree":
        shown += [Mark(start, end, "differs") for start, end in differing.get((chosen.pk, claim.pk), [])]
    language: str = claim.language  # type: ignore[attr-defined]
    unmatched = "" if pairs or covers(language) else name_of(language)
    return ClaimShown(claim, side, marked(claim.text, claim.start, shown), pairs, is_chosen, unmatched)
