"""A feed's bytes as items: RSS, Atom and RDF, and what is broken, enormous or made to do harm."""

from __future__ import annotations

import time

import pytest

from claims.services.incoming.extracting.feed import MOST_ITEMS, read_feed
from claims.services.incoming.fetching import Unfetched

URL = "https://news.example/feed"
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Köln</title>
<entry><id>tag:1</id><title type="html">Talks &amp;amp; &lt;b&gt;terms&lt;/b&gt;</title><link href="/a"/>
<updated>2031-04-08T10:00:00+02:00</updated><summary>Both sides.</summary></entry>
<entry><id>tag:2</id><title>No address</title></entry>
<entry><id>tag:3</id><title>Not of the web</title><link href="javascript:alert(1)"/></entry></feed>"""


def rss(*items: str, start: str = "") -> bytes:
    told = "".join(f"<item>{item}</item>" for item in items)
    return f"{start}<rss version='2.0'><channel><title>News</title>{told}</channel></rss>".encode()


def test_atom_is_read_with_moments_in_utc_and_without_tags() -> None:
    found = read_feed(ATOM.encode(), url=URL)
    assert found.title == "Köln"
    (entry,) = found.entries
    assert (entry.key, entry.url) == ("tag:1", "https://news.example/a")
    assert (entry.title, entry.published) == ("Talks & terms", "2031-04-08T08:00:00+00:00")


def test_rdf_is_read_too() -> None:
    data = (
        b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
        b"<channel><title>Old</title></channel><item rdf:about='https://news.example/1'><title>One</title>"
        b"<link>https://news.example/1</link></item></rdf:RDF>"
    )
    assert [entry.title for entry in read_feed(data, url=URL).entries] == ["One"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\x00\xff\xfe garbage \x80" * 999, "This is no feed"),
        (b"", "This is no feed"),
        (b'{"items": []}', "This is no feed"),
        (b"<!doctype html><html><body>Hello</body></html>", "This is no feed"),
        (
            b"<!doctype html><html><head><link rel=alternate type='application/rss+xml' href='/rss?a=1&amp;b'></head>",
            r"its feed is at https://news\.example/rss\?a=1&b",
        ),
    ],
)
def test_what_is_no_feed_is_said_to_be_none(data: bytes, sentence: str) -> None:
    with pytest.raises(Unfetched, match=sentence):
        read_feed(data, url=URL)


def test_a_declared_charset_is_read_and_a_wrong_one_is_said() -> None:
    item = "<link>https://news.example/1</link><title>Порт</title>"
    start = "<?xml version='1.0' encoding='{}'?>"
    right = rss(item, start=start.format("windows-1251")).decode().encode("cp1251")
    assert read_feed(right, url=URL, content_type="text/xml").entries[0].title == "Порт"
    wrong = rss(item, start=start.format("us-ascii"))
    found = read_feed(wrong, url=URL, content_type="application/xml; charset=us-ascii")
    assert found.entries[0].title == "Порт"
    assert "not in the charset" in found.notices[0]


def test_a_broken_feed_gives_what_can_be_read_and_says_so() -> None:
    found = read_feed(rss("<link>https://news.example/1</link><title>One & two</title>")[:-30], url=URL)
    assert len(found.entries) == 1
    assert found.notices == ("The feed is not well-formed; what could be read of it was read.",)


def test_ten_thousand_items_take_no_long_time_and_are_counted() -> None:
    items = [f"<link>https://news.example/{n}</link><title>Item {n}</title><guid>{n}</guid>" for n in range(10_000)]
    began = time.monotonic()
    found = read_feed(rss(*items), url=URL)
    assert time.monotonic() - began < 8
    assert len(found.entries) == MOST_ITEMS
    assert found.entries[0].title == "Item 0"
    assert found.notices == (f"The feed has 10,000 items; the first {MOST_ITEMS} were looked at.",)


def test_entities_that_unfold_without_end_stay_folded() -> None:
    steps = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
    start = f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY e0 'ha'>{steps}<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
    began = time.monotonic()
    found = read_feed(rss("<link>https://news.example/1</link><title>A &e11; &f;</title>", start=start), url=URL)
    assert time.monotonic() - began < 5
    assert all(len(entry.title) < 300 and "root:" not in entry.title for entry in found.entries)


def test_odd_dates_and_addresses_break_nothing() -> None:
    items = [
        "<link>https://news.example/1</link><pubDate>Sometime, 99 Nov 99999</pubDate>",
        "<link>http://[broken/</link>",
        f"<link>https://news.example/{'a' * 2000}</link>",
        "<title>Nothing else</title>",
    ]
    (entry,) = read_feed(rss(*items), url=URL).entries
    assert (entry.published, entry.title) == ("", "")
