"""Bringing material in: files that are dropped, a draft that is looked through, a table, an archive; in every theme."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from claims.models import Draft, Table
from claims.services.incoming.import_table import store_table
from tests.browser.conftest import SignIn
from tests.factories import make_draft, make_event, make_table
from tests.materials import PARAGRAPHS, encrypted_pdf, word_of
from tests.services.incoming.test_tables import TABLE

pytestmark = pytest.mark.django_db(transaction=True)

_DROP = """([place, names]) => {
    const carried = new DataTransfer();
    for (const name of names) carried.items.add(new File([`The port of ${name} opens.`], name, {type: "text/plain"}));
    place.dispatchEvent(new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true}));
}"""


@pytest.mark.parametrize("scripts", [True, False])
def test_files_are_looked_through_and_added(page: Page, no_js: Page, signed_in: SignIn, scripts: bool) -> None:
    here, event = page if scripts else no_js, make_event()
    signed_in(here, "editor")
    here.goto(f"/events/{event.slug}/articles/add/")
    here.get_by_label("Files", exact=True).set_input_files(
        [
            FilePayload(name="call.docx", mimeType="", buffer=word_of(PARAGRAPHS, title="On the call")),
            FilePayload(name="locked.pdf", mimeType="application/pdf", buffer=encrypted_pdf()),
        ]
    )
    here.get_by_role("button", name="Read the files").click()
    expect(here.get_by_text("This PDF is protected with a password.")).to_be_visible()
    expect(here.get_by_text("It does not say who published it")).to_be_visible()
    here.get_by_role("link", name="Look through it").click()
    expect(here.get_by_label("Title")).to_have_value("On the call")
    here.get_by_label("Published by").select_option("Velland")
    here.get_by_role("button", name="Add the article").click()
    expect(here.get_by_text("Added: On the call.")).to_be_visible()
    assert event.articles.get().publisher == event.sources.get(name="Velland")


def test_files_can_be_dropped(page: Page, signed_in: SignIn) -> None:
    event = make_event()
    signed_in(page, "editor")
    page.goto(f"/events/{event.slug}/articles/add/")
    page.evaluate(_DROP, [page.locator("[data-drop]").first.element_handle(), ["one.txt", "two.txt"]])
    page.get_by_role("button", name="Read the files").click()
    expect(page.get_by_role("heading", name="What came in")).to_be_visible()
    assert set(Draft.objects.values_list("name", flat=True)) == {"one.txt", "two.txt"}


def test_the_page_of_a_table_follows_it_to_its_end(page: Page, signed_in: SignIn) -> None:
    signed_in(page, "editor")
    table = make_table(make_event(), data=TABLE.encode(), mapping={"text": "body"}, publisher="Arden")
    page.goto(table.get_absolute_url())
    page.get_by_role("button", name="Store the articles").click()
    expect(page.get_by_text("Waiting for the worker to begin.")).to_be_visible()
    store_table.call(table.pk)
    expect(page.get_by_role("main").get_by_text("articles added")).to_be_visible()
    expect(page.get_by_role("cell", name="This row has 6 cells")).to_be_visible()


def test_the_pages_are_accessible(page: Page, signed_in: SignIn, axe: Callable[[Page], None]) -> None:
    signed_in(page, "editor")
    event = make_event()
    draft = make_draft(event, notices=["The file’s name ends in .pdf, but it is a text, and was read as one."])
    make_draft(event, delivery=draft.delivery, state="refused", problem="This PDF is damaged.")
    table = make_table(event, data=TABLE.encode(), mapping={"text": "body"}, publisher="Arden")
    done = make_table(event, data=TABLE.encode(), state=Table.State.DONE, refused=[[3, "There is no text here."]])
    for address in (
        draft.get_absolute_url(),
        draft.delivery.get_absolute_url(),
        f"/snapshots/{draft.snapshot_id}/",
        f"/events/{event.slug}/articles/import/",
        done.get_absolute_url(),
        "/import/",
        table.get_absolute_url(),
    ):
        page.goto(address)
        axe(page)
    page.get_by_role("button", name="Try it without storing").click()
    expect(page.get_by_role("heading", name="What would come of it")).to_be_visible()
    axe(page)


def test_the_pages_fit_on_a_phone(phone: Page, signed_in: SignIn) -> None:
    signed_in(phone, "editor")
    event = make_event()
    draft = make_draft(event, name=f"{'a-long-name-' * 9}.txt", text="Averylongword" * 30)
    table = make_table(event, data=TABLE.encode())
    for address in (
        draft.get_absolute_url(),
        draft.delivery.get_absolute_url(),
        f"/snapshots/{draft.snapshot_id}/",
        f"/events/{event.slug}/articles/import/",
        "/import/",
        table.get_absolute_url(),
    ):
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
