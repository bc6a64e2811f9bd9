"""What migrations make of rows that were there before."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps

from claims.models import Change, Correction
from tests.factories import make_call, make_user

pytestmark = pytest.mark.django_db


def test_corrections_that_were_made_before_get_their_lines_in_the_history() -> None:
    comparison, editor = make_call(), make_user("editor")
    claim = comparison.lone.all()[0].claim
    then = dt.datetime(2031, 4, 9, 12, tzinfo=dt.UTC)
    for made in ({"voice": "The Courier"}, {"source": comparison.b}):
        one = Correction.objects.create(claim=claim, editor=editor, **made)
        Correction.objects.filter(pk=one.pk).update(made_at=then)
    import_module("claims.migrations.0020_what_people_decide").tell_corrections(apps, None)
    told = Change.objects.order_by("pk").values_list("claim", "actor", "what", "before", "after", "at")
    assert list(told) == [
        (claim.pk, editor.pk, "correction", "Arden", "The Courier", then),
        (claim.pk, editor.pk, "correction", "The Courier", "Velland", then),
    ]
