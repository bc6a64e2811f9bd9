"""What is exported in tests: a comparison on which people have worked, and the bytes of a format."""

from __future__ import annotations

from django.contrib.auth.models import User

from claims.models import Annotation, Comparison, Pair
from claims.services.annotate import annotate, reply, resolve
from claims.services.export import FORMATS, Scope
from claims.services.review import decide, undo
from tests.factories import make_call, make_user


def make_worked_on() -> Comparison:
    """Make the call between Arden and Velland with decisions of ana and ben, one taken back, and a settled note."""
    comparison = make_call()
    ana, ben = make_user("reviewer", name="ana"), make_user("reviewer", name="ben")
    first, second, third, *_ = comparison.pairs.order_by("pk")
    decide(first, ana, "agree")
    decide(second, ana, "partial")
    decide(second, ana, "diverge")
    decide(second, ben, "partial")
    decide(third, ben, "no_match")
    decide(first, ben, "partial")
    undo(ben)
    _note_on(second, ana, ben)
    return comparison


def exported(name: str, comparison: Comparison, **options: object) -> bytes:
    """Return the event of a comparison in a format."""
    scope = Scope.of_events([comparison.event], address="https://crossread.example", **options)
    return b"".join(FORMATS[name].write(scope))


def _note_on(pair: Pair, ana: User, ben: User) -> Annotation:
    """Annotate the words “1 May” of a pair, reply, and settle it."""
    claim = pair.claims_of("a")[0]
    start = claim.start + claim.text.index("1 May")
    note = annotate(
        pair,
        ana,
        text="=Which of the two?",
        kind="date_time",
        weight="major",
        claim=claim,
        start=start,
        end=start + 5,
    )
    reply(note, ben, "The later one.")
    resolve(note, ben)
    return note
