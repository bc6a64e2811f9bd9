"""Whatever the texts are that follow one another: claims lie exactly in their text, and nobody's word is lost."""

from __future__ import annotations

import itertools

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.analysis.statements import split_statements
from claims.models import Annotation, Article, Claim, Comparison, Pair, Review
from claims.services.annotate import annotate
from claims.services.ingest import with_plain_line_ends
from claims.services.review import decide
from claims.services.revise import revise
from tests.factories import make_article, make_event, make_pair

pytestmark = pytest.mark.django_db

SENTENCES = st.sampled_from(
    [
        "The call lasted one hour.",
        "The call lasted two hours.",
        "Arden asked for a delay of the treaty.",
        "Arden asked for a delay. It was refused.",
        "“We agree. We sign today,” the minister 🚢 said.",
        "Both spoke of grain and of the strait.",
        "He wept.",
    ]
)
BLANKS = st.sampled_from([" ", "\n", "\n\n", " \t "])
TEXTS = st.lists(
    st.tuples(SENTENCES | st.text(st.characters(codec="utf-8"), max_size=12), BLANKS), min_size=1, max_size=6
)
DECISIONS = st.sampled_from(["agree", "partial", "diverge", "no_match", ""])


def text_of(parts: list[tuple[str, str]]) -> str:
    """Return a text as it is stored: two that differ in their line ends alone are the same one."""
    return with_plain_line_ends("Grain. " + "".join(sentence + blank for sentence, blank in parts).replace("\0", ""))


def make_worked_on(text: str, decisions: list[str]) -> tuple[Article, Comparison, User]:
    """Make an event whose first text's claims are all in pairs, on some of which somebody decided, with notes."""
    event = make_event()
    comparison = event.comparisons.get()
    other = make_article(event, [(comparison.b, "The talk was long."), (comparison.b, "No delay.")], name="b.txt")
    article = Article.objects.create(event=event, name="a.txt", publisher=comparison.a, text=text)
    for span in split_statements(text):
        Claim.objects.create(article=article, start=span.start, end=span.end, text=span.of(text), source=comparison.a)
    person = User.objects.create(username="ana")
    sides = zip(article.claims.order_by("start"), itertools.cycle(other.claims.all()), itertools.cycle(decisions))
    for claim, facing, decision in sides:
        pair = make_pair(comparison, [claim], [facing])
        annotate(pair, person, text="Note", claim=claim, start=claim.start, end=claim.start + 1)
        if decision:
            decide(pair, person, decision)
    return article, comparison, person


def check_offsets() -> None:
    for claim in Claim.objects.select_related("article"):
        assert claim.text == claim.whole_text[claim.start : claim.end]
    for note in Annotation.objects.select_related("claim__article"):
        assert note.claim is not None
        assert note.quote == note.claim.whole_text[note.start : note.end]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, min_size=2, max_size=4), st.lists(DECISIONS, min_size=1, max_size=4))
def test_claims_slice_exactly_and_no_word_of_anybody_is_lost(
    db: None, texts: list[list[tuple[str, str]]], decisions: list[str]
) -> None:
    with transaction.atomic():
        first, *later = map(text_of, texts)
        article, _comparison, person = make_worked_on(first, decisions)
        reviews = set(Review.objects.values_list("pair", "reviewer", "decision"))
        read = {pair.pk: pair.claims_of("a") for pair in Pair.objects.exclude(reviews=None)}
        notes = set(Annotation.objects.values_list("pk", "pair", "text"))
        for text in later:
            article.refresh_from_db()
            if text != article.text:
                revise(article, text, person)
            check_offsets()
        assert set(Review.objects.values_list("pair", "reviewer", "decision")) == reviews
        assert set(Annotation.objects.values_list("pk", "pair", "text")) == notes
        for key, claims in read.items():
            pair = Pair.objects.get(pk=key)
            now, had = pair.claims_of("a"), [former.claim for former in pair.formers.filter(side="a")]
            same = [one.text.split() for one in now] == [one.text.split() for one in claims]
            assert (same and not pair.withdrawn and not pair.stale) or (pair.stale and had == claims)
        transaction.set_rollback(True)
