"""The library: kept, changed, merged; taken into events, and what then is read again."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from claims.models import Event, LibraryChange, Party, Person, Source, Term
from claims.services.export import Scope
from claims.services.export.event_folder import write_to
from claims.services.ingest import SourceDraft, add_event, change_source
from claims.services.library.adopting import adopt, link, unkept
from claims.services.library.keeping import (
    PartyDraft,
    TermDraft,
    add_alias,
    add_party,
    change_party,
    change_person,
    keep_apart,
    told_of,
)
from claims.services.library.merging import merge_parties, merge_people, take_back_merge
from claims.services.library.taking import take_over
from claims.services.library.twice import kept_twice
from claims.services.load import load
from claims.services.refusals import Refused, Stale
from claims.services.restore import People, restore
from claims.services.review import decide
from tests.exports import exported
from tests.factories import make_article, make_call, make_event, make_user

pytestmark = pytest.mark.django_db

DAY = dt.date(2031, 4, 8)


@pytest.fixture
def editor() -> User:
    return make_user("editor")


@pytest.fixture
def palace(editor: User) -> Party:
    terms = [
        TermDraft("Ida Noor", "President", dt.date(2030, 1, 1), dt.date(2034, 1, 1)),
        TermDraft("Rolf Aas", "President", dt.date(2034, 1, 2)),
        TermDraft("Per Lind", "Press Secretary"),
    ]
    return add_party(PartyDraft("Palace", "Velland", ("the palace",), terms), editor)


def linked(event: Event, party: Party, editor: User, name: str = "Velland") -> Source:
    source = event.sources.get(name=name)
    link([source], party, editor)
    take_over(event)
    source.refresh_from_db()
    return source


def test_what_a_party_is_within_is_kept_with_it_and_all_is_written_down(palace: Party) -> None:
    assert palace.label == "Palace (Velland)"
    assert set(Party.objects.values_list("name", flat=True)) == {"Palace", "Velland"}
    change = LibraryChange.objects.get(party=palace)
    assert change.after == (
        "Palace (Velland); also the palace; President Ida Noor (2030-01-01 to 2034-01-01), "
        "President Rolf Aas (2034-01-02 to …), Press Secretary Per Lind"
    )


def test_a_source_of_an_event_gets_the_names_of_its_day(palace: Party, editor: User) -> None:
    source = linked(make_event(date=DAY), palace, editor)
    assert source.library_spokespeople == ["President Ida Noor", "Press Secretary Per Lind"]
    assert source.library_aliases == ["the palace"]  # "Velland" is what the event's source is called itself
    later = linked(make_event("Later", date=dt.date(2035, 1, 1)), palace, editor)
    assert later.library_spokespeople == ["President Rolf Aas", "Press Secretary Per Lind"]


def test_the_events_own_names_stay_beside_them(palace: Party, editor: User) -> None:
    event = make_event(date=DAY)
    event.sources.filter(name="Velland").update(aliases=["the islanders"])
    source = linked(event, palace, editor)
    assert source.aliases == ["the islanders"]
    assert source.as_structure().aliases == ("the islanders", "the palace")


def test_a_change_reaches_an_event_at_its_next_reading_and_not_before(palace: Party, editor: User) -> None:
    event = make_event(date=DAY)
    source = linked(event, palace, editor)
    drafts = [TermDraft(term.person.name, term.title, term=term.pk) for term in palace.terms.all()[2:]]
    change_party(palace, PartyDraft("Palace", "Velland", ("the court",), drafts), editor, version=0)
    source.refresh_from_db()
    assert (source.outdated, source.library_aliases) == (True, ["the palace"])
    assert event.owes_anything()
    assert take_over(event)
    source.refresh_from_db()
    assert (source.outdated, source.library_aliases) == (False, ["the court"])
    assert source.library_spokespeople == ["Press Secretary Per Lind"]


def test_only_what_the_names_touch_is_read_again(palace: Party, editor: User) -> None:
    event = make_event(date=DAY)
    source = linked(event, palace, editor)
    touched = make_article(event, [("The Courier", "The court was silent.")], name="a.txt")
    other = make_article(event, [("The Courier", "Ships left the port.")], name="b.txt")
    palace.refresh_from_db()
    terms = [TermDraft(one.person.name, one.title, one.since, one.until, term=one.pk) for one in palace.terms.all()]
    change_party(palace, PartyDraft("Palace", "Velland", ("the palace", "the court"), terms), editor, version=0)
    take_over(event)
    touched.refresh_from_db()
    other.refresh_from_db()
    assert (touched.read_at, other.read_at is None) == (None, False)
    assert source.pk


def test_two_offices_of_one_state_do_not_share_its_names(palace: Party, editor: User) -> None:
    ministry = add_party(PartyDraft("Ministry", "Velland"), editor)
    Party.objects.filter(name="Velland").update(aliases=["the Vellish side"])
    event = make_event(date=DAY)
    link([event.sources.get(name="Arden")], ministry, editor)
    source = linked(event, palace, editor)
    assert "the Vellish side" not in source.library_aliases


def test_a_change_on_an_older_state_is_refused_and_loses_nothing(palace: Party, editor: User) -> None:
    change_party(palace, PartyDraft("Palace", "Velland", ("one",)), editor, version=0)
    with pytest.raises(Stale, match="changed meanwhile"):
        change_party(palace, PartyDraft("Palace", "Velland", ("two",)), editor, version=0)
    palace.refresh_from_db()
    assert palace.aliases == ["one"]


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (PartyDraft(" "), "Give it a name"),
        (PartyDraft("palace", "VELLAND"), "in the library already"),
        (PartyDraft("Court", terms=[TermDraft("", "President")]), "no name"),
        (PartyDraft("Court", terms=[TermDraft("A", "", DAY, dt.date(2030, 1, 1))]), "leaves the office before"),
    ],
)
def test_what_cannot_be_kept_is_refused(palace: Party, editor: User, draft: PartyDraft, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        add_party(draft, editor)


def test_the_database_keeps_offices_one_step_deep(palace: Party) -> None:
    for broken in (Party(name="Desk", within=palace), Party(name="palace", within=palace.within)):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.filter(until__isnull=False).update(since=dt.date(2040, 1, 1))


# Merging


def test_merging_moves_everything_and_the_old_one_leads_to_the_new(palace: Party, editor: User) -> None:
    twin = add_party(PartyDraft("Vellish palace", "Velland", terms=[TermDraft("Ida Noor", "Head of state")]), editor)
    source = linked(make_event(date=DAY), twin, editor)
    merge_parties(palace, twin, editor)
    source.refresh_from_db()
    palace.refresh_from_db()
    twin.refresh_from_db()
    assert (source.entry, source.outdated, twin.merged_into) == (palace, True, palace)
    assert palace.aliases == ["the palace", "Vellish palace"]
    assert palace.terms.count() == 4
    assert LibraryChange.objects.filter(party=palace, what="merged", actor=editor).exists()


def test_what_is_within_one_another_is_not_merged(palace: Party, editor: User) -> None:
    velland = Party.objects.get(name="Velland")
    for kept, gone in ((palace, velland), (velland, palace), (palace, palace)):
        with pytest.raises(Refused):
            merge_parties(kept, gone, editor)


def test_two_entries_of_a_person_become_one(palace: Party, editor: User) -> None:
    kept = Person.objects.get(name="Ida Noor")
    gone = Person.objects.create(name="I. Noor", aliases=["Nora"])
    Term.objects.create(person=gone, party=palace, title="Speaker")
    merge_people(kept, gone, editor)
    kept.refresh_from_db()
    assert kept.aliases == ["Nora", "I. Noor"]
    assert {term.title for term in kept.terms.all()} == {"President", "Speaker"}


def last_merge() -> LibraryChange:
    return LibraryChange.objects.filter(what="merged").latest("pk")


def test_a_merge_of_parties_is_taken_back_with_all_that_it_moved(palace: Party, editor: User) -> None:
    noor = TermDraft("Ida Noor", "President", DAY)
    gone = add_party(PartyDraft("Vellish palace", "Velland", ("the seat",), [noor, TermDraft("Old Aas")]), editor)
    Party.objects.filter(pk=palace.pk).update(within=None)
    kept = add_party(PartyDraft("Court", aliases=("the bench",), terms=[noor, TermDraft("Lo Berg", "Judge")]), editor)
    source = linked(make_event(date=DAY), gone, editor)
    before = {party.pk: (party.aliases, told_of(party)) for party in (kept, gone)}
    merge_parties(kept, gone, editor)
    assert kept.terms.count() == 3  # one that both had
    again = take_back_merge(last_merge(), editor)
    assert isinstance(again, Party)
    for party in (kept, gone):
        party.refresh_from_db()
        aliases, told = before[party.pk]
        assert (party.aliases, party.merged_into) == (aliases, None)
        assert set(re.split("[,;] ", told_of(party))) == set(re.split("[,;] ", told))
    source.refresh_from_db()
    assert (source.entry, source.outdated) == (gone, True)
    assert LibraryChange.objects.filter(what="parted", actor=editor).count() == 2
    with pytest.raises(Refused, match="taken back already"):
        take_back_merge(last_merge(), editor)


def test_what_came_since_a_merge_stays_where_it_is(palace: Party, editor: User) -> None:
    gone = add_party(PartyDraft("Vellish palace", "Velland"), editor)
    merge_parties(palace, gone, editor)
    palace.refresh_from_db()
    add_alias(palace, "the new wing", editor)
    later = linked(make_event(date=DAY), palace, editor)
    take_back_merge(last_merge(), editor)
    palace.refresh_from_db()
    later.refresh_from_db()
    assert palace.aliases == ["the palace", "the new wing"]
    assert later.entry == palace


def test_a_merge_is_not_taken_back_over_what_was_done_since(palace: Party, editor: User) -> None:
    gone = add_party(PartyDraft("Vellish palace", "Velland"), editor)
    merge_parties(palace, gone, editor)
    first = last_merge()
    taken = add_party(PartyDraft("Vellish palace", "Velland"), editor)
    with pytest.raises(Refused, match="called “Vellish palace \\(Velland\\)” by now"):
        take_back_merge(first, editor)
    merge_parties(taken, palace, editor)
    with pytest.raises(Refused, match="Take that back first"):
        take_back_merge(first, editor)
    take_back_merge(last_merge(), editor)
    change_party(taken, PartyDraft("Old palace", "Velland"), editor, version=Party.objects.get(pk=taken.pk).version)
    take_back_merge(first, editor)
    assert Party.objects.standing().filter(within__name="Velland").count() == 3


def test_a_merge_of_people_is_taken_back(palace: Party, editor: User) -> None:
    kept = Person.objects.get(name="Ida Noor")
    gone = Person.objects.create(name="I. Noor", aliases=["Nora"])
    older = Person.objects.create(name="Noor the Elder", merged_into=gone)
    Term.objects.create(person=gone, party=palace, title="Speaker")
    merge_people(kept, gone, editor)
    take_back_merge(last_merge(), editor)
    for person in (kept, gone, older):
        person.refresh_from_db()
    assert (kept.aliases, gone.aliases, gone.merged_into, older.merged_into) == ([], ["Nora"], None, gone)
    assert [term.title for term in gone.terms.all()] == ["Speaker"]
    assert {term.title for term in kept.terms.all()} == {"President"}


def test_another_name_in_a_term_says_that_somebody_else_held_it(palace: Party, editor: User) -> None:
    term = palace.terms.get(person__name="Ida Noor")
    draft = PartyDraft("Palace", "Velland", ("the palace",), [TermDraft("Rolf Aas", term.title, term=term.pk)])
    change_party(palace, draft, editor, version=palace.version)
    assert [one.person.name for one in palace.terms.all()] == ["Rolf Aas"]


def test_what_is_perhaps_kept_twice_is_said_until_somebody_tells_them_apart(palace: Party, editor: User) -> None:
    other = add_party(PartyDraft("Palace"), editor)
    short = Person.objects.create(name="Noor")
    Term.objects.create(person=short, party=palace)
    add_party(PartyDraft("Ministry", "Arden"), editor)
    add_party(PartyDraft("Ministry", "Omber"), editor)  # of another state: another ministry
    named = {frozenset({str(one.one), str(one.other)}) for one in kept_twice()}
    assert named == {frozenset({"Palace (Velland)", "Palace"}), frozenset({"Ida Noor", "Noor"})}
    keep_apart(palace, other, editor)
    assert {one.kind for one in kept_twice()} == {"person"}


def test_states_that_one_table_knows_by_two_names_are_perhaps_one(editor: User) -> None:
    add_party(PartyDraft("United States"), editor)
    add_party(PartyDraft("USA"), editor)
    assert [one.why for one in kept_twice()] == ["both are United States"]


# From events


def test_nothing_of_events_is_put_together_by_itself(editor: User) -> None:
    one, other = make_event(), make_event("Another")
    one.sources.filter(name="Arden").update(aliases=["Lydd", "Prime Minister Aud Holt"], spokespeople=["Per Lind"])
    other.sources.filter(name="Arden").update(aliases=["Lydd", "the Ardish"])
    assert not Party.objects.exists()
    found = next(each for each in unkept() if each.name == "Arden")
    assert len(found.rows) == 2
    assert found.draft().aliases == ("Lydd", "the Ardish")
    party = adopt(found, editor)
    assert [term.title for term in party.terms.all()] == ["Prime Minister", "Spokesperson"]
    assert {source.aliases[1] for source in Source.objects.filter(entry=party)} == {
        "Prime Minister Aud Holt",
        "the Ardish",
    }
    assert "Arden" not in {each.name for each in unkept()}


def test_a_source_of_an_event_is_an_entry_of_the_library_and_can_leave_it_again(palace: Party) -> None:
    drafts = [SourceDraft("Palace", "Velland", entry=palace), SourceDraft("Arden", "Arden")]
    event = add_event(title="Talks", date=DAY, sources=drafts)
    take_over(event)
    source = event.sources.get(name="Palace")
    assert source.library_spokespeople == ["President Ida Noor", "Press Secretary Per Lind"]
    change_source(source, SourceDraft("Palace", "Velland"))
    source.refresh_from_db()
    assert (source.entry, source.library_spokespeople) == (None, [])


def test_sources_of_one_entry_are_one_office_whatever_they_are_called(palace: Party, editor: User) -> None:
    one, other = make_event(), make_event("Another")
    other.sources.filter(name="Velland").update(name="The Vellish palace")
    rows = [linked(one, palace, editor), linked(other, palace, editor, "The Vellish palace")]
    office = Source.objects.by_office()
    assert len({office[row.pk] for row in rows}) == 1


def test_taking_over_costs_the_same_at_any_size_of_the_library(palace: Party, editor: User) -> None:
    counts = []
    for place in range(2):
        event = make_event(f"Event {place}", date=DAY)
        link(event.sources.all()[:1], palace, editor)
        with CaptureQueriesContext(connection) as queries:
            take_over(event)
        counts.append(len(queries))
        for number in range(10):
            Term.objects.create(person=Person.objects.create(name=f"Somebody {number}"), party=palace)
    assert counts[0] == counts[1]


# In and out


def test_an_event_with_its_entries_is_the_same_as_json_and_back(palace: Party, editor: User, tmp_path: Path) -> None:
    comparison = make_call()
    decide(comparison.pairs.all()[0], editor, "agree")
    person = Person.objects.get(name="Ida Noor")
    change_person(person, editor, name="Ida Noor", aliases=["Nora"], version=0)
    linked(comparison.event, palace, editor)
    before = exported("json", comparison)
    file = tmp_path / "event.json"
    file.write_bytes(before)
    (back,) = _restored(file)
    source = back.sources.get(name="Velland")
    assert source.entry == palace
    assert source.library_spokespeople == ["President Ida Noor", "Press Secretary Per Lind"]
    assert not source.outdated
    assert Party.objects.count() == 2


def _restored(file: Path) -> list[Event]:
    return [one.event for one in restore(file, slug="again", people=People(same=True))]


def test_an_entry_that_comes_with_an_event_is_kept_with_its_people(palace: Party, editor: User, tmp_path: Path) -> None:
    comparison = make_call()
    linked(comparison.event, palace, editor)
    file = tmp_path / "event.json"
    file.write_bytes(exported("json", comparison))
    Source.objects.update(entry=None)
    LibraryChange.objects.all().delete()
    Party.objects.filter(within__isnull=False).delete()
    Party.objects.all().delete()
    Person.objects.all().delete()
    (back,) = _restored(file)
    source = back.sources.get(name="Velland")
    assert source.entry is not None
    assert source.entry.label == "Palace (Velland)"
    assert [term.until for term in source.entry.terms.all()] == [dt.date(2034, 1, 1), None, None]
    assert not source.outdated


def test_names_that_the_library_here_lacks_become_the_events_own(palace: Party, editor: User, tmp_path: Path) -> None:
    comparison = make_call()
    linked(comparison.event, palace, editor)
    file = tmp_path / "event.json"
    file.write_bytes(exported("json", comparison))
    Party.objects.filter(pk=palace.pk).update(aliases=[])
    (back,) = _restored(file)
    source = back.sources.get(name="Velland")
    assert (source.aliases, source.outdated) == (["the palace"], True)


def test_an_event_folder_tells_its_entries_and_takes_them_back(palace: Party, editor: User, tmp_path: Path) -> None:
    comparison = make_call()
    comparison.event.sources.filter(name="Velland").update(aliases=["the islanders"])
    linked(comparison.event, palace, editor)
    (folder,) = write_to(tmp_path, Scope.of_events([comparison.event]))
    told = (folder / "event.toml").read_text()
    assert 'aliases = ["the islanders", "the palace"]' in told
    assert "[source.library]" in told
    assert "[source.library.within]" in told
    folder = folder.rename(tmp_path / "another")
    (loaded,) = load([folder])
    source = loaded.event.sources.get(name="Velland")
    assert (source.entry, source.aliases, source.outdated) == (palace, ["the islanders"], True)
