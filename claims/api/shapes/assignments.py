"""Which reviewer is to decide on which pair."""

from __future__ import annotations

import datetime as dt
from typing import Self

from ninja import Schema

from claims import models
from claims.api.shapes.base import added
from claims.models.assignment import reviewers, with_load
from claims.services.assign import Plan


class Assignment(Schema):
    """That a pair is one reviewer's to decide; ``waiting`` while they have not, and it is open."""

    pair: int
    event: str
    reviewer: str
    by: str
    made_at: dt.datetime
    waiting: bool

    @classmethod
    def of(cls, row: models.Assignment) -> Self:
        """Bring ``reviewer``, ``by``, ``pair__comparison__event`` and ``is_waiting``."""
        return cls(
            pair=row.pair_id,
            event=row.pair.comparison.event.slug,
            reviewer=row.reviewer.get_username(),
            by=row.by.get_username(),
            made_at=row.made_at,
            waiting=bool(added(row, "is_waiting")),
        )


class Share(Schema):
    """How many pairs of an event a reviewer was given."""

    reviewer: str
    pairs: int


class Sharing(Schema):
    """How an event's pairs are shared out; ``times`` counts how often that was changed."""

    event: str
    times: int
    shares: list[Share]

    @classmethod
    def of(cls, row: models.Event) -> Self:
        """Take one query."""
        people = with_load(reviewers(), row.pk)
        shares = [Share(reviewer=one.get_username(), pairs=added(one, "assigned")) for one in people]
        return cls(event=row.slug, times=row.shared_out, shares=shares)


class SharePlan(Schema):
    """How pairs would be shared out: ``full`` had reviewers enough, ``short`` would have fewer than were asked for."""

    pairs: int
    decisions: int
    full: int
    short: int
    shares: list[Share]

    @classmethod
    def of(cls, plan: Plan, names: dict[int, str]) -> Self:
        """Tell a plan; ``names`` are those of its reviewers by their keys."""
        load = plan.load
        return cls(
            pairs=len({pair for pair, _ in plan.shares}),
            decisions=len(plan.shares),
            full=plan.full,
            short=plan.short,
            shares=[Share(reviewer=names[key], pairs=load[key]) for key in sorted(load, key=lambda key: names[key])],
        )
