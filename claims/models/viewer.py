"""Who looks at people's decisions: in a blind event one sees those of others only after one's own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks; ``pk`` is None without a login, ``sees_all`` true for those who adjudicate.

    ``any_blind`` is whether any event at all is reviewed blind: where none is, no query has to ask what to hide.
    """

    pk: int | None
    sees_all: bool
    any_blind: bool = True

    @property
    def sees_everything(self) -> bool:
        """Tell whether nothing is hidden from them, whatever the event."""
        return self.sees_all or not self.any_blind


EVERYTHING = Viewer(None, True)  # what services and counts that nobody looks at are made of
