"""Files are read in a process of their own, and whatever becomes of that process, this one goes on."""

from __future__ import annotations

import os
import subprocess
import zlib
from typing import Any

import pytest

from claims.services.incoming import apart
from claims.services.incoming.extracting import Unreadable
from tests.materials import PARAGRAPHS, page_of, pdf_of


def deep_pdf(size: int) -> bytes:
    """Return a small PDF whose one page unpacks to ``size`` bytes."""
    packed = zlib.compress(b"0 0 m " * (size // 6), 9)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << >> >>"
    return (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n" + page + b"\nendobj\n"
        b"4 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed) + packed + b"\nendstream\nendobj\n"
        b"trailer\n<< /Root 1 0 R >>\n%%EOF\n"
    )


def test_a_file_is_read_there_as_here() -> None:
    found = apart.read_apart(page_of(PARAGRAPHS).encode("cp1252"), name="a.html", content_type="text/html")
    assert PARAGRAPHS[0] in found.text
    assert found.title == "Port to reopen"


def test_the_charset_of_the_content_type_is_handed_on() -> None:
    text = "Порт Сарн откроется в мае."
    assert apart.read_apart(text.encode("koi8-r"), content_type='text/plain; charset="KOI8-R"').text == text


def test_why_it_is_refused_is_handed_on() -> None:
    with pytest.raises(Unreadable, match="This PDF is damaged"):
        apart.read_apart(b"%PDF-1.4\nnothing")


def test_what_takes_too_much_memory_is_given_up() -> None:
    data = deep_pdf(900_000_000)
    assert len(data) < 3_000_000
    with pytest.raises(Unreadable, match=r"This PDF|limits of memory and time"):
        apart.read_apart(data)


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "READ_SECONDS", 1)
    with pytest.raises(Unreadable, match="limits of memory and time"):
        apart.read_apart(b"<html><body>" + b"<div>" * 400_000 + b"x" + b"<p>word</p>" * 400_000)


def test_a_long_pdf_is_read_as_far_as_time_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "READ_SECONDS", 4)
    lines = "The port will open on the first day of May, said the chancellery of Arden. " * 20
    found = apart.read_apart(pdf_of([f"Page {number}. {lines}" for number in range(3000)]))
    assert "of 3000 pages were read" in found.notices[0]
    assert "Page 0." in found.text


def test_no_secret_of_this_process_reaches_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, str] = {}
    monkeypatch.setenv("CROSSREAD_SECRET_KEY", "kept")
    run = subprocess.run

    def watched(*args: Any, **kwargs: Any) -> Any:
        given.update(kwargs["env"])
        return run(*args, **kwargs)

    monkeypatch.setattr(subprocess, "run", watched)
    apart.read_apart(b"Text.")
    assert "CROSSREAD_SECRET_KEY" in os.environ
    assert not any(name.startswith(("CROSSREAD", "DJANGO", "DATABASE")) for name in given)
