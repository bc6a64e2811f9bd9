"""Adding an event, its sources and an article, and watching it being read and compared."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from claims.models import Article, Event, Run
from tests.browser.conftest import SignIn
from tests.factories import make_event

pytestmark = pytest.mark.django_db(transaction=True)


def fill_source(page: Page, place: int, name: str, aliases: str = "") -> None:
    row = page.get_by_role("group", name=f"Source {place}", exact=True)
    row.get_by_label("Name", exact=True).fill(name)
    row.get_by_label("Also called").fill(aliases)


@pytest.mark.parametrize("scripts", [True, False])
def test_an_event_with_three_sources_and_a_pasted_article(
    page: Page, no_js: Page, signed_in: SignIn, scripts: bool
) -> None:
    here = page if scripts else no_js
    signed_in(here, "editor")
    here.goto("/")
    here.get_by_role("link", name="Add an event").first.click()
    here.get_by_label("Title").fill("Talks at Sarn")
    fill_source(here, 1, "Arden", "the Prime Minister, Lydd")
    fill_source(here, 2, "Velland")
    here.get_by_role("button", name="Add another source").click()
    fill_source(here, 3, "Omber")
    here.get_by_role("button", name="Add the event").click()
    expect(here.get_by_role("heading", name="Talks at Sarn")).to_be_visible()
    here.get_by_role("link", name="Add an article").first.click()
    pasted = here.get_by_role("region", name="Pasted")
    pasted.get_by_label("Published by").select_option("Arden")
    pasted.get_by_label("Text", exact=True).fill("The port will open.\n\n“Soon,” she said.")
    here.get_by_role("button", name="Add the article").click()
    expect(here.get_by_text("Waiting for the worker to begin.")).to_be_visible()
    assert Event.objects.get().comparisons.count() == 3
    assert Article.objects.get().text == "The port will open.\n\n“Soon,” she said."


def test_a_refused_event_says_so_beside_the_field_and_keeps_everything(page: Page, signed_in: SignIn) -> None:
    signed_in(page, "editor")
    page.goto("/events/add/")
    page.get_by_label("Title").fill("Talks at Sarn")
    fill_source(page, 1, "Arden", "the palace")
    fill_source(page, 2, "Velland", "the palace")
    page.get_by_role("button", name="Add the event").click()
    expect(page.get_by_role("alert")).to_contain_text("“the palace” stands for both Arden and Velland")
    expect(page.get_by_label("Title")).to_have_value("Talks at Sarn")
    expect(page.get_by_label("Also called").nth(1)).to_have_value("the palace")


def test_the_page_follows_a_run_to_its_end(page: Page, signed_in: SignIn) -> None:
    event = make_event()
    event.comparisons.update(due_since=timezone.now())
    run = Run.objects.create(event=event, state=Run.State.QUEUED)
    signed_in(page, "reader")
    page.goto(event.get_absolute_url())
    step = page.locator('[aria-current="step"]')
    expect(step).to_have_text("Queued")
    for state in (Run.State.READING, Run.State.EMBEDDING, Run.State.MATCHING):
        Run.objects.filter(pk=run.pk).update(state=state)
        expect(step).to_contain_text(state.label.capitalize())
    expect(step).to_contain_text("0 of 1 comparison")
    expect(page.locator("#live")).to_have_text("Matching: 0 of 1 comparison")
    event.comparisons.update(due_since=None)
    Run.objects.filter(pk=run.pk).update(state=Run.State.DONE, ended_at=timezone.now())
    expect(page.get_by_text("Read and compared")).to_be_visible()
    expect(page.locator("#live")).to_have_text("Reading and comparing are done.")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(1500)
    assert asked == []


def test_a_failed_run_is_tried_again_from_the_page(page: Page, signed_in: SignIn) -> None:
    event = make_event()
    run = Run.objects.create(event=event, state=Run.State.READING)
    signed_in(page, "editor")
    page.goto(event.get_absolute_url())
    Run.objects.filter(pk=run.pk).update(state="failed", problem="The disk is full.", ended_at=timezone.now())
    expect(page.locator("#progress").get_by_text("The disk is full.")).to_be_visible()
    expect(page.locator("#live")).to_have_text("Reading or comparing failed. The disk is full.")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Waiting for the worker to begin.")).to_be_visible()


def test_the_list_is_searched_while_one_types(page: Page, signed_in: SignIn) -> None:
    make_event("Call on grain", sources=("Arden", "Velland"))
    make_event("Call on fish", sources=("Omber", "Tarn"))
    signed_in(page, "reader")
    page.goto("/")
    page.get_by_label("Search events").press_sequentially("tarn")
    expect(page.get_by_role("link", name="Call on grain")).to_have_count(0)
    expect(page.get_by_role("link", name="Call on fish")).to_be_visible()
    expect(page.get_by_label("Search events")).to_be_focused()
    assert page.url.endswith("?q=tarn")


def test_the_forms_are_accessible(page: Page, signed_in: SignIn, axe: Callable[[Page], None]) -> None:
    event = make_event()
    page.goto("/login/")
    axe(page)
    signed_in(page, "editor")
    source = event.sources.all()[0]
    for address in (
        "/events/add/",
        f"/events/{event.slug}/articles/add/",
        f"/events/{event.slug}/sources/add/",
        f"/sources/{source.pk}/change/",
    ):
        page.goto(address)
        axe(page)
        page.locator("main form button.first").click()
        axe(page)


def test_the_forms_fit_on_a_phone(phone: Page, signed_in: SignIn) -> None:
    event = make_event()
    signed_in(phone, "editor")
    for address in ("/", "/events/add/", f"/events/{event.slug}/", f"/events/{event.slug}/articles/add/"):
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
