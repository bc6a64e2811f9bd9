"""The detectors of differences, one file a kind, all of one shape (see ``base``)."""

from __future__ import annotations

from ..languages import is_english
from . import (
    agency,
    commitment,
    date_time,
    entity,
    foreign,
    modality_hedge,
    negation_polarity,
    number,
    scope_detail,
    tone,
)
from .base import Context, Detector, Finding, Side

DETECTORS: tuple[Detector, ...] = (
    number.find,
    date_time.find,
    agency.find,
    negation_polarity.find,
    modality_hedge.find,
    commitment.find,
    tone.find,
    entity.find,
    scope_detail.find,
)


def find_reasons(a: Side, b: Side, context: Context) -> list[Finding]:
    """Return everything that the detectors find different between two sides of a pair.

    They read English. Where a side is in another language only figures are held against each other.
    """
    if not all(map(is_english, context.languages(a, b))):
        return foreign.find(a, b)
    return [finding for detector in DETECTORS for finding in detector(a, b, context)]
