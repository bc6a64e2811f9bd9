"""What is brought in is kept, read, corrected, and stored once; one bad file does not stop the others."""

from __future__ import annotations

import hashlib

import pytest

from claims.models import Article, Draft
from claims.services.incoming import deliver
from claims.services.incoming.deliver import Arrived, Told, add_draft, correct_draft, deliver_files, leave_out
from claims.services.incoming.known import add_all
from claims.services.refusals import Refused
from tests.factories import make_article, make_draft, make_event, make_user
from tests.materials import PARAGRAPHS, encrypted_pdf, page_of, word_of

pytestmark = pytest.mark.django_db


def fields_of(draft: Draft, **changed: object) -> dict[str, object]:
    keys = ("text", "title", "publisher", "author", "published", "language", "url")
    return {key: getattr(draft, key) for key in keys} | changed


def test_each_file_of_several_is_read_or_refused_by_itself() -> None:
    event, editor = make_event(sources=("The Courier", "Velland")), make_user("editor")
    word = word_of(PARAGRAPHS, title="On the call")
    files = [
        Arrived("locked.pdf", encrypted_pdf()),
        Arrived("call.docx", word, "application/msword"),
        Arrived("huge.pdf", None, size=30_000_000),
        Arrived("page.html", page_of(PARAGRAPHS).encode()),
    ]
    drafts = list(deliver_files(event, editor, files, Told()).drafts.all())
    assert [draft.state for draft in drafts] == ["refused", "read", "refused", "read"]
    assert "protected with a password" in drafts[0].problem
    assert "30.0 MB; a file may have 20 MB" in drafts[2].problem
    assert (drafts[1].title, drafts[1].kind) == ("On the call", "Word document")
    assert (drafts[3].publisher, str(drafts[3].published), drafts[3].language) == ("The Courier", "2021-04-08", "en")
    kept = drafts[1].snapshot
    assert kept is not None
    assert bytes(kept.data) == word
    assert (kept.checksum, kept.size, kept.by) == (hashlib.sha256(word).hexdigest(), len(word), editor)
    assert drafts[0].snapshot is not None  # what was refused is kept too
    assert Article.objects.count() == 0


def test_what_somebody_says_of_all_counts_over_what_a_file_says() -> None:
    drafts = deliver_files(
        make_event(), make_user("editor"), [Arrived("a.html", page_of(PARAGRAPHS).encode())], Told("Velland")
    ).drafts
    assert drafts.get().publisher == "Velland"


def test_no_file_and_too_many_are_refused() -> None:
    event, editor = make_event(), make_user("editor")
    with pytest.raises(Refused, match="Choose at least one"):
        deliver_files(event, editor, [], Told())
    with pytest.raises(Refused, match="These are 51 files"):
        deliver_files(event, editor, [Arrived("a.txt", b"x")] * 51, Told())


def test_files_that_time_did_not_suffice_for_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliver.read_waiting, "__kwdefaults__", {"seconds": -1})
    delivery = deliver_files(make_event(), make_user("editor"), [Arrived("a.txt", b"Text.")], Told())
    assert delivery.drafts.get().state == "waiting"
    assert deliver.read_waiting(delivery, seconds=20) == 0
    assert delivery.drafts.get().text == "Text."


def test_a_draft_is_stored_as_it_was_corrected() -> None:
    event, editor = make_event(), make_user("editor")
    draft = make_draft(event, language="en")
    correct_draft(
        draft, fields_of(draft, text="The port of Sarn opens in June.", title="Port", author="Bell", language="de")
    )
    article = add_draft(draft, editor)
    assert (article.text, article.title, article.author) == ("The port of Sarn opens in June.", "Port", "Bell")
    assert article.publisher == event.sources.get(name="Arden")
    article.refresh_from_db()
    assert (article.stated_language, article.stated_by) == ("de", editor)
    assert article.snapshots.get() == draft.snapshot
    assert event.runs.get().state == "queued"


def test_the_language_that_a_page_claims_does_not_count_unless_somebody_looked() -> None:
    article = add_draft(make_draft(make_event(), language="de"), make_user("editor"))
    article.refresh_from_db()
    assert article.stated_language == ""


def test_a_draft_is_added_once() -> None:
    draft, editor = make_draft(make_event()), make_user("editor")
    add_draft(draft, editor)
    for again in (
        lambda: add_draft(draft, editor),
        lambda: leave_out(draft),
        lambda: correct_draft(draft, fields_of(draft)),
    ):
        with pytest.raises(Refused, match="This was added meanwhile"):
            again()
    assert Article.objects.count() == 1


def test_all_are_added_that_lack_nothing() -> None:
    event = make_event()
    first = make_draft(event, text="One.")
    make_draft(event, text="Two.", publisher="", delivery=first.delivery)
    make_draft(event, text="Three.", delivery=first.delivery, state="left_out")
    make_article(event, [("The Courier", "Four.")])
    make_draft(event, text="Four.", delivery=first.delivery)
    assert add_all(first.delivery, make_user("editor")) == (1, 0, 2)
    assert [draft.state for draft in first.delivery.drafts.all()] == ["added", "read", "left_out", "read"]


def test_a_publisher_is_known_by_its_aliases() -> None:
    event = make_event()
    arden = event.sources.get(name="Arden")
    arden.aliases = ["Chancellery of Arden"]
    arden.save()
    sources = event.sources.all()
    assert deliver.publisher_of(sources, "chancellery of  Arden") == "Arden"
    assert deliver.publisher_of(sources, "Government of Arden") == "Arden"
    assert deliver.publisher_of(sources, "The Courier") == "The Courier"
    assert deliver.publisher_of(sources, "") == ""
