"""Keep the books of what people put right by hand: how each row stood before and after, for undo and in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from claims.models import Change, Claim, Comparison, Event, Fix, Pair, Source
from claims.models.change import LONGEST_TOLD

State = dict[str, Any]  # what JSON holds of a row

_CHANGES = {
    Fix.Kind.JOINED: Change.What.JOINED,
    Fix.Kind.MOVED: Change.What.MOVED,
    Fix.Kind.MERGED: Change.What.MERGED,
    Fix.Kind.SPLIT: Change.What.SPLIT,
    Fix.Kind.CUT: Change.What.CUT,
    Fix.Kind.UNITED: Change.What.UNITED,
}


class Ledger:
    """The rows that one fix touches. Each is entered before it is first changed; ``close`` writes the fix."""

    def __init__(self) -> None:
        self._pairs: dict[int, State | None] = {}
        self._claims: dict[int, State | None] = {}
        self._told: dict[int, str] = {}

    def enter(self, *pairs: Pair) -> None:
        """Note how pairs stand before they are changed."""
        for pair in pairs:
            if pair.pk not in self._pairs:
                self._pairs[pair.pk], self._told[pair.pk] = state_of(pair), told(pair)

    def enter_new(self, pair: Pair) -> None:
        """Note that a pair did not stand before."""
        self._pairs.setdefault(pair.pk, None)
        self._told.setdefault(pair.pk, "")

    def enter_claims(self, *claims: Claim) -> None:
        """Note how claims stand before they are changed."""
        for claim in claims:
            self._claims.setdefault(claim.pk, state_of_claim(claim))

    def enter_new_claim(self, claim: Claim) -> None:
        """Note that a claim did not stand before."""
        self._claims.setdefault(claim.pk, None)

    def close(
        self,
        actor: AbstractBaseUser,
        kind: Fix.Kind,
        *,
        event: Event,
        comparison: Comparison | None = None,
        source: Source | None = None,
        was: str = "",
        now: str = "",
    ) -> Fix:
        """Write the fix, and a change on each pair that people have to do with.

        Args:
            was: what stood before, in words; where there is none, the pairs' own words; so ``now``.
        """
        pairs = list(Pair.objects.filter(pk__in=self._pairs).order_by("pk"))
        claims = Claim.objects.filter(pk__in=self._claims)
        after = {pair.pk: told(pair) for pair in pairs}
        fix = Fix.objects.create(
            event=event,
            comparison=comparison,
            source=source,
            actor_id=actor.pk,
            kind=kind,
            before={"pairs": _as_json(self._pairs), "claims": _as_json(self._claims)},
            after={
                "pairs": _as_json({pair.pk: state_of(pair) for pair in pairs}),
                "claims": _as_json({claim.pk: state_of_claim(claim) for claim in claims}),
            },
            was=was or _joined(self._told[pair.pk] for pair in pairs),
            now=now or _joined(after.values()),
        )
        of_people = Pair.objects.filter(pk__in=self._pairs).worked_on() | Pair.objects.filter(
            pk__in=self._pairs, merged_into__isnull=False
        )
        Change.objects.bulk_create(
            Change(
                pair=pair,
                actor_id=actor.pk,
                what=_CHANGES[kind],
                before=self._told[pair.pk],
                after=after[pair.pk],
                fix=fix,
            )
            for pair in of_people.order_by("pk")
        )
        return fix


def state_of(pair: Pair) -> State:
    """Return how a pair stands: its claims and whatever says where they come from."""
    members = pair.members.order_by("pk").values_list("claim_id", "side", "differing")
    return {
        "key": pair.key,
        "score": pair.score,
        "sure": pair.sure,
        "withdrawn": pair.withdrawn,
        "made_by": pair.made_by_id,
        "made_at": pair.made_at.isoformat() if pair.made_at else None,
        "merged_into": pair.merged_into_id,
        "members": sorted([claim, side, differing] for claim, side, differing in members),
    }


def state_of_claim(claim: Claim) -> State:
    """Return how a claim stands: whether it is current, and who drew its edges."""
    return {
        "withdrawn": claim.withdrawn,
        "made_by": claim.made_by_id,
        "made_at": claim.made_at.isoformat() if claim.made_at else None,
    }


def told(pair: Pair) -> str:
    """Return a pair in words that fit a change: the beginnings of its claims, side a's first."""
    if pair.merged_into_id:
        return f"part of pair {pair.merged_into_id}"
    if pair.withdrawn:
        return ""
    members = pair.members.select_related("claim").order_by("side", "claim__article_id", "claim__start")
    texts: dict[str, list[str]] = {"a": [], "b": []}
    for member in members:
        texts[member.side].append(member.claim.text)
    room = max(10, (LONGEST_TOLD - 3) // max(1, len(members)) - 4)
    sides = (" + ".join(quoted(text, room) for text in texts[side]) for side in ("a", "b"))
    return " / ".join(sides)[:LONGEST_TOLD]


def quoted(text: str, room: int = 80) -> str:
    """Return the beginning of a text in quotation marks."""
    return f"“{text if len(text) <= room else text[: room - 1].rstrip() + '…'}”"


def _as_json(rows: dict[int, State | None] | dict[int, State]) -> dict[str, State | None]:
    return {str(key): state for key, state in rows.items()}


def _joined(words: Iterable[str]) -> str:
    return "\n".join(word for word in words if word)
