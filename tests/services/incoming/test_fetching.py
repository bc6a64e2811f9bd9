"""Pages are fetched from the public web alone, whole, in time, and where robots.txt lets them be."""

from __future__ import annotations

import gzip
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

import httpcore2
import pytest
import trustme
from pytest_django.fixtures import Settings

from claims.services.incoming import apart
from claims.services.incoming.extracting import Unreadable
from claims.services.incoming.fetching import Guard, Unfetched, addresses_of, fetch
from tests.serving import serving_with

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """A site on this machine: what it answers by path, and what it was asked for."""

    port: int = 0
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    hosts: set[str] = field(default_factory=set)

    @property
    def guard(self) -> Guard:
        return Guard(ports=frozenset({self.port}), loopback=True, most_bytes=200_000)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


def say(data: bytes, *, status: int = 200, **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"content-type": "text/html", **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("content-length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    return answer


@pytest.fixture
def site() -> Iterator[Site]:
    told = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append(self.path)
            told.agents.add(self.headers.get("user-agent", ""))
            told.hosts.add(self.headers.get("host", ""))
            told.pages.get(self.path, say(b"", status=404))(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with serving_with(Handler) as told.port:
        yield told


def test_a_page_is_fetched_under_the_programs_name(site: Site) -> None:
    site.pages["/a"] = say(b"<p>Text</p>")
    page = fetch(site.url("/a", "localhost"), site.guard)
    assert (page.data, page.content_type, page.url) == (b"<p>Text</p>", "text/html", site.url("/a", "localhost"))
    assert site.asked == ["/robots.txt", "/a"]
    assert all(agent.startswith("Crossread/") for agent in site.agents)
    assert site.hosts == {f"localhost:{site.port}"}


HOSTILE = [
    "http://127.0.0.1/",
    "http://localhost/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0/",
    "http://10.1.2.3/",
    "http://192.168.0.1/",
    "http://172.16.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:8.8.8.8]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://[ff02::1]/",
    "http://127.1/",
    "http://017700000001/",
    "http://0.0.0.0/",
    "http://198.18.0.1/",
    "http://192.0.0.8/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b:1::a00:1]/",
    "http://[2001::1]/",
    "http://[fec0::1]/",
]


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return the addresses that were connected to; every connection fails."""
    made: list[Any] = []

    def connect(self: socket.socket, address: Any) -> None:
        made.append(address)
        raise OSError("no connection in this test")

    monkeypatch.setattr(socket.socket, "connect", connect)
    return made


@pytest.mark.parametrize("address", HOSTILE)
def test_nothing_but_the_public_web_is_reached(address: str, connections: list[Any]) -> None:
    with pytest.raises(Unfetched, match=r"not on the public web|no site called"):
        fetch(address, Guard())
    assert connections == []


def test_what_is_on_the_public_web_would_have_been(connections: list[Any]) -> None:
    with pytest.raises(Unfetched, match="could not be reached"):
        fetch("http://8.8.8.8/", Guard())
    assert connections == [("8.8.8.8", 80)]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("ftp://8.8.8.8/", "no address of a page"),
        ("file:///etc/passwd", "no address of a page"),
        ("gopher://8.8.8.8/", "no address of a page"),
        ("http:///nowhere", "no address of a page"),
        ("http://[broken/", "no address of a page"),
        ("http://8.8.8.8:22/", "the port 22"),
        ("http://8.8.8.8:99999/", "its port is no number"),
        ("http://me:secret@8.8.8.8/", "a name or a password"),
        ("http://no-such-host.invalid/", "no site called no-such-host.invalid"),
    ],
)
def test_what_is_no_page_is_refused(address: str, sentence: str) -> None:
    with pytest.raises(Unfetched, match=sentence):
        fetch(address, Guard())


def test_a_public_address_is_let_through() -> None:
    assert addresses_of(urlsplit("https://8.8.8.8/"), Guard()) == ["8.8.8.8"]


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [(2, 1, 6, "", (number, 80)) for number in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: told)
    with pytest.raises(Unfetched, match="not on the public web"):
        addresses_of(urlsplit("http://two-faced.test/"), Guard())


def test_the_number_that_was_checked_is_the_one_connected_to(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.pages["/a"] = say(b"Text")
    looked_up: list[str] = []
    really = socket.getaddrinfo

    def changing(host: str, *args: Any, **kwargs: Any) -> Any:
        looked_up.append(host)
        if host == "changing.test":
            return [(2, 1, 6, "", ("127.0.0.1", site.port))]
        return really(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    assert fetch(site.url("/a", "changing.test"), site.guard).data == b"Text"
    # One look each for robots.txt and the page; after the check only the number is ever asked for.
    assert [host for host in looked_up if host != "127.0.0.1"] == ["changing.test"] * 2


@dataclass
class Secure:
    """A site on this machine that speaks TLS as ``press.velland.test``; ``asked`` are the names it was asked by."""

    port: int
    asked: list[str]


@pytest.fixture
def secure(monkeypatch: pytest.MonkeyPatch) -> Iterator[Secure]:
    """Serve with a certificate of an authority that is trusted for this test, under any name that ends in .test."""
    authority = trustme.CA()
    own, trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("press.velland.test").configure_cert(own)
    authority.configure_trust(trusting)
    monkeypatch.setattr(httpcore2, "default_ssl_context", lambda **options: trusting)
    really, asked = socket.getaddrinfo, []
    own.sni_callback = lambda connection, name, context: asked.append(name)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            say(b"Text", status=404 if self.path == "/robots.txt" else 200)(self)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with serving_with(Handler, secured=own) as port:
        here = [(2, 1, 6, "", ("127.0.0.1", port))]
        monkeypatch.setattr(
            socket, "getaddrinfo", lambda host, *a, **k: here if host.endswith(".test") else really(host, *a, **k)
        )
        yield Secure(port, asked)


def test_over_tls_the_checked_number_is_asked_by_its_name_and_the_certificate_is_of_the_name(secure: Secure) -> None:
    guard = Guard(ports=frozenset({secure.port}), loopback=True)
    assert fetch(f"https://press.velland.test:{secure.port}/a", guard).data == b"Text"
    assert secure.asked == ["press.velland.test"] * 2  # robots.txt and the page
    with pytest.raises(Unfetched, match="could not be reached"):
        fetch(f"https://other.test:{secure.port}/a", guard)  # the certificate is another's
    assert secure.asked[-1] == "other.test"


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: Secure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(httpcore2, "default_ssl_context", lambda **options: ssl.create_default_context())
    with pytest.raises(Unfetched, match="could not be reached"):
        fetch(f"https://press.velland.test:{secure.port}/a", Guard(ports=frozenset({secure.port}), loopback=True))


def test_redirects_are_followed_and_each_is_checked(site: Site) -> None:
    site.pages |= {"/a": say(b"", status=302, location="/b"), "/b": say(b"Text")}
    assert fetch(site.url("/a"), site.guard).url == site.url("/b")
    site.pages["/a"] = say(b"", status=302, location="http://10.0.0.1/")
    guard = Guard(ports=frozenset({site.port, 80}), loopback=True)
    with pytest.raises(Unfetched, match=r"10\.0\.0\.1 is not on the public web"):
        fetch(site.url("/a"), guard)
    site.pages["/a"] = say(b"", status=302, location="file:///etc/passwd")
    with pytest.raises(Unfetched, match="no address of a page"):
        fetch(site.url("/a"), site.guard)
    site.pages["/a"] = say(b"", status=302, location="/a")
    with pytest.raises(Unfetched, match="leads on more than 5 times"):
        fetch(site.url("/a"), site.guard)


def test_robots_txt_is_respected(site: Site) -> None:
    site.pages |= {
        "/robots.txt": say(b"User-agent: Crossread\nDisallow: /private/\n"),
        "/private/a": say(b"Text"),
        "/a": say(b"Text"),
    }
    with pytest.raises(Unfetched, match=r"asks programs not to fetch this page \(robots.txt\)"):
        fetch(site.url("/private/a"), site.guard)
    assert "/private/a" not in site.asked
    assert fetch(site.url("/a"), site.guard).data == b"Text"
    site.pages["/robots.txt"] = say(b"", status=503)
    with pytest.raises(Unfetched, match="error 503"):
        fetch(site.url("/a"), site.guard)


@pytest.mark.parametrize(
    ("status", "sentence"), [(404, "no such page"), (403, "does not show"), (429, "later"), (500, "the error 500")]
)
def test_errors_are_told(site: Site, status: int, sentence: str) -> None:
    site.pages["/a"] = say(b"", status=status)
    with pytest.raises(Unfetched, match=sentence):
        fetch(site.url("/a"), site.guard)


def test_size_counts_after_unpacking(site: Site) -> None:
    site.pages["/small"] = say(gzip.compress(b"Text " * 100), content_encoding="gzip")
    assert fetch(site.url("/small"), site.guard).data == b"Text " * 100
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < 60_000
    site.pages |= {"/bomb": say(bomb, content_encoding="gzip"), "/large": say(b"x" * 300_000)}
    for path in ("/bomb", "/large"):
        with pytest.raises(Unfetched, match=r"more than 0\.2 MB"):
            fetch(site.url(path), site.guard)
    site.pages["/odd"] = say(b"x", content_encoding="br")
    with pytest.raises(Unfetched, match="not asked for"):
        fetch(site.url("/odd"), site.guard)
    site.pages["/broken"] = say(b"no gzip", content_encoding="gzip")
    with pytest.raises(Unfetched, match="came damaged"):
        fetch(site.url("/broken"), site.guard)


def test_a_page_that_never_ends_is_given_up_in_time(
    site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        for _ in range(100):
            request.wfile.write(b"x")
            request.wfile.flush()
            time.sleep(0.3)

    site.pages["/slow"] = drip
    settings.CROSSREAD_FETCH_PORTS, settings.CROSSREAD_FETCH_LOOPBACK = [site.port], True
    monkeypatch.setattr(apart, "FETCH_SECONDS", 2)
    began = time.monotonic()
    with pytest.raises(Unreadable, match="took too long"):
        apart.fetch_apart(site.url("/slow"))
    assert time.monotonic() - began < 8


def test_loopback_needs_the_setting(site: Site, settings: Settings) -> None:
    site.pages["/a"] = say(b"Text")
    settings.CROSSREAD_FETCH_PORTS = [site.port]
    with pytest.raises(Unreadable, match="not on the public web"):
        apart.fetch_apart(site.url("/a"))
    assert site.asked == []
    settings.CROSSREAD_FETCH_LOOPBACK = True
    assert apart.fetch_apart(site.url("/a")).data == b"Text"
