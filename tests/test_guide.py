"""The guide shows every picture that is taken, leads only to what is there, and lists every page of it."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from docs.pictures.__main__ import PICTURES

GUIDE = Path(settings.BASE_DIR, "docs", "guide")
PAGES = {path.name: path.read_text(encoding="utf-8") for path in GUIDE.glob("*.md")}


def test_every_link_and_picture_is_there() -> None:
    for name, text in PAGES.items():
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
            assert "://" in target or (GUIDE / target).exists(), f"{name} leads to {target}"


def test_the_index_leads_to_every_page() -> None:
    assert all(f"]({name})" in PAGES["README.md"] for name in PAGES if name != "README.md")


def test_every_picture_is_shown() -> None:
    shown = set(re.findall(r"pictures/([\w-]+)\.jpg", " ".join(PAGES.values())))
    assert {one.name for one in PICTURES} <= shown
    assert {path.stem for path in (GUIDE / "pictures").glob("*.jpg")} == shown
