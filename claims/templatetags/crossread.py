"""Signs and tags of relations, and query strings that keep what was chosen."""

from __future__ import annotations

import re
from typing import Any, Protocol

from django import template
from django.http import HttpRequest
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_noop

from claims.models import Claim
from claims.services.keys import CAME_WITH, Keys
from claims.services.languages import name_of
from claims.services.retelling import retell, retell_why
from claims.services.threads import NAMED

register = template.Library()

UNJUDGED = "unjudged"  # a pair that a person made and the worker has not judged yet
WORDS = {
    "agree": gettext_noop("Agree"),
    "partial": gettext_noop("Partial"),
    "diverge": gettext_noop("Diverge"),
    "only": gettext_noop("Only"),
    "no_match": gettext_noop("Not a match"),
    "disputed": gettext_noop("Disputed"),
    UNJUDGED: gettext_noop("Not judged yet"),
    "machine": gettext_noop("As the machine says"),
}
WITHIN = {
    "agree": gettext_noop("agree"),
    "partial": gettext_noop("partial"),
    "diverge": gettext_noop("diverge"),
    "only": gettext_noop("only"),
    "no_match": gettext_noop("not a match"),
    "disputed": gettext_noop("disputed"),
    UNJUDGED: gettext_noop("not judged yet"),
    "machine": gettext_noop("as the machine says"),
}
SAYS = ("right", "dismissed", "added")  # of a reason
KINDS = {
    "right": gettext_noop("right"),
    "dismissed": gettext_noop("dismissed"),
    "added": gettext_noop("added"),
    "number": gettext_noop("number"),
    "date_time": gettext_noop("date or time"),
    "agency": gettext_noop("who acts"),
    "negation_polarity": gettext_noop("negation"),
    "modality_hedge": gettext_noop("hedge"),
    "commitment": gettext_noop("commitment"),
    "tone": gettext_noop("tone"),
    "entity": gettext_noop("who or what"),
    "scope_detail": gettext_noop("scope"),
    "account": gettext_noop("account"),
    "position": gettext_noop("position"),
}

_SIGNS = {
    "hand": gettext_noop("made by hand"),
    "final": gettext_noop("final verdict"),
    "reviewed": gettext_noop("reviewed"),
    "stale": gettext_noop("text changed since it was decided"),
    "note": gettext_noop("annotated"),
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
        f" · {plain(more)}" if more else "",
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
        f'<svg class="sign" role="img" aria-label="{gettext(_SIGNS[name])}"><use href="#sign-{name}"/></svg>'
        for name in signs
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
    return gettext(WORDS[relation]) if relation in WORDS else relation


@register.filter
def within(relation: str) -> str:
    """Return the word for a relation or a decision as it stands within a sentence."""
    return gettext(WITHIN[relation]) if relation in WITHIN else relation


@register.filter
def plain(kind: str) -> str:
    """Return a kind of difference as a person writes it: "date time" for ``date_time``."""
    return gettext(KINDS[kind]) if kind in KINDS else kind.replace("_", " ")


@register.simple_tag(takes_context=True)
def data_key(context: template.Context, act: str) -> SafeString:
    """Return the attributes of the button or link that a key clicks: the reader's own key, and the act by its name."""
    return format_html('data-does="{}" data-key="{}"', act, _keys(context).by_act[act])


@register.simple_tag(takes_context=True)
def key(context: template.Context, act: str) -> SafeString | str:
    """Return the reader's key for an act, after a blank, as it stands on a button; nothing where keys are off."""
    keys = _keys(context)
    return format_html(" <kbd>{}</kbd>", keys.by_act[act]) if keys.on else ""


def _keys(context: template.Context) -> Keys:
    found: Keys = context.get("keys") or Keys(CAME_WITH)
    return found


@register.filter
def retold(text: str) -> SafeString | str:
    """Return a stored sentence in the reader's language; one that is not known is marked as English."""
    return _or_english(text, retell(text))


@register.filter
def retold_why(text: str) -> SafeString | str:
    """Return a stored ground of a proposal in the reader's language; one that is not known is marked as English."""
    return _or_english(text, retell_why(text))


def _or_english(text: str, told: str | None) -> SafeString | str:
    if told is not None or (get_language() or "en").startswith("en"):
        return told or text
    return format_html('<span lang="en">{}</span>', text) if text else ""


@register.filter
def said(told: str) -> SafeString | str:
    """Return what a change says that stands before or after it: a relation's word, or a stored sentence."""
    return word(told) if told in WORDS else plain(told) if told in SAYS else retold(told)


@register.filter
def retold_text(text: str) -> str:
    """Return a stored sentence in the reader's language, or as it was stored, as plain text."""
    return retell(text) or text


@register.filter
def quoted(text: str) -> SafeString:
    """Return words between the quotation marks of the reader's language."""
    return format_html(gettext("“{words}”"), words=text)


@register.filter
def code(text: str) -> SafeString:
    """Return a text of the API's description, escaped, with what stands between double backticks as code."""
    return mark_safe(re.sub(r"``(.+?)``", r"<code>\1</code>", escape(text)))  # noqa: S308 - escaped


@register.filter
def models(name: str) -> str:
    """Return the names of the models that matched, "encoder and reader" as stored, in the reader's language."""
    encoder, both, reader = (name or "").partition(" and ")
    return gettext("{encoder} and {reader}").format(encoder=encoder, reader=reader) if both else name


@register.filter
def file_kind(kind: str) -> str:
    """Return what kind of file an article came in, in the reader's language."""
    return gettext(kind)


@register.simple_tag
def tongue(claim: Claim) -> SafeString | str:
    """Return the attribute that says which language a claim's words are in, where its article was brought along."""
    article = claim.article if Claim.article.is_cached(claim) else None
    code = article.standing_language if article else ""
    return format_html(' lang="{}"', code) if code else ""


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
    """Return a language's name for its code, in the reader's language."""
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
