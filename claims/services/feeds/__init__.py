"""Feeds: watched on a schedule by the worker, their items placed with events, accepted by people or by their rules."""
