"""What people put right by hand, and silences that they confirmed."""

from __future__ import annotations

import datetime as dt
from typing import Self

from ninja import Schema

from claims import models


class Fix(Schema):
    """One thing that a person put right by hand, in words before and after; claims' edges have no ``comparison``."""

    id: int
    comparison: int | None
    source: int | None
    by: str
    kind: str
    was: str
    now: str
    at: dt.datetime
    undone_at: dt.datetime | None

    @classmethod
    def of(cls, row: models.Fix) -> Self:
        """Bring ``actor``."""
        return cls(
            id=row.pk,
            comparison=row.comparison_id,
            source=row.source_id,
            by=row.actor.get_username(),
            kind=row.kind,
            was=row.was,
            now=row.now,
            at=row.at,
            undone_at=row.undone_at,
        )


class Silence(Schema):
    """A person's word that the other source says nothing of a claim."""

    comparison: int
    claim: int
    by: str
    at: dt.datetime

    @classmethod
    def of(cls, row: models.Silence) -> Self:
        """Bring ``by``."""
        return cls(comparison=row.comparison_id, claim=row.claim_id, by=row.by.get_username(), at=row.at)
