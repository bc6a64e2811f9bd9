"""Files of every kind are read as articles, by their content; what cannot be read is refused with a way out."""

from __future__ import annotations

import time

import pytest

from claims.services.incoming.extracting import Unreadable, extract
from claims.services.incoming.extracting.extracted import Material
from tests.materials import PARAGRAPHS, encrypted_pdf, mail_of, page_of, pdf_of, with_part, word_of, zip_of

EVERYTHING = "\n".join(PARAGRAPHS)


def test_a_plain_text_is_kept_as_it_is() -> None:
    found = extract(Material(b"One.\r\nTwo \xe2\x80\x94 three.\n", name="a.txt"))
    assert (found.text, found.kind, found.notices) == ("One.\nTwo — three.\n", "text", ())


def test_a_page_gives_its_article_and_what_it_says_of_itself() -> None:
    found = extract(Material(page_of(PARAGRAPHS).encode(), name="a.html"))
    assert found.text == EVERYTHING
    assert "Sport" not in found.text
    assert "All rights" not in found.text
    assert (found.title, found.publisher, found.author) == ("Port to reopen", "The Courier", "Ann Bell")
    assert (found.published, found.language, found.notices) == ("2021-04-08", "en", ())


def test_a_word_document_gives_paragraphs_and_tables_in_their_order() -> None:
    found = extract(Material(word_of(PARAGRAPHS, title="On the call", author="Ann Bell"), name="a.docx"))
    assert found.text == EVERYTHING
    assert (found.title, found.author, found.published) == ("On the call", "Ann Bell", "2031-04-08")


def test_a_pdf_gives_the_text_of_its_pages() -> None:
    found = extract(Material(pdf_of(PARAGRAPHS, title="On the call"), name="a.pdf"))
    assert found.text.split("\n\n") == list(PARAGRAPHS)
    assert (found.title, found.published, found.notices) == ("On the call", "2031-04-08", ())


def test_a_mail_gives_its_body_subject_sender_and_day() -> None:
    found = extract(Material(mail_of(EVERYTHING, attached=pdf_of(["x"])), name="a.eml"))
    assert found.text.strip() == EVERYTHING
    assert (found.title, found.publisher) == ("On the call — about Sarn", "Chancellery of Arden")
    assert found.published == "2031-04-08"
    assert found.notices == ("What is attached was not read: annex.pdf.",)


def test_a_mail_that_is_a_page_gives_its_article() -> None:
    found = extract(Material(mail_of("", html=page_of(PARAGRAPHS)), name="a.eml"))
    assert PARAGRAPHS[1] in found.text
    assert "<p>" not in found.text


def test_a_mail_that_was_cut_off_is_read_and_says_so() -> None:
    whole = mail_of(" ".join(PARAGRAPHS), attached=b"x" * 3000)
    found = extract(Material(whole[: len(whole) // 2], name="mail.eml"))
    assert found.text.startswith(PARAGRAPHS[0])
    assert found.notices[0] == "This e-mail ends before it should: its end was not uploaded. What is there was read."
    assert not any("ends before" in notice for notice in extract(Material(whole, name="mail.eml")).notices)


def test_a_text_that_begins_with_from_is_no_mail() -> None:
    assert extract(Material(b"From: Arden\nTo: Velland\n\nA letter.", name="a.txt")).kind == "text"


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (pdf_of(PARAGRAPHS), "a.docx", "PDF"),
        (word_of(PARAGRAPHS), "a.pdf", "Word document"),
        (page_of(PARAGRAPHS).encode(), "a.txt", "web page"),
        (b"Only text.", "a.pdf", "text"),
    ],
)
def test_a_wrong_ending_is_told_and_the_content_counts(data: bytes, name: str, kind: str) -> None:
    found = extract(Material(data, name=name))
    assert found.kind == kind
    assert f"but it is a {kind}" in found.notices[0]


# Charsets


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_tells_the_charset(encoding: str) -> None:
    found = extract(Material("Порт Сарн откроется в мае.".encode(encoding)))
    assert (found.text, found.notices) == ("Порт Сарн откроется в мае.", ())


def test_a_guessed_charset_is_told() -> None:
    found = extract(Material("Порт Сарн откроется в мае, сказала премьер-министр.".encode("cp1251")))
    assert found.text.startswith("Порт Сарн")
    assert "It was read as cp1251" in found.notices[0]


def test_what_a_page_declares_is_no_guess() -> None:
    russian = ["Премьер-министр Ардена говорила по телефону с президентом Велланда о порте Сарн во вторник."] * 3
    page = page_of(russian, title="Порт", head='<meta charset="windows-1251">')
    found = extract(Material(page.encode("cp1251")))
    assert russian[0] in found.text
    assert found.notices == ()


def test_what_the_server_declares_counts_where_it_is_true() -> None:
    assert extract(Material("“Soon”, she said — été.".encode("cp1252"), charset="iso-8859-1")).notices == ()
    utf8 = extract(Material("Été — soon.".encode(), charset="iso-8859-1"))
    assert utf8.text == "Été — soon."  # strict UTF-8 comes first: nothing else reads like it by chance
    assert extract(Material(b"Soon.", charset="no-such-charset")).text == "Soon."


# What cannot be read


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty"),
        (b" \n ", "There is no text in this file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 30, "This is a picture"),
        (b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff" * 30, "This is a program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an older office program"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "protected with a password",
        ),
        (rb"{\rtf1 Text}", "This is an RTF file"),
        (b"\1\2\3\4\5\6\7" * 100, "This file is not text"),
        (encrypted_pdf(), "This PDF is protected with a password"),
        (pdf_of(["", ""]), "pictures of pages and no text"),
        (b"%PDF-1.4\nnothing of a PDF", "This PDF is damaged"),
        (pdf_of(PARAGRAPHS)[:600], "not uploaded to its end"),
        (zip_of({"a.txt": "Text."}), "This is an archive"),
        (zip_of({"xl/workbook.xml": "<x/>"}), "This is a spreadsheet"),
        (zip_of({"mimetype": "application/vnd.oasis.opendocument.text"}), "not read here"),
        (zip_of({"word/document.xml": "<broken"}), "This Word file is damaged"),
        (word_of(PARAGRAPHS)[:-300], "not uploaded to its end"),
        (word_of(["", ""]), "There is no text in this Word file"),
        (with_part(word_of(PARAGRAPHS), "word/vbaProject.bin", b"macro"), "holds macros"),
        (with_part(word_of(PARAGRAPHS), "word/media/a.bin", b"\0" * 70_000_000), "unpacks to far more"),
        (b"<html><body><div id=app></div><script>" + b"go();" * 2000 + b"</script></body></html>", "No article"),
        (mail_of(" "), "This e-mail has no text"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        extract(Material(data))


def test_a_pdf_that_was_cut_gives_what_there_is_and_says_so() -> None:
    data = pdf_of([f"Page {number} of the account." for number in range(30)])
    found = extract(Material(data[: data.rindex(b"startxref")]))
    assert "Page 1 of the account." in found.text
    assert any("ends before it should" in notice for notice in found.notices)


def test_reading_a_pdf_ends_when_time_does() -> None:
    data = pdf_of([f"Page {number}." for number in range(500)])
    found = extract(Material(data, until=time.monotonic() + 0.2))
    assert "Page 0." in found.text
    assert "Page 499." not in found.text
    assert "of 500 pages were read" in found.notices[0]


def test_a_text_longer_than_any_article_is_cut() -> None:
    found = extract(Material(b"word " * 300_000))
    assert len(found.text) == 1_000_000
    assert "Only the first 1,000,000 characters" in found.notices[0]


def test_a_guessed_charset_of_a_mail_is_told_too() -> None:
    text = "Порт Сарн откроется в мае, сказала премьер-министр."
    head = "From: Press <press@arden.example>\nSubject: Port\nMessage-ID: <1@arden.example>\nMIME-Version: 1.0\n"
    found = extract(Material(f"{head}Content-Type: text/plain\n\n".encode() + text.encode("cp1251")))
    assert found.text.strip() == text
    assert "It was read as cp1251" in found.notices[0]
