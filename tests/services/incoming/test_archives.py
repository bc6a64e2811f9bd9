"""Archives of event folders: unpacked within limits and within their place."""

from __future__ import annotations

import stat
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from claims.models import Event
from claims.services.folders import FolderError
from claims.services.incoming import archives
from claims.services.load import load
from tests.materials import zip_of

EVENT = """
title = "Call on grain"
[[source]]
name = "Arden"
[[source]]
name = "Velland"
[[article]]
file = "readout.txt"
publisher = "Arden"
"""
FOLDER: dict[str, str | bytes] = {"call/event.toml": EVENT, "call/readout.txt": "The port opens."}

pytestmark = pytest.mark.django_db


def packed(place: Path, files: dict[str, str | bytes], name: str = "events.zip") -> Path:
    path = place / name
    path.write_bytes(zip_of(files))
    return path


def test_an_archive_stands_for_the_folders_in_it(tmp_path: Path) -> None:
    second: dict[str, str | bytes] = {f"more/{name.replace('call', 'second')}": text for name, text in FOLDER.items()}
    path = packed(tmp_path, {**FOLDER, **second, "__MACOSX/call/event.toml": "rubbish", "call/photo.png": b"\x89PNG"})
    assert [loaded.articles for loaded in load([path])] == [1, 1]
    assert set(Event.objects.values_list("slug", flat=True)) == {"call", "second"}
    assert [(one.new, one.articles) for one in load([path])] == [(False, 0)] * 2


def test_an_event_packed_without_a_folder_is_called_as_its_archive(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {name.removeprefix("call/"): text for name, text in FOLDER.items()}
    load([packed(tmp_path, files, name="Call of June.zip")])
    assert Event.objects.get().slug == "call-of-june"


def test_nothing_is_written_outside(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    ways_out = ("../../../../outside.txt", str(outside), "call/../../outside.txt")
    load([packed(tmp_path, {**FOLDER, **dict.fromkeys(ways_out, "out")})])
    assert not outside.exists()
    assert not (tmp_path.parent / "outside.txt").exists()


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("call/event.toml", EVENT)
        link = zipfile.ZipInfo("call/readout.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    path = tmp_path / "events.zip"
    path.write_bytes(written.getvalue())
    load([path])
    assert Event.objects.get().articles.get().text == "/etc/passwd"  # the link's own words, not what it leads to


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"no archive", "cannot be unpacked"),
        (zip_of(dict(FOLDER))[:-40], "cannot be unpacked"),
        (zip_of({"a.txt": "Text."}), "There is no event folder"),
        (zip_of({**FOLDER, "more/call/event.toml": EVENT}), "two folders called call"),
    ],
)
def test_what_is_no_archive_of_events_is_refused(tmp_path: Path, data: bytes, sentence: str) -> None:
    path = tmp_path / "events.zip"
    path.write_bytes(data)
    with pytest.raises(FolderError, match=sentence):
        load([path])
    assert not Event.objects.exists()


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path, {**FOLDER, "call/bomb.txt": b"\0" * 2_000_000})
    monkeypatch.setattr(archives, "MOST_BYTES", 1_000_000)
    with pytest.raises(FolderError, match="unpacks to more than 1 MB"):
        load([path])
    monkeypatch.setattr(archives, "MOST_FILES", 2)
    with pytest.raises(FolderError, match="more than 2 files"):
        load([path])
