"""Rows for tests, made by plain functions: an event with its sources, an article with claims at exact offsets, pairs.

``make_call`` is a whole small comparison with every relation in it; ``make_large`` one of any size.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from django.contrib.auth.models import Group, User
from django.utils import timezone
from django.utils.text import slugify

from claims.models import (
    Article,
    Candidate,
    Claim,
    Comparison,
    Event,
    Lone,
    Pair,
    PairClaim,
    Reason,
    ReasonWords,
    Source,
    Verdict,
)
from claims.models.pair import pair_key
from claims.services.joining import join

OUTLET = "The Courier"

ARDEN = (
    "The Prime Minister spoke with her Vellish counterpart on Tuesday.",
    "The call lasted one hour and 20 minutes.",
    "The two leaders agreed to reopen the port of Sarn to grain ships on 1 May.",
    "It was a frank exchange, though not one that settles the matter of tariffs.",
    "The Prime Minister proposed that observers be sent to the strait.",
    "Arden did not ask for a delay of the fisheries treaty.",
)
VELLAND = (
    "Tuesday's telephone conversation took place at Arden's initiative.",
    "The talk was warm and highly productive, the palace said.",
    "Both sides will consider reopening Sarn to grain ships in the first days of June.",
    "The President offered to send observers to the strait, which Arden accepted.",
    "The President recalled the sinking of the trawler Maribel.",
    "Arden asked that the fisheries treaty be put off until autumn.",
)

Words = Mapping[str, tuple[Sequence[str], Sequence[str]]]


def make_user(role: str = "reviewer", *, name: str = "") -> User:
    """Make somebody of a role: ``reader``, ``reviewer`` or ``editor``; or of none."""
    user = User.objects.create_user(name or role or "nobody", password="a-long-password")
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_event(
    title: str = "Call between Arden and Velland",
    *,
    sources: Iterable[str] = ("Arden", "Velland"),
    invented: bool = True,
    date: dt.date | None = dt.date(2031, 4, 8),
) -> Event:
    """Make an event with sources and a comparison for every two of them."""
    event = Event.objects.create(title=title, slug=slugify(title), invented=invented, date=date)
    made = [
        Source.objects.create(event=event, name=name, slug=slugify(name), party=f"Government of {name}", position=place)
        for place, name in enumerate(sources)
    ]
    for a, b in combinations(made, 2):
        Comparison.objects.create(event=event, a=a, b=b, matched_at=timezone.now(), model="all-MiniLM-L6-v2")
    return event


def make_article(
    event: Event, sentences: Sequence[tuple[Source | str, str]], *, name: str = "readout.txt", outlet: str = OUTLET
) -> Article:
    """Make an article of these sentences, each a claim of a source, or of whoever the name says."""
    text = " ".join(sentence for _, sentence in sentences)
    article = Article.objects.create(
        event=event, name=name, outlet=outlet, text=text, read_at=timezone.now(), published=event.date
    )
    place, claims = 0, []
    for source, sentence in sentences:
        owner = {"source": source} if isinstance(source, Source) else {"voice": source}
        claims.append(Claim(article=article, start=place, end=place + len(sentence), text=sentence, **owner))
        place += len(sentence) + 1
    Claim.objects.bulk_create(claims)
    return article


def make_pair(
    comparison: Comparison,
    a: Sequence[Claim],
    b: Sequence[Claim],
    *,
    relation: str = "agree",
    reasons: Words | None = None,
    score: float = 0.7,
    confidence: float = 0.6,
) -> Pair:
    """Make a pair with the machine's verdict.

    Args:
        reasons: by kind of reason, the words on side a and on side b that show it, each to be found in a claim.
    """
    key = pair_key((claim.pk for claim in a), (claim.pk for claim in b))
    pair = Pair.objects.create(comparison=comparison, key=key, score=score, sure=score > 0.6)
    sides = {"a": a, "b": b}
    PairClaim.objects.bulk_create(
        [PairClaim(pair=pair, claim=claim, side=side) for side, claims in sides.items() for claim in claims]
    )
    kind = "account" if relation == "diverge" else ""
    verdict = Verdict.objects.create(pair=pair, relation=relation, kind=kind, confidence=confidence)
    for position, (reason_kind, words) in enumerate((reasons or {}).items()):
        explanation = f"They differ in {reason_kind.replace('_', ' ')}."
        reason = Reason.objects.create(verdict=verdict, kind=reason_kind, explanation=explanation, position=position)
        ReasonWords.objects.bulk_create(
            [
                _words(reason, side, phrase, sides[side])
                for side, phrases in zip("ab", words, strict=True)
                for phrase in phrases
            ]
        )
    return pair


def _words(reason: Reason, side: str, phrase: str, claims: Sequence[Claim]) -> ReasonWords:
    claim = next(claim for claim in claims if phrase in claim.text)
    start = claim.start + claim.text.index(phrase)
    return ReasonWords(reason=reason, side=side, claim=claim, start=start, end=start + len(phrase))


def make_lone(comparison: Comparison, claim: Claim, *candidates: tuple[Claim, float]) -> Lone:
    """Make a claim that stays alone, with the claims that came near it."""
    lone = Lone.objects.create(comparison=comparison, claim=claim)
    Candidate.objects.bulk_create([Candidate(lone=lone, claim=near, score=score) for near, score in candidates])
    return lone


def make_call(*, title: str = "Call between Arden and Velland", invented: bool = True) -> Comparison:
    """Make a comparison of two readouts with every relation, a crossing, and a lone claim on each side."""
    event = make_event(title, invented=invented)
    comparison = event.comparisons.get()
    readouts = (comparison.a, ARDEN, "arden.txt"), (comparison.b, VELLAND, "velland.txt")
    a, b = (
        list(make_article(event, [(source, one) for one in text], name=name).claims.order_by("start"))
        for source, text, name in readouts
    )
    make_pair(comparison, a[:1], b[:1], relation="agree", score=0.83, confidence=0.9)
    make_pair(
        comparison,
        a[2:3],
        b[2:3],
        relation="partial",
        reasons={
            "commitment": (["agreed to reopen"], ["will consider reopening"]),
            "date_time": (["1 May"], ["the first days of June"]),
        },
        score=0.79,
        confidence=0.74,
    )
    make_pair(
        comparison,
        a[3:4],
        b[1:2],
        relation="partial",
        reasons={"tone": (["frank"], ["warm and highly productive"])},
        score=0.55,
        confidence=0.48,
    )
    make_pair(
        comparison,
        a[4:5],
        b[3:4],
        relation="diverge",
        reasons={"agency": (["The Prime Minister proposed"], ["The President offered"])},
        score=0.76,
        confidence=0.81,
    )
    make_pair(
        comparison,
        a[5:6],
        b[5:6],
        relation="diverge",
        reasons={"negation_polarity": (["did not ask"], ["asked"])},
        score=0.72,
        confidence=0.66,
    )
    make_lone(comparison, a[1], (b[0], 0.31), (b[1], 0.22))
    make_lone(comparison, b[4], (a[4], 0.19))
    return comparison


def make_joined(comparison: Comparison, maker: User) -> Pair:
    """Put the lone claims of ``make_call`` together by hand: a pair without a score, which nobody has judged yet."""
    claims = comparison.lone.values_list("claim", flat=True)
    return join(comparison, maker, list(claims))


def make_large(size: int, *, pairs: int | None = None) -> Comparison:
    """Make a comparison of ``size`` × ``size`` claims; three quarters are matched unless ``pairs`` says how many."""
    event = make_event(f"A long call of {size}", sources=("Arden", "Velland"))
    comparison = event.comparisons.get()
    a, b = (
        list(make_article(event, _long_text(source, size), name=f"{source.slug}.txt").claims.order_by("start"))
        for source in (comparison.a, comparison.b)
    )
    matched = size * 3 // 4 if pairs is None else pairs
    relations = ("agree", "partial", "diverge")
    for i in range(matched):
        # Every fifth pair crosses its neighbour.
        j = i + 1 if i % 5 == 3 and i + 1 < matched else i - 1 if i % 5 == 4 else i
        relation = relations[i % 3]
        reasons: Words = {} if relation == "agree" else {"number": ([f"{i} ships"], [f"{j} ships"])}
        make_pair(comparison, a[i : i + 1], b[j : j + 1], relation=relation, reasons=reasons)
    for i in range(matched, size):
        make_lone(comparison, a[i], (b[i], 0.2), (b[0], 0.1))
        make_lone(comparison, b[i], (a[i], 0.2), (a[0], 0.1))
    return comparison


def _long_text(source: Source, size: int) -> list[tuple[Source | str, str]]:
    sentence = "{} said that {} ships would pass the strait of Sarn before the end of the month, as both had foreseen."
    return [(source, sentence.format(source.name, place)) for place in range(size)]


def make_pairs(count: int, *, title: str = "A long call") -> Comparison:
    """Make a comparison of as many pairs with verdicts and reasons, in bulk: for measurements of many pairs."""
    event = make_event(title)
    comparison = event.comparisons.get()
    a, b = (
        list(make_article(event, _long_text(source, count), name=f"{source.slug}.txt").claims.order_by("start"))
        for source in (comparison.a, comparison.b)
    )
    score = [0.4 + (place * 37 % 100) / 200 for place in range(count)]
    pairs = Pair.objects.bulk_create(
        Pair(comparison=comparison, key=pair_key([one.pk], [other.pk]), score=score[place], sure=score[place] > 0.6)
        for place, (one, other) in enumerate(zip(a, b, strict=True))
    )
    PairClaim.objects.bulk_create(
        PairClaim(pair=pair, claim=claims[place], side=side)
        for place, pair in enumerate(pairs)
        for side, claims in (("a", a), ("b", b))
    )
    relations = ("agree", "partial", "diverge")
    verdicts = Verdict.objects.bulk_create(
        Verdict(
            pair=pair,
            relation=relations[place % 3],
            kind="account" if place % 3 == 2 else "",
            confidence=0.3 + (place * 61 % 100) / 150,
        )
        for place, pair in enumerate(pairs)
    )
    reasons = Reason.objects.bulk_create(
        Reason(verdict=verdict, kind="number", explanation="The figures differ.")
        for place, verdict in enumerate(verdicts)
        if place % 3
    )
    different = [(one, other) for place, (one, other) in enumerate(zip(a, b, strict=True)) if place % 3]
    ReasonWords.objects.bulk_create(
        _words(reason, side, "ships", (claim,))
        for reason, claims in zip(reasons, different, strict=True)
        for side, claim in zip("ab", claims, strict=True)
    )
    return comparison
