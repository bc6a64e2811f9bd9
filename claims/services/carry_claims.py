"""Carry an article's claims over to its new text, with the words in them that reasons and people point at.

What a claim's offsets belong to is the newest text or the past version that it stood in last. Both are stored before;
every row that is written here lies within its text, and the database checks that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from claims.analysis.revision import Revision
from claims.analysis.structures import Span
from claims.models import Annotation, Article, Candidate, Claim, Correction, Lone, PairClaim, ReasonWords, Source

CONTEXT = 32  # code points kept before and after an annotation's words, as in the W3C TextQuoteSelector
Row = TypeVar("Row")
_AT_ONCE = 100
_KEYS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Move:
    """A claim whose words stand, where it began and where it begins now."""

    claim: Claim
    was: int
    revision: Revision | None  # None where it is word for word the same

    def follow(self, span: Span) -> Span | None:
        """Return where words of the claim are now."""
        if self.revision is not None:
            return self.revision.follow(span)
        step = self.claim.start - self.was
        return Span(span.start + step, span.end + step)


@dataclass(slots=True)
class Carried:
    """What became of the claims: those that stand, those that went on as others (``followers``), those that are back.

    ``followers`` leads from the id of a claim that changed to the claims that took its place.
    """

    article: Article
    standing: list[Move] = field(default_factory=list)
    past: list[Claim] = field(default_factory=list)
    followers: dict[int, list[Claim]] = field(default_factory=dict)
    back: list[Move] = field(default_factory=list)

    @property
    def gone(self) -> int:
        """Return how many claims went without another in their place."""
        return sum(claim.pk not in self.followers for claim in self.past)

    @property
    def touched(self) -> set[Source]:
        """Return the sources whose claims came, changed or went."""
        followers = (claim for claims in self.followers.values() for claim in claims)
        claims = [*self.past, *followers, *(move.claim for move in self.back)]
        return {source for claim in claims if (source := claim.standing_source) is not None}


def in_batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Yield rows in lists of at most ``size``, since a statement of SQL takes only so many values."""
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch


def carry_claims(article: Article, revision: Revision) -> Carried:
    """Give every claim of an article its place in the new text, or the version that it stood in last."""
    rows = article.claims.filter(past_version=0).select_related("source", "standing_correction__source")
    carried = Carried(article)
    moved = _leave(carried, list(rows.order_by("start", "end")), revision)
    for batch in in_batches(moved, _AT_ONCE):
        fields = ["start", "end", "text", "cue_start", "cue_end", "withdrawn", "past_version"]
        Claim.objects.bulk_update(batch, fields)
    _move_words([move for move in carried.standing if move.claim in moved])
    for keys in in_batches([claim.pk for claim in carried.past], _KEYS_AT_ONCE):
        Lone.objects.filter(claim__in=keys).delete()
        Candidate.objects.filter(claim__in=keys).delete()
    _bring_back(carried, revision)
    _go_on(carried, revision)
    return carried


def _leave(carried: Carried, claims: Sequence[Claim], revision: Revision) -> list[Claim]:
    """Part claims that stand from those that do not; return the rows of the former that are to be written.

    All that leave their place leave the newest text first, in the database, so that none comes upon another.
    """
    taken: set[Span] = set()
    moved: list[Claim] = []
    for claim in claims:
        span = Span(claim.start, claim.end)
        place = revision.follow(span) or revision.find(span)
        if place is None or place in taken:
            carried.past.append(claim)
            continue
        taken.add(place)
        same = place.of(revision.new_text) == claim.text
        carried.standing.append(Move(claim, claim.start, None if same else revision))
        if _place(claim, place, revision):
            moved.append(claim)
    number = carried.article.version - 1
    for keys in in_batches([claim.pk for claim in (*moved, *carried.past)], _KEYS_AT_ONCE):
        Claim.objects.filter(pk__in=keys).update(past_version=number, withdrawn=True)
    return moved


def _place(claim: Claim, place: Span, revision: Revision) -> bool:
    """Write a claim's new place into its row; False where it stands where it stood."""
    cue = _follow_cue(claim, revision)
    before = claim.start, claim.end, claim.cue_start, claim.cue_end, claim.text
    claim.start, claim.end, claim.text = place.start, place.end, place.of(revision.new_text)
    claim.cue_start, claim.cue_end = (cue.start, cue.end) if cue else (None, None)
    return before != (claim.start, claim.end, claim.cue_start, claim.cue_end, claim.text)


def _follow_cue(claim: Claim, revision: Revision) -> Span | None:
    if claim.cue_start is None or claim.cue_end is None:
        return None
    return revision.follow(Span(claim.cue_start, claim.cue_end))


def _bring_back(carried: Carried, revision: Revision) -> None:
    """Have past claims whose very words stand in the text again take up their place, with all that was said of them."""
    held = {(move.claim.start, move.claim.end) for move in carried.standing}
    free = [span for place, span in enumerate(revision.new) if (span.start, span.end) not in held]
    known = {claim.pk for claim in carried.past}
    earlier: dict[str, list[Claim]] = {}
    past = carried.article.claims.filter(past_version__gt=0).exclude(pk__in=known)
    if not past.exists():
        return
    for claim in past.select_related("source", "standing_correction__source").order_by("past_version", "pk"):
        earlier.setdefault(claim.text, []).append(claim)
    for span in free:
        if claims := earlier.get(span.of(revision.new_text)):
            claim = claims.pop()
            carried.back.append(Move(claim, claim.start, None))
            claim.start, claim.end, claim.past_version, claim.withdrawn = span.start, span.end, 0, False
            claim.cue_start = claim.cue_end = None
            claim.save(update_fields=["start", "end", "past_version", "withdrawn", "cue_start", "cue_end"])
    _move_words(carried.back)


def _go_on(carried: Carried, revision: Revision) -> None:
    """Make the claims that those which changed go on as: their source's, until the article is read again."""
    current = {(claim.start, claim.end): claim for claim in (move.claim for move in (*carried.standing, *carried.back))}
    links = []
    for claim in carried.past:
        spans = revision.goes_on_as(Span(claim.start, claim.end))
        found = [current.get((span.start, span.end)) or _follower(claim, span, revision) for span in spans]
        current |= {(one.start, one.end): one for one in found}
        if found:
            carried.followers[claim.pk] = found
        links += [Claim.follows.through(from_claim_id=one.pk, to_claim_id=claim.pk) for one in found]
    Claim.follows.through.objects.bulk_create(links, ignore_conflicts=True, batch_size=_AT_ONCE)


def _follower(claim: Claim, span: Span, revision: Revision) -> Claim:
    made = Claim.objects.create(
        article=claim.article,
        start=span.start,
        end=span.end,
        text=span.of(revision.new_text),
        source=claim.source,
        voice=claim.voice,
        speaker=claim.speaker,
        quoted=claim.quoted,
        implicit=claim.implicit,
        confidence=claim.confidence,
        withdrawn=claim.withdrawn,
    )
    if (said := claim.standing_correction) is not None:
        _say_again(made, said)
    return made


def _say_again(claim: Claim, said: Correction) -> None:
    """Have a person's word on whose claim it was hold for what it goes on as, with its date."""
    again = Correction.objects.create(claim=claim, editor_id=said.editor_id, source=said.source, voice=said.voice)
    Correction.objects.filter(pk=again.pk).update(made_at=said.made_at)
    claim.standing_correction = again
    claim.save(update_fields=["standing_correction"])


def _move_words(moves: Iterable[Move]) -> None:
    """Have the words of reasons, of annotations and those that differ point at where they stand now."""
    by_claim = {move.claim.pk: move for move in moves}
    for keys in in_batches(by_claim, _KEYS_AT_ONCE):
        _move_reasons(by_claim, keys)
        _move_annotations(by_claim, keys)
        members = list(PairClaim.objects.filter(claim__in=keys).exclude(differing=[]))
        for member in members:
            spans = [by_claim[member.claim_id].follow(Span(start, end)) for start, end in member.differing]
            member.differing = [[span.start, span.end] for span in spans if span is not None]
        PairClaim.objects.bulk_update(members, ["differing"], batch_size=_AT_ONCE)


def _move_reasons(by_claim: dict[int, Move], keys: Sequence[int]) -> None:
    rows = list(ReasonWords.objects.filter(claim__in=keys))
    lost = []
    for row in rows:
        span = by_claim[row.claim_id].follow(Span(row.start, row.end))
        if span is None:
            lost.append(row.pk)
        else:
            row.start, row.end = span.start, span.end
    ReasonWords.objects.filter(pk__in=lost).delete()
    kept = [row for row in rows if row.pk not in lost]
    ReasonWords.objects.bulk_update(kept, ["start", "end"], batch_size=_AT_ONCE)


def _move_annotations(by_claim: dict[int, Move], keys: Sequence[int]) -> None:
    for note in Annotation.objects.filter(claim__in=keys):
        move = by_claim[note.claim_id] if note.claim_id else None
        if move is not None and note.start is not None and note.end is not None:
            span = move.follow(Span(note.start, note.end))
            # Blanks alone cannot be followed; the claim as a whole still holds them.
            anchor(note, move.claim, span or Span(move.claim.start, move.claim.end))


def anchor(note: Annotation, claim: Claim, span: Span) -> None:
    """Anchor an annotation in words of a claim, by their place and by their quotation in context."""
    whole = claim.article.text
    note.claim, note.start, note.end, note.quote = claim, span.start, span.end, span.of(whole)
    note.prefix, note.suffix = whole[max(0, span.start - CONTEXT) : span.start], whole[span.end : span.end + CONTEXT]
    note.save(update_fields=["claim", "start", "end", "quote", "prefix", "suffix"])


def places_of(quote: str, claim: Claim) -> Iterator[Span]:
    """Yield where words stand in a claim."""
    place = claim.text.find(quote)
    while place >= 0:
        yield Span(claim.start + place, claim.start + place + len(quote))
        place = claim.text.find(quote, place + 1)
