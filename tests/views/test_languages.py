"""What pages say of languages: what was not matched, pairs across two of them, and correcting one."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from claims.models import Article, Comparison, Draft
from tests.factories import make_article, make_call, make_draft, make_event, make_user

pytestmark = pytest.mark.django_db

NOT_MATCHED = "text (velland.txt) is in Russian, which the model all-MiniLM-L6-v2 does not cover: its 6 statements"


@pytest.fixture
def comparison() -> Comparison:
    """Return a comparison whose second text is in Russian, as far as the pages know."""
    comparison = make_call()
    Article.objects.update(language="en")
    Article.objects.filter(name="velland.txt").update(language="ru")
    return comparison


def russian() -> Article:
    return Article.objects.get(name="velland.txt")


def test_the_pages_say_what_was_not_matched_and_mark_each_statement(reviewer: Client, comparison: Comparison) -> None:
    comparison.pairs.all().delete()
    page = reviewer.get(comparison.get_absolute_url()).text
    assert NOT_MATCHED in page
    assert page.count("not matched: Russian") == 6
    assert page.count('class="cut">only Velland') == 0
    assert "No two claims of these sources" not in page
    assert NOT_MATCHED in reviewer.get(comparison.event.get_absolute_url()).text
    assert "not matched: Russian" not in reviewer.get(f"{comparison.get_absolute_url()}?relation=only").text


def test_a_pair_across_languages_is_marked(reviewer: Client, comparison: Comparison, settings: Settings) -> None:
    settings.CROSSREAD_MODEL = "tiny-multilingual"
    pair = comparison.pairs.all()[0]
    assert "English / Russian" in reviewer.get(pair.get_absolute_url()).text
    page = reviewer.get(f"{comparison.get_absolute_url()}?pair={pair.pk}").text
    assert "English / Russian" in page
    assert "does not cover" not in page


def test_pairs_in_one_language_or_in_one_that_is_not_known_are_not_marked(
    reviewer: Client, comparison: Comparison
) -> None:
    for language in ("en", ""):
        Article.objects.filter(pk=russian().pk).update(language=language)
        assert "English / " not in reviewer.get(comparison.pairs.all()[0].get_absolute_url()).text


def test_an_editor_corrects_the_language_on_the_articles_page(client: Client, comparison: Comparison) -> None:
    client.force_login(make_user("editor"))
    article = russian()
    assert "The model all-MiniLM-L6-v2 does not cover Russian" in client.get(article.get_absolute_url()).text
    answer = client.post(f"/articles/{article.pk}/language/", {"language": "en"}, follow=True)
    assert "The language is set" in answer.text
    assert "English, as editor said" in answer.text
    article.refresh_from_db()
    assert (article.language, article.standing_language) == ("ru", "en")
    comparison.refresh_from_db()
    assert comparison.due_since is not None
    answer = client.post(f"/articles/{article.pk}/language/", {"language": "tlh"})
    assert answer.status_code == 422
    assert "Choose a language from the list" in answer.text


def test_a_reviewer_sees_the_language_and_cannot_change_it(reviewer: Client, comparison: Comparison) -> None:
    page = reviewer.get(russian().get_absolute_url()).text
    assert "Russian" in page
    assert "Correct the language" not in page


def test_a_guessed_charset_and_a_language_that_is_not_told_are_said_on_the_article(client: Client) -> None:
    event = make_event()
    article = make_article(event, [("The Courier", "Yes.")])
    draft = make_draft(event, notices=["It was read as cp1252."])
    Draft.objects.filter(pk=draft.pk).update(article=article, state="added")
    client.force_login(make_user("reader"))
    page = client.get(article.get_absolute_url()).text
    assert "It was read as cp1252." in page
    assert "too short to tell its language" in page
