"""The comparison page at 200 × 200 claims: the server's time, the queries, and the page's size."""

from __future__ import annotations

from bench.database import set_up
from bench.timing import best, show

SIZE = 200


def main() -> None:
    """Measure the page as a signed-in reviewer gets it, without the network."""
    set_up()
    from django.contrib.auth.models import Group, User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.factories import make_large

    address = make_large(SIZE).get_absolute_url()
    reviewer = User.objects.create_user("reviewer")
    reviewer.groups.add(Group.objects.get(name="reviewer"))
    client = Client(headers={"host": "localhost"})
    client.force_login(reviewer)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    count = len(queries)  # later requests empty the log
    assert answer.status_code == 200, answer.status_code
    seconds = best(lambda: client.get(address), times=15)
    show(
        f"The comparison page at {SIZE} × {SIZE} claims",
        [
            ("server time", f"{seconds * 1000:.0f} ms"),
            ("queries", str(count)),
            ("size of the page", f"{len(answer.content) / 1000:.0f} kB"),
        ],
    )
