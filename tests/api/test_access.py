"""Who may ask for what: every endpoint that there is, with every scope and every role."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from claims.api.root import UPLOADS, described
from claims.models import Comparison, Token
from claims.services.tokens import make_token
from tests.api.conftest import SCOPES, Program, program_of
from tests.api.everything import keys_of, make_everything
from tests.factories import make_user

pytestmark = pytest.mark.django_db

READING = {
    *("me", "events", "event", "event_progress", "event_export", "sources", "source", "articles", "article"),
    *("version_list", "version"),
    *("claims", "claim", "search", "comparisons", "comparison", "only", "comparison_export", "pairs", "pair"),
    *("reviews", "annotation_list", "annotation", "reply", "assignment_list"),
    *("silence_list", "fix_list", "party_list", "party", "person_list", "person", "library_changes"),
}
# What is shown to editors alone, on the pages too.
SHOWN_TO_EDITORS = {
    *("delivery_list", "delivery", "draft", "table_list", "table", "sharing", "library_twice", "library_unkept"),
    *("name_list", "feed_list", "feed", "rule_list", "rule", "item_list", "item"),
}
REVIEWING = {
    *("join", "split", "move", "merge", "review", "take_back", "reason_say", "silence_confirm", "silence_take_back"),
    *("fix_undo", "rematch", "claim_cut", "claim_unite"),
    *("annotation_add", "annotation_edit", "resolve", "reopen", "reply_add", "reply_edit", "reply_delete"),
}
EDITING = {
    *("event_add", "event_change", "event_run", "source_add", "source_change", "article_add", "claim_correct"),
    *("version_add", "events_import", "delivery_add", "delivery_read", "delivery_store", "page_add"),
    *("draft_change", "draft_add", "draft_revise", "draft_leave_out", "table_add", "table_try", "table_store"),
    *("final", "final_reopen", "sharing_preview", "share", "unshare"),
    *("party_add", "party_change", "party_merge", "party_apart", "party_read", "library_part", "library_take"),
    *("person_change", "person_merge", "person_apart", "name_accept", "name_dismiss", "name_reopen"),
    *("feed_add", "feed_change", "feed_fetch", "rule_add", "rule_switch"),
    *("item_accept", "item_dismiss", "items_dismiss", "item_reopen"),
}
SCOPE_OF = dict.fromkeys(READING | SHOWN_TO_EDITORS, "read")
SCOPE_OF |= dict.fromkeys(REVIEWING, "review") | dict.fromkeys(EDITING, "edit")


def endpoints() -> dict[str, tuple[str, str, str]]:
    """Return method, address and scope of every endpoint, by its name."""
    found = {}
    for address, methods in described()["paths"].items():
        for method, told in methods.items():
            found[told["operationId"]] = (method.upper(), address, told["security"][0]["Bearer"][0])
    return found


ENDPOINTS = endpoints()


@pytest.fixture
def call() -> Comparison:
    """Return a comparison with something of every noun."""
    return make_everything()


def address_of(name: str, call: Comparison) -> str:
    """Return an address that exists for an endpoint."""
    address = ENDPOINTS[name][1]
    for place, key in keys_of(call).items():
        address = address.replace(place, str(key))
    return f"{address}?q=port" if name == "search" else address


def ask(client: Client, name: str, call: Comparison, **headers: str) -> Any:
    """Ask an endpoint with an empty body where it takes one."""
    method, kind = ENDPOINTS[name][0], "multipart/form-data; boundary=x" if name in UPLOADS else "application/json"
    body = "" if method == "GET" else "--x--" if name in UPLOADS else "{}"
    return client.generic(method, address_of(name, call), body, kind, headers=headers)


def test_every_endpoint_is_named_here_with_its_scope() -> None:
    assert {name: scope for name, (_, _, scope) in ENDPOINTS.items()} == SCOPE_OF


@pytest.mark.parametrize("shown", [{}, {"Authorization": "Bearer crossread_wrong"}, {"Authorization": "Basic YTpi"}])
def test_nobody_asks_without_a_token_that_is_good(
    client: Client, settings: Settings, call: Comparison, shown: dict[str, str]
) -> None:
    settings.CROSSREAD_PUBLIC_READ = False
    client.force_login(make_user("editor"))  # who is logged in to the pages is nobody here
    for name in ENDPOINTS:
        answer = ask(client, name, call, **shown)
        assert answer.status_code == 401, name
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert answer["Content-Type"] == "application/problem+json"


def test_where_reading_is_open_only_reading_is(client: Client, settings: Settings, call: Comparison) -> None:
    settings.CROSSREAD_PUBLIC_READ = True
    for name in ENDPOINTS:
        assert ask(client, name, call).status_code == (200 if name in READING else 401), name


def test_whoever_has_an_account_reads_what_readers_see_and_editors_the_rest(call: Comparison) -> None:
    for role in SCOPES:
        program = program_of(role, scopes=[])
        for name in READING | SHOWN_TO_EDITORS:
            status = 200 if name in READING or role == "editor" else 403
            assert ask(program, name, call).status_code == status, (role, name)


@pytest.mark.parametrize("role", ["reviewer", "editor"])
@pytest.mark.parametrize("scope", ["review", "edit"])
def test_a_token_does_what_its_scope_and_its_person_allow(call: Comparison, role: str, scope: str) -> None:
    if scope not in SCOPES[role]:
        return
    program = program_of(role, scopes=[scope])
    for name in sorted(REVIEWING | EDITING):
        status = ask(program, name, call).status_code
        # Nothing was said with it: what may be asked is refused for that, or for the state that was not named.
        expected = [200, 202, 204, 422, 428, *([403] if "reply" in name else [])]
        assert status in (expected if SCOPE_OF[name] == scope else (403,)), name


def test_a_role_that_shrank_takes_its_tokens_along(call: Comparison) -> None:
    program = program_of("editor")
    program.user.groups.clear()
    for name in sorted(REVIEWING | EDITING):
        answer = ask(program, name, call)
        assert answer.status_code == 403, name
        assert "This account may not do that" in answer.json()["detail"]


def test_a_token_that_ended_is_no_more(call: Comparison) -> None:
    for change in (
        {"revoked_at": timezone.now()},
        {"expires_at": timezone.now() - dt.timedelta(seconds=1)},
    ):
        program = program_of("reader", name=f"reader {next(iter(change))}")
        assert program.read("/me").status_code == 200
        Token.objects.filter(pk=program.token.pk).update(**change)
        assert program.read("/me").status_code == 401


def test_a_token_of_somebody_who_left_is_no_more() -> None:
    program = program_of("editor")
    program.user.is_active = False
    program.user.save()
    assert program.read("/me").status_code == 401


def test_it_is_noted_when_a_token_was_used_and_only_its_digest_is_kept() -> None:
    program = program_of("reader")
    assert program.token.last_used_at is None
    program.read("/me")
    token = Token.objects.get()
    assert token.last_used_at is not None
    assert program.secret not in str(vars(token))


def test_more_requests_than_may_be_are_told_when_to_come_again(settings: Settings) -> None:
    from claims.api.root import throttle

    few = throttle.num_requests
    throttle.num_requests = 2
    try:
        program, other = program_of("reader"), program_of("editor")
        assert [program.read("/me").status_code for _ in range(3)] == [200, 200, 429]
        answer = program.read("/me")
        assert int(answer["Retry-After"]) > 0
        assert answer.json()["status"] == 429
        assert other.read("/me").status_code == 200
    finally:
        throttle.num_requests = few


def test_what_leads_nowhere_is_told_as_a_problem() -> None:
    program = program_of("reader")
    for address, status in (("/nowhere", 404), ("/pairs/999", 404), ("/events/nowhere", 404), ("/", 404)):
        answer = program.read(address)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    wrong = program.send("DELETE", "/me")
    assert (wrong.status_code, wrong["Allow"]) == (405, "GET")


def test_the_reference_and_the_description_are_open_and_from_here(client: Client) -> None:
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    assert "unsafe" not in page["Content-Security-Policy"]
    assert "//cdn" not in page.text
    assert "<script>" not in page.text
    assert "``" not in page.text
    for _, address, _ in ENDPOINTS.values():
        assert f"<code>{address.removeprefix('/api/v1')}</code>" in page.text
    assert client.get("/api/v1/openapi.json").json()["openapi"] == "3.1.0"


def test_a_token_is_refused_what_its_person_may_not() -> None:
    from claims.services.refusals import Refused

    reader = make_user("reader")
    for scopes in (["review"], ["edit"], ["read", "everything"]):
        with pytest.raises(Refused, match="no more than you may yourself"):
            make_token(reader, name="greedy", scopes=scopes, days="")
    assert not Token.objects.exists()
    assert Program(reader, ["read"]).token.scopes == ["read"]
