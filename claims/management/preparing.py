"""What has to be in place before Crossread serves: tables, static files, the demo's accounts and events."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from claims.services.demo import ensure_demo_users
from claims.services.load import Loaded, load


def prepare() -> list[Loaded]:
    """Bring tables and static files up to date, and the demo's accounts and events in. Cheap where all is there.

    Returns:
        What came of each of the folders in ``seeds/``; empty outside the demo.
    """
    call_command("migrate", verbosity=0, interactive=False)
    collect_static_files()
    if not settings.DEMO:
        return []
    ensure_demo_users()
    return load([settings.BASE_DIR / "seeds"])


def collect_static_files() -> bool:
    """Collect and compress the static files if one has changed since. Return whether that was so."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    state = _state_of_static_files()
    if stamp.exists() and stamp.read_text() == state:
        return False
    # Cleared first: otherwise a file changed within a second of its copy, or put back to an older one, is passed over.
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(state)
    return True


def _state_of_static_files() -> str:
    """Return a fingerprint of all static files' paths, sizes and times of change."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            told = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{told.st_size}\0{told.st_mtime_ns}\n".encode())
    return digest.hexdigest()
