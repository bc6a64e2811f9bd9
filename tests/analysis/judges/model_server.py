"""A language model's server for tests: on the loopback, with answers that the test writes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from claims.analysis.judging import Opinion, Texts
from claims.analysis.structures import Relation

Question = Mapping[str, Any]


@dataclass(frozen=True)
class Reply:
    """What the server sends back, and how slowly: before it begins, and between the bytes of its body."""

    body: bytes = b""
    status: int = 200
    wait: float = 0.0
    drip: float = 0.0


@dataclass
class ModelServer:
    """The server's address, what it was asked, and with which headers."""

    url: str
    asked: list[Question] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    @property
    def items(self) -> list[Question]:
        """Return every item that was sent, in order."""
        return [item for question in self.asked for item in items_of(question)]


def items_of(question: Question) -> list[Question]:
    """Return the items of one request."""
    found: list[Question] = json.loads(question["messages"][1]["content"])
    return found


def completion(content: object, *, tokens: int | None = 100) -> Reply:
    """Return a reply of the usual form, whose content is this, as JSON if it is no text."""
    text = content if isinstance(content, str) else json.dumps(content)
    answer: dict[str, Any] = {"choices": [{"message": {"role": "assistant", "content": text}}]}
    if tokens is not None:
        answer["usage"] = {"total_tokens": tokens}
    return Reply(json.dumps(answer).encode())


def verdict(item: int, relation: str = "agree", **more: object) -> dict[str, object]:
    """Return a verdict of the form that is asked for."""
    kind = "account" if relation == "diverge" else "none"
    return {"item": item, "relation": relation, "kind": kind, "confidence": 0.9, "differences": [], **more}


def all_agree(question: Question) -> Reply:
    """Answer well: every pair agrees."""
    return completion({"verdicts": [verdict(item["item"]) for item in items_of(question)]})


@contextmanager
def serving(answer: Callable[[Question], Reply]) -> Iterator[ModelServer]:
    """Serve on a free port of the loopback until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the library's name
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.asked.append(question)
            told.headers.append(dict(self.headers))
            told.paths.append(self.path)
            _send(self, answer(question))

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    told = ModelServer(f"http://127.0.0.1:{server.server_address[1]}/v1")
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()


def _send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    time.sleep(reply.wait)
    try:
        handler.send_response(reply.status)
        handler.send_header("Content-Length", str(len(reply.body)))
        if 300 <= reply.status < 400:
            handler.send_header("Location", "http://127.0.0.1:9/")
        handler.end_headers()
        step = 1 if reply.drip else max(1, len(reply.body))
        for place in range(0, len(reply.body), step):
            handler.wfile.write(reply.body[place : place + step])
            handler.wfile.flush()
            time.sleep(reply.drip)
    except (BrokenPipeError, ConnectionResetError):
        pass  # whoever asked gave up


class Standby:
    """A fallback that says "partial" of everything and remembers what it was given."""

    name = "standby"
    english_only = True

    def __init__(self) -> None:
        self.given: list[Texts] = []

    def opinions(self, pairs: Sequence[Texts]) -> list[Opinion]:
        """Return the same opinion on each pair."""
        self.given += pairs
        return [Opinion({Relation.AGREE: 0.1, Relation.PARTIAL: 0.8, Relation.DIVERGE: 0.1}) for _ in pairs]
