"""Reasons that a judge sees: their words, and sentences that do not say the same twice."""

from __future__ import annotations

from claims.analysis.judging import Opinion
from claims.analysis.reasons.judged import judged_reasons
from claims.analysis.structures import ReasonKind, Relation, Span

from .sides import ARDEN, VELLAND, side

A, B = side(ARDEN, "Arden will free the crew."), side(VELLAND, "Velland may free the crew one day.")
KINDS = [ReasonKind.COMMITMENT, ReasonKind.MODALITY_HEDGE]


def opinion(*, words: bool) -> Opinion:
    shown = ((Span(6, 10),), (Span(8, 11),)) if words else ((), ())
    return Opinion(dict.fromkeys(Relation, 1 / 3), 0.2, dict.fromkeys(KINDS, 0.9), *shown)


def test_the_first_sentence_quotes_the_words_and_the_next_ones_refer_to_them() -> None:
    first, second = judged_reasons(KINDS, A, B, opinion(words=True))
    assert (first.kind, second.kind) == (ReasonKind.COMMITMENT, ReasonKind.MODALITY_HEDGE)
    assert [one.text for one in (*first.a, *first.b)] == ["will", "may"]
    assert (first.a, first.b) == (second.a, second.b)
    assert "“will”" in first.explanation
    assert "“may”" in first.explanation
    assert second.explanation == "The same words differ in how certain it is."


def test_without_words_every_sentence_stands_alone() -> None:
    told = [one.explanation for one in judged_reasons(KINDS, A, B, opinion(words=False))]
    assert told == ["They differ in how far somebody is bound.", "They differ in how certain it is."]
