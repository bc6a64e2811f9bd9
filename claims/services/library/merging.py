"""Make one of two entries of the library that are the same, and take that back.

A merge moves what belongs to the other entry and writes down what it moved (``LibraryChange.moved``). Taking it back
moves back what is still there, and leaves alone what was done since.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from claims.models import LibraryChange, Party, Person, Source, Term
from claims.models.library import folded
from claims.services.library.keeping import note, told_of, told_of_person
from claims.services.library.taking import tell_events
from claims.services.refusals import Refused

_What = LibraryChange.What
Kept = TypeVar("Kept", Party, Person)


@transaction.atomic
def merge_parties(kept: Party, gone: Party, by: AbstractBaseUser) -> Party:
    """Make one of two parties that are the same: ``kept`` gets what ``gone`` has, and its name as an alias.

    Raises:
        Refused: if they are one already, or if one is within the other.
    """
    kept, gone = (Party.objects.select_for_update().standing().get(pk=one.pk) for one in (kept, gone))
    _check_parties(kept, gone)
    before = told_of(gone)
    moved: dict[str, Any] = {
        "parts": _keys(gone.parts.all()),
        "sources": _keys(Source.objects.filter(entry=gone)),
        "terms": _keys(gone.terms.all()),
    }
    gone.parts.update(within=kept)
    gone.terms.update(party=kept)
    Source.objects.filter(entry=gone).update(entry=kept)
    moved |= _united(kept, gone, moved["terms"])
    note(kept, by, _What.MERGED, before=before, after=told_of(kept), moved=moved)
    tell_events([kept])
    return kept


@transaction.atomic
def merge_people(kept: Person, gone: Person, by: AbstractBaseUser) -> Person:
    """Make one of two entries of one person: ``kept`` gets the offices of ``gone``, and its name as an alias.

    Raises:
        Refused: if they are one already.
    """
    kept, gone = (
        Person.objects.select_for_update().filter(merged_into__isnull=True).get(pk=one.pk) for one in (kept, gone)
    )
    if kept.pk == gone.pk:
        raise Refused({"other": gettext("This is one person already. Choose another to merge.")})
    moved: dict[str, Any] = {"terms": _keys(gone.terms.all())}
    gone.terms.update(person=kept)
    moved |= _united(kept, gone, moved["terms"])
    note(kept, by, _What.MERGED, before=told_of_person(gone), after=told_of_person(kept), moved=moved)
    tell_events(people=[kept])
    return kept


@transaction.atomic
def take_back_merge(change: LibraryChange, by: AbstractBaseUser) -> Party | Person:
    """Make two entries again of one that were merged; return the one that stands again.

    What moved goes back where it is still as the merge left it. What was added to the entry since stays with it.

    Raises:
        Refused: if it is no merge that stands, if the entry was merged on since, or if another has the name by now.
    """
    change = LibraryChange.objects.select_for_update().get(pk=change.pk)
    if not change.can_be_undone:
        raise Refused({"": gettext("This is no merge that could be taken back, or it was taken back already.")})
    again = _party_back(change, by) if change.party_id else _person_back(change, by)
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at"])
    return again


def _party_back(change: LibraryChange, by: AbstractBaseUser) -> Party:
    moved = change.moved
    kept, gone = _both(Party, change.party_id or 0, moved["gone"])
    _check_name(gone)
    Party.objects.filter(pk__in=moved["parts"], within=kept).update(within=gone)
    Source.objects.filter(pk__in=moved["sources"], entry=kept).update(entry=gone)
    Term.objects.filter(pk__in=moved["terms"], party=kept).update(party=gone)
    _part(kept, gone, moved)
    _note_parted(kept, gone, by, told_of(kept), told_of(gone))
    tell_events([kept, gone])
    return gone


def _person_back(change: LibraryChange, by: AbstractBaseUser) -> Person:
    kept, gone = _both(Person, change.person_id or 0, change.moved["gone"])
    Term.objects.filter(pk__in=change.moved["terms"], person=kept).update(person=gone)
    _part(kept, gone, change.moved)
    _note_parted(kept, gone, by, told_of_person(kept), told_of_person(gone))
    tell_events(people=[kept, gone])
    return gone


def _both(model: type[Kept], kept: int, gone: int) -> tuple[Kept, Kept]:
    """Return the two entries of a merge, locked, as long as it stands."""
    found = model._default_manager.select_for_update().in_bulk([kept, gone])
    if len(found) < 2 or found[gone].merged_into_id != kept or found[kept].merged_into_id is not None:
        problem = gettext("%(name)s was merged into another since. Take that back first.")
        raise Refused({"": problem % {"name": found[kept].name if kept in found else gettext("The entry")}})
    return found[kept], found[gone]


def _check_parties(kept: Party, gone: Party) -> None:
    if kept.pk == gone.pk:
        raise Refused({"other": gettext("These are one already. Choose another to merge.")})
    if gone.pk == kept.within_id or kept.pk == gone.within_id:
        raise Refused(
            {"other": gettext("One of them is within the other, so they are two. Take it out of there first.")}
        )
    if kept.within_id and gone.parts.filter(merged_into__isnull=True).exists():
        raise Refused(
            {
                "other": gettext("Others are within %(gone)s. Merge it the other way round: open that one.")
                % {"gone": gone.name}
            }
        )
    names = set(kept.parts.filter(merged_into__isnull=True).values_list("folded", flat=True))
    doubled = gone.parts.filter(merged_into__isnull=True, folded__in=names).first()
    if doubled is not None:
        raise Refused(
            {
                "other": gettext("Both have “%(doubled)s” within them. Merge those two first.")
                % {"doubled": doubled.name}
            }
        )


def _check_name(gone: Party) -> None:
    """Refuse to have a party stand again whose name another has taken, or which is within one that is gone."""
    same = Party.objects.standing().filter(folded=gone.folded, within=gone.within_id).first()
    if same is not None:
        problem = gettext("Another party is called “%(name)s” by now. Give that one another name first.")
        raise Refused({"": problem % {"name": same.label}})


def _united(kept: Kept, gone: Kept, theirs: list[int]) -> dict[str, Any]:
    """Give ``kept`` the names of ``gone``, which stays as a sign that leads to it. Return what was moved with that.

    Args:
        theirs: the keys of the terms that came from ``gone``.
    """
    dropped = _drop_doubled(kept.terms.all(), theirs)
    before = set(kept.aliases)
    names = [*kept.aliases, *gone.aliases, gone.name]
    kept.aliases = [name for name in dict.fromkeys(names) if folded(name) != folded(kept.name)]
    kept.version += 1
    kept.save()
    merged = _keys(gone.merged.all())
    gone.merged.update(merged_into=kept)
    type(gone)._default_manager.filter(pk=gone.pk).update(merged_into=kept, version=F("version") + 1)
    new = [name for name in kept.aliases if name not in before]
    return {"gone": gone.pk, "aliases": new, "merged": merged, "dropped": dropped}


def _part(kept: Kept, gone: Kept, moved: dict[str, Any]) -> None:
    """Have ``gone`` stand again, with the terms that were dropped as doubled, and its names no longer ``kept``'s."""
    kept.aliases = [name for name in kept.aliases if name not in moved["aliases"]]
    kept.version += 1
    kept.save()
    gone.merged_into, gone.version = None, gone.version + 1
    gone.save()
    type(gone)._default_manager.filter(pk__in=moved["merged"], merged_into=kept).update(merged_into=gone)
    Term.objects.bulk_create(_term_of(told, kept, gone) for told in moved["dropped"])


def _note_parted(kept: Kept, gone: Kept, by: AbstractBaseUser, told: str, told_gone: str) -> None:
    note(kept, by, _What.PARTED, before=told_gone, after=told)
    note(gone, by, _What.PARTED, after=told_gone)


def _drop_doubled(terms: QuerySet[Term], theirs: list[int]) -> list[dict[str, Any]]:
    """Drop terms that say the same as an earlier one. Return what they were."""
    seen: set[tuple[object, ...]] = set()
    dropped = []
    for term in terms.order_by("pk"):
        mark = term.person_id, term.party_id, term.title, term.since, term.until
        if mark in seen:
            days = {key: day.isoformat() if (day := getattr(term, key)) else None for key in ("since", "until")}
            told = {"person": term.person_id, "party": term.party_id, "title": term.title, **days}
            dropped.append({**told, "theirs": term.pk in theirs})
            term.delete()
        seen.add(mark)
    return dropped


def _term_of(told: dict[str, Any], kept: Party | Person, gone: Party | Person) -> Term:
    """Return a term again that was dropped, as that of the entry that it came from."""
    days = {key: dt.date.fromisoformat(told[key]) if told[key] else None for key in ("since", "until")}
    term = Term(person_id=told["person"], party_id=told["party"], title=told["title"], **days)
    owner = gone if told["theirs"] else kept
    setattr(term, "party" if isinstance(owner, Party) else "person", owner)
    return term


def _keys(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))
