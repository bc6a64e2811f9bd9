"""What counts as right, wrong and missed in one event."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.analysis.scoring.cases import (
    Case,
    EventKind,
    Gold,
    GoldComparison,
    Labelled,
    Said,
    SaidClaim,
    SaidComparison,
    Sentence,
    kind_of,
)
from claims.analysis.scoring.counting import Counts, Key, band_of, counts_of, sentences_of
from claims.analysis.structures import Article, DivergenceKind, Event, ReasonKind, Relation, Source, Span

AGREE, PARTIAL, DIVERGE = Relation
ACCOUNT, POSITION = DivergenceKind
NUMBER, TONE = ReasonKind.NUMBER, ReasonKind.TONE


def sentences(article: str, source: str, count: int) -> list[Sentence]:
    """Return sentences of 10 code points, one after another, with ids a1, a2, …."""
    return [
        Sentence(f"{article}{place + 1}", article, Span(10 * place, 10 * place + 10), frozenset({source}))
        for place in range(count)
    ]


def claims(article: str, source: str, count: int) -> list[SaidClaim]:
    return [
        SaidClaim(f"c{one.id}", article, one.span, source, confidence=0.95) for one in sentences(article, source, count)
    ]


def case(gold: GoldComparison, *said: Labelled) -> Case:
    """Return an event of two readouts of five sentences, of which each is a claim of its own."""
    return Case(
        "event",
        EventKind.TWO_READOUTS,
        Gold((*sentences("a", "Arden", 5), *sentences("b", "Velland", 5)), (gold,)),
        Said((*claims("a", "Arden Office", 5), *claims("b", "Velland Office", 5)), (said_of(*said),)),
        {name: name if "Office" in name else f"{name} Office" for name in (*SIDES, "Arden Office", "Velland Office")},
        frozenset({"a", "b"}),
    )


SIDES = ("Arden", "Velland")


def said_of(*pairs: Labelled) -> SaidComparison:
    return SaidComparison("Arden Office", "Velland Office", pairs)


def gold_of(*pairs: Labelled, only_a: str = "", only_b: str = "", skip_a: str = "") -> GoldComparison:
    return GoldComparison(
        *SIDES, pairs, frozenset(only_a.split()), frozenset(only_b.split()), frozenset(skip_a.split())
    )


def gold_pair(a: str, b: str, relation: Relation = AGREE, **more: object) -> Labelled:
    return Labelled(tuple(a.split()), tuple(b.split()), relation, **more)  # type: ignore[arg-type]


def said_pair(a: str, b: str, relation: Relation = AGREE, **more: object) -> Labelled:
    """Return a pair of the claims that stand where these sentences do."""
    claims_a, claims_b = (" ".join(f"c{one}" for one in side.split()) for side in (a, b))
    return gold_pair(claims_a, claims_b, relation, **more)


def outcomes(counts: Counts, *key: str) -> tuple[float, float, float]:
    """Return what is right, wrong and missed."""
    right, wrong, missed = (counts.get((*key, one), 0) for one in ("right", "wrong", "missed"))
    return right, wrong, missed


def of(counts: Counts, group: str) -> dict[Key, float]:
    return {key[1:]: value for key, value in counts.items() if key[0] == group and value}


def test_a_link_is_every_sentence_of_a_pair_with_every_one_of_the_other_side() -> None:
    gold = gold_of(gold_pair("a1", "b1 b2"), gold_pair("a2", "b3"))
    counts = counts_of(case(gold, said_pair("a1", "b1"), said_pair("a2", "b3 b2")))
    assert outcomes(counts, "align") == (2, 1, 1)


def test_sentences_that_no_label_names_neither_help_nor_hurt() -> None:
    gold = gold_of(gold_pair("a1", "b1"), only_a="a2", skip_a="a3")
    # b4 is in no set of the gold; a2 and a3 are, so links of theirs to b1 are wrong.
    said = [said_pair("a1", "b1 b4"), said_pair("a2", "b4"), said_pair("a2 a3", "b1"), said_pair("a5", "b1")]
    assert outcomes(counts_of(case(gold, *said)), "align") == (1, 2, 0)


def test_sides_that_the_gold_names_in_the_other_order_are_turned() -> None:
    gold = gold_of(gold_pair("a1", "b2", DIVERGE), only_b="b1")
    right = case(gold, said_pair("a1", "b2", DIVERGE))
    turned = replace(right, said=replace(right.said, comparisons=(said_of(said_pair("a1", "b2", DIVERGE)).turned(),)))
    assert outcomes(counts_of(turned), "align") == (1, 0, 0)
    assert counts_of(turned) == counts_of(right)
    # The sides' names are changed and the pairs are not: a's sentences stand where b's are looked for.
    wrong = replace(right.said.comparisons[0], a="Velland Office", b="Arden Office")
    crossed = replace(right, said=replace(right.said, comparisons=(wrong,)))
    assert outcomes(counts_of(crossed), "align") == (0, 0, 1)


def test_a_comparison_that_was_not_made_misses_everything() -> None:
    gold = gold_of(gold_pair("a1", "b1", DIVERGE), gold_pair("a2", "b2"), only_a="a3")
    missing = replace(case(gold), said=replace(case(gold).said, comparisons=()))
    counts = counts_of(missing)
    assert outcomes(counts, "align") == (0, 0, 2)
    assert outcomes(counts, "diverge") == (0, 0, 1)
    assert outcomes(counts, "only") == (1, 4, 0)
    assert missing.missing() == ["event: Arden / Velland"]
    assert case(gold).missing() == []


def test_a_claim_stands_for_each_sentence_that_it_covers_by_half_or_that_covers_it() -> None:
    texts = sentences("a", "Arden", 3)

    def covered(start: int, end: int, article: str = "a") -> str:
        return " ".join(sorted(sentences_of(SaidClaim("c", article, Span(start, end), "Arden"), texts)))

    assert covered(0, 20) == "a1 a2"
    assert covered(5, 24) == "a1 a2"  # four of ten of a3
    assert covered(5, 25) == "a1 a2 a3"
    assert covered(3, 6) == "a1"  # a part of a sentence
    assert covered(8, 12) == "a1 a2"  # half of it in each
    assert covered(9, 12) == "a2"
    assert covered(0, 20, "b") == ""


def test_a_claim_over_two_sentences_links_both() -> None:
    gold = gold_of(gold_pair("a1 a2", "b1"))
    one = case(gold, gold_pair("long", "cb1"))
    long = SaidClaim("long", "a", Span(0, 20), "Arden Office")
    assert outcomes(counts_of(replace(one, said=replace(one.said, claims=(*one.said.claims, long)))), "align") == (
        *(2, 0),
        0,
    )


def test_diverging_is_measured_end_to_end() -> None:
    gold = gold_of(gold_pair("a1", "b1", DIVERGE), gold_pair("a2", "b2", DIVERGE), gold_pair("a3", "b3", PARTIAL))
    said = [
        said_pair("a1", "b1", DIVERGE),  # right
        said_pair("a2", "b2", PARTIAL),  # found and not called so
        said_pair("a3", "b3", DIVERGE),  # called so and is not
        said_pair("a1", "b3", DIVERGE),  # no link at all
    ]
    counts = counts_of(case(gold, *said))
    assert outcomes(counts, "diverge") == (1, 2, 1)
    assert of(counts, "relation") == {(DIVERGE, DIVERGE): 1, (DIVERGE, PARTIAL): 1, (PARTIAL, DIVERGE): 1}


def test_reasons_count_on_links_that_neither_side_calls_agree() -> None:
    both = frozenset({NUMBER, TONE})
    gold = gold_of(
        gold_pair("a1", "b1", PARTIAL, reasons=both),
        gold_pair("a2", "b2", PARTIAL, reasons=both),
        gold_pair("a3", "b3", AGREE),
        gold_pair("a4", "b4", DIVERGE, reasons=frozenset({NUMBER})),
    )
    said = [
        said_pair("a1", "b1", DIVERGE, reasons=frozenset({NUMBER})),
        said_pair("a2", "b2", AGREE),  # agree on the one side: its two reasons are not missed
        said_pair("a3", "b3", PARTIAL, reasons=frozenset({TONE})),  # agree on the other: not wrong
        said_pair("a4", "b4", PARTIAL, reasons=frozenset({TONE})),
    ]
    counts = counts_of(case(gold, *said))
    assert outcomes(counts, "reasons", NUMBER) == (1, 0, 1)
    assert outcomes(counts, "reasons", TONE) == (0, 1, 1)


def test_the_kind_counts_where_both_diverge() -> None:
    gold = gold_of(
        gold_pair("a1", "b1", DIVERGE, kind=ACCOUNT),
        gold_pair("a2", "b2", DIVERGE, kind=POSITION),
        gold_pair("a3", "b3", DIVERGE, kind=POSITION),
    )
    said = [
        said_pair("a1", "b1", DIVERGE, kind=ACCOUNT),
        said_pair("a2", "b2", DIVERGE, kind=ACCOUNT),
        said_pair("a3", "b3", PARTIAL),
    ]
    assert of(counts_of(case(gold, *said)), "kind") == {("cases",): 2, ("right",): 1}


def test_only_asks_of_both_sides_what_is_in_no_pair() -> None:
    gold = gold_of(gold_pair("a1", "b1"), gold_pair("a2", "b2"), only_a="a3 a4", only_b="b3", skip_a="a5")
    # Left alone: a2 (wrong, it has a counterpart), a4 and b3 (right), b2 (wrong); a3 is linked, so it is missed.
    assert outcomes(counts_of(case(gold, said_pair("a1 a3", "b1"))), "only") == (2, 2, 1)


def test_of_what_is_sure_and_of_each_band_of_the_score_it_counts_what_is_right() -> None:
    gold = gold_of(gold_pair("a1", "b1"), gold_pair("a2", "b2"))
    said = [
        said_pair("a1", "b1", score=0.96, sure=True),
        said_pair("a2", "b1", score=1.0, sure=True),
        said_pair("a2", "b2", score=0.31),
        said_pair("a5", "b5", score=0.99, sure=True),  # not labelled
    ]
    counts = counts_of(case(gold, *said))
    assert of(counts, "sure") == {("cases",): 2, ("right",): 1}
    assert of(counts, "score") == {
        ("9", "cases"): 2,
        ("9", "right"): 1,
        ("9", "sum"): 1.96,
        ("3", "cases"): 1,
        ("3", "right"): 1,
        ("3", "sum"): 0.31,
    }


def mixed(*said: SaidClaim) -> Case:
    gold = [
        *sentences("paper", "Arden", 2),
        Sentence("p3", "paper", Span(20, 30), frozenset({"Velland", "Daily"})),
        *sentences("readout", "Arden", 1),
    ]
    names = {"Arden": "Arden Office", "Arden Office": "Arden Office"}
    return Case("event", EventKind.MIXED, Gold((*gold,), ()), Said((*said,)), names, frozenset({"readout"}))


def test_attribution_is_asked_of_the_articles_of_outlets() -> None:
    found = counts_of(
        mixed(
            SaidClaim("1", "paper", Span(0, 10), "Arden Office", 0.97),
            SaidClaim("2", "paper", Span(20, 30), "Daily", 0.55),
        )
    )
    # The second sentence has no claim, so it is wrong and in no band; of the third two sources are right.
    assert of(found, "attribution") == {("cases",): 3, ("right",): 2}
    assert of(found, "confidence") == {
        **{("6", one): value for one, value in (("cases", 1), ("right", 1), ("sum", 0.97))},
        **{("1", one): value for one, value in (("cases", 1), ("right", 1), ("sum", 0.55))},
    }


def test_where_claims_of_two_sources_share_a_sentence_the_larger_part_decides() -> None:
    found = counts_of(
        mixed(
            SaidClaim("1", "paper", Span(0, 4), "Velland", 0.9),
            SaidClaim("2", "paper", Span(4, 7), "Arden Office", 0.6),
            SaidClaim("3", "paper", Span(7, 10), "Arden Office", 0.5),
            SaidClaim("4", "paper", Span(10, 20), "Velland", 0.7),
        )
    )
    assert of(found, "attribution") == {("cases",): 3, ("right",): 1}
    assert found["confidence", "2", "right"] == 1


@pytest.mark.parametrize(
    ("confidence", "place"), [(0.0, 0), (0.49, 0), (0.5, 1), (0.9, 5), (0.949, 5), (0.95, 6), (1.0, 6)]
)
def test_a_band_begins_at_its_least_confidence(confidence: float, place: int) -> None:
    assert band_of(confidence) == place


@pytest.mark.parametrize(
    ("sources", "publishers", "kind"),
    [
        ("A B", "A B", EventKind.TWO_READOUTS),
        ("A B", "A B Paper", EventKind.TWO_READOUTS),
        ("A B", "Paper", EventKind.MIXED),
        ("A B", "A Paper", EventKind.MIXED),
        ("A B C", "A B C", EventKind.SEVERAL),
        ("A B C", "Paper", EventKind.SEVERAL),
    ],
)
def test_the_kind_of_an_event_follows_from_its_sources_and_publishers(
    sources: str, publishers: str, kind: EventKind
) -> None:
    articles = tuple(Article(name, "Text.", name) for name in publishers.split())
    assert kind_of(Event("Call", tuple(map(Source, sources.split())), articles)) is kind
