"""A person's own zone, language and keys; the switch of languages."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from claims.models import Article, Preference
from claims.services.keys import CAME_WITH, choose_keys, keys_of
from claims.services.preferences import zones
from tests.factories import make_call, make_user

pytestmark = pytest.mark.django_db
PAGE = "/settings/yours/"
MOMENT = dt.datetime(2031, 1, 8, 23, 30, tzinfo=dt.UTC)


@pytest.fixture
def person() -> User:
    return make_user("reviewer", name="ana")


@pytest.fixture
def one(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


@pytest.fixture
def shown() -> str:
    """Return the address of a page that shows a moment."""
    comparison = make_call()
    comparison.matched_at = MOMENT
    comparison.save()
    return comparison.get_absolute_url()


def typed(**keys: str) -> dict[str, str]:
    return {"do": "keys", "single_keys": "yes"} | {f"key-{name}": key for name, key in (CAME_WITH | keys).items()}


def test_without_a_word_times_are_in_the_servers_zone_which_is_named(one: Client, shown: str) -> None:
    page = one.get(shown).text
    assert '<time datetime="2031-01-08T23:30:00+00:00">8 Jan 2031, 23:30</time>' in page
    assert "Times in UTC" in page


def test_times_are_in_the_zone_that_the_browser_says(one: Client, shown: str) -> None:
    one.cookies["zone"] = "Asia/Tokyo"
    page = one.get(shown).text
    assert '<time datetime="2031-01-09T08:30:00+09:00">9 Jan 2031, 08:30</time>' in page
    assert "Times in Asia/Tokyo" in page


@pytest.mark.parametrize("odd", ["Nowhere/Nothing", "../../etc/passwd", "", "Etc", "'\"<b>"])
def test_an_odd_zone_of_a_browser_does_no_harm(one: Client, shown: str, odd: str) -> None:
    one.cookies["zone"] = odd
    assert "Times in UTC" in one.get(shown).text


def test_a_persons_own_zone_goes_before_the_browsers(one: Client, shown: str) -> None:
    one.cookies["zone"] = "Asia/Tokyo"
    assert one.post(PAGE, {"zone": "America/New_York", "language": ""}).status_code == 303
    assert "8 Jan 2031, 18:30" in one.get(shown).text


def test_the_zone_of_one_request_is_not_the_next_ones(one: Client, shown: str) -> None:
    one.cookies["zone"] = "Asia/Tokyo"
    one.get(shown)
    assert timezone.get_current_timezone_name() == "UTC"
    assert "23:30" in Client().get(shown).text or not configured.CROSSREAD_PUBLIC_READ


def test_exports_stay_in_utc_and_english(one: Client, shown: str) -> None:
    plain = one.get(f"{shown}export/file/?format=csv").getvalue()
    Preference.objects.create(user=User.objects.get(), zone="Asia/Tokyo", language="de")
    assert one.get(f"{shown}export/file/?format=csv").getvalue() == plain


def test_no_page_writes_a_moment_by_itself() -> None:
    for path in (configured.BASE_DIR / "templates").rglob("*.html"):
        assert not re.search(r'\|(?:date|time):"[^"]*[Hj]', path.read_text()), path


def test_a_refused_zone_is_kept_and_told(one: Client) -> None:
    answer = one.post(PAGE, {"zone": "Atlantis/Capital", "language": "de"})
    assert answer.status_code == 422
    assert "There is no zone of this name." in answer.text
    assert 'value="de" lang="de" selected' in answer.text
    assert not Preference.objects.exists()


def test_the_database_knows_the_languages(person: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Preference.objects.create(user=person, language="xx")


def test_there_are_zones_to_choose_from() -> None:
    assert {"UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"} <= set(zones())
    assert not [name for name in zones() if name.startswith("Etc/")]


def test_a_language_is_chosen_for_good(one: Client, person: User, shown: str) -> None:
    one.post(PAGE, {"zone": "", "language": "de"})
    page = one.get(shown).text
    assert '<html lang="de">' in page
    assert "8. Jan 2031, 23:30" in page
    other = Client()
    other.force_login(person)
    assert '<html lang="de">' in other.get(shown).text, "wherever they log in"


def test_the_language_is_the_browsers_until_somebody_says_otherwise(client: Client) -> None:
    assert '<html lang="de">' in client.get("/login/", headers={"accept-language": "de-CH,de;q=0.9"}).text
    assert '<html lang="en">' in client.get("/login/", headers={"accept-language": "fr"}).text
    answer = client.post("/settings/language/", {"language": "de", "next": "/login/"})
    assert (answer.status_code, answer["Location"]) == (303, "/login/")
    assert '<html lang="de">' in client.get("/login/", headers={"accept-language": "en"}).text


def test_the_switch_of_languages_leads_nowhere_else(client: Client) -> None:
    answer = client.post("/settings/language/", {"language": "xx", "next": "https://evil.test/"})
    assert answer["Location"] == "/"
    assert configured.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_the_switch_of_languages_is_remembered_with_the_person(one: Client, person: User) -> None:
    one.post("/settings/language/", {"language": "de", "next": "/"})
    assert Preference.objects.get(user=person).language == "de"


def test_buttons_and_the_sheet_show_ones_own_keys(one: Client) -> None:
    make_call()
    assert one.post(PAGE, typed(agree="y", sheet="h")).status_code == 303
    page = one.get("/review/").text
    assert 'value="agree" data-does="agree" data-key="y"' in page
    assert "<kbd>y</kbd>" in page
    assert 'data-sheet-key="h"' in page
    assert "<kbd>a</kbd>" not in page


def test_only_what_differs_is_stored(one: Client, person: User) -> None:
    one.post(PAGE, typed(agree="y", partial=""))
    assert Preference.objects.get(user=person).keys == {"agree": "y"}


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("p", "stands for “partial, and go on” too"),
        ("F5", "is not one single key"),
        ("Ctrl+w", "is not one single key"),
        ("'", "The browser needs this key itself"),
        ("3", "The digits stand for the reasons"),
    ],
)
def test_a_key_that_cannot_be_is_refused_in_a_sentence_and_kept(one: Client, key: str, told: str) -> None:
    answer = one.post(PAGE, typed(agree=key))
    assert answer.status_code == 422
    assert told in answer.text.replace("&#x27;", "'")
    assert not Preference.objects.exists()
    assert re.search(r'name="key-agree" value="([^"]*)"', answer.text)[1].replace("&#x27;", "'") == key  # type: ignore[index]


def test_two_acts_can_swap_their_keys(person: User) -> None:
    choose_keys(person, CAME_WITH | {"next": "k", "previous": "j"}, on=True)
    keys = keys_of(Preference.objects.get()).by_act
    assert (keys["next"], keys["previous"]) == ("k", "j")


def test_keys_go_back_to_what_they_came_with(one: Client, person: User) -> None:
    one.post(PAGE, typed(agree="y"))
    one.post(PAGE, {"do": "keys_back"})
    assert keys_of(Preference.objects.get(user=person)).by_act == CAME_WITH


def test_single_keys_can_be_switched_off(one: Client) -> None:
    make_call()
    told = typed()
    del told["single_keys"]
    one.post(PAGE, told)
    page = one.get("/review/").text
    assert 'data-single-keys="off"' in page
    assert "<kbd>a</kbd></button>" not in page
    assert "switched off in your settings" in page


def test_a_stored_key_of_an_act_that_is_gone_does_no_harm(person: User) -> None:
    wishes = Preference(user=person, keys={"fly": "x", "agree": "y"})
    assert keys_of(wishes).by_act == CAME_WITH | {"agree": "y"}


def test_the_wishes_cost_no_query(one: Client) -> None:
    """They come with the person."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as before:
        one.get(PAGE)
    Preference.objects.create(user=User.objects.get(), zone="Asia/Tokyo", language="de")
    with CaptureQueriesContext(connection) as after:
        one.get(PAGE)
    assert len(after) == len(before)


def test_quoted_words_keep_their_own_language(one: Client) -> None:
    comparison = make_call()
    Article.objects.update(language="en")
    Preference.objects.create(user=User.objects.get(), language="de")
    page = one.get(comparison.pairs.all()[0].get_absolute_url()).text
    assert '<html lang="de">' in page
    assert '<span class="claim-text" lang="en" data-claim' in page
