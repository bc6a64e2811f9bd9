"""Texts in several languages, from reading to matching: nothing is matched silently, nothing decided is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import IntegrityError, transaction
from numpy.typing import NDArray
from pytest_django import Settings

from claims.analysis.encoding import Encoder
from claims.models import Article, Comparison, Lone, Pair
from claims.services import matching
from claims.services.analyse import request_run, work
from claims.services.ingest import SourceDraft, add_article, add_event
from claims.services.languages import state_language, unmatched_of
from claims.services.refusals import Refused
from claims.services.review import decide
from claims.services.vectors import StoredVectors
from tests.factories import make_user

pytestmark = pytest.mark.django_db

ENGLISH = (
    "The presidents spoke by telephone about the port of Sarn.\n"
    "Both sides agreed to free 340 prisoners before the winter.\n"
    "Arden will send medicine to the flooded valley."
)
IN_OTHER_LANGUAGES = {
    "ru": (
        "Президенты поговорили по телефону о порте Сарн.\n"
        "Стороны договорились освободить 340 пленных до наступления зимы.\n"
        "Новая железная дорога откроется в столице в следующем году."
    ),
    "de": (
        "Die Präsidenten sprachen am Telefon über den Hafen von Sarn.\n"
        "Beide Seiten wollen noch vor dem Winter 340 Gefangene freilassen.\n"
        "Eine neue Eisenbahn wird im nächsten Jahr in der Hauptstadt eröffnet."
    ),
    "zh": (
        "两国总统就萨恩港问题通了电话，并交换了意见。\n"
        "双方同意在冬季之前释放三百四十名战俘，并将继续商谈。\n"
        "一条新铁路明年将在首都开通，届时将举行庆祝仪式。"
    ),
    "fr": (
        "Les présidents se sont entretenus par téléphone au sujet du port de Sarn.\n"
        "Les deux parties sont convenues de libérer 340 prisonniers avant l’hiver.\n"
        "Une nouvelle ligne de chemin de fer ouvrira l’an prochain dans la capitale."
    ),
}
# What a multilingual encoder would find near each other, whatever the language.
SUBJECTS = (
    ("telephone", "телефону", "Telefon", "电话", "téléphone"),
    ("prisoners", "пленных", "Gefangene", "战俘", "prisonniers"),
    ("medicine",),
    ("railway", "железная", "Eisenbahn", "铁路", "chemin de fer"),
)


class SubjectNetwork:
    """Unit vectors, 4 dimensions: one a subject, whatever the language of the text."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector a text, shape (texts, 4)."""
        held = [[any(word in text for word in words) for words in SUBJECTS] for text in texts]
        vectors = np.array(held, np.float32) + 0.05
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def use_model(settings: Settings, name: str) -> Iterator[None]:
    settings.CROSSREAD_MODEL = name
    encoder = Encoder(model=name, store=StoredVectors())
    encoder.__dict__["_network"] = SubjectNetwork()
    with mock.patch.object(matching, "encoder", return_value=encoder):
        yield


@pytest.fixture
def english_only(settings: Settings) -> Iterator[None]:
    yield from use_model(settings, "")


@pytest.fixture
def multilingual(settings: Settings) -> Iterator[None]:
    yield from use_model(settings, "tiny-multilingual")


@pytest.fixture
def ana() -> User:
    return make_user("editor")


def compared(language: str) -> Comparison:
    event = add_event(title="Call", date=None, sources=[SourceDraft("Arden"), SourceDraft("Velland")])
    add_article(event, text=ENGLISH, publisher="Arden")
    add_article(event, text=IN_OTHER_LANGUAGES[language], publisher="Velland")
    analyse(event.comparisons.get())
    return event.comparisons.get()


def analyse(comparison: Comparison) -> None:
    run = request_run(comparison.event)
    work(run.pk)
    run.refresh_from_db()
    assert run.state == "done", run.problem


@pytest.mark.usefixtures("english_only")
@pytest.mark.parametrize("language", IN_OTHER_LANGUAGES)
def test_a_text_that_the_encoder_does_not_cover_is_read_and_not_matched(language: str) -> None:
    comparison = compared(language)
    article = comparison.event.articles.get(publisher=comparison.b)
    assert article.language == language
    assert article.claims.count() == 3
    assert not Pair.objects.exists()
    assert not Lone.objects.filter(claim__article=article).exists()
    assert Lone.objects.count() == 3
    (told,) = unmatched_of(comparison.a, comparison.b)
    assert (told.publisher, told.claims) == ("Velland", 3)
    assert "which the model all-MiniLM-L6-v2 does not cover: its 3 statements were not matched." in str(told)


@pytest.mark.usefixtures("multilingual")
@pytest.mark.parametrize("language", IN_OTHER_LANGUAGES)
def test_with_a_multilingual_encoder_statements_meet_across_languages(language: str) -> None:
    comparison = compared(language)
    pairs = Pair.objects.all()
    assert pairs.count() == 2
    assert all(pair.claims_of("a")[0].article != pair.claims_of("b")[0].article for pair in pairs)
    assert not [member.differing for pair in pairs for member in pair.members.all() if member.differing]
    assert not [reason.kind for pair in pairs for reason in pair.verdict.reasons.all()]
    assert unmatched_of(comparison.a, comparison.b) == []


def test_an_encoder_covers_what_the_setting_says(settings: Settings) -> None:
    settings.CROSSREAD_MODEL_LANGUAGES = "en,de"
    for _ in use_model(settings, "tiny"):
        comparison = compared("de")
        assert Pair.objects.count() == 2
        assert unmatched_of(comparison.a, comparison.b) == []


@pytest.mark.usefixtures("english_only")
def test_an_editor_corrects_the_language_and_the_matching_follows(ana: User) -> None:
    comparison = compared("ru")
    article = comparison.event.articles.get(publisher=comparison.b)
    state_language(article, ana, "en")
    analyse(comparison)
    assert Pair.objects.count() == 2
    assert unmatched_of(comparison.a, comparison.b) == []
    comparison.event.owe_everything()
    analyse(comparison)
    article.refresh_from_db()
    assert (article.language, article.standing_language) == ("ru", "en")
    state_language(article, ana, "")
    analyse(comparison)
    assert not Pair.objects.exists()


@pytest.mark.usefixtures("english_only")
def test_a_confirmed_pair_stays_when_its_language_turns_out_not_to_be_covered(ana: User) -> None:
    comparison = compared("ru")
    article = comparison.event.articles.get(publisher=comparison.b)
    state_language(article, ana, "en")
    analyse(comparison)
    kept = Pair.objects.get(claims__text__contains="prisoners")
    decide(kept, ana, "agree")
    state_language(article, ana, "ru")
    analyse(comparison)
    kept.refresh_from_db()
    assert not kept.withdrawn
    assert list(Pair.objects.all()) == [kept]
    assert [one.claims for one in unmatched_of(comparison.a, comparison.b)] == [2]


@pytest.mark.usefixtures("english_only")
def test_a_language_that_nobody_knows_is_refused(ana: User) -> None:
    article = compared("ru").event.articles.all()[0]
    with pytest.raises(Refused, match="from the list"):
        state_language(article, ana, "tlh")


@pytest.mark.usefixtures("english_only")
def test_a_stated_language_has_somebody_who_stated_it() -> None:
    article = compared("ru").event.articles.all()[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(stated_language="en")


@pytest.mark.usefixtures("english_only")
def test_the_command_says_what_it_leaves_out(tmp_path: Path) -> None:
    (tmp_path / "arden.txt").write_text(ENGLISH, "utf-8")
    (tmp_path / "velland.txt").write_text(IN_OTHER_LANGUAGES["ru"], "utf-8")
    named = "".join(f'[[source]]\nname = "{name}"\n' for name in ("Arden", "Velland"))
    texts = "".join(
        f'[[article]]\nfile = "{name.lower()}.txt"\npublisher = "{name}"\n' for name in ("Arden", "Velland")
    )
    (tmp_path / "event.toml").write_text(f'title = "Call"\n{named}{texts}', "utf-8")
    out, err = StringIO(), StringIO()
    network = mock.patch.object(Encoder, "_network", SubjectNetwork())
    with network:
        call_command("compare", str(tmp_path), "--json", stdout=out, stderr=err)
    told = json.loads(out.getvalue())
    assert "Velland’s text (velland.txt) is in Russian" in err.getvalue()
    assert [(one["article"], one["language"], one["claims"]) for one in told["unmatched"]] == [("velland.txt", "ru", 3)]
    assert len(told["claims"]) == 6
    assert (told["pairs"], told["only_b"], len(told["only_a"])) == ([], [], 3)
