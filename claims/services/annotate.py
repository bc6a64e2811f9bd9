"""Write annotations and their threads."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from claims.analysis.structures import ReasonKind
from claims.models import Annotation, Change, Claim, Notice, Pair, Reply, Weight
from claims.models.webhook import Kind
from claims.services.refusals import Refused, Stale
from claims.services.threads import cut, tell_named, tell_thread
from claims.services.webhooks import announce

_CHANGED = gettext_noop("The text of these words changed while you wrote.")
CONTEXT = 32  # code points kept before and after the quoted words, as in the W3C TextQuoteSelector


@transaction.atomic
def annotate(
    pair: Pair,
    author: AbstractBaseUser,
    *,
    text: str,
    kind: str = "",
    weight: str = Weight.NOTE,
    claim: Claim | None = None,
    start: int | None = None,
    end: int | None = None,
    quote: str = "",
) -> Annotation:
    """Annotate a pair, or the words from ``start`` to ``end`` (offsets of the article) of one of its claims.

    Args:
        quote: the words as the author saw them, where that is known; blanks do not count.

    Raises:
        Refused: if the note is blank, the kind or weight unknown, or the words are not in a claim of the pair.
        Stale: if the text of these words changed meanwhile.
    """
    problems = _check(text=text, kind=kind, weight=weight)
    anchor = {}
    if claim is not None:
        problems |= _check_words(pair, claim, start, end, quote)
        if not problems and start is not None and end is not None:
            anchor = _anchor(claim, start, end)
    if problems:
        raise Refused(problems)
    annotation = Annotation.objects.create(
        pair=pair, author_id=author.pk, text=text.strip(), kind=kind, weight=weight, claim=claim, **anchor
    )
    _log(annotation, author, Change.What.ANNOTATION, annotation.text)
    tell_named(annotation, author, annotation.text)
    said = {"author": author.get_username(), "kind": kind, "weight": weight}
    announce(Kind.ANNOTATION_MADE, pair.comparison.event, {"annotation": annotation.pk, "pair": pair.pk}, said)
    return annotation


@transaction.atomic
def reply(annotation: Annotation, author: AbstractBaseUser, text: str) -> Reply:
    """Answer in an annotation's thread.

    Raises:
        Refused: if the answer is blank.
    """
    if not text.strip():
        raise Refused({"text": gettext("Write something before you send the reply.")})
    answer = Reply.objects.create(annotation=annotation, author_id=author.pk, text=text.strip())
    _log(annotation, author, Change.What.REPLY, answer.text)
    tell_named(annotation, author, answer.text, reply=answer)
    tell_thread(annotation, author, Notice.What.REPLY, reply=answer)
    ids = {"annotation": annotation.pk, "reply": answer.pk, "pair": annotation.pair_id}
    announce(Kind.ANNOTATION_REPLIED, annotation.pair.comparison.event, ids, {"author": author.get_username()})
    return answer


@transaction.atomic
def resolve(annotation: Annotation, user: AbstractBaseUser) -> None:
    """Mark a thread as settled; nothing happens where it is already."""
    now = timezone.now()
    still_open = Annotation.objects.filter(pk=annotation.pk, resolved_at__isnull=True)
    if still_open.update(resolved_at=now, resolved_by_id=user.pk):
        _log(annotation, user, Change.What.RESOLVED, annotation.text)
        tell_thread(annotation, user, Notice.What.RESOLVED)
        _announce_settled(annotation, user, resolved=True)


@transaction.atomic
def reopen(annotation: Annotation, user: AbstractBaseUser) -> None:
    """Open a settled thread again."""
    settled = Annotation.objects.filter(pk=annotation.pk, resolved_at__isnull=False)
    if settled.update(resolved_at=None, resolved_by=None):
        _log(annotation, user, Change.What.REOPENED, annotation.text)
        tell_thread(annotation, user, Notice.What.REOPENED)
        _announce_settled(annotation, user, resolved=False)


def _announce_settled(annotation: Annotation, user: AbstractBaseUser, *, resolved: bool) -> None:
    ids = {"annotation": annotation.pk, "pair": annotation.pair_id, "resolved": resolved}
    announce(Kind.ANNOTATION_SETTLED, annotation.pair.comparison.event, ids, {"by": user.get_username()})


def _check(*, text: str, kind: str, weight: str) -> dict[str, str]:
    problems = {}
    if not text.strip():
        problems["text"] = gettext("Write a note before you save it.")
    if kind and kind not in set(ReasonKind):
        problems["kind"] = gettext("Choose a kind of difference from the list, or none.")
    if weight not in Weight.values:
        problems["weight"] = gettext("Choose note, minor or major.")
    return problems


def _check_words(pair: Pair, claim: Claim, start: int | None, end: int | None, quote: str) -> dict[str, str]:
    if not pair.members.filter(claim=claim).exists():
        if claim.past_version:
            raise Stale(gettext(_CHANGED))
        return {"words": gettext("The selected words are not in this pair. Select words of one of its claims.")}
    inside = start is not None and end is not None and claim.start <= start < end <= claim.end
    if quote and _is_elsewhere(claim, start, end, quote, inside=inside):
        raise Stale(gettext(_CHANGED))
    if not inside:
        return {"words": gettext("The selection runs over the claim's edge. Select words inside one claim.")}
    return {}


def _is_elsewhere(claim: Claim, start: int | None, end: int | None, quote: str, *, inside: bool) -> bool:
    """Tell whether the words that were selected do not stand at these offsets any more, since their claim moved."""
    if start is None or end is None or not (inside or end - start == len(quote)):
        return False
    return not inside or claim.text[start - claim.start : end - claim.start].split() != quote.split()


def _anchor(claim: Claim, start: int, end: int) -> dict[str, object]:
    whole = claim.whole_text
    return {
        "start": start,
        "end": end,
        "quote": whole[start:end],
        "prefix": whole[max(0, start - CONTEXT) : start],
        "suffix": whole[end : end + CONTEXT],
    }


def _log(annotation: Annotation, actor: AbstractBaseUser, what: Change.What, text: str) -> None:
    told = {"what": what, "after": cut(text)}
    Change.objects.create(pair_id=annotation.pair_id, annotation=annotation, actor_id=actor.pk, **told)
