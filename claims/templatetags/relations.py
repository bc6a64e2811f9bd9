"""How a relation looks: its sign, its word, its tag. Colour alone never says which."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

WORDS = {
    "agree": "Agree",
    "partial": "Partial",
    "diverge": "Diverge",
    "only": "Only one side",
    "no_match": "Not a match",
    "disputed": "Disputed",
    "": "Not reviewed",
}


@register.filter
def relation_word(relation: str) -> str:
    """Return the word for a relation, a decision or an outcome: ``no_match`` is "Not a match"."""
    return WORDS.get(relation, relation)


@register.filter
def reason_word(kind: str) -> str:
    """Return a reason's kind in words: ``negation_polarity`` is "negation polarity"."""
    return REASON_WORDS.get(kind, kind.replace("_", " "))


REASON_WORDS = {
    "date_time": "date or time",
    "agency": "who did it",
    "negation_polarity": "yes or no",
    "modality_hedge": "how certain",
    "scope_detail": "detail",
    "entity": "name",
}


@register.simple_tag
def sign(name: str) -> SafeString:
    """Return the inline drawing of a relation's sign; ``includes/icons.html`` holds the shapes."""
    return format_html('<svg class="sign" aria-hidden="true"><use href="#sign-{}"/></svg>', name)


@register.simple_tag
def relation_tag(relation: str, kind: str = "") -> SafeString:
    """Return a tag with sign and word, and with the kind of a divergence: "≠ Diverge · account"."""
    word = f"{relation_word(relation)} · {kind}" if kind else relation_word(relation)
    return format_html('<span class="tag {}">{} {}</span>', relation, sign(relation), word)
