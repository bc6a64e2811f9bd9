"""A scratch database for measurements that store rows."""

from __future__ import annotations

import os
import tempfile


def set_up() -> None:
    """Start Django on a new SQLite file in a scratch folder. To be called before Django is imported."""
    os.environ["CROSSREAD_VAR"] = tempfile.mkdtemp(prefix="crossread-bench-")
    os.environ["CROSSREAD_DEMO"] = "1"
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
