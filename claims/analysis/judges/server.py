"""One request to a language model behind an OpenAI-compatible ``/chat/completions`` endpoint."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

_MOST_BYTES = 1_000_000  # of an answer
_CONNECT_SECONDS = 5.0
_FINAL = (401, 403, 404)  # a wrong key, a wrong address: asking again changes nothing


class Unanswered(Exception):
    """Why there is no answer, in words for people.

    ``final`` says that asking again in this run is of no use, ``charged`` that the server may have counted tokens.
    """

    def __init__(self, why: str, *, final: bool = False, charged: bool = False) -> None:
        super().__init__(why)
        self.final = final
        self.charged = charged


class OptionRefused(Exception):
    """The server knows an option by another name or not at all; the same question can be asked again without it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model wrote (empty if the server's answer had no such place), and the tokens that the server counted."""

    content: str
    tokens: int | None


class Server:
    """Where questions go. The key is sent to this address alone: redirects are not followed."""

    def __init__(self, url: str, *, key: str = "") -> None:
        self.host = urlsplit(url).netloc.rpartition("@")[2]
        self.address = url if url.rstrip("/").endswith("/chat/completions") else f"{url.rstrip('/')}/chat/completions"
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._limit = "max_tokens"
        self._even = True

    def ask(
        self,
        *,
        model: str,
        messages: Sequence[Mapping[str, str]],
        response_format: Mapping[str, Any],
        most_tokens: int,
        seconds: float,
    ) -> Answer:
        """Return the model's answer.

        Args:
            most_tokens: the longest answer; so long a request may cost.
            seconds: after so many the request is given up, whatever has come.

        Raises:
            Unanswered: if none came.
            OptionRefused: if the same question can be asked again, in another form.
        """
        body = {"model": model, "messages": messages, "response_format": response_format, self._limit: most_tokens}
        if self._even:
            body["temperature"] = 0
        status, told = self._post(body, seconds)
        if status == 400 and self._adapts(told):
            raise OptionRefused
        if status != 200:
            raise Unanswered(f"{self.host} answered with the error {status}", final=status in _FINAL)
        return _answer(told)

    def _post(self, body: Mapping[str, Any], seconds: float) -> tuple[int, bytes]:
        import httpx2

        short = min(_CONNECT_SECONDS, seconds)
        limits = httpx2.Timeout(seconds, connect=short, write=short, pool=short)
        ends = time.monotonic() + seconds
        try:
            with (
                httpx2.Client(timeout=limits, headers=self._headers, follow_redirects=False) as client,
                client.stream("POST", self.address, json=dict(body)) as response,
            ):
                return response.status_code, self._read(response, ends, seconds)
        except httpx2.TimeoutException:
            raise self._late(seconds) from None
        except (httpx2.HTTPError, httpx2.InvalidURL):
            # Without its cause: that may quote the address or a header.
            raise Unanswered(f"{self.host} could not be reached") from None

    def _read(self, response: Any, ends: float, seconds: float) -> bytes:
        """Return the answer's body; the library's own limits are those of one read, not of them all."""
        told = bytearray()
        for part in response.iter_bytes():
            told += part
            if time.monotonic() > ends:
                raise self._late(seconds)
            if len(told) > _MOST_BYTES:
                raise Unanswered(f"{self.host} sent more than {_MOST_BYTES // 1000} kB", charged=True)
        return bytes(told)

    def _late(self, seconds: float) -> Unanswered:
        return Unanswered(f"{self.host} did not answer within {seconds:.3g} seconds", charged=True)

    def _adapts(self, told: bytes) -> bool:
        """Leave out or rename an option that some models refuse. False if there is none left to change."""
        if self._limit == "max_tokens" and b"max_completion_tokens" in told:
            self._limit = "max_completion_tokens"
            return True
        if self._even and b"temperature" in told:
            self._even = False
            return True
        return False


def _answer(told: bytes) -> Answer:
    try:
        answer = json.loads(told)
        tokens = answer.get("usage", {}).get("total_tokens")
        content = answer["choices"][0]["message"]["content"]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return Answer("", None)
    counted = tokens if type(tokens) is int and tokens > 0 else None
    return Answer(content if isinstance(content, str) else "", counted)
