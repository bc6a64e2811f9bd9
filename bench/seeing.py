"""The matrix, the overviews and a source's page in a library of 200 events: the server's time and the queries.

Four sources that occur in every event make 100 claims in each; their six comparisons hold 25 pairs each, triangles
and chains among them, so there are 20,000 claims and 30,000 pairs, with reasons for two thirds, and lone claims with
candidates. Each page is also asked for where there are few events: its queries must be as many.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from bench.database import set_up
from bench.timing import best, best_processor_time, show

if TYPE_CHECKING:
    from claims.models import Article, Claim, Comparison, Event, Pair, Source

EVENTS, FEW = 200, 5
SOURCES = ("Arden", "Velland", "Omber", "Tarn")
CLAIMS, MATCHED, PAIRS = 25, 20, 25  # of a source, of those matched in a comparison, and pairs of a comparison
KINDS = ("number", "date_time", "commitment", "agency", "tone", "scope_detail")
DEEDS = ("agreed to let", "promised to let", "would consider letting", "discussed how", "proposed that", "hoped that")
AIM_MS = 150


def build(first: int, last: int) -> None:
    """Store the events of these numbers, each step in bulk."""
    from django.db import transaction

    with transaction.atomic():
        for number in range(first, last):
            _event(number)


def _event(number: int) -> None:
    from claims.models import Article, Claim, Comparison, Event, Source

    day = dt.date(2020, 1, 5) + dt.timedelta(days=11 * number)
    event = Event.objects.create(title=f"Call number {number}", slug=f"call-{number}", date=day)
    sources = [
        Source(event=event, name=name, slug=name.lower(), party=f"Government of {name}", position=place)
        for place, name in enumerate(SOURCES)
    ]
    Source.objects.bulk_create(sources)
    claims: dict[Source, list[Claim]] = {}
    for source in sources:
        said = [_sentence(source, place) for place in range(CLAIMS)]
        article = Article.objects.create(event=event, name=f"{source.slug}.txt", publisher=source, text=" ".join(said))
        claims[source] = list(_claims(article, source, said))
        Claim.objects.bulk_create(claims[source])
    for a, b in combinations(sources, 2):
        _compare(Comparison.objects.create(event=event, a=a, b=b), claims[a], claims[b])


def _sentence(source: Source, place: int) -> str:
    deed = DEEDS[(place + source.position) % len(DEEDS)]
    return f"{source.name} {deed} {place + 3} grain ships pass the strait of Sarn by {place % 27 + 1} May, he said."


def _claims(article: Article, source: Source, said: list[str]) -> Iterator[Claim]:
    from claims.models import Claim

    start = 0
    for text in said:
        yield Claim(article=article, source=source, start=start, end=start + len(text), text=text)
        start += len(text) + 1


def _compare(comparison: Comparison, a: list[Claim], b: list[Claim]) -> None:
    from claims.models import Candidate, Lone, Pair, PairClaim
    from claims.models.pair import pair_key

    links = [(place, place) for place in range(MATCHED)] + [(4 * n, 4 * n + 1) for n in range(PAIRS - MATCHED)]
    pairs = [
        Pair(comparison=comparison, key=pair_key([a[i].pk], [b[j].pk]), score=0.5 + (i + j) % 45 / 100)
        for i, j in links
    ]
    Pair.objects.bulk_create(pairs)
    PairClaim.objects.bulk_create(
        PairClaim(pair=pair, claim=claim, side=side)
        for pair, (i, j) in zip(pairs, links, strict=True)
        for side, claim in (("a", a[i]), ("b", b[j]))
    )
    _judge(pairs, [(a[i], b[j]) for i, j in links])
    alone = [(own[place], other) for own, other in ((a, b), (b, a)) for place in range(MATCHED, CLAIMS)]
    lone = [Lone(comparison=comparison, claim=claim) for claim, _ in alone]
    Lone.objects.bulk_create(lone)
    Candidate.objects.bulk_create(
        Candidate(lone=one, claim=other[place], score=0.1 + place / 100)
        for one, (_, other) in zip(lone, alone, strict=True)
        for place in range(3)
    )


def _judge(pairs: list[Pair], claims: list[tuple[Claim, Claim]]) -> None:
    from claims.models import Reason, ReasonWords, Verdict

    verdicts, reasons, words = [], [], []
    for place, (pair, sides) in enumerate(zip(pairs, claims, strict=True)):
        relation = ("agree", "partial", "diverge")[place % 3]
        kind = "account" if relation == "diverge" else ""
        verdict = Verdict(pair=pair, relation=relation, kind=kind, confidence=0.6)
        verdicts.append(verdict)
        if relation != "agree":
            told = Reason(verdict=verdict, kind=KINDS[place % len(KINDS)], explanation="The figures differ.")
            reasons.append(told)
            for side, claim in zip("ab", sides, strict=True):
                start = claim.start + claim.text.index(" ") + 1
                end = start + claim.text[start - claim.start :].index(" ")
                words.append(ReasonWords(reason=told, side=side, claim=claim, start=start, end=end))
    Verdict.objects.bulk_create(verdicts)
    Reason.objects.bulk_create(reasons)
    ReasonWords.objects.bulk_create(words)


def addresses() -> dict[str, str]:
    """Return the pages that are measured, those of the newest event and of the source that occurs most."""
    from claims.models import Event

    event: Event = Event.objects.order_by("-pk")[0]
    source = event.sources.all()[0]
    return {
        "event": f"/events/{event.slug}/",
        "matrix": f"/events/{event.slug}/matrix/",
        "overview of an event": f"/events/{event.slug}/overview/",
        "overview": "/overview/",
        "source": f"/sources/{source.pk}/",
    }


def main() -> None:
    """Measure the pages as a signed-in reader gets them, without the network."""
    set_up()
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.create_user("reader"))

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return len(seen)

    build(0, FEW)
    few = {name: queries(address) for name, address in addresses().items()}
    build(FEW, EVENTS)
    rows = []
    for name, address in addresses().items():
        many = queries(address)
        assert many == few[name], f"{name}: {few[name]} queries with {FEW} events, {many} with {EVENTS}"
        seconds = best(lambda address=address: client.get(address), times=9)  # type: ignore[misc]
        processor = best_processor_time(lambda address=address: client.get(address), times=9)  # type: ignore[misc]
        size = len(client.get(address).content) / 1000
        rows.append(
            (name, f"{seconds * 1000:.0f} ms ({processor * 1000:.0f} of the processor), {many} queries, {size:.0f} kB")
        )
    show(
        f"Pages at {EVENTS} events, {EVENTS * 4 * CLAIMS:,} claims, {EVENTS * 6 * PAIRS:,} pairs (aim: {AIM_MS} ms)",
        rows,
    )


if __name__ == "__main__":
    main()
