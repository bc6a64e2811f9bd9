"""Signs and tags of relations, and query strings that keep what was chosen."""

from __future__ import annotations

import re
from typing import Any, Protocol

from django import template
from django.http import HttpRequest
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from claims.services.languages import name_of
from claims.services.threads import NAMED

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

_SIGNS = {
    "hand": "made by hand",
    "final": "final verdict",
    "reviewed": "reviewed",
    "stale": "text changed since it was decided",
    "note": "annotated",
}


class PairShown(Protocol):
    """What a tag at a claim says of a pair."""

    pk: int
    relation: str
    stale: bool
    chosen: bool
    final: bool
    reviewed: bool
    made_by: str
    notes: int

    @property
    def word(self) -> str:
        """Return its relation as a word."""


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


@register.simple_tag
def opening(pair: PairShown, claim: int, query: str) -> SafeString:
    """Return the tag at a claim that opens one of its pairs, with signs of what people did to it.

    The comparison page has hundreds of them: made here, they cost it a tenth of the time of a template's.
    """
    done = "final" if pair.final else "reviewed" if pair.reviewed else ""
    marks = ("stale" if pair.stale else "", "note" if pair.notes else "")
    signs = [name for name in ("hand" if pair.made_by else "", done, *marks) if name]
    told = "".join(
        f'<svg class="sign" role="img" aria-label="{_SIGNS[name]}"><use href="#sign-{name}"/></svg>' for name in signs
    )
    here = ' aria-current="true"' if pair.chosen else ""
    return mark_safe(  # noqa: S308 - numbers and our own words but for the query, which is escaped
        f'<a class="tag {pair.relation}" id="open-{pair.pk}-{claim}"'
        f' href="{escape(query)}pair={pair.pk}#claim-{claim}"{here}>'
        f'<svg class="sign" aria-hidden="true"><use href="#sign-{pair.relation}"/></svg>{pair.word}{told}</a>'
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


@register.filter
def mentions(text: str) -> SafeString:
    """Return a note's text, escaped, with "@name" set off."""
    shown = NAMED.sub(_set_off, escape(text))
    return mark_safe(shown)  # noqa: S308 - escaped above, and a name holds no character that means anything in HTML


def _set_off(found: re.Match[str]) -> str:
    """Return "@name" in a tag; a full stop or the like after it stays outside."""
    name = found[0].rstrip(".+-@")
    return f'<b class="mention">{name}</b>{found[0][len(name) :]}' if name else found[0]


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
