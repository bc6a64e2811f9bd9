"""Reviewing blind: nothing tells what others decided and wrote on a pair before one's own decision."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from pytest_django.fixtures import Settings

from claims.models import Annotation, Change, Comparison, Fix, Pair
from claims.services import meaning
from claims.services.adjudicate import adjudicate
from claims.services.annotate import annotate, reply
from claims.services.assign import assign, assignable
from claims.services.bulk import Wish, carry_out, plan
from claims.services.fixing import take_back as take_fix_back
from claims.services.joining import join, merge
from claims.services.reasons import say
from claims.services.refusals import Refused
from claims.services.review import decide, undo
from claims.services.silence import confirm_silence
from tests.factories import make_call, make_large, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    comparison = make_call()
    comparison.event.blind = True
    comparison.event.save()
    return comparison.pairs.get(verdict__reasons__kind="agency")


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a search by meaning wait for ever: a page that says that no worker seems to run would be another page."""
    monkeypatch.setattr(meaning, "LATE_AFTER_SECONDS", 1e6)


Do = Callable[[Pair], object]
ANA = "ana"


def rejects(pair: Pair) -> None:
    decide(pair, make_user(name=ANA), "no_match")


def differs(pair: Pair) -> None:
    decide(pair, make_user(name=ANA), "agree")
    decide(pair, make_user(name="ben"), "partial")


def notes(pair: Pair) -> None:
    claim = pair.claims_of("a")[0]
    start = claim.start + claim.text.index("observers")
    ana = make_user(name=ANA)
    reply(annotate(pair, ana, text="Whose?", claim=claim, start=start, end=start + 9), ana, "Ours.")


def speaks_of_reasons(pair: Pair) -> None:
    ana = make_user(name=ANA)
    (reason,) = pair.verdict.reasons.filter(kind="agency")
    say(pair, ana, kind="agency", words=reason.quoted, says="dismissed")
    say(pair, ana, kind="tone", words="observers", says="added", why="It is warmer.")


def in_bulk(pair: Pair, wish: Wish) -> Change:
    ana, pairs = make_user(name=ANA), Pair.objects.filter(comparison=pair.comparison)
    entry = carry_out(pairs, ana, wish, mark=plan(pairs, ana, wish).mark, why="Read them all.", about="all pairs")
    assert entry is not None
    return entry


def decides_on_many(pair: Pair) -> None:
    in_bulk(pair, Wish(decision="no_match"))


def takes_many_back(pair: Pair) -> None:
    entry = in_bulk(pair, Wish(decision="agree"))
    assert entry.actor is not None
    undo(entry.actor, entry=entry.pk)


def dismisses_many(pair: Pair) -> None:
    in_bulk(pair, Wish(kind="agency"))


ALL = [rejects, differs, notes, speaks_of_reasons, decides_on_many, takes_many_back, dismisses_many]


def pages_of(pair: Pair) -> list[str]:
    comparison, event = pair.comparison, pair.comparison.event
    here, claim = comparison.get_absolute_url(), pair.claims_of("a")[0]
    return [
        pair.get_absolute_url(),
        here,
        f"{here}?pair={pair.pk}",
        *(f"{here}?state={state}" for state in ("undecided", "reviewed", "disputed", "annotated")),
        *(f"{here}?relation={relation}" for relation in ("agree", "partial", "diverge", "only")),
        "/review/",
        f"/review/?pair={pair.pk}",
        *(f"/review/?state={state}" for state in ("open", "disputed", "mine")),
        *(f"/review/?assignee={whose}" for whose in ("mine", "nobody", f"@{ANA}")),
        f"/review/list/?state=waiting&assignee=@{ANA}",
        "/review/list/",
        *(f"/review/list/?state={state}" for state in ("open", "disputed", "mine", "undecided")),
        *(f"/review/bulk/?decision=agree&state={state}" for state in ("", "open", "disputed")),
        "/review/bulk/?kind=agency",
        "/history/",
        f"/history/?person={ANA}",
        *(f"/history/?{of}" for of in (f"event={event.slug}", f"pair={pair.pk}", f"claim={claim.pk}")),
        f"/pairs/{pair.pk}/claims/",
        f"/claims/{claim.pk}/edges/",
        f"/comparisons/{comparison.pk}/fixes/",
        event.get_absolute_url(),
        "/",
        *(f"{event.get_absolute_url()}{page}/" for page in ("matrix", "overview", "report", "export")),
        *(f"{event.get_absolute_url()}export/file/?format={form}" for form in ("csv", "json")),
        f"{here}report/",
        f"{here}export/file/?format=csv",
        "/overview/",
        comparison.a.get_absolute_url(),
        *(f"/search/?q=relation:{relation}" for relation in ("agree", "partial", "diverge", "only")),
        "/search/?q=reason:agency",
        f"/claims/{claim.pk}/elsewhere/",
        "/disagreements/?state=all",
        "/quality/",
    ]


def read(client: Client, address: str) -> str:
    page = client.get(address).text
    if address == "/quality/":  # how many decisions there are stands above, and says nothing of a pair
        page = page.split('id="by-score"')[1]
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)  # it is another one each time
    return re.sub(r"as it stood on <time[^>]*>[^<]*</time>", "", page)  # the report's own time


def settled(client: Client, addresses: list[str]) -> dict[str, str]:
    """Read pages twice: the first time begins rounds, which the queue then goes on with."""
    for address in addresses:
        client.get(address)
    return {address: read(client, address) for address in addresses}


def changes_nothing(client: Client, pair: Pair, before: dict[str, str]) -> None:
    """Do each deed alone, and find the pages as they were: each is taken out of the database again."""
    for does in ALL:
        with transaction.atomic():
            does(Pair.objects.get(pk=pair.pk))
            for address, page in before.items():
                assert read(client, address) == page, (does.__name__, address)
            transaction.set_rollback(True)


@pytest.mark.parametrize("role", ["reviewer", "reader"])
def test_what_others_do_changes_no_page_of_who_has_not_decided(client: Client, pair: Pair, role: str) -> None:
    client.force_login(make_user(role))
    changes_nothing(client, pair, settled(client, pages_of(pair)))


def test_nor_of_who_is_not_signed_in(client: Client, pair: Pair, settings: Settings) -> None:
    settings.CROSSREAD_PUBLIC_READ = True
    changes_nothing(client, pair, settled(client, [one for one in pages_of(pair) if one != "/quality/"]))


def test_after_ones_own_decision_all_of_it_is_there(reviewer: Client, pair: Pair) -> None:
    differs(pair)
    annotate(pair, make_user(name="cem"), text="Whose observers?")
    page = reviewer.get(pair.get_absolute_url()).text
    assert "Whose observers?" not in page
    assert "reviewed blind" in page
    reviewer.post(f"/pairs/{pair.pk}/review/", {"decision": "diverge"})
    page = reviewer.get(pair.get_absolute_url()).text
    assert "reviewed blind" not in page
    for told in ("Whose observers?", "</span> ana,", "</span> ben,", "Disputed"):
        assert told in page
    assert "ana review: undecided → Agree" in plain(page)
    queue = reviewer.get(f"/review/?pair={pair.pk}").text
    assert "</span> ana</li>" in queue


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_after_ones_own_decision_words_on_reasons_are_there(reviewer: Client, pair: Pair) -> None:
    speaks_of_reasons(pair)
    addresses = [
        pair.get_absolute_url(),
        f"/review/?pair={pair.pk}",
        f"{pair.comparison.get_absolute_url()}?pair={pair.pk}",
    ]
    assert not any("Added by ana" in reviewer.get(address).text for address in addresses)
    reviewer.post(f"/pairs/{pair.pk}/review/", {"decision": "diverge"})
    assert all("Added by ana" in reviewer.get(address).text for address in addresses)


def test_ones_own_word_on_a_reason_is_seen_without_those_of_others(client: Client, pair: Pair) -> None:
    me = make_user("reviewer", name="mira")
    speaks_of_reasons(pair)
    say(pair, me, kind="tone", words="observers", says="right")
    client.force_login(me)
    for address in (pair.get_absolute_url(), f"{pair.comparison.get_absolute_url()}?pair={pair.pk}"):
        page = client.get(address).text
        assert "Right: mira" in page
        assert ANA not in page


def test_an_entry_of_the_history_is_not_found_before_ones_own_decision(reviewer: Client, pair: Pair) -> None:
    rejects(pair)
    entry = Change.objects.get()
    assert reviewer.get(entry.get_absolute_url()).status_code == 404
    assert ANA not in reviewer.get("/history/").text
    reviewer.post(f"/pairs/{pair.pk}/review/", {"decision": "diverge"})
    assert reviewer.get(entry.get_absolute_url()).status_code == 200
    assert "ana review: undecided → Not a match" in plain(reviewer.get("/history/").text)


def test_a_bulk_is_told_once_no_pair_of_it_is_hidden(reviewer: Client, pair: Pair) -> None:
    entry = in_bulk(pair, Wish(decision="partial"))
    reviewer.post(f"/pairs/{pair.pk}/review/", {"decision": "diverge"})
    page = reviewer.get(f"/history/?pair={pair.pk}").text
    assert "ana review: undecided → Partial" in plain(page)
    assert "one of many" not in page
    assert "on 5 pairs" not in reviewer.get("/history/").text
    assert reviewer.get(entry.get_absolute_url()).status_code == 404
    for other in pair.comparison.pairs.all():
        reviewer.post(f"/pairs/{other.pk}/review/", {"decision": "diverge"})
    assert "on 5 pairs" in reviewer.get("/history/").text
    assert "one of many" in reviewer.get(f"/history/?pair={pair.pk}").text
    assert reviewer.get(entry.get_absolute_url()).status_code == 200


def test_a_bulk_in_another_event_is_told(reviewer: Client, pair: Pair) -> None:
    other = make_call(title="Talks on the Sarn ferry").pairs.all()[0]
    in_bulk(other, Wish(decision="agree"))
    assert "on 5 pairs" in reviewer.get("/history/").text


def test_a_hidden_note_has_no_history(reviewer: Client, pair: Pair) -> None:
    notes(pair)
    assert reviewer.get(f"/history/?annotation={Annotation.objects.get().pk}").status_code == 404


def test_what_was_done_by_hand_is_no_secret(reviewer: Client, client: Client, pair: Pair) -> None:
    comparison: Comparison = pair.comparison
    a, b = (comparison.lone.filter(claim__source=source)[0].claim_id for source in (comparison.a, comparison.b))
    join(comparison, make_user("reviewer", name=ANA), [a, b], relation="diverge")
    page = plain(reviewer.get("/history/").text)
    assert "ana made by hand" in page
    assert "review:" not in page


def test_a_message_names_nobody_who_spoke_of_a_reason_unseen(client: Client, pair: Pair) -> None:
    me = make_user("reviewer", name="mira")
    client.force_login(me)
    say(pair, me, kind="tone", words="observers", says="added")
    say(pair, make_user(name=ANA), kind="tone", words="observers", says="right")
    page = client.post("/review/undo/", {"next": "/review/"}, follow=True).text
    assert ANA not in page
    assert f"Pair {pair.pk} is left as it is: what was said there cannot be taken back any more." in page


def test_earlier_pairs_are_not_counted_by_what_is_hidden(client: Client, pair: Pair) -> None:
    me = make_user("reviewer", name="mira")
    claims = [pair.claims_of(side)[0].pk for side in "ab"]
    differs(pair)
    Pair.objects.filter(pk=pair.pk).update(withdrawn=True)
    later = join(pair.comparison, me, claims)
    client.force_login(me)
    page = client.get(later.get_absolute_url()).text
    assert "with 2 decisions" not in page


def test_taking_it_back_hides_it_again(reviewer: Client, pair: Pair) -> None:
    differs(pair)
    reviewer.post(f"/pairs/{pair.pk}/review/", {"decision": "diverge"})
    reviewer.post("/review/undo/")
    assert "</span> ana," not in reviewer.get(pair.get_absolute_url()).text


def test_other_pairs_stay_hidden(reviewer: Client, pair: Pair) -> None:
    other = pair.comparison.pairs.exclude(pk=pair.pk)[0]
    differs(other)
    reviewer.post(f"/pairs/{pair.pk}/review/", {"decision": "diverge"})
    assert "</span> ana," not in reviewer.get(other.get_absolute_url()).text


def test_an_editor_sees_all(client: Client, pair: Pair) -> None:
    differs(pair)
    client.force_login(make_user("editor"))
    page = client.get(pair.get_absolute_url()).text
    assert "</span> ana," in page
    assert "Disputed" in page
    assert f"Pair {pair.pk}" in client.get("/disagreements/").text


def test_a_pair_that_others_rejected_is_still_in_ones_queue(reviewer: Client, pair: Pair) -> None:
    rejects(pair)
    seen, page = set(), reviewer.get("/review/").text
    while found := re.search(r'action="/pairs/(\d+)/review/"', page):
        seen.add(int(found[1]))
        reviewer.post(f"/pairs/{found[1]}/review/", {"decision": "agree"})
        page = reviewer.get("/review/").text
    assert seen == set(pair.comparison.pairs.values_list("pk", flat=True))


def test_ones_own_notes_are_seen_without_the_answers_of_others(client: Client, pair: Pair) -> None:
    me = make_user("reviewer")
    reply(annotate(pair, me, text="Mine."), make_user(name=ANA), "Hers.")
    client.force_login(me)
    page = client.get(pair.get_absolute_url()).text
    assert "Mine." in page
    assert "Hers." not in page
    inbox = client.get("/inbox/").text
    assert "Hers." not in inbox
    assert "you can read it once you have decided" in inbox
    decide(pair, me, "agree")
    assert "Hers." in client.get("/inbox/").text


@pytest.mark.parametrize("verb", ["replies", "resolve", "reopen", "edit"])
def test_a_hidden_note_cannot_be_acted_on(reviewer: Client, pair: Pair, verb: str) -> None:
    notes(pair)
    note = Annotation.objects.get()
    assert reviewer.post(f"/annotations/{note.pk}/{verb}/", {"text": "x", "version": 1}).status_code == 404


def test_a_final_verdict_is_shown_and_the_reviewers_own_are_not(reviewer: Client, pair: Pair) -> None:
    differs(pair)
    adjudicate(pair, make_user("editor"), decision="partial", why="Half of it.", version=0)
    page = reviewer.get(pair.get_absolute_url()).text
    assert "Half of it." in page
    assert "</span> ana," not in page


def test_an_event_that_is_not_blind_hides_nothing(reviewer: Client) -> None:
    pair = make_call().pairs.all()[0]
    differs(pair)
    assert "</span> ana," in reviewer.get(pair.get_absolute_url()).text


def test_assignments_are_no_secret(reviewer: Client, pair: Pair) -> None:
    ana = make_user(name=ANA)
    event = pair.comparison.event
    assign(event, make_user("editor"), assignable(event), [ana.pk], per_pair=1, version=0)
    page = reviewer.get(pair.get_absolute_url()).text
    assert "Assigned to ana." in page
    assert "assigned to: ana" in plain(page)


def test_an_editor_switches_it_on_and_off(client: Client) -> None:
    event = make_call().event
    client.force_login(make_user("editor"))
    for told in ("1", "1", "0"):
        client.post(f"/events/{event.slug}/blind/", {"blind": told})
        event.refresh_from_db()
        assert event.blind == (told == "1")


def test_blind_pages_cost_no_more_queries_as_they_grow(
    reviewer: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for size in (4, 30):
        comparison = make_large(size)
        comparison.event.blind = True
        comparison.event.save()
        with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
            reviewer.get(comparison.get_absolute_url())


def merges(pair: Pair, other: Pair, actor: User) -> object:
    return merge(other, actor, into=pair)


def joins_the_same(pair: Pair, other: Pair, actor: User) -> object:
    return join(pair.comparison, actor, [claim.pk for side in "ab" for claim in pair.claims_of(side)])


def says_it_is_silent(pair: Pair, other: Pair, actor: User) -> object:
    return confirm_silence(pair.comparison, pair.claims_of("a")[0], actor)


def takes_back_what_made_it(pair: Pair, other: Pair, actor: User) -> object:
    made = join(pair.comparison, actor, list(pair.comparison.lone.values_list("claim", flat=True)))
    decide(made, User.objects.get(username=ANA), "partial")
    return take_fix_back(Fix.objects.undoable_by(actor.pk)[0], actor)


@pytest.mark.parametrize("by_hand", [merges, joins_the_same, says_it_is_silent, takes_back_what_made_it])
def test_no_refusal_of_a_change_by_hand_tells_what_others_decided(
    pair: Pair, by_hand: Callable[[Pair, Pair, User], object]
) -> None:
    me, ana = make_user(name="me"), make_user(name=ANA)
    other = pair.comparison.pairs.exclude(pk=pair.pk)[0]
    told = []
    for decision in ("agree", "no_match"):
        with transaction.atomic():
            decide(pair, ana, decision)
            try:
                by_hand(Pair.objects.get(pk=pair.pk), Pair.objects.get(pk=other.pk), me)
                told.append("done")
            except Refused as refused:
                told.append(str(refused))
            transaction.set_rollback(True)
    assert told[0] == told[1]
    assert not re.search("reject(ed)?\\b(?! (it|that pair))|omebody|decided", told[0])
