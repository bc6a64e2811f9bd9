"""Signs and tags of relations, and query strings that keep what was chosen."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.services.languages import name_of

register = template.Library()

UNJUDGED = "unjudged"  # a pair that a person made and the worker has not judged yet
WORDS = {
    "agree": "Agree",
    "partial": "Partial",
    "diverge": "Diverge",
    "only": "Only",
    "no_match": "Not a match",
    "disputed": "Disputed",
    UNJUDGED: "Not judged yet",
}


@register.simple_tag
def sign(relation: str) -> SafeString:
    """Return a relation's sign as a picture that a screen reader passes over: its word stands beside it."""
    return format_html('<svg class="sign" aria-hidden="true"><use href="#sign-{}"/></svg>', relation)


@register.simple_tag
def tag(relation: str, more: str = "") -> SafeString:
    """Return a relation as sign and word in its colour; ``more`` follows the word."""
    relation = relation or UNJUDGED
    return format_html(
        '<span class="tag {}">{}{}{}</span>',
        relation,
        sign(relation),
        word(relation),
        f" · {more}" if more else "",
    )


@register.filter
def word(relation: str) -> str:
    """Return the word for a relation or a decision."""
    return WORDS.get(relation, relation)


@register.filter
def plain(kind: str) -> str:
    """Return a kind of difference as a person writes it: "date time" for ``date_time``."""
    return {
        "date_time": "date or time",
        "agency": "who acts",
        "negation_polarity": "negation",
        "modality_hedge": "hedge",
        "scope_detail": "scope",
        "entity": "who or what",
    }.get(kind, kind.replace("_", " "))


@register.simple_tag
def percent(share: float) -> str:
    """Return a share as a person writes it: "87 %"."""
    return f"{100 * share:.0f} %"


@register.filter
def language(code: str) -> str:
    """Return a language's name for its code."""
    return name_of(code)


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: Any) -> str:
    """Return the page's query string with some values changed; an empty value takes its name out."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else request.path
