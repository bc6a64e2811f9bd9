"""Search at 20,000 claims: by words, by meaning, and where else a claim has been said; the server's time and queries.

python -m bench search               20,000 claims beside 2,000
python -m bench.search 50000         as many as told
"""

from __future__ import annotations

import random
import sys
import time

from bench.database import set_up
from bench.timing import show

CLAIMS = 20_000
A_TEXT = 40  # claims of one article
DIMENSIONS = 384
_TIMES = 9
_WORDS = (
    *("grain", "corridor", "port", "strait", "tariff", "treaty", "observer", "ceasefire", "prisoner", "exchange"),
    *("minister", "envoy", "convoy", "harbour", "quota", "pipeline", "summit", "border", "inspection", "vessel"),
    *("delegation", "sanction", "railway", "embassy", "accord", "shipment", "licence", "inquiry"),
)
_SEARCHES = (
    ("one word", "corridor"),
    ("a word in every claim", "said"),
    ("two words and a relation", "corridor treaty relation:diverge"),
    ("exact words, a source, a year", '"the corridor" source:source-3 after:2020 -tariff'),
)


def main() -> None:
    """Measure as a signed-in reviewer gets the pages, without the network; queries at a tenth of the claims too."""
    claims = int(sys.argv[1]) if __name__ == "__main__" and len(sys.argv) > 1 else CLAIMS
    set_up()
    from django.contrib.auth.models import Group, User
    from django.test import Client

    reviewer = User.objects.create_user("reviewer")
    reviewer.groups.add(Group.objects.get(name="reviewer"))
    client = Client(headers={"host": "localhost"})
    client.force_login(reviewer)
    fill(0, claims // 10)
    few = [queries_of(client, address) for _, address in _addresses()]
    fill(claims // 10, claims)
    rows = []
    for (name, address), before in zip(_addresses(), few, strict=True):
        now = queries_of(client, address)
        wall, work = seconds_of(client, address)
        told = f"{wall * 1000:.0f} ms, {work * 1000:.0f} of them work; {now} queries ({before} at a tenth)"
        rows.append((name, told))
    show(f"Search among {claims:,} claims", rows)


def seconds_of(client: object, address: str) -> tuple[float, float]:
    """Return how long a page takes by the clock and of the processors' time, each the best of several."""
    from django.test import Client

    assert isinstance(client, Client)
    walls, works = [], []
    for _ in range(_TIMES):
        wall, work = time.perf_counter(), time.process_time()
        client.get(address)
        walls.append(time.perf_counter() - wall)
        works.append(time.process_time() - work)
    return min(walls), min(works)


def queries_of(client: object, address: str) -> int:
    """Return how many queries a page takes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    assert isinstance(client, Client)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        count = len(queries)
    assert answer.status_code == 200, answer.status_code
    assert b'<li class="card">' in answer.content, address
    return count


def fill(first: int, last: int) -> None:
    """Store events of two readouts, each pair of claims in a pair, and a vector for every claim."""
    from django.db import transaction

    with transaction.atomic():
        for number in range(first // (2 * A_TEXT), last // (2 * A_TEXT)):
            _event(number)


def _event(number: int) -> None:
    import numpy as np

    from claims.models import Claim, Vector
    from claims.models.article import checksum
    from tests.factories import make_article, make_event, make_pair

    chance = random.Random(number)  # noqa: S311 - it varies texts and guards no secret
    event = make_event(f"Call {number}", sources=(f"Source {number % 9}", f"Answer {number % 9}"))
    a, b = (
        list(make_article(event, [(source, _sentence(chance)) for _ in range(A_TEXT)], name=source.slug).claims.all())
        for source in event.sources.all()
    )
    relations = ("agree", "partial", "diverge")
    for place in range(0, A_TEXT, 2):
        make_pair(event.comparisons.get(), a[place : place + 1], b[place : place + 1], relation=relations[place % 3])
    # Around one direction, as sentences of one field lie, so that many are near.
    drawn = np.random.default_rng(number).normal(size=(2 * A_TEXT, DIMENSIONS)).astype("<f4")
    drawn[:, 0] += 12
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    texts = Claim.objects.filter(article__event=event).values_list("text", flat=True)
    Vector.objects.bulk_create(
        [
            Vector(model="all-MiniLM-L6-v2", text_hash=checksum(text), values=row.tobytes())
            for text, row in zip(texts, drawn, strict=False)
        ],
        ignore_conflicts=True,
    )


def _sentence(chance: random.Random) -> str:
    words = chance.sample(_WORDS, 6)
    return (
        f"The {words[0]} and the {words[1]} were raised, the office said, with {chance.randrange(10**6)} tonnes of "
        f"{words[2]} and a {words[3]} that the {words[4]} had left to the {words[5]}."
    )


def _addresses() -> list[tuple[str, str]]:
    from urllib.parse import urlencode

    from claims.models import Claim

    claim = Claim.objects.order_by("pk")[0]
    found = [(name, f"/search/?{urlencode({'q': typed})}") for name, typed in _SEARCHES]
    meaning = urlencode({"q": f'"{claim.text}"', "by": "meaning"})
    return [
        *found,
        ("by meaning", f"/search/?{meaning}"),
        ("where else", f"/claims/{claim.pk}/elsewhere/"),
    ]


if __name__ == "__main__":
    main()
