"""The judge that the settings name: what is refused at the start, who judged is kept, what a run has to say."""

from __future__ import annotations

from collections.abc import Iterator
from unittest import mock

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from claims.analysis import structures
from claims.analysis.encoding import Encoder
from claims.models import Comparison, JudgeAnswer, Run, Verdict
from claims.models.verdict import LONGEST_JUDGE
from claims.services import judging, matching
from claims.services.analyse import request_run, work
from claims.services.comparing import Readers
from claims.services.ingest import SourceDraft, add_article, add_event
from claims.services.judge_answers import StoredAnswers
from claims.services.judge_settings import server_host
from claims.services.matched import store_pairs
from claims.services.vectors import StoredVectors
from tests.analysis.judges.model_server import all_agree, serving
from tests.factories import make_call, make_user
from tests.services.worker_process import WordNetwork

NOTICE = "2 pairs were judged by crossread-minilm instead of a-model at judge.test: the answer was late."
REMOTE = {"MODEL": "a-model", "URL": "https://judge.test/v1"}


@pytest.fixture(autouse=True)
def fresh_judge() -> Iterator[None]:
    for one in (judging.judge, judging.judge_without_rows):
        one.cache_clear()
    yield
    for one in (judging.judge, judging.judge_without_rows):
        one.cache_clear()


# The system check


def refused(settings: Settings, **told: object) -> str:
    """Return what the system check says of these settings of the judge, empty if nothing."""
    for name, value in told.items():
        setattr(settings, f"CROSSREAD_JUDGE_{name}" if name != "JUDGE" else "CROSSREAD_JUDGE", value)
    try:
        call_command("check")
    except SystemCheckError as error:
        return str(error)
    return ""


def test_what_is_set_by_default_is_not_refused(settings: Settings) -> None:
    assert refused(settings) == ""


@pytest.mark.parametrize(
    "told",
    [
        {"JUDGE": "rules"},
        {"JUDGE": "rules", "REQUEST_SECONDS": 3000},
        {"JUDGE": "inference", "MODEL": "somebody/nli-model"},
        {"JUDGE": "remote", **REMOTE},
        {"JUDGE": "remote", "MODEL": "m", "URL": "http://[::1]:8080/v1/chat/completions", "KEY": "sk-1"},
    ],
)
def test_what_can_judge_is_not_refused(settings: Settings, told: dict[str, object]) -> None:
    assert refused(settings, **told) == ""


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"JUDGE": "oracle"}, "CROSSREAD_JUDGE is “oracle”. It can be built-in, rules, inference, remote."),
        ({"JUDGE": "inference"}, "Set CROSSREAD_JUDGE_MODEL to the name or the folder"),
        ({"JUDGE": "remote", "URL": "https://judge.test"}, "Set CROSSREAD_JUDGE_MODEL to one that the server has."),
        ({"JUDGE": "remote", "MODEL": "m"}, "Set CROSSREAD_JUDGE_URL to its address"),
        ({"JUDGE": "remote", "MODEL": "m", "URL": "judge.test/v1"}, "Set CROSSREAD_JUDGE_URL to its address"),
        ({"JUDGE": "remote", "MODEL": "m", "URL": "file:///etc"}, "Set CROSSREAD_JUDGE_URL to its address"),
        ({"JUDGE": "remote", "MODEL": "m", "URL": "https://[judge/v1"}, "Set CROSSREAD_JUDGE_URL to its address"),
        ({"JUDGE": "remote", "MODEL": "m", "URL": "https://judge.test:port"}, "Set CROSSREAD_JUDGE_URL to its address"),
        ({"JUDGE": "remote", "MODEL": "m", "URL": "https://me:pw@judge.test"}, "Put a key into CROSSREAD_JUDGE_KEY"),
        ({"JUDGE": "remote", **REMOTE, "KEY": "sk-1\nX-Other: 1"}, "CROSSREAD_JUDGE_KEY holds blanks"),
        ({"TOKENS": "many"}, "CROSSREAD_JUDGE_TOKENS is “many”. It is to be a whole number of 1 or more."),
        ({"REQUESTS": 0}, "CROSSREAD_JUDGE_REQUESTS is “0”."),
        (
            {"JUDGE": "remote", **REMOTE, "REQUEST_SECONDS": 30},
            "a worker that is silent for 30 seconds is taken for lost",
        ),
    ],
)
def test_what_cannot_judge_is_refused_with_the_way_out(
    settings: Settings, told: dict[str, object], sentence: str
) -> None:
    assert sentence in refused(settings, **told)


def test_a_refused_key_is_not_repeated(settings: Settings) -> None:
    assert "sk-1" not in refused(settings, JUDGE="remote", **REMOTE, KEY="sk-1 sk-2")
    assert "hidden" not in refused(settings, JUDGE="remote", MODEL="m", URL="https://me:hidden@judge.test")


# The judge of the process


def test_the_settings_make_the_judge(settings: Settings) -> None:
    settings.CROSSREAD_JUDGE = "remote"
    settings.CROSSREAD_JUDGE_MODEL, settings.CROSSREAD_JUDGE_URL = "a-model", "https://judge.test/v1"
    judge = judging.judge()
    assert judge is judging.judge()
    assert judge is not None
    assert judge.name == "a-model at judge.test"


def test_rules_alone_are_no_judge(settings: Settings) -> None:
    settings.CROSSREAD_JUDGE = "rules"
    assert judging.judge() is None


@pytest.mark.django_db
def test_a_judge_on_a_server_is_asked_once_about_a_pair_in_all_runs(settings: Settings) -> None:
    settings.CROSSREAD_JUDGE, settings.CROSSREAD_JUDGE_MODEL = "remote", "a-model"
    pairs = [(f"{number} ships passed.", f"They counted {number} ships.") for number in range(3)]
    with serving(all_agree) as server:
        settings.CROSSREAD_JUDGE_URL = server.url
        said = []
        for _ in range(2):  # another process begins with nothing in memory
            judging.judge.cache_clear()
            judge = judging.judge()
            assert judge is not None
            said.append(judge.opinions(pairs))
    assert len(server.asked) == 1
    assert said[0] == said[1]
    assert list(JudgeAnswer.objects.values_list("judge", flat=True)) == [f"a-model at {server_host()}"] * 3


@pytest.mark.django_db
def test_an_answer_that_is_given_again_takes_the_place_of_the_one_before() -> None:
    StoredAnswers().put_many("x" * 300, {"k" * 64: {"relation": "agree"}})
    StoredAnswers().put_many("x" * 300, {"k" * 64: {"relation": "partial"}, "l" * 64: {"relation": "agree"}})
    assert StoredAnswers().get_many(["k" * 64, "m" * 64]) == {"k" * 64: {"relation": "partial"}}


@pytest.mark.django_db
def test_known_answers_are_fetched_at_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    StoredAnswers().put_many("a judge", {str(number): {} for number in range(40)})
    for known in (2, 40):
        with django_assert_num_queries(1):
            assert len(StoredAnswers().get_many([str(number) for number in range(known)])) == known


@pytest.mark.django_db
def test_an_answer_says_who_gave_it() -> None:
    with pytest.raises(IntegrityError):
        JudgeAnswer.objects.create(judge="", key="k", told={})


def test_comparing_folders_touches_no_database(settings: Settings) -> None:
    settings.CROSSREAD_JUDGE, settings.CROSSREAD_JUDGE_MODEL = "remote", "a-model"
    with serving(all_agree) as server:
        settings.CROSSREAD_JUDGE_URL = server.url
        judge = Readers.as_set().judge
        assert judge is not None
        judge.opinions([("Ships passed.", "Ships were seen.")])
    assert len(server.asked) == 1


# What is kept


def pairs_by(judge: str, comparison: Comparison) -> structures.Comparison:
    """Return a matching of the first claims of each side, judged by somebody."""
    sides = [
        [row.as_structure() for row in source.claims.select_related("article", "source", "standing_correction__source")]
        for source in (comparison.a, comparison.b)
    ]
    verdict = structures.Verdict(structures.Relation.AGREE, judge=judge)
    pair = structures.Pair(structures.Match((0,), (0,), 0.9), verdict)
    return structures.Comparison(
        comparison.a.as_structure(), comparison.b.as_structure(), sides[0], sides[1], (pair,), (), ()
    )


@pytest.mark.django_db
def test_who_judged_is_kept_anew_with_every_matching(client: Client) -> None:
    comparison = make_call()
    a, b = (list(source.claims.select_related("article")) for source in (comparison.a, comparison.b))
    for judge in ("standby", "a-model at judge.test"):
        store_pairs(comparison, pairs_by(judge, comparison), a, b)
        verdict = Verdict.objects.get(pair__comparison=comparison)
        assert verdict.judge == judge
    client.force_login(make_user("reader"))
    assert "judged by a-model at judge.test" in client.get(verdict.pair.get_absolute_url()).text


@pytest.mark.django_db
def test_a_name_that_is_too_long_is_cut() -> None:
    comparison = make_call()
    a, b = (list(source.claims.select_related("article")) for source in (comparison.a, comparison.b))
    store_pairs(comparison, pairs_by("x" * 500, comparison), a, b)
    assert Verdict.objects.get(pair__comparison=comparison).judge == "x" * LONGEST_JUDGE


@pytest.mark.django_db
def test_a_verdict_without_a_judge_names_none(client: Client) -> None:
    client.force_login(make_user("reader"))
    assert "judged by" not in client.get(make_call().pairs.all()[0].get_absolute_url()).text


# What a run has to say


class Talkative:
    name = "talkative"
    english_only = False
    notices = ("something of the run before",)

    def begin_run(self, *, beat: object) -> None:
        self.notices = (NOTICE,)


@pytest.mark.django_db
def test_a_run_keeps_what_its_judge_says_and_pages_show_it(client: Client) -> None:
    event = add_event(title="Call", date=None, sources=[SourceDraft("Arden", "Arden"), SourceDraft("Velland", "V")])
    add_article(event, text="The two presidents spoke about grain.", publisher="Arden")
    add_article(event, text="The presidents spoke about grain.", publisher="Velland")
    encoder = Encoder(model="words", store=StoredVectors())
    encoder.__dict__["_network"] = WordNetwork()
    run = request_run(event)
    with (
        mock.patch.object(matching, "encoder", return_value=encoder),
        mock.patch.object(matching, "judge", return_value=Talkative()),
        mock.patch.object(matching, "match_comparison"),
    ):
        work(run.pk)
    run.refresh_from_db()
    assert (run.state, run.notices) == ("done", [NOTICE])
    client.force_login(make_user("reader"))
    for address in (event.get_absolute_url(), event.comparisons.get().get_absolute_url()):
        assert NOTICE in client.get(address).text


@pytest.mark.django_db
def test_pages_show_the_notices_of_the_last_run_alone(client: Client) -> None:
    comparison = make_call()
    Run.objects.create(event=comparison.event, state="done", notices=[NOTICE])
    Run.objects.create(event=comparison.event, state="done")
    client.force_login(make_user("reader"))
    assert NOTICE not in client.get(comparison.get_absolute_url()).text
