"""Something of every noun that the API knows, and the addresses of it."""

from __future__ import annotations

from claims.models import (
    Assignment,
    Comparison,
    Event,
    Feed,
    FeedItem,
    FeedRule,
    Fix,
    LibraryChange,
    Party,
    Person,
    SuggestedName,
    Table,
)
from claims.models.feed import item_key
from claims.services.annotate import annotate, reply
from claims.services.library.keeping import PartyDraft, TermDraft, add_party
from claims.services.review import decide
from claims.services.silence import confirm_silence
from tests.factories import make_call, make_draft, make_table, make_user


def make_everything() -> Comparison:
    """Make a call with a review, a note, a silence, an assignment, a draft, a table, a feed, a party and a name."""
    comparison = make_call()
    event, pair = comparison.event, comparison.pairs.order_by("pk")[0]
    ana, editor = make_user("reviewer", name="ana"), make_user("editor", name="eva")
    decide(pair, ana, "agree")
    reply(annotate(pair, ana, text="A note."), ana, "An answer.")
    confirm_silence(comparison, comparison.lone.order_by("pk")[0].claim, ana)
    Assignment.objects.create(pair=pair, reviewer=ana, by=editor)
    make_draft(event)
    make_table(event)
    make_feed(event)
    add_party(PartyDraft("Palace", "Velland", ("the palace",), [TermDraft("Ida Noor", "President")]), editor)
    name = SuggestedName.objects.create(event=event, words="the Premier", folded="the premier", why="near", count=2)
    name.sources.add(comparison.a)
    return comparison


def make_feed(event: Event) -> Feed:
    """Make a feed with an item that is proposed for an event, and a rule."""
    editor = make_user("editor", name="fay")
    feed = Feed.objects.create(url="https://velland.example/feed", title="Velland", by=editor, active=False)
    item = FeedItem.objects.create(
        feed=feed, key=item_key("1"), url="https://velland.example/1", title="A call", at=event.created_at
    )
    item.matches.create(event=event, score=0.5, reasons=["on the day"])
    FeedRule.objects.create(feed=feed, names=["Arden", "Velland"], event=event, by=editor)
    return feed


def keys_of(call: Comparison) -> dict[str, object]:
    """Return what stands for the places of an address."""
    pair = call.pairs.order_by("pk")[0]
    note, feed, table = pair.annotations.get(), Feed.objects.get(), Table.objects.get()
    delivery = call.event.deliveries.get()
    silent = call.lone.order_by("pk")[0].claim_id
    return {
        "{slug}": call.event.slug,
        "{number}": 1,
        "/sources/{pk}": f"/sources/{call.a_id}",
        "/articles/{pk}": f"/articles/{call.event.articles.all()[0].pk}",
        "/claims/{pk}": f"/claims/{silent}",
        "/silences/{claim}": f"/silences/{silent}",
        "/comparisons/{pk}": f"/comparisons/{call.pk}",
        "/pairs/{pk}": f"/pairs/{pair.pk}",
        "/annotations/{pk}": f"/annotations/{note.pk}",
        "/replies/{pk}": f"/replies/{note.replies.get().pk}",
        "/sharing/{reviewer}": "/sharing/ana",
        "/deliveries/{pk}": f"/deliveries/{delivery.pk}",
        "/drafts/{pk}": f"/drafts/{delivery.drafts.get().pk}",
        "/tables/{pk}": f"/tables/{table.pk}",
        "/fixes/{pk}": f"/fixes/{Fix.objects.first().pk}",  # type: ignore[union-attr]
        "/parties/{pk}": f"/parties/{Party.objects.get(name='Palace').pk}",
        "/people/{pk}": f"/people/{Person.objects.get().pk}",
        "/changes/{pk}": f"/changes/{LibraryChange.objects.first().pk}",  # type: ignore[union-attr]
        "/names/{pk}": f"/names/{SuggestedName.objects.get().pk}",
        "/feeds/{pk}": f"/feeds/{feed.pk}",
        "/feed-rules/{pk}": f"/feed-rules/{feed.rules.get().pk}",
        "/feed-items/{pk}": f"/feed-items/{feed.items.get().pk}",
    }
