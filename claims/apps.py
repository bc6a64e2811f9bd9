"""The app's entry: what is to be in place after every migration."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ClaimsConfig(AppConfig):
    """Crossread's one app."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "claims"

    def ready(self) -> None:
        """Check the settings, and have roles, triggers and the index of words made whenever what they need is made."""
        from claims import checks  # noqa: F401  # registers itself
        from claims.models.index import ensure_index
        from claims.models.triggers import ensure_triggers
        from claims.services.roles import ensure_roles

        post_migrate.connect(ensure_triggers, sender=self)
        post_migrate.connect(ensure_index, sender=self)
        post_migrate.connect(ensure_roles, sender=self)
