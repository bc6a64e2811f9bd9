"""Bring a table in: keep its file, try it, and have the worker store its rows."""

from __future__ import annotations

import logging

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django_tasks import task

from claims.models import Event, Snapshot, Table
from claims.models.webhook import Kind
from claims.services.incoming.bulk import Mapped, Report, store_rows
from claims.services.incoming.tables import decode_table, first_rows, guess_mapping, rows_of, unpack
from claims.services.refusals import Refused
from claims.services.webhooks.announcing import announce

logger = logging.getLogger(__name__)

_BROKEN = gettext_noop(
    "Something went wrong: {error}. What was stored until then stays. Go on with it, or choose the file again."
)


def add_table(event: Event, by: AbstractBaseUser, *, name: str, data: bytes, content_type: str = "") -> Table:
    """Keep a file of articles, with a guess at what its columns mean.

    Raises:
        Refused: if it is no table, or too large.
    """
    columns, _rows = first_rows(_unpacked(data))
    with transaction.atomic():
        snapshot = Snapshot.objects.create(
            event=event, name=name[-200:] or "table", content_type=content_type[:200], data=data, by_id=by.pk
        )
        return Table.objects.create(event=event, snapshot=snapshot, by_id=by.pk, mapping=guess_mapping(columns))


def data_of(table: Table) -> bytes:
    """Return the bytes of a table's file, unpacked."""
    return _unpacked(bytes(table.snapshot.data))


def try_table(table: Table, mapped: Mapped) -> tuple[Report, str]:
    """Say what would come of storing a table so, and what is to be said of its charset.

    Raises:
        Refused: if the mapping is not one of its columns, by meaning.
    """
    data = data_of(table)
    _check(data, mapped)
    decoded = decode_table(data)
    return store_rows(table.event, rows_of(decoded.text), mapped, dry=True), decoded.notice


def begin_table(table: Table, mapped: Mapped) -> None:
    """Have the worker store a table's rows; one that was cut off is gone on with.

    Raises:
        Refused: if the mapping is not one of its columns, by meaning, or if it is under way.
    """
    data = data_of(table)
    _check(data, mapped)
    rows = sum(1 for _ in rows_of(decode_table(data).text))
    with transaction.atomic():
        locked = Table.objects.select_for_update().get(pk=table.pk)
        if locked.under_way and not locked.is_lost:
            raise Refused({"": gettext("This table is being stored already.")})
        locked.mapping, locked.publisher = dict(mapped.columns), mapped.publisher
        locked.state, locked.problem, locked.rows, locked.rows_done = Table.State.QUEUED, "", rows, 0
        locked.added, locked.revised, locked.known, locked.refused = 0, 0, 0, []
        locked.save()
        store_table.enqueue(locked.pk)


@task()
def store_table(table_id: int) -> None:
    """Store a table's rows (the worker's task). A failure is written down with its reason, never raised."""
    begun = Table.objects.filter(pk=table_id, state=Table.State.QUEUED)
    if not begun.update(state=Table.State.STORING, alive_at=timezone.now()):
        return
    table = Table.objects.select_related("event", "snapshot", "by").get(pk=table_id)
    try:
        rows = rows_of(decode_table(data_of(table)).text)
        mapped = Mapped(table.mapping, table.publisher)
        store_rows(table.event, rows, mapped, by=table.by, report_to=lambda report: _tell(table, report))
        _end(table, Table.State.DONE)
    except Exception as error:
        logger.exception("Table %s failed", table_id)
        problem = gettext(_BROKEN).format(error=str(error) or type(error).__name__)
        _end(table, Table.State.FAILED, problem)


@transaction.atomic
def _end(table: Table, state: Table.State, problem: str = "") -> None:
    Table.objects.filter(pk=table.pk).update(state=state, problem=problem)
    announce(Kind.TABLE_ENDED, table.event, {"table": table.pk, "state": state.value, "problem": problem})


def _tell(table: Table, report: Report) -> None:
    Table.objects.filter(pk=table.pk).update(
        rows_done=report.rows,
        added=report.added,
        revised=report.revised,
        known=report.known,
        refused=report.refused,
        alive_at=timezone.now(),
    )


def _check(data: bytes, mapped: Mapped) -> None:
    columns, _rows = first_rows(data)
    if problems := mapped.check(columns):
        raise Refused(problems)


def _unpacked(data: bytes) -> bytes:
    return unpack(data, most_bytes=settings.CROSSREAD_MAX_TABLE_BYTES)
