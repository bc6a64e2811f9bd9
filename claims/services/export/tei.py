"""TEI P5: the articles as plain text, and beside them (``standOff``) who claims what and how the accounts differ.

https://tei-c.org/release/doc/tei-p5-doc/en/html/. The sources are the witnesses (``listWit``), claims are spans of the
articles' text by ``string-range()``, whose offsets count characters (code points) from 0, pairs are links, and each
pair is an apparatus entry with a reading for either source. An element with an ``xml:id`` of a number is that row here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet

from claims.analysis.structures import ReasonKind
from claims.models import Annotation, Article, Claim, Event, Pair, Reply, Review, Source
from claims.services.export.rows import change_told, note_told, reason_told
from claims.services.export.scope import Scope
from claims.services.export.xml import element, opening, text

NAMESPACE = "http://www.tei-c.org/ns/1.0"
RELATIONS = {
    "agree": "both say the same in what matters",
    "partial": "they overlap, and one says more, less or other than the other",
    "diverge": "the accounts conflict, or the sides' stances clash",
    "no_match": "not about the same thing",
    "disputed": "reviewers differ",
}
_ABOUT = (
    "Statements of several sources on one event, held against each other by Crossread. Which statements belong "
    "together and how they relate is the machine's word unless a person is named (resp). No truth is rated."
)


def write(scope: Scope) -> Iterator[bytes]:
    """Yield one TEI document, or a corpus with one for each event."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    if len(scope.events) == 1:
        yield from _encoded(_Document(scope.events[0], scope, "").written())
        return
    head = _file_desc(scope.title, [], "", element("p", None, "Each event names its own sources."))
    yield (opening("teiCorpus", {"xmlns": NAMESPACE}) + element("teiHeader", None, head) + "\n").encode()
    for event in scope.events:
        yield from _encoded(_Document(event, _one(scope, event), f"event-{event.pk}-").written())
    yield b"</teiCorpus>\n"


def _one(scope: Scope, event: Event) -> Scope:
    return Scope((event,), address=scope.address, beat=scope.beat)


def _encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    return (piece.encode() for piece in pieces)


@dataclass(frozen=True, slots=True)
class _Document:
    """One event. ``prefix`` keeps its identifiers apart from another event's in one corpus."""

    event: Event
    scope: Scope
    prefix: str

    def written(self) -> Iterator[str]:
        yield opening("TEI", {"xmlns": NAMESPACE}) + "\n"
        yield self._header() + "\n"
        yield "<standOff>\n"
        yield from self._claims()
        yield from self._links()
        yield from self._apparatus()
        yield "</standOff>\n<text><body>\n"
        yield from self._texts()
        yield "</body></text>\n</TEI>\n"

    def _id(self, kind: str, key: object) -> str:
        return f"{self.prefix}{kind}-{key}"

    def _ref(self, kind: str, key: object) -> str:
        return f"#{self._id(kind, key)}"

    def _articles(self) -> QuerySet[Article]:
        return Article.objects.filter(event=self.event).select_related("publisher").order_by("pk")

    def _header(self) -> str:
        people = [self._person(person) for person in people_of(self.scope)]
        machine = self._responsible(self._id("machine", "1"), "matched and compared", "Crossread")
        address = self.scope.link(self.event.get_absolute_url())
        file = _file_desc(self.scope.title, [machine, *people], address, self._sources())
        project = element("projectDesc", None, element("p", None, text(_ABOUT)))
        return element("teiHeader", None, file, "\n", element("encodingDesc", None, project, self._classes()))

    def _person(self, person: AbstractBaseUser) -> str:
        return self._responsible(self._id("person", person.pk), "reviewed or annotated", person.get_username())

    def _responsible(self, key: str, what: str, name: str) -> str:
        return element("respStmt", {"xml:id": key}, element("resp", None, what), element("name", None, text(name)))

    def _sources(self) -> str:
        witnesses = [self._witness(source) for source in self.event.sources.order_by("pk")]
        texts = [self._bibl(article) for article in self._articles().defer("text")]
        lists = [element(name, None, *found) for name, found in (("listWit", witnesses), ("listBibl", texts)) if found]
        return "".join(lists) or element("p", None, "No source has been named yet.")

    def _witness(self, source: Source) -> str:
        side = text(f", {source.party}") if source.party else ""
        return element(
            "witness", {"xml:id": self._id("source", source.pk)}, element("name", None, text(source.name)), side
        )

    def _bibl(self, article: Article) -> str:
        parts = [element("title", None, text(article.name)), element("publisher", None, text(article.publisher_name))]
        if article.published:
            parts.append(element("date", {"when": article.published.isoformat()}))
        if article.url:
            parts.append(element("ref", {"target": article.url}, text(article.url)))
        return element("bibl", {"xml:id": self._id("article", article.pk)}, *parts)

    def _classes(self) -> str:
        relations = [self._category("relation", name, told) for name, told in RELATIONS.items()]
        reasons = [self._category("reason", kind.value, kind.value.replace("_", " ")) for kind in ReasonKind]
        taxonomies = (("relations", relations), ("reasons", reasons))
        return element(
            "classDecl",
            None,
            *(element("taxonomy", {"xml:id": f"{self.prefix}{name}"}, *found) for name, found in taxonomies),
        )

    def _category(self, kind: str, name: str, told: str) -> str:
        return element("category", {"xml:id": self._id(kind, name)}, element("catDesc", None, text(told)))

    def _claims(self) -> Iterator[str]:
        yield opening("spanGrp", {"type": "claims", "resp": self._ref("machine", "1")}) + "\n"
        for claim in claims_of(self.scope):
            yield self._claim(claim) + "\n"
        yield "</spanGrp>\n"

    def _claim(self, claim: Claim) -> str:
        source = claim.standing_source
        place = f"#string-range({self._id('text', claim.article_id)},{claim.start},{claim.end - claim.start})"
        whose = self._ref("source", source.pk) if source else ""
        corrected = claim.standing_correction
        attributes = {
            "xml:id": self._id("claim", claim.pk),
            "target": place,
            "corresp": whose,
            "resp": self._ref("person", corrected.editor_id) if corrected else "",
        }
        return element("span", attributes, text(claim.speaker or claim.standing_voice))

    def _links(self) -> Iterator[str]:
        pairs = [self._link(pair) for pair in self.scope.pairs().exported()]
        if pairs:
            yield opening("linkGrp", {"type": "pairs"}) + "\n"
            yield from (f"{pair}\n" for pair in pairs)
            yield "</linkGrp>\n"

    def _link(self, pair: Pair) -> str:
        claims = [*pair.claims_of("a"), *pair.claims_of("b")]
        target = " ".join(self._ref("claim", claim.pk) for claim in claims)
        made_by = self._ref("person", pair.made_by_id) if pair.made_by_id else ""
        attributes = {"xml:id": self._id("pair", pair.pk), "target": target, "ana": self._relation(pair)}
        attributes |= {"resp": made_by}
        return element("link", attributes)

    def _relation(self, pair: Pair) -> str:
        shown = pair.outcome or vars(pair)["shown"]
        return self._ref("relation", shown) if shown else ""

    def _apparatus(self) -> Iterator[str]:
        begun = False
        for pair in self.scope.each_pair():
            if not begun:
                yield opening("listApp", {"type": "pairs"}) + "\n"
                begun = True
            yield self._entry(pair) + "\n"
        if begun:
            yield "</listApp>\n"

    def _entry(self, pair: Pair) -> str:
        attributes = {"xml:id": self._id("app", pair.pk), "corresp": self._ref("pair", pair.pk)}
        sides = (("a", pair.comparison.a), ("b", pair.comparison.b))
        readings = [self._reading(source, pair.claims_of(side)) for side, source in sides]
        return element("app", attributes, *readings, *self._notes(pair))

    def _reading(self, source: Source, claims: list[Claim]) -> str:
        said = " ".join(claim.text for claim in claims)
        corresp = " ".join(self._ref("claim", claim.pk) for claim in claims)
        return element("rdg", {"wit": self._ref("source", source.pk), "corresp": corresp}, text(said))

    def _notes(self, pair: Pair) -> Iterator[str]:
        machine = self._ref("machine", "1")
        if (verdict := getattr(pair, "verdict", None)) is not None and verdict.relation:
            told = f"{verdict.relation} {verdict.kind}".strip()
            yield self._note("verdict", machine, self._ref("relation", verdict.relation), told)
            for reason in verdict.reasons.all():
                yield self._note("reason", machine, self._ref("reason", reason.kind), reason_told(reason))
        for review in pair.reviews.all():
            yield self._review(review)
        if pair.stale:
            yield self._note("stale", "", "", change_told(pair))
        for note in pair.annotations.all():
            yield self._note("note", self._ref("person", note.author_id), "", note_told(note))

    def _review(self, review: Review) -> str:
        when = element("date", {"when": review.made_at.isoformat(timespec="seconds")})
        ana = self._ref("relation", review.decision)
        attributes = {"type": "review", "resp": self._ref("person", review.reviewer_id), "ana": ana}
        return element("note", attributes, text(review.get_decision_display()), " ", when)

    def _note(self, kind: str, resp: str, ana: str, told: str) -> str:
        return element("note", {"type": kind, "resp": resp, "ana": ana}, text(told))

    def _texts(self) -> Iterator[str]:
        empty = element("p")  # a body is never without content
        for article in self._articles().iterator():
            empty = ""
            yield self._article(article) + "\n"
        yield empty

    def _article(self, article: Article) -> str:
        attributes = {"type": "article", "corresp": self._ref("article", article.pk)}
        attributes |= {"xml:lang": article.standing_language}
        words = {"xml:id": self._id("text", article.pk), "xml:space": "preserve"}
        return element("div", attributes, element("ab", words, text(article.text)))


def claims_of(scope: Scope) -> Iterator[Claim]:
    """Yield the claims that are compared now, and those of older readings that stand in a pair, in document order."""
    sources = {source for comparison in scope.comparisons() for source in (comparison.a, comparison.b)}
    keys = [source.pk for source in sources]
    current = Claim.objects.current().attributed().filter(attributed_to__in=keys)  # type: ignore[misc]
    paired = scope.pairs().values("claims")
    found = Claim.objects.filter(Q(pk__in=current.values("pk")) | Q(pk__in=paired))
    owners = found.select_related("source", "standing_correction__source", "standing_correction__editor")
    yield from owners.order_by("article_id", "start", "end").iterator()


def people_of(scope: Scope) -> list[AbstractBaseUser]:
    """Return everybody who made pairs, reviewed, annotated, replied or corrected in the scope."""
    pairs = scope.pairs().order_by().values("pk")
    found = Q(pk__in=Review.objects.filter(pair__in=pairs).values("reviewer"))
    found |= Q(pk__in=Annotation.objects.filter(pair__in=pairs).values("author"))
    found |= Q(pk__in=Reply.objects.filter(annotation__pair__in=pairs).values("author"))
    found |= Q(pk__in=scope.pairs().filter(made_by__isnull=False).order_by().values("made_by"))
    found |= Q(corrections__claim__article__event__in=scope.events)
    return list(get_user_model().objects.filter(found).distinct().order_by("username"))


def _file_desc(title: str, people: Iterable[str], address: str, sources: str) -> str:
    titles = element("titleStmt", None, element("title", None, text(title)), *people)
    where = element("idno", {"type": "URL"}, text(address)) if address else ""
    published = element("publicationStmt", None, element("publisher", None, "Crossread"), where)
    return element("fileDesc", None, titles, published, element("sourceDesc", None, sources))
