"""The event folders that come with Crossread."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from claims.services.folders import find_folders, read_folder

SEEDS = Path(__file__).parent.parent / "seeds"
FOLDERS = list(find_folders([SEEDS]))


@pytest.mark.parametrize("path", FOLDERS, ids=lambda path: path.name)
def test_it_can_be_read(path: Path) -> None:
    folder = read_folder(path)
    assert len(folder.event.sources) >= 2
    assert folder.event.articles


def test_the_article_that_the_project_began_from_is_kept_byte_for_byte() -> None:
    text = (SEEDS / "trump-putin-call-2025-06-04" / "000_9354cd97c0443aee.txt").read_bytes()
    assert hashlib.sha256(text).hexdigest() == "99c82a0194ab37b577869f03578774948a186bf3bed9b3f32d6336ee1a8fefc3"


def test_only_the_folders_that_say_so_are_invented() -> None:
    invented = {path.name: read_folder(path).invented for path in FOLDERS}
    assert invented["trump-putin-call-2025-06-04"] is False
    assert sum(invented.values()) == 3


def test_they_show_every_kind_of_event() -> None:
    """Two readouts, three sources, and an outlet's article that reports both sides."""
    events = [read_folder(path).event for path in FOLDERS]
    readouts = [
        {article.publisher for article in event.articles} <= {source.name for source in event.sources}
        for event in events
    ]
    sizes = [(len(event.sources), len(event.articles), own) for event, own in zip(events, readouts, strict=True)]
    assert (2, 2, True) in sizes
    assert (3, 3, True) in sizes
    assert (2, 1, False) in sizes
