"""What several reviewers do together, in the browser: the pages are accessible, fit a phone, and complete names."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from claims.models import Annotation, Comparison, Pair
from claims.services.adjudicate import adjudicate
from claims.services.agreement import measure_agreement
from claims.services.annotate import annotate, reply
from claims.services.assign import assign, assignable
from claims.services.review import decide
from claims.services.threads import edit_reply
from tests.factories import make_large, make_user

SignIn = Callable[..., User]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def worked_on(me: User) -> Comparison:
    """Make a comparison that three people worked on: reviews that differ, a final verdict, threads, assignments."""
    comparison = make_large(16, pairs=16)
    ana, ben = make_user(name="ana"), make_user(name="ben.a-name-that-goes-on-and-on")
    pairs = list(comparison.pairs.order_by("pk"))
    for place, pair in enumerate(pairs):
        decide(pair, ana, "agree" if place % 2 else "partial")
        decide(pair, ben, "agree" if place % 2 or place < 6 else "partial")
    adjudicate(pairs[0], ana, decision="diverge", why="Both overlooked the number.", version=0)
    note = annotate(pairs[2], ana, text=f"What of this, @{me.username}?")
    edit_reply(reply(note, ben, "Nothing."), ben, text="Nothing much.", version=1)
    assign(comparison.event, ana, assignable(comparison.event), [me.pk], per_pair=3, version=0)
    measure_agreement()
    return comparison


def addresses(comparison: Comparison) -> list[str]:
    first, _, third, *_ = comparison.pairs.order_by("pk")
    return [
        "/disagreements/?state=all",
        f"/events/{comparison.event.slug}/assignments/",
        "/agreement/",
        "/inbox/",
        first.get_absolute_url(),
        third.get_absolute_url(),
        "/review/?assignee=mine",
        comparison.event.get_absolute_url(),
    ]


def test_the_pages_are_accessible(page: Page, signed_in: SignIn, axe: Callable[[Page], None]) -> None:
    comparison = worked_on(signed_in(page, "editor"))
    for address in addresses(comparison):
        page.goto(address)
        for one in page.locator("main details:not([open]) > summary").all():
            if one.is_visible():
                one.click()
        axe(page)


def test_the_pages_fit_a_phone(phone: Page, signed_in: SignIn) -> None:
    comparison = worked_on(signed_in(phone, "editor"))
    for address in addresses(comparison):
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_a_name_is_completed_by_keys(page: Page, signed_in: SignIn, axe: Callable[[Page], None]) -> None:
    signed_in(page, "reviewer")
    for name in ("ben", "benno", "cem"):
        make_user(name=name)
    pair = make_large(4).pairs.all()[0]
    page.goto(pair.get_absolute_url())
    page.get_by_label("Note", exact=True).press_sequentially("Ask @be")
    names = page.get_by_role("listbox", name="Names")
    expect(names.get_by_role("option")).to_have_text(["ben", "benno"])
    axe(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Note", exact=True)).to_have_value("Ask @benno ")
    expect(names).to_be_hidden()
    page.keyboard.type("today.")
    page.get_by_role("button", name="Annotate").click()
    expect(page.get_by_text("Ask @benno today.").first).to_be_visible()
    assert Annotation.objects.get().notices.get().recipient.username == "benno"


def test_a_pair_is_settled_without_scripts(no_js: Page, signed_in: SignIn) -> None:
    comparison = worked_on(signed_in(no_js, "editor"))
    third = comparison.pairs.order_by("pk")[2]
    no_js.goto("/disagreements/")
    row = no_js.locator(f"#pair-{third.pk}")
    row.get_by_text("Settle").click()
    row.get_by_label(re.compile("Diverge")).check()
    row.get_by_label("Why").fill("They name other numbers.")
    row.get_by_role("button", name="Make it final").click()
    expect(no_js.locator(f"#pair-{third.pk}")).to_have_count(0)
    assert Pair.objects.get(pk=third.pk).outcome == "diverge"
