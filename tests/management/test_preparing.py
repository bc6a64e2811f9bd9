"""What is brought in place before serving."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from claims.management.preparing import collect_static_files, prepare
from claims.models import Article, Event, Run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def scratch(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.DEMO = True


def test_the_demo_has_its_events_and_accounts() -> None:
    loaded = prepare()
    assert all(one.new for one in loaded)
    assert set(Event.objects.values_list("slug", flat=True)) >= {"trump-putin-call-2025-06-04"}
    assert set(User.objects.values_list("username", flat=True)) == {"editor", "reviewer", "reader"}


def test_a_second_time_nothing_is_brought_in_twice() -> None:
    prepare()
    Run.objects.all().delete()
    before = (Event.objects.count(), Article.objects.count(), User.objects.count())
    assert not any(one.new or one.articles for one in prepare())
    assert (Event.objects.count(), Article.objects.count(), User.objects.count()) == before
    assert not Run.objects.exists()


def test_a_changed_password_of_a_demo_account_is_kept() -> None:
    prepare()
    user = User.objects.get(username="editor")
    user.set_password("another-one-entirely")
    user.save()
    prepare()
    assert User.objects.get(username="editor").check_password("another-one-entirely")


def test_outside_the_demo_there_are_no_accounts_and_no_events(settings: Settings) -> None:
    settings.DEMO = False
    assert prepare() == []
    assert not User.objects.exists()
    assert not Event.objects.exists()


def test_static_files_are_collected_once_and_again_when_one_changed(settings: Settings, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    settings.STATICFILES_DIRS = [own]
    (own / "page.css").write_text("p {}")
    assert collect_static_files()
    assert not collect_static_files()
    (own / "page.css").write_text("p { margin: 0 }")
    assert collect_static_files()
    assert (tmp_path / "static" / "page.css").read_text() == "p { margin: 0 }"
