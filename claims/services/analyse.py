"""Have an event read and compared: queue a run, carry it out in the worker, take lost ones up again.

What is to be done stands in the rows themselves (an article without ``read_at``, a comparison with ``due_since``), so
a run that is cut off at any point is simply begun again: it finds what is still owed, and every step writes its
results and its "done" in one transaction.

This module is imported by the web process, so what needs numpy or the model is imported where it is used.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from claims.models import Event, Run
from claims.models.webhook import Kind
from claims.services.webhooks.announcing import announce

logger = logging.getLogger(__name__)

MOST_TRIES = 3
_STOPPED = "The worker was stopped in the middle of it {tries} times. Try again; if it stops again, look at its log."
_OVERTAKEN = "The worker was stopped; a later run, queued already, does this one's work."
_BROKEN = "Something went wrong while {state}: {error}. Nothing that people decided was changed. Try again."


class TakenUpElsewhere(Exception):
    """Another worker has the run now."""


@transaction.atomic
def request_run(event: Event) -> Run:
    """Queue a run over what the event owes, unless one is queued already.

    The task is enqueued in the same transaction as whatever the caller writes: both happen or neither.
    """
    run, made = Run.objects.get_or_create(event=event, state=Run.State.QUEUED)
    if made:
        _enqueue(run)
    return run


@task()
def analyse_event(run_id: int) -> None:
    """Carry out a run (the worker's task)."""
    work(run_id)


def work(run_id: int, *, tell: Callable[[str], None] = lambda told: None) -> None:
    """Read, embed and match what the run's event owes, telling the run how far it is.

    Does nothing if the run was begun elsewhere. A failure is written down with its reason, never raised.

    Args:
        tell: is told in words how far it is, for somebody who waits.
    """
    run = _begin(run_id)
    if run is None:
        return
    try:
        notices = _carry_out(run, tell)
        _end(run, Run.State.DONE, notices=notices)
    except TakenUpElsewhere as error:
        logger.warning("Left a run: %s", error)
    except Exception as error:
        logger.exception("Run %s failed", run.pk)
        problem = _BROKEN.format(state=run.state, error=str(error) or type(error).__name__)
        with suppress(TakenUpElsewhere):
            _end(run, Run.State.FAILED, problem=problem)


def _carry_out(run: Run, tell: Callable[[str], None]) -> list[str]:
    """Do all that is owed. Return what the judge has to say of it."""
    from claims.services.library.taking import take_over
    from claims.services.matching import begin_judging, embed_claims, judging_notices, match_comparison
    from claims.services.reading import read_article
    from claims.services.suggesting import suggest_names

    beat = _pulse(run)
    take_over(run.event)
    unread = list(run.event.articles.filter(read_at__isnull=True))
    for number, article in enumerate(unread, start=1):
        tell(f"reading article {number} of {len(unread)}")
        read_article(article)
        beat()
    if unread:
        suggest_names(run.event)
    _move(run, Run.State.EMBEDDING, alive_at=timezone.now())
    tell("computing vectors")
    embed_claims(run.event, beat=beat)
    _move(run, Run.State.MATCHING, alive_at=timezone.now())
    begin_judging(beat=beat)
    due = list(run.event.comparisons.due())
    for number, comparison in enumerate(due, start=1):
        tell(f"matching comparison {number} of {len(due)}")
        match_comparison(comparison)
        beat()
    return judging_notices()


def revive_lost() -> int:
    """Take up again the runs whose worker is gone, and the queued ones whose task is. Return how many.

    The worker calls it between tasks. A run that was cut off ``MOST_TRIES`` times is given up with a reason, so that
    a text which kills the worker does not do it for ever.
    """
    revived = 0
    for run in Run.objects.lost().select_related("event"):
        revived += _take_up(run)
    for run in Run.objects.filter(state=Run.State.QUEUED):
        if not _has_live_task(run):
            _enqueue(run)
            revived += 1
    return revived


@transaction.atomic
def _take_up(run: Run) -> bool:
    """Queue a lost run again. False where it is given up, or where a queued one does all that is owed anyway."""
    if run.task is not None:
        DBTaskResult.objects.filter(pk=run.task, status=TaskResultStatus.RUNNING).update(
            status=TaskResultStatus.FAILED, finished_at=timezone.now()
        )
    if run.tries >= MOST_TRIES:
        _end(run, Run.State.FAILED, problem=_STOPPED.format(tries=run.tries))
        return False
    if Run.objects.filter(event=run.event, state=Run.State.QUEUED).exists():
        _move(run, Run.State.FAILED, problem=_OVERTAKEN, ended_at=timezone.now())
        return False
    _move(run, Run.State.QUEUED)
    _enqueue(run)
    return True


def _has_live_task(run: Run) -> bool:
    """Tell whether a queued run's task waits, or was taken just now; one taken long ago lost its worker."""
    limit = timezone.now() - dt.timedelta(seconds=settings.CROSSREAD_LOST_AFTER_SECONDS)
    waits = Q(status=TaskResultStatus.READY)
    just_taken = Q(status=TaskResultStatus.RUNNING, started_at__gt=limit)
    return run.task is not None and DBTaskResult.objects.filter(waits | just_taken, pk=run.task).exists()


def _enqueue(run: Run) -> None:
    result = analyse_event.enqueue(run.pk)
    run.task = result.id
    Run.objects.filter(pk=run.pk).update(task=result.id)


def _begin(run_id: int) -> Run | None:
    """Move a queued run to reading; None if another worker has it, or has another run of the same event."""
    now = timezone.now()
    try:
        with transaction.atomic():
            begun = Run.objects.filter(pk=run_id, state=Run.State.QUEUED).update(
                state=Run.State.READING, started_at=now, alive_at=now, tries=F("tries") + 1
            )
    except IntegrityError:
        return None  # it stays queued, and revive_lost gives it a new task
    return Run.objects.select_related("event").get(pk=run_id) if begun else None


def _move(run: Run, state: Run.State, **fields: object) -> None:
    """Set a run's state, provided that it is still in this worker's hands.

    Raises:
        TakenUpElsewhere: if the run was given to another worker meanwhile, because this one seemed dead.
    """
    mine = Run.objects.working().filter(pk=run.pk, tries=run.tries)
    if not mine.update(state=state, **fields):
        raise TakenUpElsewhere(f"run {run.pk} is no longer this worker's")
    run.state = state


@transaction.atomic
def _end(run: Run, state: Run.State, **fields: object) -> None:
    """Set a run's last state, and say so to whoever wants to be told."""
    _move(run, state, ended_at=timezone.now(), **fields)
    told = {"state": state.value, "problem": fields.get("problem", "")}
    announce(Kind.RUN_ENDED, run.event, {"run": run.pk, **told})


def _pulse(run: Run) -> Callable[[], None]:
    """Return what long work calls now and then: a sign of life, written only every few seconds."""
    return partial(_beat, run)


def _beat(run: Run) -> None:
    now = timezone.now()
    if run.alive_at is None or (now - run.alive_at).total_seconds() >= settings.CROSSREAD_HEARTBEAT_SECONDS:
        _move(run, Run.State(run.state), alive_at=now)
        run.alive_at = now
