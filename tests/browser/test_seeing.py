"""The matrix, the overviews and a source's page in the browser: accessible in light and dark, and whole on a phone."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from claims.models import Event
from tests.factories import make_article, make_call, make_event, make_lone, make_pair

SignIn = Callable[..., User]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAMES = ("The Office of the Prime Minister of Arden", "The Palace of Velland", "The Ministry of Ports of Omber")


def talks() -> Event:
    """Make an event of three sources with long names: a chain, so that each is silent or speaks elsewhere somewhere."""
    event = make_event("Talks of three", sources=NAMES)
    claims = [
        list(
            make_article(
                event,
                [(source, f"{source.name} agreed to let 40 ships pass."), (source, f"{source.name} has more to say.")],
                name=source.slug,
            ).claims.order_by("start")
        )
        for source in event.sources.all()
    ]
    for (a, one), (b, other) in pairwise(zip(event.sources.all(), claims, strict=True)):
        comparison = event.comparisons.get(a=a, b=b)
        words = {"commitment": (["agreed"], ["agreed"])}
        make_pair(comparison, one[:1], other[:1], relation="diverge", reasons=words)
        make_lone(comparison, one[1], (other[1], 0.4))
    return event


def addresses(event: Event) -> list[str]:
    return [
        f"/events/{event.slug}/",
        f"/events/{event.slug}/matrix/",
        f"/events/{event.slug}/overview/",
        "/overview/",
        event.sources.all()[1].get_absolute_url(),
    ]


def test_the_pages_are_accessible_with_their_tables_open(
    page: Page, signed_in: SignIn, axe: Callable[[Page], None]
) -> None:
    signed_in(page, "editor")
    make_call()
    for address in addresses(talks()):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")
        axe(page)


def test_the_pages_fit_a_phone(phone: Page, signed_in: SignIn) -> None:
    signed_in(phone, "reader")
    for address in addresses(talks()):
        phone.goto(address)
        expect(phone.get_by_role("heading", level=1)).to_be_visible()
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, address


def test_a_silent_cell_leads_to_the_point_where_its_source_speaks(no_js: Page, signed_in: SignIn) -> None:
    signed_in(no_js, "reader")
    event = talks()
    no_js.goto(f"/events/{event.slug}/matrix/")
    no_js.get_by_role("link", name="Differences only").click()
    elsewhere = no_js.get_by_text("not on this, see").get_by_role("link").first
    number = elsewhere.inner_text().removeprefix("point ")
    elsewhere.click()
    expect(no_js.locator(f"#point-{number}")).to_be_in_viewport()
    assert "show=" not in no_js.url


def test_a_square_of_the_map_opens_its_pair(page: Page, signed_in: SignIn) -> None:
    signed_in(page, "reader")
    comparison = make_call()
    page.goto(f"/events/{comparison.event.slug}/overview/")
    page.locator(".similarity a").first.click()
    expect(page).to_have_url(comparison.pairs.order_by("pk")[0].get_absolute_url())
