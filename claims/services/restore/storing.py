"""Store what a file tells of an event, noun by noun, in the order in which rows need one another."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug

from claims.models import (
    Article,
    Candidate,
    Claim,
    Comparison,
    Correction,
    Event,
    Former,
    Lone,
    Pair,
    PairClaim,
    Run,
    Source,
    Version,
)
from claims.models.article import checksum
from claims.models.pair import Outcome, Side, pair_key
from claims.services.ingest import SLUGS_OF_PAGES
from claims.services.refusals import Refused
from claims.services.restore.entries import link_told
from claims.services.restore.fixes import store_fixes, store_silences
from claims.services.restore.sayings import SAYINGS
from claims.services.restore.shelf import AT_ONCE, Shelf, stored
from claims.services.restore.told import Told

_TAKEN = (
    "There is an event “{slug}” here already, and a file never changes one. Remove that one first, or load this one "
    "under another name: --slug {slug}-2."
)


def store_event(told: Told, shelf: Shelf, *, slug: str = "") -> Event:
    """Store one event with everything that its file tells.

    Raises:
        Refused: if its slug is taken, or something told is missing, of the wrong kind or about nothing.
    """
    head = told.inner("event") or told.refuse("“event” is missing.")
    slug = _checked_slug(head, slug or head.text("slug"))
    if Event.objects.filter(slug=slug).exists():
        raise Refused({"": _TAKEN.format(slug=slug)})
    event = Event(slug=slug, title=head.text("title"), date=head.day("date"), invented=head.flag("invented"))
    event.blind = head.flag("blind") if head.tells("blind") else False
    event.shared_out = head.whole("shared_out") if head.tells("shared_out") else 0
    stored([(event, {"created_at": head.moment("created_at")})])
    for name, store in NOUNS.items():
        store(event, told.each_if_told(name) if name in ADDED_LATER else told.each(name), shelf)
    return event


def store_sources(event: Event, rows: list[Told], shelf: Shelf) -> None:
    """Store the sources."""
    made = [
        Source(
            event=event,
            slug=_checked_slug(one, one.text("slug")),
            name=one.text("name"),
            party=one.text("party"),
            aliases=one.texts("aliases"),
            spokespeople=one.texts("spokespeople"),
            position=one.whole("position"),
        )
        for one in rows
    ]
    for source, one in zip(made, rows, strict=True):
        if one.tells("entry"):
            link_told(source, one, event.date)
    Source.objects.bulk_create(made)
    shelf.sources |= {source.slug: source for source in made}


def store_articles(event: Event, rows: list[Told], shelf: Shelf) -> None:
    """Store the articles."""
    made = [(_article(event, one, shelf), {"created_at": one.moment("created_at")}) for one in rows]
    stored(made)
    shelf.articles |= {article.name: article for article, _ in made}
    articles = [article for article, _ in made]
    versions = [one for article, row in zip(articles, rows, strict=True) for one in _versions(article, row, shelf)]
    Version.objects.bulk_create(versions, batch_size=AT_ONCE)


def _versions(article: Article, told: Told, shelf: Shelf) -> list[Version]:
    """Return the texts that an article had; a file that tells none is of an article with one."""
    rows = told.each_if_told("versions")
    if not rows:
        return [_version(article, 1, article.text, article.created_at)]
    if [one.whole("number") for one in rows] != list(range(1, len(rows) + 1)):
        told.refuse("“versions” are to be numbered 1, 2, 3 and so on.")
    made = []
    for one in rows:
        newest = one.whole("number") == article.version
        text = article.text if newest else one.text("text")
        at = one.known_moment("at")
        made.append(_version(article, one.whole("number"), text, at, by=shelf.person(one), why=one.text("why")))
    return made


def _version(
    article: Article, number: int, text: str, at: dt.datetime, *, by: int | None = None, why: str = ""
) -> Version:
    return Version(article=article, number=number, text=text, checksum=checksum(text), at=at, by_id=by, why=why)


def _article(event: Event, told: Told, shelf: Shelf) -> Article:
    stated = told.inner("stated")
    return Article(
        event=event,
        name=told.text("name"),
        title=told.text("title") if told.tells("title") else "",
        author=told.text("author") if told.tells("author") else "",
        publisher=shelf.source(told, "publisher"),
        outlet=told.text("outlet"),
        published=told.day("published"),
        url=_checked_address(told),
        text=told.text("text"),
        checksum=checksum(told.text("text")),
        version=len(told.each_if_told("versions")) or 1,
        language=told.text("language"),
        stated_language=stated.text("language") if stated else "",
        stated_by_id=shelf.somebody(stated) if stated else None,
        stated_at=stated.moment("at") if stated else None,
        read_at=told.moment("read_at"),
    )


def store_claims(event: Event, rows: list[Told], shelf: Shelf) -> None:
    """Store the claims with people's corrections."""
    made = {one.claim("claim"): _claim(one, shelf) for one in rows}
    Claim.objects.bulk_create(made.values(), batch_size=AT_ONCE)
    shelf.claims |= made
    through = Claim.follows.through
    through._default_manager.bulk_create(
        [
            through(from_claim=shelf.claim(one), to_claim=shelf.claim_at(earlier, one))
            for one in rows
            for earlier in one.claims("follows")
        ],
        batch_size=AT_ONCE,
    )
    _store_corrections(rows, shelf)
    shelf.of_claims = [(shelf.claim(row), one) for row in rows for one in row.each_if_told("changes")]


def _claim(told: Told, shelf: Shelf) -> Claim:
    name, start, end, past_version = told.claim("claim")
    cue = told.span("cue") or (None, None)
    made = told.inner("made")
    return Claim(
        article=shelf.articles.get(name) or told.refuse(f"there is no article “{name}”."),
        start=start,
        end=end,
        text=told.text("text"),
        source=shelf.source(told, "source"),
        voice=told.text("voice"),
        speaker=told.text("speaker"),
        cue_start=cue[0],
        cue_end=cue[1],
        quoted=told.flag("quoted"),
        implicit=told.flag("implicit"),
        confidence=told.share("confidence"),
        withdrawn=told.flag("withdrawn"),
        past_version=past_version,
        made_by_id=shelf.somebody(made) if made else None,
        made_at=made.moment("at") if made else None,
    )


def _store_corrections(rows: list[Told], shelf: Shelf) -> None:
    made, standing = [], []
    for row in rows:
        claim = shelf.claim(row)
        for one in row.each("corrections"):
            source, voice = shelf.source(one, "source"), one.text("voice")
            correction = Correction(claim=claim, editor_id=shelf.somebody(one), source=source, voice=voice)
            made.append((correction, {"made_at": one.moment("at")}))
            if one.flag("stands"):
                standing.append((claim, correction))
    stored(made)
    for claim, correction in standing:
        claim.standing_correction = correction
    Claim.objects.bulk_update([claim for claim, _ in standing], ["standing_correction"], batch_size=AT_ONCE)


def store_comparisons(event: Event, rows: list[Told], shelf: Shelf) -> None:
    """Store the comparisons."""
    for one in rows:
        a, b = one.two_texts("comparison")
        sides = [shelf.sources.get(slug) or one.refuse(f"there is no source “{slug}”.") for slug in (a, b)]
        shelf.comparisons[a, b] = Comparison.objects.create(
            event=event,
            a=sides[0],
            b=sides[1],
            due_since=one.moment("due_since"),
            matched_at=one.moment("matched_at"),
            model=one.text("model"),
        )


def store_bulks(event: Event, rows: list[Told], shelf: Shelf) -> None:
    """Keep the decisions on many pairs at once until their parts come, with the pairs."""
    shelf.bulks = rows


def store_pairs(event: Event, rows: list[Told], shelf: Shelf) -> None:
    """Store the pairs with their claims, and then everything that is said of them."""
    made = [(_pair(one, shelf), {"created_at": one.moment("created_at")}) for one in rows]
    stored(made)
    pairs = shelf.pairs = [pair for pair, _ in made]
    _store_merged(list(zip(pairs, rows, strict=True)), shelf)
    _store_members([member for pair, one in zip(pairs, rows, strict=True) for member in _members(pair, one, shelf)])
    Former.objects.bulk_create(
        [former for pair, one in zip(pairs, rows, strict=True) for former in _formers(pair, one, shelf)],
        batch_size=AT_ONCE,
    )
    for store in SAYINGS:
        store(list(zip(pairs, rows, strict=True)), shelf)


def _pair(told: Told, shelf: Shelf) -> Pair:
    members = told.each("claims")
    sides = {side: [shelf.claim(one).pk for one in members if one.text("side") == side] for side in ("a", "b")}
    if not all(sides.values()):
        told.refuse("a pair needs claims on side a and on side b.")
    made = told.inner("made")
    return Pair(
        comparison=shelf.comparison(told),
        key=pair_key(sides["a"], sides["b"]) if told.inner("merged") is None else f"~{told.place}",
        score=told.share_or_none("score"),
        sure=told.flag("sure"),
        withdrawn=told.flag("withdrawn"),
        outcome=told.word("outcome", Outcome.values),
        final=told.flag("final") if told.tells("final") else False,
        stale=told.flag("stale") if "stale" in told.data else False,
        changed_at=told.moment("changed_at") if "changed_at" in told.data else None,
        made_by_id=shelf.somebody(made) if made else None,
        made_at=made.moment("at") if made else None,
    )


def _store_merged(rows: list[tuple[Pair, Told]], shelf: Shelf) -> None:
    """Say which pairs became part of which, once all have their numbers: the key of such a pair is its own number."""
    told = [(pair, merged) for pair, row in rows if (merged := row.inner("merged")) is not None]
    for pair, merged in told:
        pair.key, pair.merged_into = f"~{pair.pk}", shelf.pair(merged, "into")
    Pair.objects.bulk_update([pair for pair, _ in told], ["key", "merged_into"], batch_size=AT_ONCE)


def _members(pair: Pair, told: Told, shelf: Shelf) -> list[PairClaim]:
    return [
        PairClaim(
            pair=pair,
            claim=shelf.claim(one),
            side=one.word("side", Side.values),
            differing=one.spans("differing"),
        )
        for one in told.each("claims")
    ]


def _formers(pair: Pair, told: Told, shelf: Shelf) -> list[Former]:
    return [
        Former(pair=pair, claim=shelf.claim(one), side=one.word("side", Side.values))
        for one in told.each_if_told("formers")
    ]


def _store_members(members: list[PairClaim]) -> None:
    """Store which claims belong to which pair.

    A claim may have been given to somebody else since: its withdrawn pair keeps it, though the database takes no
    claim into a pair of sources that it does not belong to. Such a claim is its old source's while that is written.
    """
    elsewhere: dict[Source, list[PairClaim]] = defaultdict(list)
    at_home = []
    for member in members:
        comparison = member.pair.comparison
        owner = comparison.a if member.side == Side.A else comparison.b
        if member.claim.standing_source == owner:
            at_home.append(member)
        else:
            elsewhere[owner].append(member)
    PairClaim.objects.bulk_create(at_home, batch_size=AT_ONCE)
    for owner, found in elsewhere.items():
        claims = {member.claim.pk: member.claim for member in found}
        Claim.objects.filter(pk__in=claims).update(source=owner, voice="", standing_correction=None)
        PairClaim.objects.bulk_create(found, batch_size=AT_ONCE)
        Claim.objects.bulk_update(claims.values(), ["source", "voice", "standing_correction"], batch_size=AT_ONCE)


def store_lone(event: Event, rows: list[Told], shelf: Shelf) -> None:
    """Store the claims without a counterpart, with what came nearest."""
    made = [Lone(comparison=shelf.comparison(one), claim=shelf.claim(one)) for one in rows]
    Lone.objects.bulk_create(made, batch_size=AT_ONCE)
    Candidate.objects.bulk_create(
        [
            Candidate(lone=lone, claim=shelf.claim(near), score=near.share("score"))
            for lone, one in zip(made, rows, strict=True)
            for near in one.each("candidates")
        ],
        batch_size=AT_ONCE,
    )


def store_runs(event: Event, rows: list[Told], shelf: Shelf) -> None:
    """Store the runs that have ended."""
    stored([(_run(event, one), {"created_at": one.moment("created_at")}) for one in rows])


def _run(event: Event, told: Told) -> Run:
    return Run(
        event=event,
        state=told.word("state", (Run.State.DONE.value, Run.State.FAILED.value)),
        problem=told.text("problem"),
        notices=told.texts("notices"),
        tries=told.whole("tries"),
        started_at=told.moment("started_at"),
        ended_at=told.moment("ended_at"),
    )


def _checked_slug(told: Told, slug: str) -> str:
    try:
        validate_slug(slug)
    except ValidationError:
        told.refuse(f"“{slug}” is no short name. Use letters, digits and hyphens.")
    if slug in SLUGS_OF_PAGES:
        told.refuse(f"“{slug}” is the name of a page here. Use another short name.")
    return slug


def _checked_address(told: Told) -> str:
    """Return an article's web address; anything else (``javascript:`` …) must not become a link on a page."""
    url = told.text("url")
    if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        told.refuse(f"{url} is no web address.")
    return url


# The nouns of claims/services/export/event_json.py, in the same order.
NOUNS: dict[str, Callable[[Event, list[Told], Shelf], None]] = {
    "sources": store_sources,
    "articles": store_articles,
    "claims": store_claims,
    "comparisons": store_comparisons,
    "bulks": store_bulks,
    "pairs": store_pairs,
    "fixes": store_fixes,
    "silences": store_silences,
    "lone": store_lone,
    "runs": store_runs,
}
ADDED_LATER = {"bulks"}  # a file of before has no list of them
