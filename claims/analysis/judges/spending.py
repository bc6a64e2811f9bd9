"""What a judge on a server may take: time, requests and tokens; and what a run has taken of it."""

from __future__ import annotations

from dataclasses import dataclass

_CHARACTERS_A_TOKEN = 3  # fewer than English has (about 4), so that what is estimated is rather too much


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that may be taken: seconds of one request and of one comparison; requests and tokens of one run."""

    request_seconds: float = 20
    seconds: float = 120
    requests: int = 50
    tokens: int = 100_000


@dataclass(slots=True)
class Spending:
    """What a run has taken so far. What a server has not counted is estimated."""

    requests: int = 0
    tokens: int = 0

    def over(self, caps: Caps, *, tokens: int) -> str:
        """Return which cap forbids another request of so many tokens, or an empty text if none does."""
        if self.requests >= caps.requests:
            return f"the cap of {caps.requests} requests a run is reached"
        if self.tokens + tokens > caps.tokens:
            return f"the cap of {caps.tokens} tokens a run is reached"
        return ""


def estimated_tokens(text: str) -> int:
    """Return about how many tokens a text has, rather too many."""
    return len(text) // _CHARACTERS_A_TOKEN + 1
