"""The pages of the library: who sees what, adding and changing, merging, taking from it and giving to it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Event, LibraryChange, Party, Person, SuggestedName
from claims.services.library.adopting import link
from claims.services.library.keeping import PartyDraft, TermDraft, add_party
from tests.factories import make_event, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("editor"))
    return client


@pytest.fixture
def palace() -> Party:
    terms = [TermDraft("Ida Noor", "President")]
    return add_party(PartyDraft("Palace", "Velland", ("the court",), terms), None)


def rows(*terms: dict[str, str]) -> dict[str, str]:
    """Return rows of people as a form sends them."""
    sent = {"form-TOTAL_FORMS": str(len(terms)), "form-INITIAL_FORMS": "0"}
    return sent | {f"form-{place}-{key}": value for place, row in enumerate(terms) for key, value in row.items()}


def test_a_party_is_added_with_its_people(editor: Client) -> None:
    sent = {"name": "Palace", "within": "Velland", "aliases": "the court; the throne"}
    people = rows({"title": "President", "name": "Ida Noor", "since": "2030-01-01"}, {"name": ""})
    answer = editor.post("/library/parties/add/", sent | people)
    party = Party.objects.get(name="Palace")
    assert answer["Location"] == party.get_absolute_url()
    assert (party.side, party.aliases) == ("Velland", ["the court", "the throne"])
    page = editor.get(party.get_absolute_url()).text
    for shown in ("Ida Noor", "1 January 2030", "the throne", "kept in the library"):
        assert shown in page


@pytest.mark.parametrize(
    ("sent", "people", "sentence"),
    [
        ({"name": ""}, {"name": "Rolf Aas"}, "Give it a name"),
        ({"name": "Palace", "within": "Velland"}, {"name": "Rolf Aas"}, "in the library already"),
        ({"name": "Court"}, {"title": "Envoy", "aliases": "Rolf Aas"}, "Type the name"),
        ({"name": "Court"}, {"name": "Rolf Aas", "since": "soon"}, "This is not a date"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(
    editor: Client, palace: Party, sent: dict[str, str], people: dict[str, str], sentence: str
) -> None:
    answer = editor.post("/library/parties/add/", {"aliases": "typed by hand"} | sent | rows(people))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "typed by hand" in answer.text
    assert Party.objects.count() == 2


def test_another_row_is_asked_for_and_nothing_is_stored(editor: Client) -> None:
    answer = editor.post("/library/parties/add/", {"name": "Palace", "more": "1"} | rows({"name": "Ida Noor"}))
    assert 'name="form-1-name"' in answer.text
    assert 'value="Ida Noor"' in answer.text
    assert not Party.objects.exists()


def test_a_change_is_saved_and_told_and_one_on_an_older_state_is_refused(editor: Client, palace: Party) -> None:
    term = palace.terms.get()
    keep = rows({"term": str(term.pk), "title": "Queen", "name": "Ida Noor"})
    sent = {"name": "Palace", "within": "Velland", "aliases": "the throne", "version": "0"}
    answer = editor.post(palace.get_absolute_url(), sent | keep, follow=True)
    assert "Saved." in answer.text
    assert "<del>Palace (Velland); also the court; President Ida Noor</del>" in answer.text
    again = editor.post(palace.get_absolute_url(), sent | keep | {"aliases": "mine"})
    assert again.status_code == 409
    assert "changed meanwhile" in again.text
    assert 'value="mine"' in again.text
    held = editor.post(palace.get_absolute_url(), sent | keep | {"aliases": "mine", "version": "1"})
    assert held.status_code == 302


def test_somebody_leaves_an_office_by_a_tick(editor: Client, palace: Party) -> None:
    term = palace.terms.get()
    sent = {"name": "Palace", "within": "Velland", "version": "0"}
    editor.post(palace.get_absolute_url(), sent | rows({"term": str(term.pk), "name": "Ida Noor", "gone": "on"}))
    assert not palace.terms.exists()
    assert Person.objects.filter(name="Ida Noor").exists()


def test_an_event_takes_its_source_from_the_library(editor: Client, palace: Party) -> None:
    event = make_event(sources=("Arden", "Omber"))
    page = editor.get(f"/events/{event.slug}/sources/add/").text
    assert 'list="entries"' in page
    assert "Palace (Velland)" in editor.get("/library/complete/?entry=pal").text
    editor.post(f"/events/{event.slug}/sources/add/", {"entry": "palace (velland)"})
    source = event.sources.get(name="Palace")
    assert (source.entry, source.party, source.outdated) == (palace, "Velland", True)
    shown = editor.get(event.get_absolute_url()).text
    assert "The library has changed since this was read: Palace" in shown


def test_a_name_that_the_library_has_not_or_twice_is_refused(editor: Client, palace: Party) -> None:
    add_party(PartyDraft("Palace", "Omber"), None)
    event = make_event(sources=("Arden", "Omber"))
    for typed, sentence in (("Castle", "has no “Castle”"), ("Palace", "several of that name")):
        answer = editor.post(f"/events/{event.slug}/sources/add/", {"entry": typed, "aliases": "kept by me"})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert "kept by me" in answer.text


def test_a_new_event_takes_its_sources_from_the_library(editor: Client, palace: Party) -> None:
    sent = {"title": "Talks", "date": "2031-04-08", "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}
    editor.post("/events/add/", sent | {"form-0-entry": "Palace", "form-1-name": "Arden"})
    assert Event.objects.get().sources.get(name="Palace").entry == palace


def test_a_change_is_read_into_events_when_asked(editor: Client, palace: Party) -> None:
    event = make_event()
    link([event.sources.get(name="Velland")], palace, make_user("editor", name="other"))
    page = editor.get(palace.get_absolute_url()).text
    assert "1 event was not read since the library changed" in page
    editor.post(f"/library/parties/{palace.pk}/read/")
    assert event.runs.get().state == "queued"


def test_sources_of_events_are_kept_when_they_are_ticked(editor: Client) -> None:
    event = make_event()
    page = editor.get("/library/").text
    assert "In events, and not kept here yet" in page
    arden = event.sources.get(name="Arden")
    editor.post("/library/take/", {"source": [str(arden.pk), "x", "99999"]})
    assert list(Party.objects.values_list("name", flat=True)) == ["Arden", "Government of Arden"]
    velland = event.sources.get(name="Velland")
    form = editor.get(f"/library/parties/add/?source={velland.pk}").text
    assert 'value="Velland"' in form
    editor.post("/library/parties/add/", {"name": "Court of Velland", "source": str(velland.pk)} | rows({}))
    velland.refresh_from_db()
    assert velland.entry is not None
    assert (velland.name, velland.entry.name) == ("Velland", "Court of Velland")


def test_two_that_are_one_are_merged_and_the_old_address_leads_on(editor: Client, palace: Party) -> None:
    twin = add_party(PartyDraft("Palace"), None)
    page = editor.get("/library/").text
    assert "Perhaps kept twice" in page
    answer = editor.post(f"/library/parties/{palace.pk}/merge/", {"other": twin.pk, "do": "merge"}, follow=True)
    assert "is part of Palace (Velland) now" in answer.text
    assert editor.get(twin.get_absolute_url())["Location"] == palace.get_absolute_url()
    assert "Perhaps kept twice" not in editor.get("/library/").text
    again = editor.post(f"/library/parties/{palace.pk}/merge/", {"other": twin.pk}, follow=True)
    assert "It may have been merged meanwhile" in again.text


def test_two_that_are_two_are_not_proposed_again(editor: Client, palace: Party) -> None:
    twin = add_party(PartyDraft("Palace"), None)
    editor.post(f"/library/parties/{palace.pk}/merge/", {"other": twin.pk, "do": "apart", "back": "library"})
    assert "Perhaps kept twice" not in editor.get("/library/").text
    assert LibraryChange.objects.filter(what="apart").count() == 2


def test_a_person_is_renamed_and_merged(editor: Client, palace: Party) -> None:
    person = palace.terms.get().person
    editor.post(person.get_absolute_url(), {"name": "Ida Noor-Lind", "aliases": "Noor", "version": "0"})
    person.refresh_from_db()
    assert (person.name, person.aliases) == ("Ida Noor-Lind", ["Noor"])
    assert editor.post(person.get_absolute_url(), {"name": "", "version": "1"}).status_code == 422
    assert editor.post(person.get_absolute_url(), {"name": "Ida", "version": "0"}).status_code == 409
    twin = Person.objects.create(name="I. Noor-Lind")
    assert "I. Noor-Lind" in editor.get(person.get_absolute_url()).text
    editor.post(f"/library/people/{person.pk}/merge/", {"other": twin.pk})
    assert editor.get(twin.get_absolute_url())["Location"] == person.get_absolute_url()


def test_readers_read_and_see_no_forms(client: Client, palace: Party) -> None:
    make_event()
    client.force_login(make_user("reader"))
    for address in ("/library/", palace.get_absolute_url(), palace.terms.get().person.get_absolute_url()):
        page = client.get(address)
        assert page.status_code == 200
        assert 'method="post" novalidate' not in page.text
        assert "not kept here yet" not in page.text
    assert "Palace" in client.get("/library/?q=ida noor").text
    assert "Nothing here holds" in client.get("/library/?q=nowhere").text


def test_the_list_costs_the_same_queries_at_any_length(editor: Client) -> None:
    counts = []
    for size in (3, 12):
        for number in range(size):
            add_party(PartyDraft(f"Office {size} {number}", f"State {number}", (), [TermDraft(f"A {number}")]), None)
            make_event(f"Event {size} {number}")
        with CaptureQueriesContext(connection) as queries:
            editor.get("/library/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_merge_can_be_taken_back_from_the_history(editor: Client, palace: Party) -> None:
    gone = add_party(PartyDraft("Vellish palace", "Velland"), None)
    editor.post(f"/library/parties/{palace.pk}/merge/", {"other": gone.pk, "do": "merge"})
    page = editor.get(palace.get_absolute_url()).text
    change = LibraryChange.objects.get(what="merged")
    assert "Take this merge back" in page
    answer = editor.post(f"/library/changes/{change.pk}/undo/", follow=True)
    assert "stands by itself again" in answer.text
    assert answer.redirect_chain[-1][0] == gone.get_absolute_url()
    assert "Taken back" in editor.get(palace.get_absolute_url()).text
    again = editor.post(f"/library/changes/{change.pk}/undo/", follow=True)
    assert "taken back already" in again.text


def test_a_dismissed_name_can_be_proposed_again_on_the_event_s_page(editor: Client) -> None:
    event = make_event()
    name = SuggestedName.objects.create(event=event, words="the Premier", folded="the premier", why="near", count=2)
    name.sources.set(event.sources.all()[:1])
    editor.post(f"/names/{name.pk}/", {"do": "dismiss"})
    page = editor.get(event.get_absolute_url()).text
    assert "1 name dismissed" in page
    assert "Every name that was proposed is decided on." in page
    answer = editor.post(f"/names/{name.pk}/", {"do": "reopen", "next": event.get_absolute_url()}, follow=True)
    assert "is proposed again" in answer.text
    assert "name dismissed" not in answer.text
    assert SuggestedName.objects.get().state == "open"
    assert "Propose it again" not in Client().get(event.get_absolute_url()).text
