"""Fetch a page of the web, and nothing that is not on the public web. Nothing here needs Django.

An address typed by a person must not make the server open what only the server can reach. So every address, the first
and each that a redirect leads to, is looked up once, checked, and then connected to by the very number that was
checked: a name that answers otherwise a moment later changes nothing (DNS rebinding). A page's bytes are unpacked here,
piece by piece, so that their size is known before it is a burden. What robots.txt forbids is not fetched (RFC 9309).

The caller ends the process that this runs in when time is up: a server can send one byte now and then for ever.
"""

from __future__ import annotations

import ipaddress
import socket
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

AGENT = "Crossread"
USER_AGENT = f"{AGENT}/1.0 (reads single articles for a person who asked for them)"
MOST_REDIRECTS = 5
_READ_SECONDS = 8.0
_ROBOTS_BYTES = 500_000  # RFC 9309 asks for at least 500 kibibytes
_REDIRECTS = (301, 302, 303, 307, 308)
# Ways to write an address of version 4 within one of version 6: they lead where the inner address says.
_WRAPPED = tuple(ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
# For protocols (RFC 6890). Python 3.11 takes most of it for public.
_PROTOCOLS = ipaddress.ip_network("192.0.0.0/24")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Unfetched(Exception):
    """A page cannot be fetched; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Guard:
    """What may be fetched: on which ports (None: on any), how much, and whether from this very machine (for tests).

    ``private`` lets what is sent to an address of one's own through to one's own network, this machine included.
    """

    ports: frozenset[int] | None = frozenset({80, 443})
    loopback: bool = False
    private: bool = False
    most_bytes: int = 10_000_000

    def lets_through(self, address: Address) -> bool:
        """Tell whether an address is one of the public web."""
        mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
        if mapped is not None or address in _PROTOCOLS:
            return False
        if address.is_loopback:
            return self.loopback or self.private
        if isinstance(address, ipaddress.IPv6Address) and (
            address.is_site_local or any(address in net for net in _WRAPPED)
        ):
            return False
        if self.private and address.is_private and not address.is_link_local:
            return not (address.is_multicast or address.is_reserved or address.is_unspecified)
        return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


@dataclass(frozen=True, slots=True)
class Marks:
    """By what a site tells whether a page has changed (RFC 9110, 13.1): its ETag, its date as the site wrote it."""

    etag: str = ""
    modified: str = ""

    def headers(self) -> dict[str, str]:
        """Return what asks for the page only if it has changed."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {key: value for key, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched: unpacked bytes, and the address that it was found at in the end."""

    url: str
    content_type: str
    data: bytes
    marks: Marks = Marks()
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Any
    data: bytes


def fetch(url: str, guard: Guard, *, known: Marks = Marks()) -> Page:
    """Return the page at an address, through at most ``MOST_REDIRECTS`` redirects.

    Args:
        known: the marks of what is here already; where the site says that nothing changed, no bytes come.

    Raises:
        Unfetched: if any step leads where nothing may be fetched, or nothing usable is there.
    """
    asked: dict[str, RobotFileParser] = {}
    for _ in range(MOST_REDIRECTS + 1):
        _check_robots(url, guard, asked)
        answer = _get(url, guard, most_bytes=guard.most_bytes, more=known.headers())
        if answer.status == 304 and known.headers():
            return Page(url, "", b"", known, unchanged=True)
        if answer.status in _REDIRECTS and answer.headers.get("location"):
            url = urljoin(url, answer.headers["location"])
            continue
        if answer.status != 200:
            raise Unfetched(_said_of(answer.status, _host(url)))
        marks = Marks(answer.headers.get("etag", "")[:200], answer.headers.get("last-modified", "")[:200])
        return Page(url, answer.headers.get("content-type", ""), answer.data, marks)
    raise Unfetched(f"The address leads on more than {MOST_REDIRECTS} times. Open it in a browser and paste the text.")


def post(url: str, data: bytes, headers: Mapping[str, str], guard: Guard) -> int:
    """Send bytes to an address, and return the status that it answers with; redirects are not followed.

    Raises:
        Unfetched: if nothing may be sent there, or nobody answers.
    """
    import httpx2

    parts = _split(url)
    numbers = addresses_of(parts, guard)
    sent = {**headers, "Host": parts.netloc, "User-Agent": f"{AGENT}/1.0"}
    try:
        with (
            httpx2.Client(timeout=_READ_SECONDS, trust_env=False, follow_redirects=False) as client,
            client.stream(
                "POST",
                _at(url, parts, numbers[0]),
                content=data,
                headers=sent,
                extensions={"sni_hostname": parts.hostname},
            ) as response,
        ):
            return int(response.status_code)
    except httpx2.TimeoutException:
        raise Unfetched(f"{parts.hostname} did not answer in time.") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError):
        raise Unfetched(f"{parts.hostname} could not be reached.") from None


def addresses_of(parts: SplitResult, guard: Guard) -> list[str]:
    """Return the numbers of an address's host, all of them checked.

    Raises:
        Unfetched: if it is no address of the public web.
    """
    host, port = parts.hostname, _port(parts)
    if parts.scheme not in ("http", "https") or not host:
        raise Unfetched("This is no address of a page. Copy it from the browser; it begins with https://.")
    if parts.username or parts.password:
        raise Unfetched("The address holds a name or a password. Leave them out: only public pages are fetched.")
    if guard.ports is not None and port not in guard.ports:
        raise Unfetched(f"The address names the port {port}. Pages are fetched from the usual ports of the web alone.")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unfetched(f"There is no site called {host}. Look whether the address is written rightly.") from None
    numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not numbers or not all(guard.lets_through(ipaddress.ip_address(one.partition("%")[0])) for one in numbers):
        raise Unfetched(f"{host} is not on the public web: pages of this machine or its network are not fetched.")
    return numbers


def _port(parts: SplitResult) -> int:
    try:
        return parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise Unfetched("This is no address of a page: its port is no number that there is.") from None


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        return parts if parts.netloc.isascii() else parts._replace(netloc=parts.netloc.encode("idna").decode())
    except ValueError:
        raise Unfetched("This is no address of a page. Copy it from the browser; it begins with https://.") from None


def _host(url: str) -> str:
    return _split(url).hostname or ""


def _check_robots(url: str, guard: Guard, asked: dict[str, RobotFileParser]) -> None:
    """Refuse what the site's robots.txt forbids; a site without one allows everything (RFC 9309, 2.3.1)."""
    parts = _split(url)
    site = f"{parts.scheme}://{parts.netloc}"
    if site not in asked:
        asked[site] = _robots(site, guard)
    if not asked[site].can_fetch(AGENT, url):
        forbids = f"{parts.hostname} asks programs not to fetch this page (robots.txt)."
        raise Unfetched(f"{forbids} Open it in a browser and paste the text.")


def _robots(site: str, guard: Guard) -> RobotFileParser:
    rules, url = RobotFileParser(), f"{site}/robots.txt"
    for _ in range(MOST_REDIRECTS + 1):
        answer = _get(url, guard, most_bytes=_ROBOTS_BYTES, cut=True)
        if answer.status not in _REDIRECTS or not answer.headers.get("location"):
            break
        url = urljoin(url, answer.headers["location"])
    if answer.status >= 500:
        raise Unfetched(f"{_host(site)} has a fault at the moment (error {answer.status}). Try again later.")
    rules.parse(answer.data.decode("utf-8", "replace").splitlines() if answer.status == 200 else [])
    return rules


def _get(
    url: str, guard: Guard, *, most_bytes: int, cut: bool = False, more: Mapping[str, str] | None = None
) -> _Answer:
    """Ask the one address that was checked, under its host's name.

    Raises:
        Unfetched: if it cannot be reached, or sends more than ``most_bytes``, which ``cut`` leaves out instead.
    """
    import httpx2

    parts = _split(url)
    numbers = addresses_of(parts, guard)
    headers = {
        "Host": parts.netloc,
        "User-Agent": USER_AGENT,
        "Accept": "text/html,application/pdf,text/plain,*/*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        **(more or {}),
    }
    try:
        with (
            httpx2.Client(timeout=_READ_SECONDS, trust_env=False, follow_redirects=False) as client,
            client.stream(
                "GET", _at(url, parts, numbers[0]), headers=headers, extensions={"sni_hostname": parts.hostname}
            ) as response,
        ):
            data = _unpacked(response, most_bytes, cut=cut) if response.status_code == 200 else b""
            return _Answer(response.status_code, response.headers, data)
    except httpx2.TimeoutException:
        raise Unfetched(f"{parts.hostname} did not answer in time. Try again later, or paste the text.") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError):
        raise Unfetched(f"{parts.hostname} could not be reached. Try again later, or paste the text.") from None


def _at(url: str, parts: SplitResult, number: str) -> str:
    """Return the address with the host's number in place of its name."""
    host = f"[{number}]" if ":" in number else number
    return parts._replace(netloc=f"{host}:{_port(parts)}", fragment="").geturl()


def _unpacked(response: Any, most_bytes: int, *, cut: bool) -> bytes:
    data = bytearray()
    for piece in _pieces(response):
        data += piece
        if len(data) > most_bytes and not cut:
            raise Unfetched(f"This page has more than {most_bytes / 1e6:g} MB. Save the article alone and upload it.")
        if len(data) > most_bytes:
            break
    return bytes(data[:most_bytes])


def _pieces(response: Any) -> Iterator[bytes]:
    """Yield the unpacked bytes in pieces of a bounded size, whatever they were packed from."""
    packing = response.headers.get("content-encoding", "identity").strip().casefold()
    if packing in ("identity", ""):
        yield from response.iter_raw()
    elif packing not in ("gzip", "x-gzip", "deflate"):
        raise Unfetched("The site sends the page packed in a way that was not asked for. Paste the text.")
    else:
        yield from _inflated(response.iter_raw(), raw_too=packing == "deflate")


def _inflated(raw: Iterator[bytes], *, raw_too: bool) -> Iterator[bytes]:
    unpacker: Any = None
    try:
        for piece in raw:
            if unpacker is None:
                # "deflate" comes with zlib's header, and from some servers without it.
                bare = raw_too and piece[:1] != b"\x78"
                unpacker = zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS | 32)
            waiting = piece
            while waiting:
                yield unpacker.decompress(waiting, 1 << 16)
                waiting = unpacker.unconsumed_tail
    except zlib.error:
        raise Unfetched("The page came damaged. Try again, or paste the text.") from None


def _said_of(status: int, host: str) -> str:
    if status in (404, 410):
        return f"{host} has no such page (error {status}). Look whether the address is written rightly."
    if status in (401, 403, 407, 451):
        return f"{host} does not show this page to programs (error {status}). Open it in a browser and paste the text."
    if status == 429:
        return f"{host} asks to come back later (error 429)."
    return f"{host} answered with the error {status}. Try again later, or paste the text."
