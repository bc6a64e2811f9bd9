"""Store what people put right by hand: fixes, whose states are keys of the database again, and silences."""

from __future__ import annotations

import datetime as dt
from typing import Any

from claims.models import Change, Event, Fix, Silence
from claims.models.pair import Side, pair_key
from claims.services.ledger import State
from claims.services.restore.shelf import AT_ONCE, Shelf
from claims.services.restore.told import Told

_GONE = 0  # the key of no row: what the file has no name for


def store_fixes(event: Event, rows: list[Told], shelf: Shelf) -> None:
    """Store the fixes, and which lines of the histories belong to them."""
    made = Fix.objects.bulk_create([_fix(event, one, shelf) for one in rows], batch_size=AT_ONCE)
    for change, told in shelf.by_fix:
        place = told.whole("fix")
        if place >= len(made):
            told.refuse(f"there is no fix {place} in this event; the first is 0.")
        change.fix = made[place]
    Change.objects.bulk_update([change for change, _ in shelf.by_fix], ["fix"], batch_size=AT_ONCE)
    shelf.by_fix = []


def store_silences(event: Event, rows: list[Told], shelf: Shelf) -> None:
    """Store the silences that people confirmed."""
    Silence.objects.bulk_create(
        [
            Silence(
                comparison=shelf.comparison(one),
                claim=shelf.claim(one),
                by_id=shelf.somebody(one),
                at=one.known_moment("at"),
            )
            for one in rows
        ],
        batch_size=AT_ONCE,
    )


def _fix(event: Event, told: Told, shelf: Shelf) -> Fix:
    return Fix(
        event=event,
        comparison=None if told.is_null("comparison") else shelf.comparison(told),
        source=shelf.source(told, "source"),
        actor_id=shelf.somebody(told),
        kind=told.word("kind", Fix.Kind.values),
        before=_states(told, "before", shelf),
        after=_states(told, "after", shelf),
        was=told.text("was"),
        now=told.text("now"),
        at=told.known_moment("at"),
        undone_at=told.moment("undone_at"),
    )


def _states(told: Told, key: str, shelf: Shelf) -> dict[str, Any]:
    """Return what ``services.ledger`` writes of the rows that a fix touched."""
    states = told.inner(key) or told.refuse(f"“{key}” is to be an object.")
    if told.text("kind") in (Fix.Kind.SILENT, Fix.Kind.HEARD):
        silence = states.inner("silence")
        return {"silence": _silence(silence, shelf) if silence else None}
    return {
        "pairs": dict(_pair(one, shelf) for one in states.each("pairs")),
        "claims": dict(_claim(one, shelf) for one in states.each("claims")),
    }


def _silence(told: Told, shelf: Shelf) -> State:
    return {"claim": _claim_key(told, shelf), "by": shelf.somebody(told), "at": _written(told)}


def _pair(told: Told, shelf: Shelf) -> tuple[str, State | None]:
    pair, state = shelf.pair(told, "pair") or told.refuse("“pair” is null."), told.inner("state")
    return str(pair.pk), _pair_state(pair.pk, state, shelf) if state else None


def _pair_state(pk: int, told: Told, shelf: Shelf) -> State:
    members = [
        (_claim_key(one, shelf), one.word("side", Side.values), one.spans("differing")) for one in told.each("claims")
    ]
    merged = told.inner("merged")
    into = shelf.pair(merged, "into") if merged else None
    a, b = ([claim for claim, at, _ in members if at == side] for side in Side.values)
    return {
        "key": pair_key(a, b) if merged is None else f"~{pk}",
        "score": told.share_or_none("score"),
        "sure": told.flag("sure"),
        "withdrawn": told.flag("withdrawn"),
        **_made(told, shelf),
        "merged_into": into.pk if into else None,
        "members": [list(one) for one in sorted(members)],
    }


def _claim(told: Told, shelf: Shelf) -> tuple[str, State | None]:
    state = told.inner("state")
    stored = {"withdrawn": state.flag("withdrawn"), **_made(state, shelf)} if state else None
    return str(shelf.claim(told).pk), stored


def _claim_key(told: Told, shelf: Shelf) -> int:
    return _GONE if told.claim_or_none("claim") is None else shelf.claim(told).pk


def _made(told: Told, shelf: Shelf) -> State:
    made = told.inner("made")
    return {"made_by": shelf.person(made) if made else None, "made_at": _written(made) if made else None}


def _written(told: Told) -> str:
    """Return a moment as the ledger writes it: it is compared to the letter."""
    return told.known_moment("at").astimezone(dt.UTC).isoformat()
