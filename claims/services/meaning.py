"""Find claims by their meaning: the nearest of the stored vectors, exactly, and a new text's vector from the worker.

The web process imports this module and never loads the model: a vector that is missing is asked of the worker and is
stored, so that it is computed once. numpy is imported where vectors are multiplied.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from claims.models import Claim, Vector
from claims.models.article import checksum
from claims.models.claim import ClaimQuerySet
from claims.services.languages import model_name

# Cosines below which nothing is shown, since what lies there is mostly about other things. A few typed words never come
# as near to a sentence as another sentence does.
LEAST_TYPED = 0.2
LEAST_ELSEWHERE = 0.4
MOST = 100
MOST_WAITING = 20  # texts in the queue at one time: a page that asks for more is told to wait
LATE_AFTER_SECONDS = 20
_CHUNK = 1000  # vectors held at a time: 1.5 MB at 384 dimensions


class Asked(StrEnum):
    """How far a text's vector is that was asked of the worker."""

    WAITING = "waiting"
    LATE = "late"
    FAILED = "failed"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Near:
    """A claim by its id, with the cosine of its vector and the one that was looked for."""

    claim: int
    score: float


def vector_of(text: str) -> bytes | None:
    """Return the stored vector of a text by the encoder in use (float32, little-endian), if there is one."""
    rows = Vector.objects.filter(model=model_name(), text_hash=checksum(text))
    found = rows.values_list("values", flat=True).first()
    return bytes(found) if found is not None else None


def nearest(claims: ClaimQuerySet, vector: bytes, *, least: float) -> list[Near]:
    """Return which of the claims lie nearest to a vector, the nearest first, at most ``MOST``, none below ``least``.

    Exact: every vector of the encoder in use is multiplied, a thousand at a time. Takes two queries.
    """
    import numpy as np

    wanted = np.frombuffer(vector, dtype="<f4")
    by_hash = defaultdict(list)
    for key, text in claims.order_by().values_list("pk", "text"):
        by_hash[checksum(text)].append(key)
    found: list[Near] = []
    for hashes, values in _chunks(by_hash):
        scores = np.frombuffer(b"".join(values), dtype="<f4").reshape(len(hashes), -1) @ wanted
        best = np.argsort(-scores)[:MOST]  # each is a claim's at least: none beyond them can be among the nearest
        found += [
            Near(key, round(float(scores[place]), 4))
            for place in best[scores[best] >= least]
            for key in by_hash[hashes[place]]
        ]
    return sorted(found, key=lambda near: (-near.score, near.claim))[:MOST]


def elsewhere(claim: Claim) -> ClaimQuerySet:
    """Return the claims among which the same can have been said elsewhere: the current ones of other articles."""
    return Claim.objects.current().exclude(article_id=claim.article_id)


def ask(text: str) -> Asked:
    """Have the worker compute a text's vector, unless it is asked already. Return how far that is."""
    task_of = DBTaskResult.objects.filter(task_path=embed_text.module_path)
    waiting = task_of.filter(status=TaskResultStatus.READY)
    own = task_of.filter(args_kwargs={"args": [text], "kwargs": {}}).order_by("-enqueued_at").first()
    if own is not None and _is_alive(own):
        late = timezone.now() - own.enqueued_at > dt.timedelta(seconds=LATE_AFTER_SECONDS)
        return Asked.LATE if late else Asked.WAITING
    if own is not None and own.status == TaskResultStatus.FAILED and _is_fresh(own.finished_at):
        return Asked.FAILED
    if waiting.count() >= MOST_WAITING:
        return Asked.BUSY
    embed_text.enqueue(text)
    return Asked.WAITING


@task(priority=50)
def embed_text(text: str) -> None:
    """Compute and store a text's vector (the worker's task); before runs that wait, since a person does too."""
    from claims.services.matching import encoder

    encoder().encode([text])


def _is_alive(own: Any) -> bool:
    """Tell whether a task waits or was taken just now; one taken long ago lost its worker."""
    if own.status == TaskResultStatus.READY:
        return True
    return own.status == TaskResultStatus.RUNNING and _is_fresh(own.started_at)


def _is_fresh(at: dt.datetime | None) -> bool:
    limit = timezone.now() - dt.timedelta(seconds=settings.CROSSREAD_LOST_AFTER_SECONDS)
    return at is not None and at > limit


def _chunks(known: Container[str]) -> Iterator[tuple[list[str], list[bytes]]]:
    """Yield the stored vectors of the known texts in parts: their hashes and their values."""
    rows = Vector.objects.every_one_of(model_name()).values_list("text_hash", "values")
    told = ((key, values) for key, values in rows.iterator(chunk_size=_CHUNK) if key in known)
    while part := list(islice(told, _CHUNK)):
        yield [key for key, _ in part], [bytes(values) for _, values in part]
