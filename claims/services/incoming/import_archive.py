"""Import an archive that somebody sent: it is kept in a scratch folder for as long as its events are stored."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext

from claims.services.folders import FolderError
from claims.services.incoming.archives import GATHERED
from claims.services.load import Loaded, load
from claims.services.refusals import Refused

_SCRATCH = re.compile(rf"\S*/{re.escape(GATHERED)}/")  # where the archive lay on this machine is nobody's to know


def import_archive(name: str, pieces: Iterable[bytes]) -> list[Loaded]:
    """Store the events of a .zip file of event folders, all or none.

    Args:
        name: the file's name; an event that is packed without a folder around it is called by it.

    Raises:
        Refused: if it is no such archive, or for what is wrong with an event, as ``file``.
    """
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, Path(name).stem.strip(".") or "events").with_suffix(".zip")
        with path.open("wb") as kept:
            kept.writelines(pieces)
        try:
            return load([path])
        except (Refused, FolderError) as refused:
            told = _SCRATCH.sub("", str(refused))
            raise Refused({"file": gettext("%(refused)s Nothing was imported.") % {"refused": told}}) from None
