"""The rules of what comes in, each broken once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from claims.models import Draft, Snapshot, Table
from tests.factories import make_article, make_draft, make_event, make_table

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "broken", [{"state": "eaten"}, {"state": "refused"}, {"problem": "Unread."}, {"state": "added"}]
)
def test_drafts(broken: dict[str, Any]) -> None:
    draft = make_draft(make_event())
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.filter(pk=draft.pk).update(**broken)


def test_a_draft_that_was_not_added_has_no_article() -> None:
    event = make_event()
    article = make_article(event, [("The Courier", "The port opens.")])
    with pytest.raises(IntegrityError), transaction.atomic():
        make_draft(event, article=article)


@pytest.mark.parametrize("broken", [{"state": "eaten"}, {"rows_done": 1}, {"state": "failed"}, {"problem": "Broken."}])
def test_tables(broken: dict[str, Any]) -> None:
    table = make_table(make_event())
    with pytest.raises(IntegrityError), transaction.atomic():
        Table.objects.filter(pk=table.pk).update(**broken)


def test_a_snapshot_says_what_it_is_of() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Snapshot.objects.create(event=make_event(), data=b"x")
