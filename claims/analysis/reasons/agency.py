"""Who did it: who asked and who offered, who proposed, raised and began, whether one said it or both.

The plainest conflict of two readouts is one act told with the initiative on opposite sides: one account gives a request
to one party, the other gives an offer of the same thing to the other. Active and passive are the same act; a passive
without an agent names nobody and so contradicts nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..actors import Actor, ActorKind, Cast
from ..acts import Act
from ..clauses import Deed, read
from ..structures import Claim, ReasonKind, Words
from .base import Context, Finding, Side, words
from .negation_polarity import rank

_ASKING = frozenset({Act.REQUEST, Act.INVITE})
_GIVING = frozenset({Act.OFFER, Act.INITIATE})
_STARTING = frozenset({Act.INITIATE, Act.PROPOSE, Act.RAISE, Act.INVITE, Act.REQUEST, Act.OFFER})
_SHARED = frozenset(
    {
        Act.AGREE,
        Act.STATE,
        Act.DISCUSS,
        Act.HOPE,
        Act.CONSIDER,
        Act.WELCOME,
        Act.NOTE,
        Act.COMMIT,
        Act.OBJECT,
        Act.REFUSE,
    }
)
_TALK = r"(?:(?:tele)?phone |video |three-way )?(?:call|conversation|talks?|meeting|contact|exchange|discussions?)\b"
_FOR_TALKS = re.compile(rf"\s+(?:for )?(?:the |this |that |a |an )?{_TALK}", re.IGNORECASE)
_OF_TALKS = re.compile(rf"\b(?:the|this|a|an) {_TALK}|\b(?:spoke|talked|met)\b", re.IGNORECASE)
_AT_REQUEST = re.compile(r"(?:at|on|upon) .*(?:request|invitation)", re.IGNORECASE)
_OFFICES = frozenset(
    {"president", "prime minister", "chancellor", "king", "emir", "sultan", "chairman", "secretary-general"}
)


@dataclass(frozen=True, slots=True)
class _Told:
    claim: Claim
    deed: Deed

    @property
    def subject_text(self) -> str:
        subject = self.deed.subject
        return self.claim.text[subject.start : subject.end] if subject else ""

    @property
    def words(self) -> Words:
        """Return the words from the actor to the act, where they stand near each other; else the act alone."""
        subject, deed = self.deed.subject, self.deed
        start, end = deed.start, deed.end
        if subject and abs(subject.start - deed.start) <= 60:
            start, end = min(start, subject.start), max(end, subject.end)
        return words(self.claim, start, end)


def find(a: Side, b: Side, context: Context) -> list[Finding]:
    """Return what the sides say differently about who acts."""
    cast = Cast.of(context.event)
    told_a, told_b = list(_told(a)), list(_told(b))
    pairs = [(x, y) for x in told_a for y in told_b]
    found = (
        list(_opposite_initiative(pairs, cast))
        or list(_other_starter(pairs, cast))
        or list(_other_actor(pairs, cast))
        or list(_initiative_missing(told_a, told_b))
    )
    found += _one_or_both(pairs)
    return sorted(found, key=rank)[:1]


def _told(side: Side) -> Iterator[_Told]:
    """Yield the acts that a side tells; that somebody says it ("Trump added that") is the attribution and no act."""
    for claim in side.claims:
        for deed in read(claim.text):
            start, end = claim.span.start + deed.start, claim.span.start + deed.end
            if claim.cue is None or end <= claim.cue.start or claim.cue.end <= start:
                yield _Told(claim, deed)


def _same(x: _Told, y: _Told, cast: Cast) -> bool | None:
    """Tell whether two acts have one actor; None where the texts do not say."""
    one, other = x.deed.subject, y.deed.subject
    if one is None or other is None or ActorKind.JOINT in (one.kind, other.kind):
        return None
    sides = cast.side(one, x.claim.source), cast.side(other, y.claim.source)
    if None not in sides:
        return sides[0] == sides[1]
    groups = cast.group(one), cast.group(other)
    if None not in groups:
        return groups[0] == groups[1]
    if one.title in _OFFICES and other.title in _OFFICES and one.title != other.title:
        return False
    return None


def _shared(x: _Told, y: _Told) -> int:
    named = tuple(name for actor in (x.deed.subject, y.deed.subject) if actor for name in actor.names)
    return sum(not any(name.startswith(word) for name in named) for word in x.deed.content & y.deed.content)


def _clash(x: _Told, y: _Told, weight: float, explanation: str) -> Finding:
    return Finding(ReasonKind.AGENCY, (x.words,), (y.words,), explanation, True, weight)


def _asks(told: _Told) -> bool:
    return told.deed.act in _ASKING and not told.deed.negated


def _gives(told: _Told) -> bool:
    return told.deed.act in _GIVING and not told.deed.negated


def _opposite_initiative(pairs: list[tuple[_Told, _Told]], cast: Cast) -> Iterator[Finding]:
    """Yield a request told against an offer of the same thing by somebody else."""
    for x, y in pairs:
        if not ((_asks(x) and _gives(y)) or (_gives(x) and _asks(y))):
            continue
        same, shared = _same(x, y, cast), _shared(x, y)
        if same or shared == 0 or x.deed.subject is None or y.deed.subject is None:
            continue
        asker, giver = (x, y) if _asks(x) else (y, x)
        weight = min(1.0, (0.55 if same is None else 0.75) + 0.1 * shared)
        yield _clash(
            x,
            y,
            weight,
            f"{asker.claim.source}: {_name(asker)} asks for it; {giver.claim.source}: {_name(giver)} offers it.",
        )


def _other_actor(pairs: list[tuple[_Told, _Told]], cast: Cast) -> Iterator[Finding]:
    """Yield the same act of starting something, told of two different actors."""
    for x, y in pairs:
        if x.deed.act is not y.deed.act or x.deed.act not in _STARTING or x.deed.negated or y.deed.negated:
            continue
        shared = _shared(x, y)
        if _same(x, y, cast) is not False or (shared < 2 and x.deed.act is not Act.INITIATE):
            continue
        yield _clash(
            x,
            y,
            min(1.0, 0.5 + 0.1 * shared),
            f"{x.claim.source} has {_name(x)} take this step, {y.claim.source} has {_name(y)} take it.",
        )


def _other_starter(pairs: list[tuple[_Told, _Told]], cast: Cast) -> Iterator[Finding]:
    """Yield who wanted the talks themselves, told of two different actors in whichever words."""
    for x, y in pairs:
        if _wants_talks(x) and _wants_talks(y) and _same(x, y, cast) is False:
            explanation = f"{x.claim.source}: {_name(x)} wanted the talks; {y.claim.source}: {_name(y)} did."
            yield _clash(x, y, 0.85, explanation)


def _wants_talks(told: _Told) -> bool:
    """Tell whether an act brings the talks about: an initiative, or a request for them or at which they are held."""
    deed, text = told.deed, told.claim.text
    if deed.negated or deed.subject is None:
        return False
    if _AT_REQUEST.fullmatch(text[deed.start : deed.end]) or deed.act is Act.INITIATE:
        return _OF_TALKS.search(text[: deed.start]) is not None or text[: deed.start].strip() == ""
    return deed.act is Act.REQUEST and _FOR_TALKS.match(text, deed.end) is not None


def _initiative_missing(told_a: list[_Told], told_b: list[_Told]) -> Iterator[Finding]:
    """Yield an initiative that only one side names."""
    for one, other, flip in ((told_a, told_b, False), (told_b, told_a, True)):
        own = [told for told in one if told.deed.act is Act.INITIATE and told.deed.subject]
        if own and not any(told.deed.act in _STARTING for told in other):
            shown = (own[0].words,)
            explanation = f"Only {own[0].claim.source} says that the initiative was {_name(own[0])}'s."
            in_a, in_b = ((), shown) if flip else (shown, ())
            yield Finding(ReasonKind.AGENCY, in_a, in_b, explanation, False, 0.5)


def _one_or_both(pairs: list[tuple[_Told, _Told]]) -> Iterator[Finding]:
    """Yield what both did in one account and one alone in the other."""
    for x, y in pairs:
        if x.deed.act not in _SHARED or y.deed.act not in _SHARED:
            continue
        kinds = _kind(x.deed.subject), _kind(y.deed.subject)
        if (kinds[0] is ActorKind.JOINT) == (kinds[1] is ActorKind.JOINT) or None in kinds or _shared(x, y) == 0:
            continue
        one, both = (y, x) if kinds[0] is ActorKind.JOINT else (x, y)
        explanation = (
            f"{both.claim.source} has both do it (“{both.words.text}”), {one.claim.source} {_name(one)} alone."
        )
        yield Finding(ReasonKind.AGENCY, (x.words,), (y.words,), explanation, False, 0.5)


def _kind(actor: Actor | None) -> ActorKind | None:
    return actor.kind if actor else None


def _name(told: _Told) -> str:
    name = told.subject_text.removesuffix("'s").removesuffix("’s") or "somebody"
    return re.sub(r"^(The|Both|He|She|It|They|His|Her|Its|Their|Our)\b", lambda match: match[0].lower(), name)
