"""Restore: load events that were exported as JSON, to the same state."""

from claims.services.restore.loading import People, Restored, restore

__all__ = ["People", "Restored", "restore"]
