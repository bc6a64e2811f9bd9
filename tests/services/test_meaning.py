"""Vectors for what is typed: asked of the worker, stored, and held against all others exactly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from unittest import mock

import numpy as np
import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from numpy.typing import NDArray

from claims.analysis.encoding import Encoder
from claims.models import Claim, Vector
from claims.services import matching
from claims.services.meaning import Asked, ask, embed_text, nearest, vector_of
from claims.services.search import embed_missing, rebuild
from claims.services.vectors import StoredVectors
from tests.factories import make_article, make_call, make_large

pytestmark = pytest.mark.django_db


class LettersNetwork:
    """Counts letters, in place of a model."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        counts = np.array([[text.lower().count(sign) for sign in "abcdefghijklmnopqrstuvwxyz"] for text in texts])
        vectors: NDArray[np.float32] = (counts / np.linalg.norm(counts, axis=1, keepdims=True)).astype(np.float32)
        return vectors


@pytest.fixture(autouse=True)
def encoder() -> Iterator[Encoder]:
    encoder = Encoder(store=StoredVectors())
    encoder.__dict__["_network"] = LettersNetwork()
    with mock.patch.object(matching, "encoder", return_value=encoder):
        yield encoder


def test_the_worker_stores_what_was_asked_and_it_is_asked_no_more() -> None:
    assert vector_of("grain ships") is None
    assert ask("grain ships") is Asked.WAITING
    embed_text.func("grain ships")
    assert vector_of("grain ships") is not None


def test_it_finds_exactly_what_a_plain_product_of_all_vectors_does() -> None:
    make_large(30)
    embed_missing()
    embed_text.func("ships would pass")
    claims = list(Claim.objects.order_by("pk"))
    network = LettersNetwork()
    scores = network.encode([claim.text for claim in claims]) @ network.encode(["ships would pass"])[0]
    best = sorted(zip(-np.round(scores, 4), [claim.pk for claim in claims], strict=True))
    vector = vector_of("ships would pass")
    assert vector is not None
    found = nearest(Claim.objects.all(), vector, least=0.2)
    assert [one.claim for one in found] == [key for _, key in best]
    assert [one.score for one in found] == pytest.approx([-score for score, _ in best], abs=1e-4)


def test_vectors_of_another_encoder_are_not_looked_at() -> None:
    make_call()
    embed_missing()
    Vector.objects.update(model="another")
    assert nearest(Claim.objects.all(), np.ones(26, "<f4").tobytes(), least=-1) == []


def test_what_outlets_say_has_a_vector_too() -> None:
    comparison = make_call()
    make_article(comparison.event, [("The Courier", "Fishermen held a vigil.")], name="courier.txt")
    embed_missing()
    assert vector_of("Fishermen held a vigil.") is not None
    assert rebuild() == 13


def test_a_worker_that_failed_is_told_and_asked_again_later() -> None:
    ask("grain")
    DBTaskResult.objects.update(status="FAILED", finished_at=timezone.now())
    assert ask("grain") is Asked.FAILED
    DBTaskResult.objects.update(finished_at=timezone.now() - dt.timedelta(minutes=5))
    assert ask("grain") is Asked.WAITING
    assert DBTaskResult.objects.count() == 2


def test_a_worker_that_was_killed_leaves_nothing_waiting_for_ever() -> None:
    ask("grain")
    DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now() - dt.timedelta(minutes=5))
    assert ask("grain") is Asked.WAITING
    assert DBTaskResult.objects.filter(status="READY").count() == 1


def test_a_long_wait_is_told() -> None:
    ask("grain")
    DBTaskResult.objects.update(enqueued_at=timezone.now() - dt.timedelta(minutes=1))
    assert ask("grain") is Asked.LATE
