"""The comparison page: what it shows, to whom, what the filters leave, and that its length costs no queries."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Comparison, Event, Pair, PairClaim
from claims.services.annotate import annotate
from claims.services.review import decide
from tests.factories import make_article, make_call, make_event, make_large, make_lone, make_pair, make_user

pytestmark = pytest.mark.django_db


def shown(client: Client, comparison: Comparison, query: str = "") -> str:
    response = client.get(comparison.get_absolute_url() + query)
    assert response.status_code == 200
    return response.content.decode()


def claims_in(page: str) -> list[int]:
    return [int(key) for key in re.findall(r'id="claim-(\d+)"', page)]


def pair_of(comparison: Comparison, reason: str) -> Pair:
    return comparison.pairs.get(verdict__reasons__kind=reason)


def test_every_claim_of_both_sides_stands_once_each_side_in_its_order(reviewer: Client) -> None:
    comparison = make_call()
    page = shown(reviewer, comparison)
    for source in (comparison.a, comparison.b):
        own = list(source.claims.order_by("start").values_list("pk", flat=True))
        assert [key for key in claims_in(page) if key in own] == own


def test_a_pair_has_its_relation_as_word_and_sign_on_both_sides(reviewer: Client) -> None:
    comparison = make_call()
    page = shown(reviewer, comparison)
    pair = pair_of(comparison, "negation_polarity")
    tags = re.findall(rf'<a class="tag diverge" id="open-{pair.pk}-\d+".*?</a>', page)
    assert len(tags) == 2
    assert all("#sign-diverge" in tag and "Diverge" in tag for tag in tags)


def test_the_words_of_a_reason_are_marked_on_both_sides(reviewer: Client) -> None:
    comparison = make_call()
    pair = pair_of(comparison, "agency")
    page = shown(reviewer, comparison)
    marks = re.findall(rf'<mark class="words diverge" data-reason="{pair.pk}-agency">(.*?)</mark>', page)
    assert marks == ["The Prime Minister proposed", "The President offered"]


def test_differing_words_are_marked_in_the_chosen_pair_alone(reviewer: Client) -> None:
    comparison = make_call()
    pair = pair_of(comparison, "tone")
    member = PairClaim.objects.get(pair=pair, side="a")
    start = member.claim.start + member.claim.text.index("tariffs")
    PairClaim.objects.filter(pk=member.pk).update(differing=[[start, start + len("tariffs")]])
    assert "differs" not in shown(reviewer, comparison)
    assert '<mark class="differs">tariffs</mark>' in shown(reviewer, comparison, f"?pair={pair.pk}")


def test_the_chosen_pair_stands_in_the_panel_with_its_reasons_and_keys(reviewer: Client) -> None:
    comparison = make_call()
    pair = pair_of(comparison, "commitment")
    page = shown(reviewer, comparison, f"?pair={pair.pk}")
    panel = page[page.index('class="panel"') :]
    assert "They differ in commitment." in panel
    assert "They differ in date time." in panel
    assert re.findall(r'data-key="(.)"', panel) == ["a", "p", "d", "n", "u", "k", "j", "m", "g"]


def test_marks_and_texts_are_escaped_and_add_no_words(reviewer: Client) -> None:
    event = make_event()
    comparison = event.comparisons.get()
    texts = '<script>alert("a")</script> & more was <b>agreed</b>.', "Nothing was agreed."
    article = make_article(event, list(zip((comparison.a, comparison.b), texts, strict=True)))
    a, b = article.claims.order_by("start")
    pair = make_pair(comparison, [a], [b], relation="partial", reasons={"tone": (["<b>agreed</b>"], ["Nothing"])})
    page = shown(reviewer, comparison, f"?pair={pair.pk}")
    assert "<script>alert" not in page
    found = re.search(rf'data-claim="{a.pk}" data-start="{a.start}">(.*?)</p>', page)
    assert found is not None
    plain = re.sub(r"</?mark[^>]*>", "", found.group(1))
    assert plain == "&lt;script&gt;alert(&quot;a&quot;)&lt;/script&gt; &amp; more was &lt;b&gt;agreed&lt;/b&gt;."


@pytest.mark.parametrize(
    ("query", "pairs", "lone"),
    [
        ("", 5, 2),
        ("?relation=agree", 1, 0),
        ("?relation=partial", 2, 0),
        ("?relation=only", 0, 2),
        ("?relation=differences", 4, 2),
        ("?reason=tone", 1, 0),
        ("?relation=diverge&reason=agency", 1, 0),
        ("?relation=agree&reason=agency", 0, 0),
        ("?state=undecided", 4, 0),
        ("?state=reviewed", 1, 0),
        ("?state=disputed", 0, 0),
        ("?state=annotated", 1, 0),
        ("?relation=nonsense&reason=nonsense&state=nonsense", 5, 2),
    ],
)
def test_filters_leave_what_they_say(client: Client, query: str, pairs: int, lone: int) -> None:
    comparison = make_call()
    reviewer = make_user("reviewer")
    client.force_login(reviewer)
    decide(pair_of(comparison, "negation_polarity"), reviewer, "diverge")
    annotate(pair_of(comparison, "tone"), reviewer, text="Warm or frank?")
    page = shown(client, comparison, query)
    assert len(claims_in(page)) == 2 * pairs + lone
    assert page.count('class="claim only') == lone


def test_steps_and_decisions_keep_the_filters(reviewer: Client) -> None:
    comparison = make_call()
    first, second = (pair_of(comparison, kind) for kind in ("agency", "negation_polarity"))
    page = shown(reviewer, comparison, f"?relation=diverge&pair={first.pk}")
    address = f"{comparison.get_absolute_url()}?relation=diverge&amp;pair={second.pk}"
    assert 'data-key="j"' in page
    assert f'rel="next" href="{address}"' in page
    assert f'name="next" value="{address}"' in page


def test_a_decision_goes_on_to_the_next_undecided_pair_and_counts(reviewer: Client) -> None:
    comparison = make_call()
    first = comparison.pairs.get(verdict__relation="agree")
    page = shown(reviewer, comparison, f"?pair={first.pk}")
    found = re.search(r'name="next" value="([^"]+)"', page)
    assert found is not None
    answer = reviewer.post(f"/pairs/{first.pk}/review/", {"decision": "partial", "next": found.group(1)}, follow=True)
    assert "<b>1</b> of 5 pairs reviewed" in answer.content.decode()
    assert answer.context["desk"].chosen.pk != first.pk
    assert first.reviews.get().decision == "partial"


def test_a_persons_relation_is_shown_instead_of_the_machines(reviewer: Client) -> None:
    comparison = make_call()
    pair = pair_of(comparison, "tone")
    decide(pair, make_user("reviewer", name="ana"), "diverge")
    page = shown(reviewer, comparison, f"?pair={pair.pk}")
    assert f'class="tag diverge" id="open-{pair.pk}-' in page
    assert "machine: Partial" in page


def test_claims_of_a_rejected_pair_stand_alone(reviewer: Client) -> None:
    comparison = make_call()
    pair = pair_of(comparison, "agency")
    decide(pair, make_user("reviewer", name="ana"), "no_match")
    page = shown(reviewer, comparison, f"?pair={pair.pk}")
    assert page.count('class="claim only') == 4
    assert f"open-{pair.pk}-" not in page


def test_annotated_words_are_marked(reviewer: Client) -> None:
    comparison = make_call()
    claim = comparison.b.claims.get(text__contains="Maribel")
    pair = pair_of(comparison, "agency")
    words = pair.claims_of("b")[0]
    annotate(
        pair, make_user("reviewer", name="ana"), text="Which?", claim=words, start=words.start, end=words.start + 3
    )
    page = shown(reviewer, comparison)
    assert re.search(r'<mark class="noted words diverge"[^>]*>The</mark>', page)
    assert claim.pk in claims_in(page)


def test_a_lone_claim_offers_its_nearest_on_demand(reviewer: Client) -> None:
    comparison = make_call()
    lone = comparison.a.claims.get(text__contains="20 minutes")
    address = f"/comparisons/{comparison.pk}/nearest/{lone.pk}/"
    assert address in shown(reviewer, comparison)
    whole = reviewer.get(address).content.decode()
    part = reviewer.get(address, headers={"HX-Request": "true"}).content.decode()
    for page in (whole, part):
        assert page.index("0.31") < page.index("0.22")
    assert "<html" in whole
    assert "<html" not in part


def test_a_reader_sees_no_forms_and_is_told_where_to_log_in(client: Client, settings: object) -> None:
    settings.CROSSREAD_PUBLIC_READ = True  # type: ignore[attr-defined]
    comparison = make_call()
    pair = pair_of(comparison, "tone")
    nobody = shown(client, comparison, f"?pair={pair.pk}")
    assert "Log in to review" in nobody
    assert "/review/" not in nobody[nobody.index("<main") :]
    client.force_login(make_user("reader"))
    reader = shown(client, comparison, f"?pair={pair.pk}")
    assert "Log in to review" not in reader
    assert 'name="decision"' not in reader


def test_without_public_reading_a_login_is_asked_for(client: Client, settings: object) -> None:
    settings.CROSSREAD_PUBLIC_READ = False  # type: ignore[attr-defined]
    answer = client.get(make_call().get_absolute_url())
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


def test_a_swap_is_answered_with_its_part_alone(reviewer: Client) -> None:
    comparison = make_call()
    answer = reviewer.get(comparison.get_absolute_url(), headers={"HX-Request": "true", "HX-Target": "desk"})
    assert "<html" not in answer.content.decode()
    assert {"HX-Request", "HX-Target"} <= {name.strip() for name in answer["Vary"].split(",")}


@pytest.mark.parametrize("pair", ["0", "99999999", "nonsense", "²", "1" * 40])
def test_an_unknown_pair_chooses_none(reviewer: Client, pair: str) -> None:
    assert 'class="claim only here' not in shown(reviewer, make_call(), f"?pair={pair}")


def test_sources_that_are_not_of_the_event_are_not_found(reviewer: Client) -> None:
    event = make_call().event
    assert reviewer.get(f"/events/{event.slug}/arden/nowhere/").status_code == 404
    assert reviewer.get(f"/events/{event.slug}/velland/arden/").status_code == 404


def test_an_empty_comparison_and_one_that_is_due_say_so(reviewer: Client) -> None:
    comparison = make_event().comparisons.get()
    assert "Neither source has a claim yet" in shown(reviewer, comparison)
    Comparison.objects.update(due_since=timezone.now())
    assert "being matched again" in shown(reviewer, comparison)


def test_the_invented_are_marked_and_the_real_are_not(reviewer: Client) -> None:
    comparison = make_call()
    assert "Invented example" in shown(reviewer, comparison)
    Event.objects.update(invented=False)
    assert "Invented example" not in shown(reviewer, comparison)


def test_a_pair_of_several_claims_gathers_them(reviewer: Client) -> None:
    event = make_event()
    comparison = event.comparisons.get()
    sentences = [(comparison.a, "They spoke of grain."), (comparison.a, "Ships were named."), (comparison.b, "Grain.")]
    a1, a2, b = make_article(event, sentences).claims.order_by("start")
    pair = make_pair(comparison, [a1, a2], [b], relation="partial")
    page = shown(reviewer, comparison, f"?pair={pair.pk}")
    assert page.count(f'data-links="{pair.pk}:partial"') == 3
    assert page.count('class="row joined here"') == 1


def test_a_pair_that_crosses_is_told_to_its_partner_for_narrow_screens(reviewer: Client) -> None:
    event = make_event()
    comparison = event.comparisons.get()
    texts = ("First of a.", "Second of a.", "Third of a."), ("First of b.", "Second of b.", "Third of b.")
    sentences = [
        (source, text) for source, own in zip((comparison.a, comparison.b), texts, strict=True) for text in own
    ]
    a1, a2, a3, b1, b2, b3 = make_article(event, sentences).claims.order_by("start")
    make_pair(comparison, [a1], [b2])
    make_pair(comparison, [a2], [b3])
    make_pair(comparison, [a3], [b1])
    page = shown(reviewer, comparison)
    assert re.findall(r'class="claim agree crossed" id="claim-(\d+)"', page) == [str(b1.pk)]
    partner = page.index('class="claim partner')
    assert page.index(f'id="claim-{a3.pk}"') < partner
    assert "First of b." in page[partner:]


def test_the_queries_do_not_grow_with_the_comparison(reviewer: Client) -> None:
    counted = []
    for size in (4, 40):
        comparison = make_large(size)
        pair = comparison.pairs.first()
        assert pair is not None
        with CaptureQueriesContext(connection) as queries:
            page = shown(reviewer, comparison, f"?pair={pair.pk}")
        assert len(claims_in(page)) == 2 * size
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 10


def test_lone_claims_of_both_sides_have_their_half_of_the_map(reviewer: Client) -> None:
    event = make_event()
    comparison = event.comparisons.get()
    article = make_article(event, [(comparison.a, "Only a says this."), (comparison.b, "Only b says that.")])
    for claim in article.claims.all():
        make_lone(comparison, claim)
    page = shown(reviewer, comparison)
    assert re.findall(r'<rect class="only" x="[\d.]+" y="([\d.]+)"', page) == ["0", "7"]


def test_what_a_filter_leaves_and_which_pair_is_chosen_is_announced(reviewer: Client) -> None:
    comparison = make_call()
    pair = pair_of(comparison, "negation_polarity")
    announced = {
        "": "5 pairs shown. 2 claims of one side only.",
        "?relation=agree": "1 pair shown.",
        "?relation=only": "0 pairs shown. 2 claims of one side only.",
        f"?pair={pair.pk}": "Diverge: Arden did not ask for a delay of the fisheries treaty. / Arden asked that",
    }
    for query, told in announced.items():
        assert f'data-announce="{told}' in shown(reviewer, comparison, query)
