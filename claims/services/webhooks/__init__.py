"""Webhooks: register addresses, say what happened, and have the worker send it, signed and again until it arrives."""

from claims.services.webhooks.announcing import announce, announce_reviews
from claims.services.webhooks.registering import new_secret, register, test, turn
from claims.services.webhooks.sending import revive_messages, send_again

__all__ = ["announce", "announce_reviews", "new_secret", "register", "revive_messages", "send_again", "test", "turn"]
