"""Files as people bring them in, made by hand: a PDF, a Word document, a web page, an e-mail; and some that do harm."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from io import BytesIO

PARAGRAPHS = (
    "The Prime Minister of Arden spoke by telephone with the President of Velland on Tuesday about the port of Sarn.",
    "The two leaders agreed to reopen the port to grain ships on 1 May, after talks that lasted one hour and a half.",
    "Arden did not ask for a delay of the fisheries treaty, the chancellery said in its account of the conversation.",
)


def pdf_of(pages: Sequence[str], *, title: str = "", more: str = "") -> bytes:
    """Return a PDF with a line of text on each page; ``more`` stands in its trailer."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for text in pages:
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        stream = f"BT /F1 12 Tf 72 720 Td ({escaped}) Tj ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        font = "<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 3000 792] /Contents {len(objects)} 0 R "
            f"/Resources << /Font {font} >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< /Title ({title}) /CreationDate (D:20310408120000Z) >>")
    return _assembled(objects, f"/Root 1 0 R /Info {len(objects)} 0 R {more}")


def _assembled(objects: Sequence[str], trailer: str) -> bytes:
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} {trailer} >>\n"
    return written + f"{end}startxref\n{len(written)}\n%%EOF\n".encode()


def encrypted_pdf() -> bytes:
    """Return a PDF that only a password opens (its check values belong to none)."""
    keys = f"/O <{'ab' * 32}> /U <{'cd' * 32}>"
    encrypt = f"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 {keys} >> /ID [<{'01' * 16}> <{'01' * 16}>]"
    return pdf_of(["Hidden."], more=encrypt)


def word_of(paragraphs: Sequence[str], *, title: str = "", author: str = "") -> bytes:
    """Return a Word document, the last paragraph of which stands in a table."""
    import docx

    document = docx.Document()
    document.core_properties.title, document.core_properties.author = title, author
    document.core_properties.created = dt.datetime(2031, 4, 8, 12, tzinfo=dt.UTC)
    for paragraph in paragraphs[:-1]:
        document.add_paragraph(paragraph)
    document.add_table(1, 1).cell(0, 0).text = paragraphs[-1]
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def with_part(word: bytes, name: str, content: bytes) -> bytes:
    """Return a Word document with one part more."""
    written = BytesIO(word)
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return written.getvalue()


def page_of(paragraphs: Sequence[str], *, title: str = "Port to reopen", head: str = "") -> str:
    """Return a web page with a menu around its article."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    told = {"og:site_name": "The Courier", "article:published_time": "2021-04-08T10:00:00Z"}
    head += "".join(f'<meta property="{name}" content="{value}">' for name, value in told.items())
    head += '<meta name="author" content="Ann Bell">'
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>{head}</head>'
        f"<body><nav><a href=/>Home</a> <a href=/sport>Sport</a></nav>"
        f"<article><h1>{title}</h1>{text}</article><footer>All rights reserved</footer></body></html>"
    )


def mail_of(text: str, *, html: str = "", attached: bytes = b"") -> bytes:
    """Return an e-mail of a press office."""
    message = EmailMessage()
    message["From"] = "Chancellery of Arden <press@arden.test>"
    message["To"] = "desk@courier.test"
    message["Subject"] = "On the call — about Sarn"
    message["Date"] = "Tue, 08 Apr 2031 10:00:00 +0200"
    message["Message-ID"] = "<1@arden.test>"
    message.set_content(html or text, subtype="html" if html else "plain")
    if attached:
        message.add_attachment(attached, maintype="application", subtype="pdf", filename="annex.pdf")
    return message.as_bytes()


def zip_of(files: dict[str, str | bytes]) -> bytes:
    """Return a .zip of these files."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return written.getvalue()
