"""Load a JSON file of events, all of them or none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db import DatabaseError, transaction

from claims.models import Event
from claims.services.analyse import request_run
from claims.services.export.event_json import FORMAT, VERSION
from claims.services.refusals import Refused
from claims.services.restore.shelf import Shelf
from claims.services.restore.storing import store_event
from claims.services.restore.told import Told

_LONGEST_NAME = 150  # Django's own limit
_OURS = "Export it from Crossread with the format json."
_CLASH = (
    "The file holds what {names} decided, and there {are} here already. If these are the same people, load it with "
    "--same-people; if not, give them other names, for instance --person {first}={first}-2."
)


@dataclass(frozen=True, slots=True)
class People:
    """Whose decisions become whose: ``names`` maps a name of the file to one here.

    ``same`` says that an account here which has a name of the file is that person. Without either, such a name is
    refused: a decision is never put into the mouth of somebody else.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    same: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of one event, and the accounts that were made for the file's people, which nobody can log in with.

    The accounts stand with the first event of a file.
    """

    event: Event
    articles: int
    pairs: int
    made: tuple[str, ...]


def restore(path: Path, *, people: People | None = None, slug: str = "") -> list[Restored]:
    """Load the events of a file.

    Args:
        slug: another short name for the event, where the file holds one and its own is taken.

    Raises:
        Refused: if the file is none of ours, tells something impossible, or clashes with what is here.
    """
    told = _read(path)
    events = told.each("events")
    if slug and len(events) != 1:
        raise Refused({"": f"The file holds {len(events)} events, and --slug names one. Leave it out."})
    try:
        with transaction.atomic():
            accounts, made = _accounts(told, people or People())
            return [_restored(one, accounts, () if place else made, slug) for place, one in enumerate(events)]
    except DatabaseError as error:
        problem = "It tells something that cannot be, so that the database refused it"
        raise Refused({"": f"{path.name}: {problem}: {error}. docs/formats.md describes the format."}) from error


def _read(path: Path) -> Told:
    try:
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise Refused({"": f"{path} cannot be read: {error.strerror}. Is the name right?"}) from None
    except (ValueError, RecursionError):
        raise Refused({"": f"{path} is not JSON. {_OURS}"}) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise Refused({"": f"{path} holds no events of Crossread. {_OURS}"})
    if data.get("version") != VERSION:
        problem = f"{path} is of version {data.get('version')} of the format, and this Crossread reads {VERSION}."
        raise Refused({"": f"{problem} Use the Crossread that wrote it, or a newer one."})
    return Told(data, "")


def _restored(told: Told, accounts: Mapping[str, int], made: tuple[str, ...], slug: str) -> Restored:
    event = store_event(told, Shelf(accounts), slug=slug)
    if event.owes_anything():
        request_run(event)
    return Restored(event, len(told.each("articles")), len(told.each("pairs")), made)


def _accounts(told: Told, people: People) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return the accounts' ids by the names of the file, and the names of those that were made.

    Those that are missing are made without a password and switched off: an administrator may switch them on.
    """
    wanted = {name: people.names.get(name, name) for name in sorted(set(_names_in(told.data)))}
    if unknown := set(people.names) - set(wanted):
        raise Refused({"": f"Nobody in the file is called {', '.join(sorted(unknown))}. Leave that --person out."})
    if odd := [name for name in wanted.values() if not 0 < len(name) <= _LONGEST_NAME]:
        raise Refused({"": f"“{odd[0][:40]}” is no account's name. Give another: --person NAME=HERE."})
    users = get_user_model().objects
    known = dict(users.filter(username__in=set(wanted.values())).values_list("username", "pk"))
    if not people.same:
        _refuse_strangers([name for name in wanted if name in known and name not in people.names])
    made = sorted(set(wanted.values()) - set(known))
    for name in made:
        known[name] = users.create_user(name, is_active=False).pk
    return {name: known[here] for name, here in wanted.items()}, tuple(made)


def _refuse_strangers(names: list[str]) -> None:
    if names:
        shown = ", ".join(f"“{name}”" for name in names)
        are = "are accounts of those names" if len(names) > 1 else "is an account of that name"
        raise Refused({"": _CLASH.format(names=shown, are=are, first=names[0])})


def _names_in(told: Any) -> Iterator[str]:
    """Yield whoever stands under a "by", anywhere in the file."""
    if isinstance(told, dict):
        if isinstance(told.get("by"), str):
            yield told["by"]
        for value in told.values():
            yield from _names_in(value)
    elif isinstance(told, list):
        for value in told:
            yield from _names_in(value)
