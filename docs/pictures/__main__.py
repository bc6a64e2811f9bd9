"""``python -m docs.pictures``: take every picture of the user guide anew, from a demo that people have worked in."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from docs.pictures import working
from docs.pictures.running import ROOT, demo
from docs.pictures.working import CALL, EVENT

FOLDER = ROOT / "docs" / "guide" / "pictures"
QUALITY = 82  # of JPEG: letters stay sharp, and thirty pictures take two megabytes


def _chosen(page: Page) -> None:
    page.locator("a.tag.diverge").first.click()
    page.locator("#open-pair").wait_for()


def _nothing(_: Page) -> None:
    """Take the page as it is."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its name, the page, and what is done there before it is taken; ``whole`` is the page to its end."""

    name: str
    address: str
    first: Callable[[Page], None] = _nothing
    whole: bool = False
    dark: bool = False
    phone: bool = False


PICTURES = [
    Picture("events", "/"),
    Picture("event", f"/events/{EVENT}/", whole=True),
    Picture("comparison", CALL, _chosen),
    Picture("comparison-dark", CALL, _chosen, dark=True),
    Picture("comparison-phone", CALL, phone=True),
    Picture("queue", "/review/"),
    Picture("queue-phone", "/review/", phone=True),
    Picture("list", "/review/list/"),
    Picture("bulk", "/review/bulk/?decision=agree&relation=agree"),
    Picture("matrix", "/events/{sources}/matrix/"),
    Picture("overview-event", f"/events/{EVENT}/overview/", whole=True),
    Picture("overview", "/overview/", whole=True),
    Picture("search", "/search/?q=relation:diverge"),
    Picture("report", f"{CALL}report/"),
    Picture("disagreements", "/disagreements/?state=all"),
    Picture("agreement", "/agreement/"),
    Picture("history", "/history/"),
    Picture("inbox", "/inbox/"),
    Picture("quality", "/quality/"),
    Picture("settings", "/settings/"),
    Picture("event-add", "/events/add/"),
    Picture("article-add", f"/events/{EVENT}/articles/add/"),
    Picture("import-table", f"/events/{EVENT}/articles/import/"),
    Picture("import-events", "/import/"),
    Picture("assignments", f"/events/{EVENT}/assignments/"),
    Picture("links", "/links/"),
    Picture("export", f"{CALL}export/"),
    Picture("library", "/library/"),
    Picture("feeds", "/feeds/"),
    Picture("tokens", "/tokens/"),
    Picture("webhooks", "/webhooks/"),
    Picture("your-settings", "/settings/yours/"),
    Picture("api", "/api/v1/docs"),
    Picture("keys", CALL, lambda page: page.keyboard.press("?")),
]


def main() -> int:
    """Take the pictures, all or those that are named. Return 2 for a name that is none."""
    names = sys.argv[1:]
    if unknown := set(names) - {one.name for one in PICTURES} - {"pair", "diff", "article", "source"}:
        print(f"There is no picture {', '.join(sorted(unknown))}.")
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        editor, reviewer = (working.signed_in(browser, address, name) for name in ("editor", "reviewer"))
        working.wait_for_the_worker(reviewer)
        working.work(reviewer, editor)
        for one in [*PICTURES, *_found(editor)]:
            if not names or one.name in names:
                print(_take(browser, address, one, editor))
        browser.close()
    return 0


def _found(page: Page) -> list[Picture]:
    """Return the pages that have a number in their address."""
    pair = working.first_divergence(page)
    page.goto(f"/events/{EVENT}/")
    links = {kind: page.locator(f"main a[href^='/{kind}/']").first.get_attribute("href") for kind in _NUMBERED}
    return [
        Picture("pair", pair, whole=True),
        Picture("diff", working.correct_a_text(page), whole=True),
        *(Picture(kind[:-1], href, whole=True) for kind, href in links.items() if href),
    ]


_NUMBERED = ("articles", "sources")


def _take(browser: Browser, address: str, one: Picture, page: Page) -> Path:
    if one.dark or one.phone:
        page = working.signed_in(browser, address, "editor", dark=one.dark, phone=one.phone)
    page.goto(one.address.format(sources=working.THREE))
    page.wait_for_load_state("networkidle")
    one.first(page)
    page.wait_for_timeout(300)  # ribbons are drawn after the layout
    path = FOLDER / f"{one.name}.jpg"
    page.screenshot(path=path, type="jpeg", quality=QUALITY, full_page=one.whole)
    return path.relative_to(ROOT)


if __name__ == "__main__":
    sys.exit(main())
