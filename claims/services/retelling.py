"""Say in the reader's language what was stored in English: why two statements differ, what became of a file or a run.

The worker, and the process that reads files, write sentences once, for everybody. They are known here as patterns: a
stored text that is made of them is told again with its own names and words in them. A text that is not known, such as
an error of another program, stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from django.utils.translation import get_language, gettext, gettext_noop

# Of a reason's explanation (``claims.analysis.reasons``). What is more particular stands first.
_REASONS = (
    gettext_noop("The same words differ in {what}."),
    gettext_noop("They differ in {what}: {quoted}."),
    gettext_noop("They differ in {what}."),
    gettext_noop("{asking}: {asker} asks for it; {offering}: {giver} offers it."),
    gettext_noop("{a} has {one} take this step, {b} has {other} take it."),
    gettext_noop("Only {source} says that the initiative was {who}'s."),
    gettext_noop("{both} has both do it (“{words}”), {one} {who} alone."),
    gettext_noop("Only {source} gives the figure “{words}”."),
    gettext_noop("Only {source} evaluates: “{words}”."),
    gettext_noop("Only {source} says “{words}”."),
    gettext_noop("Only {source} names {words}."),
    gettext_noop("{a} binds further (“{x}”) than {b} (“{y}”)."),
    gettext_noop("{firm} says it outright, {weak} weakens it with “{hedge}”."),
    gettext_noop("{other} affirms what {one} denies."),
    gettext_noop("{told} says that it happened, {denied} that it did not."),
    gettext_noop("{grants} has it granted, {refuses} has it refused."),
    gettext_noop("{a} says “{x}”, {b} “{y}”: they exclude each other."),
    gettext_noop("{a} says “{x}”, {b} “{y}”."),
    gettext_noop("{a} says more: “{x}”."),
    gettext_noop("What each calls it: {a}, {b}."),
    gettext_noop("{a} names {x}, {b} names {y}."),
    gettext_noop("{a}: {x}; {b}: {y}."),
)
# What stands in some of them, and is words of ours too.
_PARTS = (
    gettext_noop("figures"),
    gettext_noop("times"),
    gettext_noop("who did, asked or agreed it"),
    gettext_noop("whether it is so"),
    gettext_noop("how certain it is"),
    gettext_noop("how far somebody is bound"),
    gettext_noop("how it is put"),
    gettext_noop("who or what is named"),
    gettext_noop("how much it covers"),
    gettext_noop("reading"),
    gettext_noop("embedding"),
    gettext_noop("matching"),
    gettext_noop("two or more people"),
    gettext_noop("both"),
)
# Of runs and tables (``services.analyse``, ``services.incoming.import_table``), and of files and pages that came in.
_EVENTS = (
    gettext_noop(
        "The worker was stopped in the middle of it {tries} times. Try again; if it stops again, look at its log."
    ),
    gettext_noop("The worker was stopped; a later run, queued already, does this one's work."),
    gettext_noop("Something went wrong while {state}: {error}. Nothing that people decided was changed. Try again."),
    gettext_noop(
        "Something went wrong: {error}. What was stored until then stays. Go on with it, or choose the file again."
    ),
    gettext_noop("This file has {size} MB; a file may have {limit} MB. Add it in parts."),
    gettext_noop(
        "This file could not be read within the limits of memory and time that a file has here. "
        "Save the article alone, as plain text, and upload it again."
    ),
    gettext_noop("The site took too long to send the page. Try again later, or paste the text."),
    gettext_noop("This file is empty. Was it uploaded to its end?"),
    gettext_noop("There is no text in this file."),
    gettext_noop("Only the first {count} characters were taken: the text is longer than that."),
    gettext_noop("This file is not text. Save it as plain text (.txt, UTF-8) and upload it again, or paste the text."),
    gettext_noop(
        "The file does not say in which charset it is written. It was read as {charset}: "
        "look whether letters with accents, dashes and quotation marks are right."
    ),
    gettext_noop("This file is protected with a password. Save it without the password and upload it again."),
    gettext_noop("This is a file of an older office program. Save it as .docx or .pdf and upload it again."),
    gettext_noop("This is an RTF file, which is not read here. Save it as .docx or .pdf and upload it again."),
    gettext_noop("This is a picture. Only text is read here: run text recognition (OCR) on it, or paste the text."),
    gettext_noop("This is a program, not an article. It was not opened."),
    gettext_noop(
        "This is an archive. Unpack it and upload the files; an archive of event folders goes to the page "
        "“Import events”."
    ),
    gettext_noop("This is a spreadsheet. Save it as CSV and bring it in on the page “Import a table”."),
    gettext_noop("This is a file of an office program that is not read here. Save it as .docx or .pdf."),
    gettext_noop("This file is damaged, or it was not uploaded to its end. Upload it again, or save it anew."),
    gettext_noop("The file’s name ends in .{ending}, but it is a {kind}, and was read as one."),
    gettext_noop("This e-mail has no text of its own. Upload what is attached to it as files."),
    gettext_noop("This e-mail has more than {count} parts. It was not read."),
    gettext_noop("What is attached was not read: {names}."),
    gettext_noop("This e-mail ends before it should: its end was not uploaded. What is there was read."),
    gettext_noop(
        "No article was found on this page. Pages that scripts put together in the browser hold no text of their own: "
        "open it in a browser and paste the text."
    ),
    gettext_noop("This PDF is protected with a password. Save it without the password and upload it again."),
    gettext_noop("This PDF is damaged, or it was not uploaded to its end. Upload it again, or save it anew."),
    gettext_noop(
        "This PDF holds pictures of pages and no text. Run text recognition (OCR) on it and upload it again, "
        "or paste the text."
    ),
    gettext_noop("The file ends before it should: what could be read is here. Upload it again if the end is missing."),
    gettext_noop(
        "Only the first {read} of {all} pages were read: more would have taken too long. Upload the rest in parts."
    ),
    gettext_noop("Only the first {read} pages were read: more would have taken too long. Upload the rest in parts."),
    gettext_noop("Reading took too much memory after page {count}: the rest is missing."),
    gettext_noop("The file is damaged after page {count}: the rest could not be read."),
    gettext_noop(
        "This Word file holds macros, which are programs. Save it as .docx, which holds none, and upload it again."
    ),
    gettext_noop("This file unpacks to far more than a document holds. It was not opened."),
    gettext_noop("This Word file is damaged, or it was not uploaded to its end. Upload it again, or save it anew."),
    gettext_noop(
        "There is no text in this Word file. If it holds pictures of pages, run text recognition (OCR) on it."
    ),
    gettext_noop(
        "This is no feed: neither RSS nor Atom was found there. Look for the address under “RSS” or “feed” on the site."
    ),
    gettext_noop("Its letters are not in the charset that it declares; look whether titles are written rightly."),
    gettext_noop("The feed is not well-formed; what could be read of it was read."),
    gettext_noop("This is a web page, not a feed. It says that its feed is at {address}"),
    gettext_noop("The feed has {total} items; the first {most} were looked at."),
    gettext_noop("The address leads on more than {count} times. Open it in a browser and paste the text."),
    gettext_noop("This is no address of a page. Copy it from the browser; it begins with https://."),
    gettext_noop("The address holds a name or a password. Leave them out: only public pages are fetched."),
    gettext_noop("The address names the port {port}. Pages are fetched from the usual ports of the web alone."),
    gettext_noop("This is no address of a page: its port is no number that there is."),
    gettext_noop("There is no site called {host}. Look whether the address is written rightly."),
    gettext_noop("{host} is not on the public web: pages of this machine or its network are not fetched."),
    gettext_noop("{host} asks programs not to fetch this page (robots.txt). Open it in a browser and paste the text."),
    gettext_noop("{host} has a fault at the moment (error {status}). Try again later."),
    gettext_noop("{host} did not answer in time. Try again later, or paste the text."),
    gettext_noop("{host} could not be reached. Try again later, or paste the text."),
    gettext_noop("This page has more than {size} MB. Save the article alone and upload it."),
    gettext_noop("The site sends the page packed in a way that was not asked for. Paste the text."),
    gettext_noop("The page came damaged. Try again, or paste the text."),
    gettext_noop("{host} has no such page (error {status}). Look whether the address is written rightly."),
    gettext_noop(
        "{host} does not show this page to programs (error {status}). Open it in a browser and paste the text."
    ),
    gettext_noop("{host} asks to come back later (error 429)."),
    gettext_noop("{host} answered with the error {status}. Try again later, or paste the text."),
)
# What the history keeps of a link, of a report, and of a pair or a silence that was made by hand.
_HISTORY = (
    gettext_noop("link {number}, without an end, may be indexed"),
    gettext_noop("link {number}, without an end, may not be indexed"),
    gettext_noop("link {number}, until {moment}, may be indexed"),
    gettext_noop("link {number}, until {moment}, may not be indexed"),
    gettext_noop("part of pair {number}"),
    gettext_noop("{number} notes; {words}"),
    gettext_noop("{number} note; {words}"),
    gettext_noop("{number} notes"),
    gettext_noop("{words}: {who} confirmed that the other side says nothing of it"),
)
# Of what became of a feed, a rule's item, or a webhook.
_FEEDS = (
    gettext_noop("Nothing has changed since."),
    gettext_noop("{count} items, {new} new."),
    gettext_noop("{count} item, {new} new."),
    gettext_noop("Something went wrong here while its items were stored: {error}. It is tried again later."),
    gettext_noop("Not taken: {by}, who made the rule, may not add articles any more."),
    gettext_noop("Not taken: more than {most} items fitted at once. Decide on it by hand."),
    gettext_noop("Added to a new event, “{event}”."),
    gettext_noop("Added to “{event}”."),
    gettext_noop("Turned off by hand."),
    gettext_noop("It failed {count} times in a row."),
    gettext_noop("The address answered that it is gone for good (410)."),
    gettext_noop("Whoever registered it is no editor any more."),
)
# Why a name is proposed for a source (``analysis.unlisted``), and an item of a feed for an event (``feeds.placing``).
# Whole texts with few words of their own: they are looked for where such a ground stands and nowhere else.
_WHYS = (
    gettext_noop("on the day of the event"),
    gettext_noop("{count} day after the event"),
    gettext_noop("{count} days after the event"),
    gettext_noop("{count} day before the event"),
    gettext_noop("{count} days before the event"),
    gettext_noop("words alike ({like})"),
    gettext_noop("introduced as {words}"),
    gettext_noop("speaks for {source} in “{event}”"),
    gettext_noop("was in office of {source} at another time"),
    gettext_noop("was {title} of {source} at another time"),
    gettext_noop("names {names}"),
    gettext_noop("{name} is of {state}"),
    gettext_noop("{names} are of {state}"),
)
# Why there is no figure of how far reviewers agree (``analysis.agreement``).
_NO_FIGURES = (
    gettext_noop("Too few pairs: {pairs} that {who} decided, and {least} are needed."),
    gettext_noop("Everybody always gave the same verdict: nothing tells agreement from chance."),
)
# What kind of file an article came in (``incoming.extracting.kinds``).
_FILE_KINDS = (
    gettext_noop("text"),
    gettext_noop("web page"),
    gettext_noop("Word document"),
    gettext_noop("PDF"),
    gettext_noop("e-mail"),
)
PATTERNS = _FEEDS + _NO_FIGURES + _EVENTS + _REASONS + _HISTORY
_MOST_SENTENCES = 6


def retell(text: str) -> str | None:
    """Return a stored text in the reader's language; None where it is not known, or is in their language already."""
    if (get_language() or "en").startswith("en"):
        return None
    told: list[str] = []
    rest = text
    while rest and len(told) < _MOST_SENTENCES:
        found = _begins(rest)
        if found is None:
            return None
        sentence, rest = found
        told.append(sentence)
    return " ".join(told) if told and not rest else None


def retell_why(text: str) -> str | None:
    """Return a stored ground of a proposal in the reader's language; None as ``retell``."""
    if (get_language() or "en").startswith("en"):
        return None
    for pattern in _WHYS:
        if match := re.fullmatch(_expression(pattern), text):
            both = gettext("and")
            listed = {name: one.replace(" and ", f" {both} ") for name, one in match.groupdict().items()}
            return gettext(pattern).format(**listed)
    return None


def knows(text: str) -> bool:
    """Tell whether a stored text is made of known sentences."""
    rest = text
    while rest:
        match = next(filter(None, (pattern.match(rest) for _, pattern in _compiled())), None)
        if match is None:
            return False
        rest = rest[match.end() :].lstrip()
    return True


def _begins(text: str) -> tuple[str, str] | None:
    """Return the known sentence that a text begins with, told again, and the rest."""
    for pattern, compiled in _compiled():
        if match := compiled.match(text):
            values = {name: gettext(one) if one in _PARTS else one for name, one in match.groupdict().items()}
            return gettext(pattern).format(**values), text[match.end() :].lstrip()
    return None


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return each pattern with an expression that finds it at the beginning of a text, up to a sentence's end."""
    return tuple((pattern, re.compile(_expression(pattern) + r"(?=\s|$)", re.DOTALL)) for pattern in PATTERNS)


def _expression(pattern: str) -> str:
    parts = re.split(r"\{(\w+)\}", pattern)
    return "".join(f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts))
