"""What the settings say of the judge: whether it can be used, what it may spend, and whom it would ask.

It is read by pages and at every start, so nothing here loads a model.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from claims.analysis.judges import Caps, Choice

CAPS = (
    "CROSSREAD_JUDGE_REQUEST_SECONDS",
    "CROSSREAD_JUDGE_SECONDS",
    "CROSSREAD_JUDGE_REQUESTS",
    "CROSSREAD_JUDGE_TOKENS",
)


def caps() -> Caps:
    """Return what a judge on a server may take."""
    return Caps(*(int(getattr(settings, name)) for name in CAPS))


def name_of_model(model: str) -> str:
    """Return what readers see of a model: its name, and not where on this machine its folder lies."""
    return Path(model).name if Path(model).is_dir() else model


def server_host() -> str:
    """Return the host (and port) of the server that is asked; never what else may stand in its address."""
    return _address().netloc.rpartition("@")[2]


def is_encrypted() -> bool:
    """Tell whether what is sent to the server can be read on the way."""
    return _address().scheme == "https"


def is_this_machine() -> bool:
    """Tell whether the server's address is this machine's own."""
    host = _address().hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def problems() -> Iterator[str]:
    """Yield what is wrong with the judge's settings, in sentences that say the way out."""
    choice = settings.CROSSREAD_JUDGE
    if choice not in set(Choice):
        yield f"CROSSREAD_JUDGE is “{choice}”. It can be {', '.join(Choice)}."
    if choice == Choice.INFERENCE and not settings.CROSSREAD_JUDGE_MODEL:
        yield (
            "CROSSREAD_JUDGE is “inference”, which needs a model. Set CROSSREAD_JUDGE_MODEL to the name or the folder "
            "of a cross-encoder for natural language inference."
        )
    if choice == Choice.REMOTE:
        yield from _problems_of_server()
    yield from _problems_of_caps()


def _problems_of_server() -> Iterator[str]:
    if not settings.CROSSREAD_JUDGE_MODEL:
        yield "CROSSREAD_JUDGE is “remote”, which needs a model. Set CROSSREAD_JUDGE_MODEL to one that the server has."
    address = _address()
    if address.scheme not in ("http", "https") or not address.hostname:
        yield (
            "CROSSREAD_JUDGE is “remote”, which needs a server. Set CROSSREAD_JUDGE_URL to its address, such as "
            "https://judge.example.org/v1."
        )
    elif address.username or address.password or address.query:
        yield "CROSSREAD_JUDGE_URL is to be an address alone. Put a key into CROSSREAD_JUDGE_KEY, which is never shown."
    key = settings.CROSSREAD_JUDGE_KEY
    if not (key.isascii() and key.isprintable()) or " " in key:
        yield "CROSSREAD_JUDGE_KEY holds blanks or letters that no key has. Set it to the key alone."


def _problems_of_caps() -> Iterator[str]:
    told = {name: getattr(settings, name) for name in CAPS}
    wrong = [name for name, value in told.items() if not isinstance(value, int) or value < 1]
    for name in wrong:
        yield f"{name} is “{told[name]}”. It is to be a whole number of 1 or more."
    limit = settings.CROSSREAD_LOST_AFTER_SECONDS
    seconds = told["CROSSREAD_JUDGE_REQUEST_SECONDS"]
    if settings.CROSSREAD_JUDGE == Choice.REMOTE and not wrong and seconds >= limit:
        yield (
            f"CROSSREAD_JUDGE_REQUEST_SECONDS is {seconds}, but a worker that is silent for {limit} seconds is taken "
            "for lost. Make it less, or raise CROSSREAD_LOST_AFTER_SECONDS above it."
        )


def _address() -> SplitResult:
    """Return the parts of the server's address; no part of one that cannot be read."""
    try:
        parts = urlsplit(str(settings.CROSSREAD_JUDGE_URL))
        # A port that is none is told only when it is asked for.
        return parts if parts.port != 0 else SplitResult("", "", "", "", "")
    except ValueError:
        return SplitResult("", "", "", "", "")
