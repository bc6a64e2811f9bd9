"""The review queue at 10,000 pairs: the server's time from a key to the next pair, its queries, and a bulk decision.

python -m bench queue               10,000 pairs
python -m bench.queue 20000         as many as told
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from typing import TYPE_CHECKING

from bench.database import set_up
from bench.timing import show

if TYPE_CHECKING:
    from django.test import Client

PAIRS = 10_000
PER_EVENT = 500
KEYS = 40  # decisions that are timed
_SWAPPED = {"HX-Request": "true", "HX-Target": "desk", "HX-Boosted": "true"}


def main() -> None:
    """Measure as a signed-in reviewer gets it, without the network: at the first pairs, then among the last ones."""
    size = int(sys.argv[1]) if __name__ == "__main__" and len(sys.argv) > 1 else PAIRS
    set_up()
    from django.contrib.auth.models import Group, User
    from django.test import Client

    fill(size)
    reviewer = User.objects.create_user("reviewer")
    reviewer.groups.add(Group.objects.get(name="reviewer"))
    client = Client(headers={"host": "localhost"})
    client.force_login(reviewer)
    # A process loads its pages at its first answer, whichever page that is: `bench web` measures it.
    rows = [("first answer of process", _told([_timed(client, "/")]))]
    rows.append(("first look, order made", _told([_timed(client, "/review/")])))
    rows += _keys(client, "")
    rows.append(("list of the pairs", _told([_timed(client, "/review/list/") for _ in range(5)])))
    rows += _bulk(client)
    rows.append(("coming back", _told([_timed(client, "/review/") for _ in range(5)])))
    rows.append(("the history", _told([_timed(client, "/history/") for _ in range(5)])))
    _undecide_the_last(KEYS + 10)
    rows += _keys(client, ", all others decided")
    show(f"The review queue at {size:,} pairs", rows)


def fill(size: int) -> None:
    """Store events of some hundred pairs each, with verdicts and reasons."""
    from tests.factories import make_pairs

    for first in range(0, size, PER_EVENT):
        make_pairs(min(PER_EVENT, size - first), title=f"Call number {first}")


def _keys(client: Client, when: str) -> list[tuple[str, str]]:
    """Decide pair after pair as the page does: the answer that stores one brings the next."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page = client.get("/review/").content.decode()
    seconds, queries = [], 0
    for _ in range(KEYS):
        found = re.search(r'action="(/pairs/\d+/review/)".*?name="next" value="([^"]+)"', page, re.DOTALL)
        assert found, "no pair is shown"
        address, form = found[1], {"decision": "agree", "next": found[2].replace("&amp;", "&")}
        began = time.perf_counter()
        if queries:
            answer = client.post(address, form, headers=_SWAPPED, follow=True)
        else:
            with CaptureQueriesContext(connection) as counted:
                answer = client.post(address, form, headers=_SWAPPED, follow=True)
            queries = len(counted)
        seconds.append(time.perf_counter() - began)
        page = answer.content.decode()
    return [(f"from key to next pair{when}", _told(seconds)), (f"queries of that{when}", str(queries))]


def _bulk(client: Client) -> list[tuple[str, str]]:
    form = {"decision": "partial", "shown": "50"}
    began = time.perf_counter()
    page = client.post("/review/bulk/", form).content.decode()
    seen = time.perf_counter() - began
    found = re.search(r'name="mark" value="(\w+)"', page)
    assert found, "nothing is to be confirmed"
    began = time.perf_counter()
    assert client.post("/review/bulk/", {**form, "mark": found[1]}).status_code == 303
    return [
        ("preview of a decision on all", f"{seen * 1000:.0f} ms"),
        ("storing it", f"{time.perf_counter() - began:.2f} s"),
    ]


def _undecide_the_last(count: int) -> None:
    """Leave only the last pairs of the order undecided, which is where the search for the next one is longest."""
    from claims.models import Pair, Review, Round

    last = Round.objects.get().order[-count:]
    Review.objects.filter(pair__in=last).delete()
    Pair.objects.filter(pk__in=last).update(outcome="")
    Round.objects.update(at=Round.objects.get().order[0])


def _timed(client: Client, address: str) -> float:
    began = time.perf_counter()
    assert client.get(address).status_code == 200
    return time.perf_counter() - began


def _told(seconds: list[float]) -> str:
    middle, most = statistics.median(seconds), max(seconds)
    if len(seconds) < 3:
        return f"{middle * 1000:.0f} ms"
    return f"{middle * 1000:.0f} ms (most {most * 1000:.0f})"


if __name__ == "__main__":
    main()
