"""``manage.py learn [--apply] [--json]``: what people's decisions say of the machine's scores."""

from __future__ import annotations

import json as notation
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.services.learning import Proposal, apply, propose
from claims.services.refusals import Refused


class Command(BaseCommand):
    """Fit the lines between shown, sure and not shown to what people decided here."""

    help = (
        "Say what people's decisions would change of how scores are read, and with --apply change it. "
        "Exit code 0, or 1 when --apply was refused because there are too few decisions."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what is done with the fit, and its form."""
        parser.add_argument("--apply", action="store_true", help="put it to use, and rate the stored pairs by it")
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *, json: bool, **options: Any) -> None:
        """Fit, tell, and apply."""
        proposal = propose()
        applied = False
        try:
            if options["apply"]:
                apply(None, seen=proposal.mark)
                applied = True
        except Refused as refused:
            raise CommandError(str(refused)) from None
        lines = [notation.dumps(as_plain(proposal, applied=applied))] if json else as_text(proposal, applied=applied)
        for line in lines:
            self.stdout.write(line)


def as_plain(proposal: Proposal, *, applied: bool) -> dict[str, Any]:
    """Return the proposal as plain data."""
    found: dict[str, Any] = {
        "model": proposal.model,
        "decisions": proposal.decisions,
        "missing": proposal.missing,
        "applied": applied,
    }
    if proposal.fit is not None:
        scale = proposal.fit.scale
        found |= {name: getattr(scale, name) for name in ("intercept", "slope", "suggested", "sure")}
        found |= {
            "sure_is_proven": proposal.fit.sure_is_proven,
            "suggested_score": round(scale.score_at(scale.suggested), 4),
            "sure_score": round(scale.score_at(scale.sure), 4),
            "effects": [
                {"what": one.what, "pairs": one.pairs, "comparisons": one.comparisons} for one in proposal.effects
            ],
        }
    return found


def as_text(proposal: Proposal, *, applied: bool) -> Iterator[str]:
    """Yield the proposal as a person reads it on a terminal."""
    if proposal.fit is None:
        yield proposal.refusal
        return
    scale, now = proposal.fit.scale, proposal.standing
    yield f"{proposal.decisions} pairs decided, {proposal.fit.right} of them held for a match ({proposal.model})"
    yield f"intercept {scale.intercept:.4f}, slope {scale.slope:.4f}"
    for name in ("suggested", "sure"):
        before, after = (one.score_at(getattr(one, name)) for one in (now, scale))
        yield f"{name} from a score of {after:.2f} (now {before:.2f})"
    if not proposal.fit.sure_is_proven:
        yield "There are too few decisions, or too many against, to say from where on 95 % are right: sure stays."
    for one in proposal.effects:
        yield f"{one.pairs} pairs in {one.comparisons} comparisons {one.what}"
    yield "Applied." if applied else "Nothing was changed. Run it with --apply to put this to use."
