"""Take back what one wrote in a thread: a note, a reply, an edit, that it is settled."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F
from django.utils import timezone

from claims.models import Annotation, Change, Reply, Wording
from claims.services.acts.common import Gone, log_back
from claims.services.threads import cut

_What = Change.What


def _note(change: Change) -> Annotation:
    """Return the note of an act, held against others.

    Raises:
        Gone: if it is no more.
    """
    found = Annotation.objects.select_for_update().filter(pk=change.annotation_id or 0).first()
    if found is None:
        raise Gone
    return found


def unwrite_note(change: Change, person: AbstractBaseUser) -> None:
    """Delete a note on which nothing has followed; the history keeps what it said."""
    note = _note(change)
    answers = note.replies.exclude(author_id=person.pk, deleted_at__isnull=False)
    if note.resolved_at is not None or cut(note.text) != change.after or answers.exists():
        raise Gone
    log_back(change, _What.NOTE_TAKEN_BACK, before=change.after, after="")
    note.delete()


def unedit_note(change: Change, person: AbstractBaseUser) -> None:
    """Let a note say what it said before an edit."""
    note = _note(change)
    earlier = next((one for one in note.earlier.order_by("-version") if cut(one.text) == change.before), None)
    _reword(note, earlier, change, person, Wording(annotation=note))
    log_back(change, _What.NOTE_EDITED, before=change.after, after=change.before)


def unresolve(change: Change, person: AbstractBaseUser) -> None:
    """Open a thread again that one settled."""
    note = _note(change)
    if note.resolved_by_id != person.pk:
        raise Gone
    note.resolved_at = note.resolved_by = None
    note.save(update_fields=["resolved_at", "resolved_by"])
    log_back(change, _What.REOPENED, before="", after=change.after)


def resolve_again(change: Change, person: AbstractBaseUser) -> None:
    """Settle a thread again that one opened again."""
    note = _note(change)
    if note.resolved_at is not None:
        raise Gone
    note.resolved_at, note.resolved_by_id = timezone.now(), person.pk
    note.save(update_fields=["resolved_at", "resolved_by"])
    log_back(change, _What.RESOLVED, before="", after=change.after)


def _reply(change: Change, person: AbstractBaseUser, text: str, *, deleted: bool) -> Reply:
    """Return this person's last reply in the thread that says a text, and is deleted or not."""
    note = _note(change)
    mine = note.replies.select_for_update().filter(author_id=person.pk, deleted_at__isnull=not deleted).order_by("-pk")
    found = next((one for one in mine if cut(one.text) == text), None)
    if found is None:
        raise Gone
    return found


def unwrite_reply(change: Change, person: AbstractBaseUser) -> None:
    """Delete a reply; the history keeps what it said."""
    reply = _reply(change, person, cut(change.after), deleted=False)
    Reply.objects.filter(pk=reply.pk).update(deleted_at=timezone.now(), version=F("version") + 1)
    reply.notices.filter(read_at__isnull=True).delete()
    log_back(change, _What.REPLY_TAKEN_BACK, before=change.after, after="")


def rewrite_reply(change: Change, person: AbstractBaseUser) -> None:
    """Bring back a reply that one deleted."""
    reply = _reply(change, person, change.before, deleted=True)
    Reply.objects.filter(pk=reply.pk).update(deleted_at=None, version=F("version") + 1)
    log_back(change, _What.REPLY, before="", after=change.before)


def unedit_reply(change: Change, person: AbstractBaseUser) -> None:
    """Let a reply say what it said before an edit."""
    reply = _reply(change, person, change.after, deleted=False)
    earlier = next((one for one in reply.earlier.order_by("-version") if cut(one.text) == change.before), None)
    _reword(reply, earlier, change, person, Wording(reply=reply))
    log_back(change, _What.REPLY_EDITED, before=change.after, after=change.before)


def _reword(
    stands: Annotation | Reply, earlier: Wording | None, change: Change, person: AbstractBaseUser, kept: Wording
) -> None:
    """Write what a note or a reply said before; what it says now is kept among its earlier wordings."""
    if earlier is None or cut(stands.text) != change.after:
        raise Gone
    kept.version, kept.text, kept.by_id = stands.version, stands.text, person.pk
    kept.save()
    stands.text, stands.version = earlier.text, stands.version + 1
    stands.save(update_fields=["text", "version"])
