"""A site on this machine for tests of feeds: what it answers by path, and how often it was asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from tests.serving import serving_with

ARTICLE = (
    "<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
    "<p>The palace of Velland and the prime minister of Arden spoke on the telephone on Tuesday for an hour.</p>"
    "<p>Both sides agreed that the port of Sarn is to be opened to grain ships in the first days of May.</p>"
    "</article></body></html>"
)


@dataclass
class Site:
    """What a site answers: by path a body with its type; ``etag`` makes it answer 304 to who has it."""

    port: int = 0
    pages: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    status: dict[str, tuple[int, str]] = field(default_factory=dict)
    etag: str = ""
    asked: list[str] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def feed(self, *items: tuple[str, str, str], path: str = "/feed") -> None:
        """Answer with an RSS of items: path, title, day as RFC 822 has it."""
        told = "".join(
            f"<item><guid>{place}</guid><link>{self.url(place)}</link><title>{title}</title><pubDate>{day}</pubDate>"
            "<description>&lt;p&gt;A summary&lt;/p&gt;</description></item>"
            for place, title, day in items
        )
        data = f"<rss version='2.0'><channel><title>News of Arden</title>{told}</channel></rss>"
        self.pages[path] = data.encode(), "application/rss+xml"
        for place, title, _ in items:
            self.pages[place] = ARTICLE.format(title=title).encode(), "text/html"


@contextmanager
def serving() -> Iterator[Site]:
    """Serve a site until the block ends."""
    told = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append(self.path)
            data, kind = told.pages.get(self.path, (b"", "text/html"))
            status, location = told.status.get(self.path, (200 if self.path in told.pages else 404, ""))
            if told.etag and self.headers.get("if-none-match") == told.etag:
                status, data = 304, b""
            self.send_response(status)
            for name, value in (("content-type", kind), ("etag", told.etag), ("location", location)):
                if value:
                    self.send_header(name, value)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with serving_with(Handler) as told.port:
        yield told
