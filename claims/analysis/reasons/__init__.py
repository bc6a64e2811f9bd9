"""The detectors of differences, one file a kind, all of one shape (see ``base``)."""

from __future__ import annotations

from . import (
    agency,
    commitment,
    modality_hedge,
    negation_polarity,
    tone,
)
from .base import Context, Detector, Finding, Side

DETECTORS: tuple[Detector, ...] = (
    agency.find,
    negation_polarity.find,
    modality_hedge.find,
    commitment.find,
    tone.find,
)


def find_reasons(a: Side, b: Side, context: Context) -> list[Finding]:
    """Return everything that the detectors find different between two sides of a pair."""
    return [finding for detector in DETECTORS for finding in detector(a, b, context)]
