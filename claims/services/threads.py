"""Threads: edit notes and replies, take replies back, and tell people what concerns them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from claims.models import Annotation, Change, Notice, Reply, Wording
from claims.services.refusals import Refused, Stale

NAMED = re.compile(r"(?<![\w@.+-])@([\w.@+-]+)")  # as Django's user names are made
_SHOWN = 200


@transaction.atomic
def edit_annotation(annotation: Annotation, by: AbstractBaseUser, *, text: str, version: int) -> None:
    """Give a note another text; the earlier one is kept.

    Raises:
        Stale: if somebody edited it since ``version``.
        Refused: if nothing is written.
    """
    if not text.strip():
        raise Refused({"text": gettext("Write a note before you save it.")})
    stands = Annotation.objects.select_for_update().get(pk=annotation.pk)
    before = stands.text
    if _replace(stands, by, text.strip(), version, Wording(annotation=stands)):
        _log(stands, by, Change.What.NOTE_EDITED, before=before, after=text.strip())
        tell_named(stands, by, text)


@transaction.atomic
def edit_reply(reply: Reply, by: AbstractBaseUser, *, text: str, version: int) -> None:
    """Give a reply another text; the earlier one is kept.

    Raises:
        Stale: if it was edited or taken back since ``version``.
        Refused: if nothing is written.
    """
    if not text.strip():
        raise Refused({"text": gettext("Write something, or delete the reply.")})
    stands = Reply.objects.select_for_update().select_related("annotation").get(pk=reply.pk)
    if stands.deleted_at is not None:
        raise Stale(gettext("This reply was deleted meanwhile."))
    before = stands.text
    if _replace(stands, by, text.strip(), version, Wording(reply=stands)):
        _log(stands.annotation, by, Change.What.REPLY_EDITED, before=before, after=text.strip())
        tell_named(stands.annotation, by, text, reply=stands)


@transaction.atomic
def take_reply_back(reply: Reply, by: AbstractBaseUser, *, version: int) -> None:
    """Delete one's reply from its thread; the history keeps that it was there and what it said.

    Raises:
        Stale: if it was edited since ``version``.
    """
    mine = Reply.objects.filter(pk=reply.pk, version=version, deleted_at__isnull=True)
    if not mine.update(deleted_at=timezone.now(), version=F("version") + 1):
        raise Stale(gettext("This reply was edited or deleted meanwhile."))
    reply.notices.filter(read_at__isnull=True).delete()
    _log(reply.annotation, by, Change.What.REPLY_TAKEN_BACK, before=reply.text)


def cut(text: str) -> str:
    """Return a text as the history keeps it, its end cut off where it is long."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def tell_named(annotation: Annotation, actor: AbstractBaseUser, text: str, *, reply: Reply | None = None) -> set[int]:
    """Put a notice into the inbox of everybody whom a text names by "@name". Return who they are."""
    named = set(people_named(text)) - {actor.pk}
    _tell(named, actor, Notice.What.MENTION, annotation, reply)
    return named


def tell_thread(
    annotation: Annotation, actor: AbstractBaseUser, what: Notice.What, *, reply: Reply | None = None
) -> None:
    """Put a notice into the inbox of everybody who takes part in a thread, save whoever acts."""
    answered = annotation.replies.filter(deleted_at__isnull=True).values_list("author_id", flat=True)
    _tell({annotation.author_id, *answered} - {actor.pk}, actor, what, annotation, reply)


def people_named(text: str) -> list[int]:
    """Return the ids of the people whom a text names; a full stop or the like after a name does not belong to it."""
    tokens = [_readings(token) for token in NAMED.findall(text)]
    people = get_user_model()._default_manager.filter(username__in=set().union(*tokens), is_active=True)
    known = dict(people.values_list("username", "pk"))
    found = (next((known[name] for name in names if name in known), None) for names in tokens)
    return list(dict.fromkeys(key for key in found if key is not None))


def _readings(token: str) -> list[str]:
    """Return the names that a token may mean, the longest first."""
    bare = token.rstrip(".@+-")
    return [token[:end] for end in range(len(token), len(bare) - 1, -1) if end]


def people_beginning(begun: str, *, most: int) -> list[str]:
    """Return the names of active people that begin with these letters, whatever their case."""
    people = get_user_model()._default_manager.filter(is_active=True, username__istartswith=begun)
    return list(people.order_by("username").values_list("username", flat=True)[:most])


def mark(recipient: AbstractBaseUser, notices: Iterable[int] | None, *, read: bool) -> int:
    """Mark a person's own notices as read or unread, all of them if none are given. Return how many changed."""
    own = Notice.objects.filter(recipient_id=recipient.pk, read_at__isnull=read)
    if notices is not None:
        own = own.filter(pk__in=notices)
    return own.update(read_at=timezone.now() if read else None)


def _tell(
    people: Iterable[int], actor: AbstractBaseUser, what: Notice.What, annotation: Annotation, reply: Reply | None
) -> None:
    """Write the notices; who was told of this text already is not told twice."""
    rows = [
        Notice(recipient_id=person, actor_id=actor.pk, what=what, annotation=annotation, reply=reply)
        for person in sorted(people)
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def _replace(stands: Annotation | Reply, by: AbstractBaseUser, text: str, version: int, earlier: Wording) -> bool:
    """Write a text in place of another, which is kept as ``earlier``. Return whether there was anything to change."""
    if stands.version != version:
        raise Stale(gettext("Somebody else edited this while you wrote."))
    if stands.text == text:
        return False
    earlier.version, earlier.text, earlier.by_id = stands.version, stands.text, by.pk
    earlier.save()
    stands.text, stands.version = text, version + 1
    stands.save(update_fields=["text", "version"])
    return True


def _log(annotation: Annotation, actor: AbstractBaseUser, what: Change.What, *, before: str, after: str = "") -> None:
    told = {"before": cut(before), "after": cut(after)}
    Change.objects.create(pair_id=annotation.pair_id, annotation=annotation, actor_id=actor.pk, what=what, **told)
