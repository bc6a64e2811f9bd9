"""Moments as the exports write them."""

from __future__ import annotations

import datetime as dt


def moment(told: dt.datetime | None) -> str | None:
    """Return a moment to the microsecond, in UTC."""
    return told.astimezone(dt.UTC).isoformat(timespec="microseconds") if told else None
