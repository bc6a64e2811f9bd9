"""Archives of event folders: a .zip is unpacked into a scratch folder, nothing of it outside."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext

from claims.services.folders import FolderError

MOST_FILES = 5000
MOST_BYTES = 200_000_000  # unpacked
GATHERED = ".gathered"  # the scratch folder's folder of event folders; no archive's, since hidden names are left out
_UNPACKED = (".toml", ".txt", ".json")


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """Give the folder in which the event folders of an archive lie, for as long as the context lasts.

    Raises:
        FolderError: if it is no archive, unpacks to too much, or holds no event folder.
    """
    with tempfile.TemporaryDirectory(prefix="crossread-import-") as scratch:
        _unpack(path, Path(scratch))
        yield _folder_of_events(Path(scratch), path)


def _unpack(path: Path, scratch: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            parts = [part for part in packed.infolist() if _is_wanted(part)]
            _check_size(path, parts)
            for part in parts:
                # The library takes drive letters, leading slashes and ".." out of every name.
                packed.extract(part, scratch)
    except FolderError:
        raise
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise FolderError(
            gettext(
                "%(path)s cannot be unpacked: it is damaged, protected with a password, or no .zip file. Pack it anew."
            )
            % {"path": path.name}
        ) from None


def _is_wanted(part: zipfile.ZipInfo) -> bool:
    """Tell the files of event folders from all else: what systems add, pictures, links, programs."""
    name = PurePosixPath(part.filename)
    hidden = any(step.startswith((".", "__MACOSX")) for step in name.parts)
    return not part.is_dir() and not hidden and name.suffix.casefold() in _UNPACKED


def _check_size(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_FILES:
        raise FolderError(
            gettext("%(path)s holds more than %(most_files)s files. Divide it.")
            % {"path": path.name, "most_files": MOST_FILES}
        )
    if sum(part.file_size for part in parts) > MOST_BYTES:
        raise FolderError(
            gettext("%(path)s unpacks to more than %(most_bytes)s MB. Divide it.")
            % {"path": path.name, "most_bytes": MOST_BYTES // 1_000_000}
        )


def _folder_of_events(scratch: Path, path: Path) -> Path:
    """Return the folder around the event folders, however deep they were packed."""
    found = sorted({file.parent for file in scratch.rglob("event.toml")})
    if not found:
        raise FolderError(
            gettext("There is no event folder in %(path)s: an event folder holds an event.toml.") % {"path": path.name}
        )
    gathered = scratch / GATHERED
    gathered.mkdir()
    for folder in found:
        # Packed without a folder around it, an event is called as its archive.
        target = gathered / (path.stem if folder == scratch else folder.name)
        if target.exists():
            raise FolderError(
                gettext("%(path)s holds two folders called %(folder)s. Give each its own name.")
                % {"path": path.name, "folder": folder.name}
            )
        _copy(folder, target)
    return gathered


def _copy(folder: Path, target: Path) -> None:
    target.mkdir()
    for file in folder.iterdir():
        if file.is_file():
            shutil.copyfile(file, target / file.name)
