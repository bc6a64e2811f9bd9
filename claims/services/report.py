"""Edit what goes into a report, and make and revoke the links that show it to everybody who has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from claims.models import Annotation, Change, Comparison, Event, PublicLink, Report
from claims.models.annotation import AnnotationQuerySet
from claims.models.report import LONGEST_INTRODUCTION
from claims.services.refusals import Refused

_STALE = gettext_noop(
    "Somebody else has changed this report since you opened it. Nothing was stored: copy your text, and look again."
)
_SHOWN = 200  # characters that a change keeps of a text


def report_of(event: Event, comparison: Comparison | None) -> Report:
    """Return the report of an event or a comparison; one that nobody has edited yet is not stored."""
    found = Report.objects.of(event, comparison).first()
    return found or Report(event=event, comparison=comparison)


def notes_for(event: Event, comparison: Comparison | None) -> AnnotationQuerySet:
    """Return the annotations that may go into a report: those on its pairs."""
    found = Annotation.objects.filter(pair__comparison__event=event)
    return found if comparison is None else found.filter(pair__comparison=comparison)


@transaction.atomic
def edit_report(
    event: Event,
    comparison: Comparison | None,
    editor: AbstractBaseUser,
    *,
    introduction: str,
    notes: Collection[int],
    version: int,
) -> Report:
    """Write the introduction and choose the annotations that go in.

    Args:
        version: the report's version that the editor saw.

    Raises:
        Refused: if the introduction is too long, a note is of another report, or somebody has changed it meanwhile.
    """
    text = introduction.replace("\r\n", "\n").replace("\0", "").strip()
    if len(text) > LONGEST_INTRODUCTION:
        raise Refused(
            {
                "introduction": gettext("This is too long: keep it under %(longest_introduction)s characters.")
                % {"longest_introduction": f"{LONGEST_INTRODUCTION:,}"}
            }
        )
    chosen = list(notes_for(event, comparison).filter(pk__in=notes).values_list("pk", flat=True))
    if len(chosen) != len(set(notes)):
        raise Refused(
            {"notes": gettext("One of the notes is not on a pair of this report. Choose among those that are shown.")}
        )
    report = _stored(event, comparison)
    if not Report.objects.filter(pk=report.pk, version=version).update(introduction=text, version=version + 1):
        raise Refused({"": gettext(_STALE)})
    before = _told(report.introduction, report.notes.count())
    report.notes.set(chosen)
    _log(report, editor, Change.What.REPORT, before=before, after=_told(text, len(chosen)))
    report.refresh_from_db()
    return report


@transaction.atomic
def make_link(
    event: Event, comparison: Comparison | None, editor: AbstractBaseUser, *, until: dt.date | None, indexed: bool
) -> PublicLink:
    """Make an address that shows the report to whoever has it, up to the end of a day or until it is revoked.

    Raises:
        Refused: if the day is over.
    """
    if until is not None and until < timezone.localdate():
        raise Refused(
            {"until": gettext("This day is over. Choose today or a later one, or none: then it lasts until revoked.")}
        )
    report = _stored(event, comparison)
    link = PublicLink.objects.create(
        report=report, made_by_id=editor.pk, expires_at=_end_of(until) if until else None, indexed=indexed
    )
    _log(report, editor, Change.What.LINK, after=_named(link))
    return link


@transaction.atomic
def revoke_link(link: PublicLink, editor: AbstractBaseUser) -> None:
    """Close a link at once and for good; nothing happens where it is closed already."""
    standing = PublicLink.objects.filter(pk=link.pk, revoked_at__isnull=True)
    if standing.update(revoked_at=timezone.now(), revoked_by_id=editor.pk):
        _log(link.report, editor, Change.What.REVOKED, before=_named(link))


def _stored(event: Event, comparison: Comparison | None) -> Report:
    report, _made = Report.objects.get_or_create(event=event, comparison=comparison)
    return report


def _end_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


def _told(introduction: str, notes: int) -> str:
    text = f"{notes} note{'' if notes == 1 else 's'}; {introduction}" if introduction else f"{notes} notes"
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _named(link: PublicLink) -> str:
    """Return what the history says of a link: never its token, which is as good as the link itself."""
    until = "without an end"
    if link.expires_at:
        # In the server's zone, whoever's zone the page is in: the history is one for all.
        until = f"until {timezone.localtime(link.expires_at, timezone.get_default_timezone()):%Y-%m-%d %H:%M}"
    return f"link {link.pk}, {until}, {'may' if link.indexed else 'may not'} be indexed"


def _log(report: Report, editor: AbstractBaseUser, what: Change.What, *, before: str = "", after: str = "") -> None:
    Change.objects.create(report=report, actor_id=editor.pk, what=what, before=before, after=after)
