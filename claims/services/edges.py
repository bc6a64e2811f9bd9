"""Draw the edges of claims by hand: split a claim at a word, merge two neighbours, and keep both over new readings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from claims.models import Article, Claim, Correction, Fix, Silence
from claims.services.analyse import request_run
from claims.services.ledger import Ledger, quoted
from claims.services.refusals import Refused
from claims.services.substituting import substitute

_GONE = gettext_noop("This claim has changed meanwhile. Open its article and choose again.")


@transaction.atomic
def cut(claim: Claim, actor: AbstractBaseUser, at: int) -> tuple[Claim, Claim]:
    """Split a claim before the word that begins at ``at``, an offset of its article.

    Both parts inherit whose claim it is. The pairs that it is in have both parts instead of it, and are matched anew
    where nobody decided on them.

    Raises:
        Refused: if no word but the first begins there.
    """
    if at not in word_starts(claim)[1:]:
        raise Refused({"at": gettext("Choose the word that begins the second claim.")})
    first_end = claim.start + len(claim.text[: at - claim.start].rstrip())
    parts = _replace([claim], [(claim.start, first_end), (at, claim.end)], actor, Fix.Kind.CUT)
    return parts[0], parts[1]


@transaction.atomic
def unite(claim: Claim, actor: AbstractBaseUser, other: Claim) -> Claim:
    """Merge two neighbouring claims of one article; what stands between them becomes part of the claim.

    It inherits whose claim the first is. Pairs that become the same are one.

    Raises:
        Refused: if they are not neighbours or are not of the same source, or if people decided differently on pairs
            that would become one.
    """
    if other not in neighbours(claim):
        raise Refused({"other": gettext("Only claims that follow each other in one article can be merged.")})
    first, second = sorted((claim, other), key=lambda one: one.start)
    if (first.standing_source, first.standing_voice) != (second.standing_source, second.standing_voice):
        problem = gettext("One is %(one)s’s claim, the other %(other)s’s. Correct one of them first.") % {
            "one": first.standing_voice,
            "other": second.standing_voice,
        }
        raise Refused({"other": problem})
    return _replace([first, second], [(first.start, second.end)], actor, Fix.Kind.UNITED)[0]


def word_starts(claim: Claim) -> list[int]:
    """Return where the words of a claim begin, as offsets of its article."""
    return [claim.start + found.start() for found in re.finditer(r"\S*\w\S*", claim.text)]


def neighbours(claim: Claim) -> list[Claim]:
    """Return the claims right before and right after one in its article: one, two, or none."""
    around = claim.article.claims.current().select_related("source", "standing_correction__source")
    before = around.filter(start__lt=claim.start).order_by("-start").first()
    after = around.filter(start__gt=claim.start).order_by("start").first()
    return [one for one in (before, after) if one is not None]


def keep_edges(article: Article, rows: Sequence[Claim]) -> list[Claim]:
    """Return the claims of a new reading with the edges that people drew.

    A claim made by hand stays where it is and takes over who says it from the reading; of what the reading has across
    it, only what lies outside is left.
    """
    by_hand = list(article.claims.by_hand())
    if not by_hand:
        return list(rows)
    kept = [_reread(claim, rows) for claim in by_hand]
    kept += [part for row in rows for part in _outside(row, by_hand)]
    return sorted(kept, key=lambda row: row.start)


def _replace(
    gone: Sequence[Claim], spans: Sequence[tuple[int, int]], actor: AbstractBaseUser, kind: Fix.Kind
) -> list[Claim]:
    """Withdraw claims and make others in their place, in every pair too."""
    if any(claim.withdrawn for claim in Claim.objects.select_for_update().filter(pk__in=[one.pk for one in gone])):
        raise Refused({"claims": gettext(_GONE)})
    article, source = gone[0].article, gone[0].standing_source
    ledger = Ledger()
    ledger.enter_claims(*gone)
    made = [_make(gone[0], start, end, actor, ledger) for start, end in spans]
    _stay_silent(gone, made)
    substitute(gone, made, ledger, actor=actor)
    Claim.objects.filter(pk__in=[claim.pk for claim in gone]).update(withdrawn=True)
    ledger.close(
        actor,
        kind,
        event=article.event,
        source=source,
        was="\n".join(quoted(claim.text, 200) for claim in gone),
        now="\n".join(quoted(claim.text, 200) for claim in made),
    )
    owe_of(gone[0])
    return made


def owe_of(claim: Claim) -> None:
    """Have the comparisons that a claim's source takes part in matched anew."""
    event = claim.article.event
    if event.owe_matching(claim.standing_source):
        request_run(event)


def _make(like: Claim, start: int, end: int, actor: AbstractBaseUser, ledger: Ledger) -> Claim:
    """Make a claim between two offsets that says who ``like`` says it is by; one that stood there once stands again."""
    drawn = _part(like, start, end)
    if not re.search(r"\w", drawn.text):
        raise Refused({"at": gettext("Choose another word: one part would say nothing.")})
    earlier = Claim.objects.filter(article_id=like.article_id, past_version=0, start=start, end=end).first()
    if earlier is not None:
        ledger.enter_claims(earlier)
        drawn.pk = earlier.pk
    drawn.made_by_id, drawn.made_at = actor.pk, timezone.now()
    drawn.save()
    if earlier is None:
        ledger.enter_new_claim(drawn)
    if (correction := like.standing_correction) is not None:
        drawn.standing_correction = Correction.objects.create(
            claim=drawn, editor=correction.editor, source=correction.source, voice=correction.voice
        )
        drawn.save(update_fields=["standing_correction"])
    return drawn


def _stay_silent(gone: Sequence[Claim], made: Sequence[Claim]) -> None:
    """Pass on what people confirmed: a part of what the other side is silent on is nothing that it speaks of."""
    Silence.objects.filter(claim__in=made).delete()
    held: dict[int, list[Silence]] = {}
    for silence in Silence.objects.filter(claim__in=gone):
        held.setdefault(silence.comparison_id, []).append(silence)
    Silence.objects.bulk_create(
        Silence(comparison_id=comparison, claim=claim, by_id=silences[0].by_id, at=silences[0].at)
        for comparison, silences in held.items()
        if len(silences) == len(gone)
        for claim in made
    )


def _part(row: Claim, start: int, end: int) -> Claim:
    """Return an unsaved claim between two offsets, by whoever makes ``row``."""
    cue_inside = row.cue_start is None or start <= row.cue_start < end
    return Claim(
        article=row.article,
        start=start,
        end=end,
        text=row.article.text[start:end],
        source=row.source,
        voice=row.voice,
        speaker=row.speaker,
        cue_start=row.cue_start,
        cue_end=row.cue_end,
        quoted=row.quoted,
        implicit=row.implicit or not cue_inside,
        confidence=row.confidence,
    )


def _reread(claim: Claim, rows: Sequence[Claim]) -> Claim:
    """Return a claim made by hand with the attribution of the row that shares most of its text."""
    best = max(rows, key=lambda row: min(row.end, claim.end) - max(row.start, claim.start), default=claim)
    overlaps = best.start < claim.end and claim.start < best.end
    return _part(best if overlaps else claim, claim.start, claim.end)


def _outside(row: Claim, by_hand: Sequence[Claim]) -> Iterator[Claim]:
    """Yield the parts of a row that no claim made by hand covers; the row itself where none does."""
    held = [claim for claim in by_hand if claim.start < row.end and row.start < claim.end]
    if not held:
        yield row
        return
    starts, ends = [row.start, *(claim.end for claim in held)], [*(claim.start for claim in held), row.end]
    for start, end in zip(starts, ends, strict=True):
        text = row.article.text[start:end] if start < end else ""
        if re.search(r"\w", text):
            left = start + len(text) - len(text.lstrip())
            yield _part(row, left, left + len(text.strip()))
