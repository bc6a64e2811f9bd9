"""Two sides of a pair for the tests of detectors."""

from __future__ import annotations

import datetime as dt

from claims.analysis.reasons.base import Context, Detector, Finding, Side
from claims.analysis.roster import Roster
from claims.analysis.structures import Claim, Event, Source, Span

ARDEN = Source("Office of the President of Arden", "Arden", ("President Mira Lind", "Lind", "Corvale"), ("Tom Hale",))
VELLAND = Source("Presidency of Velland", "Velland", ("President Oskar Brandt", "Brandt", "Nordhaven"), ("Eva Roth",))
DAY = dt.date(2031, 3, 18)
EVENT = Event("Call", (ARDEN, VELLAND), date=DAY)


def side(source: Source, *texts: str) -> Side:
    """Return a side with one claim a text, as its own readout would have them."""
    claims, start = [], 0
    for text in texts:
        claims.append(Claim(source.name, Span(start, start + len(text)), text, source.name))
        start += len(text) + 1
    return Side(source, tuple(claims), DAY)


def find(detector: Detector, a: str, b: str) -> list[Finding]:
    """Run a detector on one statement of Arden and one of Velland, and check that it mirrors."""
    context = Context(EVENT, Roster.of(EVENT, texts=[a, b]))
    one = detector(side(ARDEN, a), side(VELLAND, b), context)
    other = detector(side(VELLAND, b), side(ARDEN, a), context)
    assert [(x.kind, x.clash, texts(x.a), texts(x.b)) for x in one] == [
        (x.kind, x.clash, texts(x.b), texts(x.a)) for x in other
    ]
    for finding in one:
        assert all(word.text in a for word in finding.a)
        assert all(word.text in b for word in finding.b)
        assert finding.explanation
        assert 0 <= finding.weight <= 1
    return one


def texts(found: tuple[object, ...]) -> list[str]:
    """Return the words shown."""
    return [word.text for word in found]  # type: ignore[attr-defined]
