"""Who looks at people's decisions: in a blind event one sees those of others only after one's own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks; ``pk`` is None without a login, ``sees_all`` true for those who adjudicate."""

    pk: int | None
    sees_all: bool


EVERYTHING = Viewer(None, True)  # what services and counts that nobody looks at are made of
