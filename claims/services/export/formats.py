"""The formats by name: what each is called, how its files end, and what writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from claims.services.export import csv_table, event_folder, event_json, schema_org, tei, web_annotation, xlsx_table
from claims.services.export.scope import Scope
from claims.services.refusals import Refused


@dataclass(frozen=True, slots=True)
class Format:
    """One format. ``whole`` says that it holds whole events only, never one comparison."""

    name: str
    title: str
    purpose: str
    suffix: str
    media_type: str
    write: Callable[[Scope], Iterator[bytes]]
    whole: bool = False


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format(
            "xlsx",
            gettext_noop("Workbook"),
            gettext_noop(
                "The table that is made by hand: a row for each two statements. For Excel or LibreOffice; decisions "
                "that you choose in it can be read back."
            ),
            ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            xlsx_table.write,
        ),
        Format(
            "csv",
            gettext_noop("CSV"),
            gettext_noop("The same table as plain text, for spreadsheets and programs. It can be read back too."),
            ".csv",
            "text/csv; charset=utf-8",
            csv_table.write,
        ),
        Format(
            "json",
            gettext_noop("JSON, complete"),
            gettext_noop(
                "Everything of the event with every decision and its history. Loads into another Crossread to the same "
                "state."
            ),
            ".json",
            "application/json",
            event_json.write,
            whole=True,
        ),
        Format(
            "folder",
            gettext_noop("Event folder"),
            gettext_noop(
                "The texts and what is said of them, as one loads events: without statements, pairs and decisions."
            ),
            ".zip",
            "application/zip",
            event_folder.write,
            whole=True,
        ),
        Format(
            "annotation",
            gettext_noop("Web annotations"),
            gettext_noop("Statements, pairs, verdicts and notes in the W3C Web Annotation model (JSON-LD)."),
            ".jsonld",
            'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
            web_annotation.write,
        ),
        Format(
            "tei",
            gettext_noop("TEI"),
            gettext_noop(
                "The texts with stand-off statements, links and an apparatus, for scholarly editions (TEI P5, XML)."
            ),
            ".xml",
            "application/tei+xml",
            tei.write,
        ),
        Format(
            "schema",
            gettext_noop("schema.org"),
            gettext_noop(
                "Statements as Claim and Quotation, for search engines and other machines (JSON-LD). No truth is rated."
            ),
            ".jsonld",
            "application/ld+json",
            schema_org.write,
        ),
    )
}


def format_named(name: str, scope: Scope) -> Format:
    """Return the format of a name, if it can hold the scope.

    Raises:
        Refused: if there is none of that name, or it holds whole events and the scope is one comparison.
    """
    found = FORMATS.get(name)
    if found is None:
        raise Refused(
            {
                "format": gettext("“%(name)s” is no format. Choose one of these: %(formats)s.")
                % {"name": name, "formats": ", ".join(FORMATS)}
            }
        )
    if found.whole and scope.comparison is not None:
        raise Refused(
            {
                "format": gettext("%(format)s holds whole events. Export the event instead.")
                % {"format": gettext(found.title)}
            }
        )
    return found
