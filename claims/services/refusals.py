"""How a service says no: in sentences that tell what to do."""

from __future__ import annotations

from django.utils.translation import gettext


class Refused(ValueError):
    """Input that is not taken. ``problems`` maps a field's name ("" for the whole) to a sentence with the way out."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class Stale(Refused):
    """Input that was written on what somebody else has changed meanwhile; nothing of either is lost."""

    def __init__(self, what: str) -> None:
        way_out = gettext(
            "What stands now is shown here, what you wrote is kept: look at both, and send it again if it holds."
        )
        super().__init__({"": f"{what} {way_out}"})


class Closed(Refused):
    """A decision on what is not to be decided on any more; the sentence says why, and the way out."""

    def __init__(self, why: str) -> None:
        super().__init__({"": why})
