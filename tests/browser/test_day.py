"""One whole editorial day: import, match, review by keys with slips, differ, settle, note, a new version, report."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Page, expect

from claims.models import Adjudication, Annotation, Comparison, Event, Pair, PublicLink, Review
from tests.browser.conftest import NewPage, SignIn, Watch

pytestmark = [pytest.mark.model, pytest.mark.django_db(transaction=True)]

FOLDER = Path(settings.BASE_DIR, "seeds", "invented-grain-corridor-call")
DECISIONS = {"a": "agree", "p": "partial", "d": "diverge"}


def archive() -> bytes:
    """Return a zip of one event folder, as a colleague sends it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as written:
        for path in sorted(FOLDER.iterdir()):
            written.write(path, f"{FOLDER.name}/{path.name}")
    return held.getvalue()


def works() -> None:
    """Let the worker do what is queued."""
    call_command("worker", once=True)


def import_event(editor: Page) -> Event:
    editor.goto("/import/")
    editor.get_by_label("Archive").set_input_files(
        {"name": "call.zip", "mimeType": "application/zip", "buffer": archive()}
    )
    editor.get_by_role("button", name="Import the events").click()
    expect(editor.get_by_role("heading", name="Imported")).to_be_visible()
    return Event.objects.get()


def open_queue(page: Page, event: Event) -> int:
    """Open the queue of an event; return the pair that it shows."""
    page.goto(f"/review/?event={event.slug}")
    page.wait_for_load_state("networkidle")
    return shown(page)


def shown(page: Page) -> int:
    action = page.locator("form[action$='/review/'][action^='/pairs/']").first.get_attribute("action")
    return int((action or "").split("/")[2])


def press(page: Page, key: str, *, leaves: int) -> int:
    """Press a key and wait until another pair is shown; return that pair."""
    page.keyboard.press(key)
    expect(page.locator(f"form[action='/pairs/{leaves}/review/']")).to_have_count(0)
    return shown(page)


def review_by_keys(page: Page, event: Event) -> dict[int, str]:
    """Decide on three pairs, the second by a slip that is taken back; return what was meant."""
    meant: dict[int, str] = {}
    here = open_queue(page, event)
    for place, (key, decision) in enumerate(DECISIONS.items()):
        if place == 1:
            slipped = press(page, "n", leaves=here)
            back = press(page, "u", leaves=slipped)
            assert back == here
        meant[here] = decision
        here = press(page, key, leaves=here)
    return meant


def settle(editor: Page, pair: int) -> None:
    editor.goto("/disagreements/")
    row = editor.locator(f"#pair-{pair}")
    row.locator("summary").click()
    row.get_by_role("radio", name="Partial").check()
    row.get_by_label("Why").fill("One side leaves out who asked.")
    row.get_by_role("button", name="Make it final").click()
    expect(editor.get_by_text("Nothing is left to settle").first).to_be_visible()


def discuss(reviewer: Page, other: Page, pair: Pair) -> None:
    """Annotate a pair and name a colleague, who answers from the inbox and resolves the thread."""
    reviewer.goto(pair.get_absolute_url())
    reviewer.locator("#note-text").fill("Who asked for the call? @cleo")
    reviewer.get_by_role("button", name="Annotate", exact=True).click()
    expect(reviewer.get_by_text("Who asked for the call?").first).to_be_visible()
    other.goto("/inbox/")
    other.get_by_role("link", name="Go to the thread").click()
    other.locator(".answers summary").click()
    other.get_by_label("Your reply").last.fill("Each says the other did.")
    other.get_by_role("button", name="Send reply").click()
    expect(other.get_by_text("Each says the other did.").first).to_be_visible()
    other.get_by_role("button", name="Resolve").click()
    expect(other.get_by_role("button", name="Reopen")).to_be_visible()


def correct_the_text(editor: Page, pair: Pair) -> None:
    """Store a new version of an article, in which a decided statement reads otherwise."""
    claim = pair.claims_of("a")[0]
    article = claim.article
    words = f"{claim.text[:-1]}, it was added later{claim.text[-1]}"
    text = f"{article.text[: claim.start]}{words}{article.text[claim.end :]}"
    editor.goto(article.get_absolute_url())
    editor.get_by_role("link", name="New version").click()
    editor.get_by_label("Text", exact=True).fill(text)
    editor.get_by_label("Why there is a new text").fill("The office corrected it.")
    editor.get_by_role("button", name="Store the new version").click()
    expect(editor.locator("ins").filter(has_text="it was added later").first).to_be_visible()


def confirm(reviewer: Page, event: Event, pair: Pair) -> None:
    """Find the decided pair in the queue again, and say that the verdict holds for the new words."""
    reviewer.goto(f"/review/?event={event.slug}&state=stale")
    expect(reviewer.get_by_text("The text changed since this was decided")).to_be_visible()
    reviewer.locator("#confirm").click()
    expect(reviewer.locator("#changed")).to_have_count(0)


def report_and_share(editor: Page, visitor: Page, comparison: Comparison) -> None:
    note = Annotation.objects.get()
    editor.goto(f"{comparison.get_absolute_url()}report/")
    editor.locator("#edit summary").click()
    editor.get_by_label("Introduction").fill("Two accounts of one call.")
    editor.get_by_role("checkbox", name=note.text).check()
    editor.get_by_role("button", name="Put in").click()
    expect(editor.get_by_role("article", name="Report")).to_contain_text("Two accounts of one call.")
    editor.locator("#links summary").click()
    editor.get_by_role("button", name="Make a link").click()
    link = PublicLink.objects.get()
    visitor.goto(link.get_absolute_url())
    expect(visitor.get_by_role("article", name="Report")).to_contain_text("Who asked for the call?")
    editor.goto("/links/")
    editor.get_by_role("button", name="Revoke").first.click()
    assert visitor.goto(link.get_absolute_url()).status == 404  # type: ignore[union-attr]


def test_an_editorial_day(new_page: NewPage, signed_in: SignIn, watch: Watch, axe: Callable[[Page], None]) -> None:
    editor, reviewer, other, visitor = (new_page(color_scheme="light") for _ in range(4))
    signed_in(editor, "editor", name="ana")
    signed_in(reviewer, name="ben")
    signed_in(other, name="cleo")

    event = import_event(editor)
    works()
    comparison = event.comparisons.get()
    assert comparison.pairs.standing().count() >= 4

    meant = review_by_keys(reviewer, event)
    assert dict(Review.objects.filter(reviewer__username="ben").values_list("pair", "decision")) == meant

    first, _second, third = (Pair.objects.get(pk=key) for key in meant)
    other.goto(first.get_absolute_url())
    other.keyboard.press("d")
    expect(other.get_by_text("cleo").first).to_be_visible()
    settle(editor, first.pk)
    assert Adjudication.objects.get(pair=first).decision == "partial"

    discuss(reviewer, other, third)
    correct_the_text(editor, third)
    works()
    confirm(reviewer, event, third)
    assert Review.objects.get(pair=third, reviewer__username="ben").decision == meant[third.pk]

    report_and_share(editor, visitor, comparison)
    editor.goto(comparison.get_absolute_url())
    axe(editor)
    watch.problems.clear()  # the revoked link answers 404, which the browser writes to its console
