"""The rows of the comparison page: both accounts, claim beside claim.

A page of two long accounts has hundreds of claims. Written here they cost it an eighth of what they cost in a template,
which looks every word up by its name, in every claim anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from django import template
from django.template import Engine
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from claims.models import Claim, Comparison
from claims.templatetags.crossread import PairShown, opening, tongue

register = template.Library()


class ClaimShown(Protocol):
    """What is shown of a claim."""

    claim: Claim
    side: str
    html: SafeString
    chosen: bool
    unmatched: str
    silence: object | None
    ticked: bool
    crossed: bool

    @property
    def relation(self) -> str:
        """Return the relation that colours it."""

    @property
    def beginning(self) -> str:
        """Return its first words."""

    @property
    def links(self) -> str:
        """Return its pairs, for the module that draws the ribbons."""

    @property
    def pairs(self) -> Sequence[PairShown]:
        """Return its pairs."""

    @property
    def partners(self) -> Sequence[ClaimShown]:
        """Return the partners that stand in another row."""


class Row(Protocol):
    """Claims that stand beside each other."""

    joined: bool

    @property
    def a(self) -> Sequence[ClaimShown]:
        """Return those of the first source."""

    @property
    def b(self) -> Sequence[ClaimShown]:
        """Return those of the second source."""

    @property
    def chosen(self) -> bool:
        """Tell whether the chosen pair stands here."""


@register.simple_tag(takes_context=True)
def columns(context: template.Context, rows: Iterable[Row]) -> SafeString:
    """Return the rows of the page that has ``comparison``, ``query`` and the reader's ``perms`` in its context."""
    page = _Page(context)
    return mark_safe("".join(page.row(row) for row in rows))  # noqa: S308 - escaped where it is put in


class _Page:
    """Writes claims; what all have in common is looked up once."""

    def __init__(self, context: template.Context) -> None:
        self.context = context
        self.comparison: Comparison = context["comparison"]
        self.query: str = context["query"]
        self.may_fix = bool(context["perms"]["claims"]["add_fix"])
        self.names = {"a": self.comparison.a.name, "b": self.comparison.b.name}
        self.told = {side: escape(name) for side, name in self.names.items()}
        self.only = {side: _only(name) for side, name in self.names.items()}
        self.choose = escape(gettext("Choose for a pair: %(beginning)s"))
        carried, quoted = gettext("carried over"), gettext("quoted")
        self.carried, self.quoted = f"<span>{carried}</span>", f"<span>{quoted}</span>"
        self.nearest, self.show = gettext("Nearest on the other side"), gettext("Show them")

    def row(self, row: Row) -> str:
        """Return the claims of a row, each source's on its side."""
        names = f"row{' joined' if row.joined else ''}{' here' if row.chosen else ''}"
        a, b = ("".join(map(self._claim, side)) for side in (row.a, row.b))
        return f'<div class="{names}"><div class="side a">{a}</div><div class="side b">{b}</div></div>\n'

    def _claim(self, one: ClaimShown) -> str:
        """Return a claim, and after it those of its partners that stand in other rows, for narrow screens."""
        key = one.claim.pk
        names = f"claim {one.relation}{' here' if one.chosen else ''}{' crossed' if one.crossed else ''}"
        tags = "".join(opening(pair, key, self.query) for pair in one.pairs) or self._alone(one)
        box = self._box(one, f' id="pick-{key}"')
        how = self.carried if one.claim.implicit else self.quoted if one.claim.quoted else ""
        return (
            f'<article class="{names}" id="claim-{key}" data-side="{one.side}" data-links="{one.links}">'
            f'<p class="by">{box}{self._voice(one, how)}{tags}</p>{_text(one)}'
            f"{self._below(one)}</article>{''.join(map(self._partner, one.partners))}"
        )

    def _partner(self, one: ClaimShown) -> str:
        names = f"claim partner {one.relation}{' here' if one.chosen else ''}"
        return f'<article class="{names}"><p class="by">{self._box(one)}{self._voice(one)}</p>{_text(one)}</article>'

    def _voice(self, one: ClaimShown, how: str = "") -> str:
        speaker = f"<span>{escape(one.claim.speaker)}</span>" if one.claim.speaker else ""
        return f'<span class="voice"><span class="of">{self.told[one.side]}</span>{speaker}{how}</span>'

    def _box(self, one: ClaimShown, more: str = "") -> str:
        """Return the box that chooses a claim for a pair to be made by hand, for those who may."""
        if not self.may_fix:
            return ""
        told = self.choose % {"beginning": escape(one.beginning)}
        box = f'name="claims" value="{one.claim.pk}"{more}{" checked" if one.ticked else ""}'
        return (
            f'<label class="pick"><input type="checkbox" form="join" {box}>'
            f'<span class="visually-hidden">{told}</span></label>'
        )

    def _alone(self, one: ClaimShown) -> str:
        if one.unmatched:
            told = gettext("not matched: %(unmatched)s") % {"unmatched": one.unmatched}
            return f'<span class="tag">{escape(told)}</span>'
        return self.only[one.side]

    def _below(self, one: ClaimShown) -> str:
        """Return what follows the text of a claim in no pair: who confirmed the silence, or the way to its nearest."""
        if one.pairs:
            return ""
        if one.silence:
            with self.context.push(one=one, claim=one.claim, silence=one.silence):
                return Engine.get_default().get_template("includes/silence.html").render(self.context)
        if one.unmatched:
            return ""
        near = reverse("nearest", args=[self.comparison.pk, one.claim.pk])
        return (
            f'<details class="near" hx-get="{near}" hx-trigger="toggle once" hx-target="find .found" hx-select="unset"'
            f' hx-swap="innerHTML" hx-push-url="false"><summary>{self.nearest}</summary>'
            f'<div class="found"><a href="{near}" hx-boost="false">{self.show}</a></div></details>'
        )


def _only(name: str) -> str:
    sign = '<svg class="sign" aria-hidden="true"><use href="#sign-only"/></svg>'
    told = escape(gettext("only %(name)s") % {"name": name})
    return f'<span class="tag only">{sign}<span class="cut">{told}</span></span>'


def _text(one: ClaimShown) -> str:
    claim = one.claim
    place = f'data-claim="{claim.pk}" data-start="{claim.start}"'
    return f'<p class="claim-text"{tongue(claim)} {place}>{one.html}</p>'
