"""Which language a text is in, what an encoder covers, and what is told of a pair across languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.analysis.languages import NAMES, PACKAGED, covers, detect, name_of
from claims.analysis.reasons import find_reasons
from claims.analysis.reasons.base import Context
from claims.analysis.relations import relate
from claims.analysis.roster import Roster
from claims.analysis.structures import Article, ReasonKind, Verdict

from .reasons.sides import ARDEN, EVENT, VELLAND, side

TEXTS = {
    "ru": "Президент Велланда говорил с премьер-министром Ардена. Стороны договорились открыть порт.",
    "de": "Der Bundeskanzler sprach am Dienstag mit der Präsidentin. Beide Seiten wollen den Hafen wieder öffnen.",
    "zh": "国家主席同总统通电话。双方同意于五月一日重新开放港口，并就地区局势交换了意见，同意保持沟通。",
    "fr": "Le président s’est entretenu mardi avec son homologue. Les deux parties sont convenues de rouvrir le port.",
    "en": "The President spoke with her counterpart on Tuesday. Both sides agreed to reopen the port to grain ships.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_it_tells_the_language_of_a_text(language: str) -> None:
    assert detect(TEXTS[language]) == language


@pytest.mark.parametrize("text", ["", "Ja.", "12 345 678 901 234 567 890 123", "Twenty letters, not m."[:24]])
def test_of_a_short_text_the_language_is_not_known(text: str) -> None:
    assert detect(text) == ""


def test_every_language_has_a_name() -> None:
    assert name_of("ru") == "Russian"
    assert name_of("tlh") == "tlh"
    assert len(set(NAMES.values())) == len(NAMES)


@pytest.mark.parametrize(
    ("model", "told", "covered"),
    [
        ("", "", {"en"}),
        (PACKAGED, "*", {"en"}),
        ("", "en,ru", {"en"}),
        ("all-mpnet-base-v2", "", {"en"}),
        ("all-mpnet-base-v2", "en, DE", {"en", "de"}),
        ("/models/paraphrase-multilingual-MiniLM-L12-v2", "", {"en", "ru", "zh"}),
        ("/models/paraphrase-multilingual-MiniLM-L12-v2", "en,fr", {"en", "fr"}),
        ("LaBSE", "*", {"en", "ru", "de"}),
    ],
)
def test_what_an_encoder_covers(model: str, told: str, covered: set[str]) -> None:
    asked = {"en", "ru", "de", "zh", "fr"} if told not in ("*", "") or covered == {"en"} else covered
    assert {one for one in asked if covers(model, one, told)} == covered & asked
    assert covers(model, "", told)


def judge(a: str, b: str, *, languages: tuple[str, str]) -> Verdict:
    articles = tuple(
        Article(source.name, text, source.name, language=language)
        for source, text, language in zip((ARDEN, VELLAND), (a, b), languages, strict=True)
    )
    context = Context(replace(EVENT, articles=articles), Roster.of(EVENT, texts=[a, b]))
    one = relate(side(ARDEN, a), side(VELLAND, b), context, similarity=0.8)
    other = relate(side(VELLAND, b), side(ARDEN, a), context, similarity=0.8)
    assert (one.relation, [(r.kind, r.a) for r in one.reasons]) == (
        other.relation,
        [(r.kind, r.b) for r in other.reasons],
    )
    return one


def test_across_languages_the_english_rules_are_silent() -> None:
    a, b = "Arden agreed to reopen the port and did not ask for a delay.", "Арден попросил отложить открытие порта."
    assert judge(a, b, languages=("en", "ru")).reasons == ()
    context = Context(EVENT, Roster.of(EVENT, texts=[a, b]))
    assert find_reasons(side(ARDEN, a), side(VELLAND, b), context)  # and without the language they would talk


def test_two_texts_in_one_other_language_are_not_read_by_the_english_rules_either() -> None:
    a, b = "Арден согласился открыть порт в мае.", "Арден попросил отложить открытие порта."
    assert judge(a, b, languages=("ru", "ru")).reasons == ()


def test_shares_that_differ_clash_across_languages() -> None:
    a, b = "Tariffs will fall by 15 % this year.", "Пошлины снизятся на 25 % в этом году."
    (reason,) = judge(a, b, languages=("en", "ru")).reasons
    assert reason.kind is ReasonKind.NUMBER
    assert (reason.a[0].text, reason.b[0].text) == ("15", "25")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Arden will send 5,000 tents.", "Арден отправит 5 000 палаток."),
        ("Arden will send 5,000 tents.", "Arden schickt 5.000 Zelte."),
        ("The aid is worth $12 million.", "Помощь составит $12 млн."),
        ("The call lasted 75 minutes.", "Разговор длился 1 час 15 минут."),
        ("They spoke on 4 June.", "Переговоры состоялись 5 июня."),
        ("They met in 2031.", "Встреча прошла в 2032 году."),
        ("It began at 17:30.", "Беседа началась в 18:45."),
        ("340 men and 12 ships will return.", "Вернутся 340 человек и 14 судов."),
    ],
)
def test_figures_that_may_be_the_same_or_be_dates_and_hours_say_nothing(a: str, b: str) -> None:
    assert judge(a, b, languages=("en", "ru")).reasons == ()


def test_plain_figures_that_differ_are_told_and_do_not_clash() -> None:
    a, b = "Arden will free 340 men.", "Арден освободит 120 человек."
    context = Context(
        replace(EVENT, articles=(Article(VELLAND.name, b, VELLAND.name, language="ru"),)), Roster.of(EVENT, texts=[a])
    )
    (finding,) = find_reasons(side(ARDEN, a), side(VELLAND, b), context)
    assert not finding.clash
    assert {one.text for one in (*finding.a, *finding.b)} == {"340", "120"}
