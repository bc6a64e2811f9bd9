"""Reasons that a judge sees and no detector found: shown with the words in which the judge sees the difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..judging import Opinion
from ..structures import Claim, Reason, ReasonKind, Span, Words
from .base import Side, words

_DIFFER_IN = {
    ReasonKind.NUMBER: "figures",
    ReasonKind.DATE_TIME: "times",
    ReasonKind.AGENCY: "who did, asked or agreed it",
    ReasonKind.NEGATION_POLARITY: "whether it is so",
    ReasonKind.MODALITY_HEDGE: "how certain it is",
    ReasonKind.COMMITMENT: "how far somebody is bound",
    ReasonKind.TONE: "how it is put",
    ReasonKind.ENTITY: "who or what is named",
    ReasonKind.SCOPE_DETAIL: "how much it covers",
}


def judged_reasons(kinds: Sequence[ReasonKind], a: Side, b: Side, opinion: Opinion) -> Iterator[Reason]:
    """Yield a reason a kind with the judge's words on both sides and a sentence that says what they show.

    A judge's words are the same for all kinds: the first sentence quotes them.
    """
    shown_a, shown_b = _words(a.claims, opinion.words_a), _words(b.claims, opinion.words_b)
    for place, kind in enumerate(kinds):
        again = place > 0 and bool(shown_a or shown_b)
        told = f"The same words differ in {_DIFFER_IN[kind]}." if again else _told(kind, (a, shown_a), (b, shown_b))
        yield Reason(kind, shown_a, shown_b, told)


def _told(kind: ReasonKind, *sides: tuple[Side, tuple[Words, ...]]) -> str:
    quoted = [f"{side.source.name} “{' … '.join(one.text for one in shown)}”" for side, shown in sides if shown]
    if not quoted:
        return f"They differ in {_DIFFER_IN[kind]}."
    return f"They differ in {_DIFFER_IN[kind]}: {', '.join(quoted)}."


def _words(claims: Sequence[Claim], stretches: Sequence[Span]) -> tuple[Words, ...]:
    """Return stretches of the joined text (see ``relations.joined_text``) as words of the claims they stand in."""
    found = []
    for stretch in sorted(stretches):
        start = 0
        for claim in claims:
            first, last = max(stretch.start, start), min(stretch.end, start + len(claim.text))
            if first < last:
                found.append(words(claim, first - start, last - start))
            start += len(claim.text) + 1
    return tuple(found)
