"""Export: rows, a format that writes them, and where the bytes go; one path for the page and the command."""

from claims.services.export.formats import FORMATS, Format, format_named
from claims.services.export.scope import Scope

__all__ = ["FORMATS", "Format", "Scope", "format_named"]
