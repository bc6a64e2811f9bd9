"""Suggested names: made by a reading, accepted for a source or dismissed for good."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client

from claims.models import Comparison, Event, SuggestedName
from claims.services.library.adopting import link
from claims.services.library.keeping import PartyDraft, TermDraft, add_party
from claims.services.refusals import Refused
from claims.services.suggesting import accept_name, dismiss_name, reopen_name, suggest_names
from tests.factories import make_article, make_event, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def talks() -> Event:
    event = make_event(sources=("Zhongnanhai", "White House", "Arden"))
    event.sources.update(party="")
    Comparison.objects.update(due_since=None)
    make_article(event, [("The Courier", "The Chinese leader agreed, and Beijing said so.")], name="a.txt")
    make_article(event, [("The Courier", "Ships left the port.")], name="b.txt")
    return event


@pytest.fixture
def editor() -> User:
    return make_user("editor")


def suggested(event: Event, words: str) -> SuggestedName:
    return event.suggested_names.get(words=words)


def test_a_reading_suggests_and_says_where(talks: Event) -> None:
    assert suggest_names(talks) == 2
    assert suggest_names(talks) == 2  # anew, not once more
    one = suggested(talks, "Chinese leader")
    assert [source.name for source in one.sources.all()] == ["Zhongnanhai"]
    place = one.places.get()
    assert (place.before, place.words, place.after) == ("", "The Chinese leader", " agreed, and Beijing said so.")


def test_an_accepted_name_is_the_sources_and_only_what_holds_it_is_read_again(talks: Event, editor: User) -> None:
    suggest_names(talks)
    source = talks.sources.get(name="Zhongnanhai")
    accept_name(suggested(talks, "Chinese leader"), source, editor)
    source.refresh_from_db()
    assert source.aliases == ["Chinese leader"]
    assert {one.name: one.read_at is None for one in talks.articles.all()} == {"a.txt": True, "b.txt": False}
    assert talks.runs.get().state == "queued"
    assert suggested(talks, "Chinese leader").decided_by == editor
    assert suggest_names(talks) == 1
    assert suggested(talks, "Chinese leader").state == "accepted"


def test_what_is_dismissed_stays_dismissed_until_it_is_taken_back(talks: Event, editor: User) -> None:
    suggest_names(talks)
    dismiss_name(suggested(talks, "Beijing"), editor)
    assert suggest_names(talks) == 1
    assert suggested(talks, "Beijing").state == "dismissed"
    reopen_name(suggested(talks, "Beijing"))
    assert suggest_names(talks) == 2


def test_what_was_decided_meanwhile_or_is_anothers_is_refused(talks: Event, editor: User) -> None:
    suggest_names(talks)
    one = suggested(talks, "Beijing")
    talks.sources.filter(name="Arden").update(aliases=["beijing"])
    source = talks.sources.get(name="Zhongnanhai")
    with pytest.raises(Refused, match="another source’s name"):
        accept_name(one, source, editor)
    with pytest.raises(Refused, match="one of this event’s"):
        accept_name(one, make_event("Other").sources.all()[0], editor)
    dismiss_name(one, editor)
    with pytest.raises(Refused, match="decided meanwhile"):
        accept_name(one, source, editor)
    source.refresh_from_db()
    assert source.aliases == []


def test_a_name_for_all_events_is_kept_in_the_library(talks: Event, editor: User) -> None:
    party = add_party(PartyDraft("Zhongnanhai", "China"), editor)
    talks.sources.filter(name="Zhongnanhai").update(party="")
    link([talks.sources.get(name="Zhongnanhai")], party, editor)
    suggest_names(talks)
    source = talks.sources.get(name="Zhongnanhai")
    accept_name(suggested(talks, "Beijing"), source, editor, everywhere=True)
    party.refresh_from_db()
    source.refresh_from_db()
    assert (party.aliases, source.aliases, source.outdated) == (["Beijing"], [], True)


def test_people_of_another_time_are_suggested_with_the_reason(talks: Event, editor: User) -> None:
    terms = [TermDraft("Hu Jintao", "President", until=dt.date(2013, 3, 14))]
    link(
        [talks.sources.get(name="Zhongnanhai")],
        add_party(PartyDraft("Zhongnanhai", "China", (), terms), editor),
        editor,
    )
    make_article(talks, [("The Courier", "Hu Jintao was not there.")], name="c.txt")
    suggest_names(talks)
    assert suggested(talks, "Hu Jintao").why == "was President of Zhongnanhai at another time"


def test_the_database_keeps_one_suggestion_of_a_name_and_who_decided(talks: Event) -> None:
    suggest_names(talks)
    with pytest.raises(IntegrityError), transaction.atomic():
        SuggestedName.objects.update(folded="beijing")
    with pytest.raises(IntegrityError), transaction.atomic():
        SuggestedName.objects.update(state="dismissed")


def test_pages_show_suggestions_to_editors_and_take_their_decisions(client: Client, talks: Event, editor: User) -> None:
    suggest_names(talks)
    article, source = talks.articles.get(name="a.txt"), talks.sources.get(name="Zhongnanhai")
    pages = [talks.get_absolute_url(), article.get_absolute_url(), source.get_absolute_url()]
    client.force_login(make_user("reviewer"))
    assert not any("Who is meant here?" in client.get(page).text for page in pages)
    client.force_login(editor)
    for page in pages:
        text = client.get(page).text
        assert "<mark>The Chinese leader</mark> agreed" in text
        assert "Accept for Zhongnanhai" in text
    assert "Who is meant here?" not in client.get(talks.articles.get(name="b.txt").get_absolute_url()).text
    one = suggested(talks, "Beijing")
    answer = client.post(f"/names/{one.pk}/", {"do": "dismiss", "next": pages[1]})
    assert answer["Location"] == pages[1]
    assert client.post(f"/names/{one.pk}/", {"do": "dismiss", "next": "https://evil.test/"})["Location"] == pages[0]
    other = suggested(talks, "Chinese leader")
    assert "Choose whose name" in client.post(f"/names/{other.pk}/", {"do": "accept"}, follow=True).text
    told = client.post(f"/names/{other.pk}/", {"do": "accept", "source": source.pk}, follow=True).text
    assert "is a name of Zhongnanhai now" in told
