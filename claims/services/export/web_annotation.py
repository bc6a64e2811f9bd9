"""Web annotations: claims, pairs, verdicts, reasons and notes in the W3C Web Annotation Data Model, as JSON-LD.

https://www.w3.org/TR/annotation-model/. A claim identifies who speaks in a stretch of an article's text, a pair links
claims, verdicts of the machine and of people classify pairs, notes comment on them. Positions count Unicode code
points, as the model asks for, of the article as plain text (its address ends in ``/text/``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse

from claims.models import Annotation, Article, Claim, Comparison, Decision, Pair, Reason, Reply, Review, Verdict
from claims.models.article import Article as ArticleRow
from claims.services.export.moments import moment
from claims.services.export.scope import Scope

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # code points of context on either side of a quotation

Node = dict[str, Any]


def write(scope: Scope) -> Iterator[bytes]:
    """Yield one collection with one page that holds every annotation."""
    here = scope.link(_path_of(scope))
    items = list(_dumped_items(scope))
    head = {"@context": CONTEXT, "id": here, "type": "AnnotationCollection", "label": scope.title, "total": len(items)}
    page = {"id": f"{here}#page", "type": "AnnotationPage", "partOf": here, "startIndex": 0}
    yield (_dumped(head)[:-1] + ', "first": ' + _dumped(page)[:-1] + ', "items": [').encode()
    for place, item in enumerate(items):
        yield ((",\n" if place else "\n") + item).encode()
    yield b"\n]}}\n"


def items_of(scope: Scope) -> Iterator[Node]:
    """Yield the annotations: first every claim, then each pair with what is said of it."""
    texts = {article.pk: article for article in ArticleRow.objects.filter(event__in=scope.events)}
    sources = {source for comparison in scope.comparisons() for source in (comparison.a, comparison.b)}
    whose = Claim.objects.of_sources(*sources).select_related("source", "standing_correction__source")
    kept = Claim.objects.filter(pk__in=scope.pairs().values("claims")).exclude(pk__in=whose.order_by().values("pk"))
    for claim in (*whose, *kept.select_related("source", "standing_correction__source")):
        claim.article = texts[claim.article_id]
        yield _claim(claim, scope)
    for pair in scope.each_pair():
        yield from _of_pair(pair, scope, texts)


def _dumped_items(scope: Scope) -> Iterator[str]:
    yield from map(_dumped, items_of(scope))


def _of_pair(pair: Pair, scope: Scope, texts: dict[int, Article]) -> Iterator[Node]:
    for member in pair.members.all():
        member.claim.article = texts[member.claim.article_id]
    yield _pair(pair, scope)
    if (verdict := getattr(pair, "verdict", None)) is not None and verdict.relation:
        yield _verdict(verdict, pair, scope)
        yield from (_reason(reason, pair, scope, texts) for reason in verdict.reasons.all())
    yield from (_review(review, pair, scope) for review in pair.reviews.all())
    for note in pair.annotations.all():
        yield _note(note, pair, scope, texts)
        yield from (_reply(reply, note, scope) for reply in note.replies.all())


def _claim(claim: Claim, scope: Scope) -> Node:
    """The words are somebody's: whose, and who speaks for them."""
    who = [_text(claim.standing_voice, "identifying")]
    if claim.speaker:
        who.append(_text(claim.speaker, "identifying"))
    words = _words(claim.article, claim.start, claim.end, scope)
    return _node(claim_id(claim, scope), "identifying", body=who, target=words)


def _pair(pair: Pair, scope: Scope) -> Node:
    """The claims of both sides are about the same thing."""
    a, b = ([claim_id(claim, scope) for claim in pair.claims_of(side)] for side in ("a", "b"))
    made: Node = {"created": moment(pair.created_at), "generator": _software(pair.comparison)}
    if pair.made_by is not None:
        made = {"creator": _person(pair.made_by), "created": moment(pair.made_at)}
    return _node(pair_id(pair, scope), "linking", body=b, target=a, **made)


def _verdict(verdict: Verdict, pair: Pair, scope: Scope) -> Node:
    body = [_text(verdict.relation, "classifying")]
    if verdict.kind:
        body.append(_text(verdict.kind, "tagging"))
    creator = {"type": "Software", "name": verdict.judge or "Crossread's rules"}
    here = f"{pair_id(pair, scope)}#verdict"
    made = {"creator": creator, "created": moment(verdict.made_at)}
    return _node(here, "classifying", body=body, target=pair_id(pair, scope), **made)


def _reason(reason: Reason, pair: Pair, scope: Scope, texts: dict[int, Article]) -> Node:
    """A difference in words, about the words that show it."""
    here = f"{pair_id(pair, scope)}#reason-{reason.kind}"
    body = [_text(reason.explanation, "describing"), _text(reason.kind, "tagging")]
    shown = [_words_of(one.claim, one.start, one.end, scope, texts) for one in reason.words.all()]
    return _node(here, "describing", body=body, target=shown or pair_id(pair, scope))


def _review(review: Review, pair: Pair, scope: Scope) -> Node:
    said = Decision(review.decision).value
    here = f"{pair_id(pair, scope)}#review-{review.pk}"
    made = {"creator": _person(review.reviewer), "created": moment(review.made_at)}
    return _node(here, "classifying", body=[_text(said, "classifying")], target=pair_id(pair, scope), **made)


def _note(note: Annotation, pair: Pair, scope: Scope, texts: dict[int, Article]) -> Node:
    target: str | Node = pair_id(pair, scope)
    if note.claim is not None and note.start is not None and note.end is not None:
        target = _words_of(note.claim, note.start, note.end, scope, texts)
    body = [_text(note.text, "commenting"), _text(note.weight, "tagging")]
    if note.kind:
        body.append(_text(note.kind, "tagging"))
    made = {"creator": _person(note.author), "created": moment(note.created_at)}
    return _node(scope.link(note.get_absolute_url()), "commenting", body=body, target=target, **made)


def _reply(reply: Reply, note: Annotation, scope: Scope) -> Node:
    here = f"{scope.link(note.get_absolute_url())}-reply-{reply.pk}"
    made = {"creator": _person(reply.author), "created": moment(reply.created_at)}
    target = scope.link(note.get_absolute_url())
    return _node(here, "replying", body=[_text(reply.text, "replying")], target=target, **made)


def claim_id(claim: Claim, scope: Scope) -> str:
    """Return the address that a claim's annotation is known by."""
    return scope.link(claim.get_absolute_url())


def pair_id(pair: Pair, scope: Scope) -> str:
    """Return the address that a pair's annotation is known by."""
    return scope.link(pair.get_absolute_url())


def _node(here: str, motivation: str, **parts: object) -> Node:
    return {"id": here, "type": "Annotation", "motivation": motivation, **parts}


def _text(value: str, purpose: str) -> Node:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _words_of(claim: Claim, start: int, end: int, scope: Scope, texts: dict[int, Article]) -> Node:
    """Return words of a claim; of one that is no longer in the text, as they stood in the version of then."""
    if not claim.past_version:
        return _words(texts[claim.article_id], start, end, scope)
    first, last = start - claim.start, end - claim.start
    quote = {
        "type": "TextQuoteSelector",
        "exact": claim.text[first:last],
        "prefix": claim.text[max(0, first - AROUND) : first],
        "suffix": claim.text[last : last + AROUND],
    }
    source = scope.link(reverse("version", args=[claim.article_id, claim.past_version]))
    return {"type": "SpecificResource", "source": source, "selector": [quote]}


def _words(article: Article, start: int, end: int, scope: Scope) -> Node:
    """Return a stretch of an article, by what it says and by where it stands."""
    text = article.text
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    place = {"type": "TextPositionSelector", "start": start, "end": end}
    source = scope.link(reverse("article_text", args=[article.pk]))
    return {"type": "SpecificResource", "source": source, "selector": [quote, place]}


def _person(user: AbstractBaseUser) -> Node:
    return {"type": "Person", "nickname": user.get_username()}


def _software(comparison: Comparison) -> Node:
    return {"type": "Software", "name": f"Crossread, {comparison.model}" if comparison.model else "Crossread"}


def _path_of(scope: Scope) -> str:
    on = scope.comparison.get_absolute_url() if scope.comparison else scope.events[0].get_absolute_url()
    return f"{on}export/file/?format=annotation"


def _dumped(node: object) -> str:
    return json.dumps(node, ensure_ascii=False)
