"""Every word of the pages is marked, and every marked word is there in every language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.conf import settings
from django.template.base import Lexer, TokenType
from django.utils.translation import override

from claims.management.catalogue import compiled, found, path_of, read, untranslated
from claims.services.retelling import knows, retell

OTHERS = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))
SAID = ("aria-label", "title", "placeholder", "alt", "data-name", "data-announce")
# Names and signs that are the same in every language.
SILENT = ("code", "kbd", "script", "style")
NAMES = re.compile(
    r"\b(?:Crossread|crossread_|API|SHA-256|HTML|CSV|JSONL?|crossread-minilm|all-MiniLM-L6-v2)\b|https?://\S*"
)
NO_WORDS = re.compile(r"block\s+(?:width|robots|styles|scripts)\b")


class _Spoken(HTMLParser):
    """Gathers what a page says outside of code, keys and scripts: its texts, and attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # The reference of the API is in English, as its names and answers are.
        self._silent += tag in SILENT or (tag == "section" and ("lang", "en") in attrs)
        self.said += [value for name, value in attrs if name in SAID and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= self._silent > 0 and tag in (*SILENT, "section")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


def unmarked(template: str) -> list[str]:
    """Return the words of a template that no tag translates."""
    spoken = _Spoken()
    spoken.feed("".join(_outside_of_tags(template)))
    words = (NAMES.sub("", said).strip() for said in spoken.said)
    return [said for said in words if re.search(r"[^\W\d_]{2}", said)]


def _outside_of_tags(template: str) -> Iterator[str]:
    within = ""
    for token in Lexer(template).tokenize():
        name = token.contents.split()[0] if token.contents.split() else ""
        if within:
            within = "" if token.token_type == TokenType.BLOCK and name == within else within
        elif token.token_type == TokenType.BLOCK:
            if name in ("blocktranslate", "comment"):
                within = f"end{name}"
            elif NO_WORDS.match(token.contents):
                within = "endblock"
        elif token.token_type == TokenType.TEXT:
            yield token.contents


def test_the_check_itself_finds_words_that_are_not_marked() -> None:
    assert unmarked('<p>Plain {% translate "marked" %}</p>') == ["Plain"]
    assert unmarked('<a aria-label="{{ name }} said"><code>word</code></a>') == ["said"]
    assert unmarked("{% block width %}narrow{% endblock %}<b>{% blocktranslate %}Yes{% endblocktranslate %}</b>") == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR / "templates")))
def test_every_word_of_a_template_is_marked(path: Path) -> None:
    assert unmarked(path.read_text()) == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_holds_what_is_said_and_nothing_else(language: str) -> None:
    """``manage.py messages`` brings it up to date."""
    keys = {(str(message.id), message.context) for message in found() if message.id}
    there = {(str(message.id), message.context) for message in read(language) if message.id}
    assert keys - there == set()
    assert there - keys == set()


@pytest.mark.parametrize("language", OTHERS)
def test_everything_is_translated(language: str) -> None:
    assert untranslated(read(language)) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_places_and_tags_of_what_it_translates(language: str) -> None:
    odd = [message.id for message in read(language) if message.id and not _same_places(message)]
    assert odd == []


def test_no_message_stands_within_an_f_string() -> None:
    """What gathers the messages passes over those: they would drop out of the catalogue unseen."""
    within = [
        f"{file.relative_to(settings.BASE_DIR)}: {call.args[0].value!r}"
        for file in sorted(Path(settings.BASE_DIR, "claims").rglob("*.py"))
        for made in ast.walk(ast.parse(file.read_text()))
        if isinstance(made, ast.JoinedStr)
        for call in ast.walk(made)
        if isinstance(call, ast.Call)
        if isinstance(call.func, ast.Name) and "gettext" in call.func.id
        if isinstance(call.args[0], ast.Constant)
    ]
    assert within == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_django_reads_is_made_of_the_catalogue(language: str) -> None:
    assert path_of(language).with_suffix(".mo").read_bytes() == compiled(read(language))


def _same_places(message: Message) -> bool:
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(_places(one) == _places(other) for one, other in zip(ids, strings, strict=True))


def _places(text: str | None) -> list[str]:
    # What stands on a key may be another word: Strg for Ctrl.
    keys_alike = re.sub(r"<kbd>\w+</kbd>", "<kbd></kbd>", text or "")
    return sorted(re.findall(r"%\(\w+\)[sd]|%%|\{\w+\}|</?\w+>", keys_alike))


def test_what_was_stored_in_english_is_told_in_german() -> None:
    told = "Kremlin says “three”, White House “five”: they exclude each other."
    with override("de"):
        assert retell(told) == "Kremlin sagt „three“, White House „five“: Beides schließt sich aus."
        assert retell("Only Kremlin names Odesa. Only White House names Kyiv.") == (
            "Nur Kremlin nennt Odesa. Nur White House nennt Kyiv."
        )
        assert retell("They differ in figures: Kremlin “3”, White House “5”.") == (
            "Sie unterscheiden sich darin: Zahlen: Kremlin “3”, White House “5”."
        )
        assert retell("No pattern is like this") is None
    with override("en"):
        assert retell(told) is None


@pytest.mark.parametrize("place", ["services/incoming/extracting", "services/incoming/fetching.py"])
def test_what_the_reading_of_files_says_is_known(place: str) -> None:
    root = Path(settings.BASE_DIR) / "claims" / place
    files = sorted(root.glob("*.py")) if root.is_dir() else [root]
    said = [text for file in files for text in _sentences(file)]
    assert said
    # What is put together of two sentences is told by its parts.
    assert [text for text in said if not knows(text) and not text.startswith("SENTENCE ")] == []


def _sentences(file: Path) -> Iterator[str]:
    """Yield the sentences in a file's code, with a word in the place of each value."""
    tree = ast.parse(file.read_text())
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if id(node) in documented | parts:
            continue
        text = ""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        elif isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "SENTENCE" for part in node.values)
        if re.search(r"[a-z] [a-z].*\.$", text):
            yield text
