"""schema.org: the claims as ``Claim`` and what they quote as ``Quotation``, for machines that read pages.

No ``ClaimReview`` is ever written: it rates whether a claim is true, and Crossread rates no truth.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from claims.models import Article, Claim, Comparison, Event
from claims.services.export.scope import Scope

CONTEXT = "https://schema.org"
Node = dict[str, Any]


def write(scope: Scope) -> Iterator[bytes]:
    """Yield one graph with the claims of all sources that are compared."""
    comparisons = list(scope.comparisons())
    sources = {source for comparison in comparisons for source in (comparison.a, comparison.b)}
    claims = Claim.objects.of_sources(*sources).only("article_id", "past_version", "start", "text", "speaker", "quoted")
    yield _graph(claims, comparisons, scope).encode()


def in_page(comparison: Comparison, claims: Iterable[Claim], address: str) -> str:
    """Return a comparison's graph as the content of a ``script`` element: nothing in it can end the element.

    Args:
        claims: those of the comparison's sources, as ``ClaimQuerySet.of_sources`` brings them.
    """
    told = _graph(claims, [comparison], Scope.of_comparison(comparison, address=address))
    return told.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")


def _graph(claims: Iterable[Claim], comparisons: list[Comparison], scope: Scope) -> str:
    return json.dumps({"@context": CONTEXT, "@graph": list(_nodes(claims, comparisons, scope))}, ensure_ascii=False)


def _nodes(claims: Iterable[Claim], comparisons: list[Comparison], scope: Scope) -> Iterator[Node]:
    """Yield the event, the pages that compare its sources, the articles, and each claim with its article."""
    yield from (_event(event, scope) for event in scope.events)
    yield from (_page(comparison, scope) for comparison in comparisons)
    found = list(claims)
    articles = Article.objects.filter(pk__in={claim.article_id for claim in found})
    rows = articles.select_related("publisher", "event").defer("text").order_by("pk")
    yield from (_article(article, scope) for article in rows)
    places = {article.pk: _article_id(article, scope) for article in rows}
    names = {source.pk: source.name for comparison in comparisons for source in (comparison.a, comparison.b)}
    for claim in found:
        whose: int = vars(claim)["attributed_to"]  # added by ClaimQuerySet.attributed
        yield _claim(claim, names[whose], places[claim.article_id])


def _event(event: Event, scope: Scope) -> Node:
    node: Node = {"@type": "Event", "@id": _event_id(event, scope), "name": event.title}
    return node | ({"startDate": event.date.isoformat()} if event.date else {})


def _page(comparison: Comparison, scope: Scope) -> Node:
    here = scope.link(comparison.get_absolute_url())
    about = {"@id": _event_id(comparison.event, scope)}
    return {"@type": "WebPage", "@id": here, "url": here, "name": str(comparison), "about": about}


def _article(article: Article, scope: Scope) -> Node:
    node: Node = {
        "@type": "Article",
        "@id": _article_id(article, scope),
        "headline": article.name,
        "publisher": {"@type": "Organization", "name": article.publisher_name},
        "about": {"@id": _event_id(article.event, scope)},
    }
    node |= {"datePublished": article.published.isoformat()} if article.published else {}
    return node | ({"url": article.url} if article.url else {})


def _claim(claim: Claim, whose: str, article: str) -> Node:
    """A claim that gives somebody's words in quotation marks is a Quotation too."""
    node: Node = {
        "@type": ["Claim", "Quotation"] if claim.quoted else "Claim",
        "@id": f"{article}#claim-{claim.pk}",
        "text": claim.text,
        "author": {"@type": "Organization", "name": whose},
        "appearance": {"@id": article},
    }
    if claim.quoted:
        node |= {"isPartOf": {"@id": article}}
        node |= {"spokenByCharacter": {"@type": "Person", "name": claim.speaker}} if claim.speaker else {}
    return node


def _event_id(event: Event, scope: Scope) -> str:
    return scope.link(event.get_absolute_url())


def _article_id(article: Article, scope: Scope) -> str:
    return scope.link(article.get_absolute_url())
