"""How a service says no: in sentences that tell what to do."""

from __future__ import annotations


class Refused(ValueError):
    """Input that is not taken. ``problems`` maps a field's name ("" for the whole) to a sentence with the way out."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems
