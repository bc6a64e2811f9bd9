"""The secret key of an installation that was given none."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key


def kept_secret_key(path: Path) -> str:
    """Return the secret key kept in ``path``, making one at the first call (mode 0600).

    Every installation so has a key of its own, and none stands in the code. Several machines that serve one
    Crossread need the same key: set ``CROSSREAD_SECRET_KEY`` there.

    Raises:
        ImproperlyConfigured: if the file can be neither read nor written.
    """
    try:
        if not path.exists():
            _write_once(path)
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"Crossread cannot keep its secret key in {path} ({error.strerror}). Set CROSSREAD_SECRET_KEY, "
            "or let it write there."
        ) from error


def _write_once(path: Path) -> None:
    """Write a new key unless another process was first: the file appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(get_random_secret_key(), encoding="ascii")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
