"""From the bytes of a file to an article's text and what the file says of it. Nothing here needs Django.

It is run in a process of its own with limits (``incoming.apart``): what comes from outside may be made to do harm.
"""

from claims.services.incoming.extracting.extracted import Extracted, Unreadable
from claims.services.incoming.extracting.reading import extract

__all__ = ["Extracted", "Unreadable", "extract"]
